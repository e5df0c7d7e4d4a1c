"""The words of the figures: the same fields in both languages, line breaks, numbers."""

from __future__ import annotations

import string

import pytest

from adamwd.figures import FIGURES
from adamwd.figures.line_breaking import wrap
from adamwd.figures.text import LANGUAGES, TEXT, number, text
from adamwd.figures.typeface import register


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("key", TEXT)
def test_both_languages_take_the_same_fields(key: str) -> None:
    pair = TEXT[key]
    assert pair.zh.strip()
    assert pair.en.strip()
    assert fields(pair.zh) == fields(pair.en)


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_has_title_and_alt_text_in_both_languages(name: str) -> None:
    for language in LANGUAGES:
        assert text(f"{name} title", language, **dict.fromkeys(fields(TEXT[f"{name} title"].en), 1))
        assert len(getattr(FIGURES[name].alt, language)) > 40


@pytest.mark.parametrize(
    ("value", "digits", "written"),
    [
        (0.0, 3, "0"),
        (6.5685, 3, "6.57"),
        (1000.0, 3, "1000"),
        (0.5, 3, "0.5"),
        (-0.25, 3, "−0.25"),
        (2010.2, 2, "2010"),
        (1e-8, 3, "$10^{-8}$"),
        (3.1623e-5, 3, r"$3.16\times10^{-5}$"),
        (9.9999999e-7, 3, "$10^{-6}$"),
    ],
)
def test_numbers(value: float, digits: int, written: str) -> None:
    assert number(value, digits) == written


def test_lines_break_between_words_and_never_before_punctuation() -> None:
    register()
    words = "第一步的更新量，第二步的更新量；$1 - w$ 是已衰减的量。"
    for room in range(60, 240, 7):
        lines = wrap(words, room, 10, "normal")
        assert "".join(lines).replace(" ", "") == words.replace(" ", "")
        assert not any(line[0] in "，；。" for line in lines)
        assert all(line.count("$") % 2 == 0 for line in lines)
    assert wrap("one two three", 1, 10, "normal") == ["one", "two", "three"]


def test_balanced_lines_are_as_few() -> None:
    register()
    words = "the quick brown fox jumps over the lazy dog and " * 4
    greedy, balanced = (wrap(words, 200, 10, "normal", balanced=b) for b in (False, True))
    assert len(greedy) == len(balanced)
    assert len(balanced[-1]) >= len(greedy[-1])
