"""Where pages print facts and cite claims, and what is wrong with that."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from pathlib import Path

LANGUAGES = ("zh", "en")
TAG = re.compile(r'<span data-fact="([a-z0-9./-]+)">([^<]*)</span>')
CLAIM_TAG = re.compile(r'<span data-claim="([a-z0-9.-]+)">(?=[^<\s]|<(?!/span))')
# It lists every claim by itself, and so cites none.
LIST_OF_CLAIMS = "evidence.md"


def pages(root: Path) -> dict[Path, str]:
    """Return the text of every page, by path below the root."""
    return {
        path.relative_to(root): path.read_text(encoding="utf-8")
        for language in LANGUAGES
        for path in sorted((root / "docs" / language).rglob("*.md"))
    }


def unresolved(
    texts: dict[Path, str], known: dict[str, str], claims: Iterable[str] = ()
) -> list[str]:
    """Return a sentence for each tag without a fact or claim, and each in a form that is not read.

    Args:
        texts: The pages.
        known: What to print, by the fact's id; "" for a fact that is not printed.
        claims: Ids of the claims.
    """
    problems, claims = [], set(claims)
    for path, text in texts.items():
        tags, cited = TAG.findall(text), CLAIM_TAG.findall(text)
        problems += [f"{path}: there is no fact {name!r}" for name, _ in tags if name not in known]
        problems += [
            f"{path}: {name} is a truth value: cite {name.partition('/')[0]} by data-claim"
            for name, _ in tags
            if known.get(name) == ""
        ]
        problems += [f"{path}: there is no claim {name!r}" for name in cited if name not in claims]
        if text.count("data-fact") != len(tags):
            problems.append(f'{path}: a tag is not of the form <span data-fact="id">number</span>')
        if text.count("data-claim") != len(cited):
            problems.append(f'{path}: a tag is not of the form <span data-claim="id">words</span>')
    return problems


def unused(texts: dict[Path, str], names: Iterable[str]) -> list[str]:
    """Return a sentence for each of these facts that a language does not print."""
    printed = {
        language: {name for text in _of(texts, language) for name, _ in TAG.findall(text)}
        for language in LANGUAGES
    }
    return [
        f"docs/{language}: no page prints the fact {name!r}"
        for language in LANGUAGES
        for name in names
        if name not in printed[language]
    ]


def uncited(texts: dict[Path, str], claims: Iterable[str]) -> list[str]:
    """Return a sentence for each claim that a language does not cite."""
    cited = {
        language: {
            name.partition("/")[0]
            for text in _of(texts, language)
            for name in [*(name for name, _ in TAG.findall(text)), *CLAIM_TAG.findall(text)]
        }
        for language in LANGUAGES
    }
    return [
        f"docs/{language}: no page cites the claim {name!r}"
        for language in LANGUAGES
        for name in claims
        if name not in cited[language]
    ]


def different(texts: dict[Path, str], known: dict[str, str]) -> list[str]:
    """Return a sentence for each number that is not the fact's."""
    return [
        f"{path}: {name} is printed as {html.unescape(printed)}, measured was {known[name]}"
        for path, text in texts.items()
        for name, printed in TAG.findall(text)
        if html.unescape(printed) != known.get(name, html.unescape(printed))
    ]


def rewritten(text: str, known: dict[str, str]) -> str:
    """Return the text of a page with every tagged number as it was measured."""
    return TAG.sub(lambda tag: _span(tag.group(1), known[tag.group(1)]), text)


def count(texts: dict[Path, str]) -> int:
    """Return how many numbers and citations the pages have."""
    return sum(len(TAG.findall(text)) + len(CLAIM_TAG.findall(text)) for text in texts.values())


def _span(name: str, printed: str) -> str:
    return f'<span data-fact="{name}">{html.escape(printed, quote=False)}</span>'


def _of(texts: dict[Path, str], language: str) -> list[str]:
    return [
        text
        for path, text in texts.items()
        if path.parts[1] == language and path.name != LIST_OF_CLAIMS
    ]
