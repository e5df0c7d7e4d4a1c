"""Every figure, drawn from the recorded traces of the real libraries."""

from __future__ import annotations

import dataclasses
import logging
import re
from pathlib import Path

import matplotlib
import numpy as np
import pytest
from fontTools.ttLib import TTFont
from matplotlib.figure import Figure
from matplotlib.text import Text

from adamwd.figures import FIGURES, FORMATS, THEMES, render
from adamwd.figures.sheet import WIDTH
from adamwd.figures.style import SMALL, parameters
from adamwd.figures.typeface import WEIGHTS, characters, path

from .conftest import ROOT, runs_of

LARGEST_SVG = 300_000
MATHEMATICS = re.compile(r"\\[a-zA-Z]+|\\.|[{}^_$]")


def draw(name: str, language: str, theme: str = "light") -> Figure:
    return FIGURES[name].draw(runs_of(name), language, theme)


def labels(figure: Figure) -> list[Text]:
    with matplotlib.rc_context(parameters("light")):
        figure.draw_without_rendering()
    return [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()]


def title(figure: Figure) -> str:
    return " ".join(t.get_text() for t in figure.texts if t.get_weight() == "semibold")


@pytest.mark.parametrize("file_format", FORMATS)
def test_drawn_twice_gives_the_same_bytes(name: str, language: str, file_format: str) -> None:
    first, second = (render(draw(name, language), "light", file_format) for _ in range(2))
    assert first == second
    if file_format == "svg":
        assert len(first) < LARGEST_SVG
        assert b"<text" not in first
        assert b"<dc:date>" not in first


@pytest.mark.parametrize("theme", list(THEMES))
def test_style_does_not_depend_on_what_is_set_outside(theme: str) -> None:
    inside = render(draw("first-step", "zh", theme), theme, "svg")
    with matplotlib.rc_context({"font.size": 30, "axes.facecolor": "red", "svg.hashsalt": "x"}):
        assert render(draw("first-step", "zh", theme), theme, "svg") == inside


def test_themes_differ(name: str) -> None:
    light, dark = (render(draw(name, "en", theme), theme, "svg") for theme in THEMES)
    assert light != dark


def test_every_character_is_in_the_typeface(
    name: str, language: str, caplog: pytest.LogCaptureFixture
) -> None:
    fonts = {weight: set(TTFont(path(weight)).getBestCmap()) for weight in WEIGHTS}
    with caplog.at_level(logging.WARNING, "matplotlib"):
        figure = draw(name, language)
        for label in labels(figure):
            weight = 600 if label.get_weight() == "semibold" else 400
            plain = MATHEMATICS.sub("", label.get_text())
            missing = {c for c in plain if ord(c) not in fonts[weight]} - {"\n"}
            assert missing == set(), label.get_text()
    # matplotlib reports a glyph or a typeface that it does not find.
    assert caplog.messages == []


def test_typeface_has_what_it_should_and_its_licence() -> None:
    for weight in WEIGHTS:
        font = TTFont(path(weight))
        assert {ord(c) for c in characters()} <= set(font.getBestCmap())
        assert font["name"].getDebugName(1) == "AdamWD Sans"
        assert font["OS/2"].usWeightClass == weight
    licence = (path(400).parent / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL Open Font License, Version 1.1" in licence


def test_nothing_is_smaller_than_what_a_phone_shows_well(name: str, language: str) -> None:
    figure = draw(name, language)
    assert figure.get_figwidth() == WIDTH
    assert min(label.get_fontsize() for label in labels(figure)) >= SMALL


def test_no_label_leaves_the_sheet(name: str, language: str) -> None:
    figure = draw(name, language)
    with matplotlib.rc_context(parameters("light")):
        everything = figure.get_tightbbox()
    width, height = figure.get_size_inches()
    assert everything.x0 >= 0
    assert everything.y0 >= 0
    assert everything.x1 <= width
    assert everything.y1 <= height


def test_title_states_a_number_in_both_languages(name: str) -> None:
    titles = {language: title(draw(name, language)) for language in ("zh", "en")}
    numbers = {
        language: sorted(re.findall(r"\d+(?:\.\d+)?", words)) for language, words in titles.items()
    }
    assert numbers["zh"] == numbers["en"] != []
    assert re.search("[一-鿿]", titles["zh"])
    assert not re.search("[一-鿿]", titles["en"])


def test_numbers_come_from_the_traces(name: str) -> None:
    # Other traces, another title: a run whose AdamW moved half as far, or half as much was lost.
    changed = {
        experiment: {
            label: dataclasses.replace(
                trace,
                loss=trace.loss * (3 if label.startswith("adamw") else 1),
                update={
                    k: a * (0.5 if label.startswith("adamw_") or label == "adamw" else 1)
                    for k, a in trace.update.items()
                },
                parameters={k: a * 0.75 for k, a in trace.parameters.items()},
            )
            for label, trace in traces.items()
        }
        for experiment, traces in runs_of(name).items()
    }
    other = FIGURES[name].draw(changed, "en", "light")
    assert title(other) != title(draw(name, "en"))


def test_caption_names_the_libraries_and_versions(name: str, language: str) -> None:
    words = "".join(t.get_text() for t in draw(name, language).texts).replace(" ", " ")
    for traces in runs_of(name).values():
        for trace in traces.values():
            assert trace.provenance.library_version in words
    assert "PyTorch" in words
    assert "MindSpore" in words


def test_figure_functions_never_save(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a figure function saved something")

    monkeypatch.setattr(Figure, "savefig", refuse)
    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr(Path, "write_bytes", refuse)
    assert isinstance(draw(name, "en"), Figure)


def test_colours_are_those_of_the_site() -> None:
    css = (ROOT / "site_src" / "stylesheets" / "identity.css").read_text(encoding="utf-8")
    for theme, scheme in (("light", "default"), ("dark", "slate")):
        block = css.partition(f'[data-md-color-scheme="{scheme}"] {{')[2].partition("}")[0]
        colors = dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6});", block))
        ours = THEMES[theme]
        assert colors["adamw-color"] == ours.adamw
        assert colors["adam-weight-decay-color"] == ours.adam_weight_decay
        assert colors["page-ink"] == ours.ink
        assert colors["page-muted"] == ours.muted
        assert colors["page-paper"] == ours.paper


def contrast(first: str, second: str) -> float:
    def luminance(color: str) -> float:
        rgb = np.array([int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)])
        linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
        return float(linear @ [0.2126, 0.7152, 0.0722])

    bright, dim = sorted((luminance(first), luminance(second)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("theme", list(THEMES))
def test_words_stand_out_from_the_paper(theme: str) -> None:
    colors = THEMES[theme]
    for color in (colors.ink, colors.muted, colors.adamw, colors.adam_weight_decay):
        assert contrast(color, colors.paper) >= 4.5
