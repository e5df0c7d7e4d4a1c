"""The pages in Chinese and English are twins: the same files, headings, samples, pictures, links.

What is compared is the source, so that a twin that lags behind is named by its line.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parent.parent / "docs"

FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})[^\n]*\n.*?^[ \t]*\1[ \t]*$", re.MULTILINE | re.DOTALL)
INLINE_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*$", re.MULTILINE)
EXPLICIT_ID = re.compile(r"\{[^}]*#([a-z0-9][a-z0-9-]*)[^}]*\}$")
SNIPPET = re.compile(r"^[ \t]*-+8<-+[ \t]+[\"'](.+?)[\"']", re.MULTILINE)
IMAGE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)|<img[^>]+src=[\"']([^\"']+)")
LINK = re.compile(r"(?<!!)\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^)\s]+)|<a\s[^>]*href=[\"']([^\"']+)")
AUTODOC = re.compile(r"^:::[ \t]+(\S+)", re.MULTILINE)
ELEMENT = re.compile(r"<(adamwd-[a-z-]+)")


def sources(language: str) -> dict[str, str]:
    """Return the text of each page of a language, by its path below the language's folder."""
    folder = DOCS / language
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.md"))
    }


PAGES = {language: sources(language) for language in ("zh", "en")}
each_twin = pytest.mark.parametrize("name", sorted(set(PAGES["zh"]) & set(PAGES["en"])))


def prose(text: str) -> str:
    """Return the page without code, whose `#` and `[...](...)` mean nothing here."""
    return INLINE_CODE.sub("`", FENCE.sub("", text))


def headings(text: str) -> list[tuple[int, str]]:
    """Return the level and text of every heading, in order."""
    return [(len(marks), title) for marks, title in HEADING.findall(prose(text))]


def heading_ids(text: str) -> list[tuple[int, str | None]]:
    """Return the level and explicit id of every heading, in order; None where it has none."""
    found = [(level, EXPLICIT_ID.search(title)) for level, title in headings(text)]
    return [(level, match.group(1) if match else None) for level, match in found]


def targets(pattern: re.Pattern[str], text: str) -> list[str]:
    """Return the addresses that a pattern with two alternatives finds, sorted."""
    return sorted(first or second for first, second in pattern.findall(prose(text)))


def internal(addresses: list[str]) -> list[str]:
    """Return the addresses that stay on the site."""
    return [address for address in addresses if not re.match(r"[a-z]+:|//", address)]


def test_both_languages_have_the_same_pages() -> None:
    assert sorted(PAGES["zh"]) == sorted(PAGES["en"])
    assert "index.md" in PAGES["zh"]


@pytest.mark.parametrize("language", PAGES)
def test_every_heading_has_an_explicit_id_of_its_own(language: str) -> None:
    for name, text in PAGES[language].items():
        without = [title for _, title in headings(text) if not EXPLICIT_ID.search(title)]
        assert without == [], f"{language}/{name}: headings without an explicit {{#id}}"
        ids = [identifier for _, identifier in heading_ids(text)]
        assert len(ids) == len(set(ids)), f"{language}/{name}: an id is used twice"


@pytest.mark.parametrize("language", PAGES)
def test_every_page_begins_with_its_one_title(language: str) -> None:
    for name, text in PAGES[language].items():
        levels = [level for level, _ in headings(text)]
        assert levels[:1] == [1], f"{language}/{name}"
        assert levels.count(1) == 1, f"{language}/{name}"


@each_twin
def test_twins_have_the_same_headings(name: str) -> None:
    assert heading_ids(PAGES["zh"][name]) == heading_ids(PAGES["en"][name])


@each_twin
def test_twins_include_the_same_samples(name: str) -> None:
    # In order: what the one language shows first, so does the other. Tables have a file for each.
    found = {
        language: [
            snippet.replace(f".{language}.md", ".md")
            for snippet in SNIPPET.findall(PAGES[language][name])
        ]
        for language in ("zh", "en")
    }
    assert found["zh"] == found["en"]


@each_twin
def test_twins_show_the_same_pictures(name: str) -> None:
    assert targets(IMAGE, PAGES["zh"][name]) == targets(IMAGE, PAGES["en"][name])


@each_twin
def test_twins_link_to_the_same_places(name: str) -> None:
    chinese, english = (targets(LINK, PAGES[language][name]) for language in ("zh", "en"))
    assert set(internal(chinese)) == set(internal(english))


@each_twin
@pytest.mark.parametrize("pattern", [AUTODOC, ELEMENT], ids=["autodoc", "elements"])
def test_twins_embed_the_same(name: str, pattern: re.Pattern[str]) -> None:
    chinese, english = (prose(PAGES[language][name]) for language in ("zh", "en"))
    assert pattern.findall(chinese) == pattern.findall(english)
