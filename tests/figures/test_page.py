"""The page of the figures shows every figure, in both themes, with its alt text and a download."""

from __future__ import annotations

import re

from adamwd.figures import FIGURES, THEMES

from .conftest import ROOT

IMAGE = re.compile(r"!\[([^\]]*)\]\((assets/figures/[^)\s]+)\)")


def test_page_shows_every_figure(language: str) -> None:
    page = (ROOT / "docs" / language / "figures.md").read_text(encoding="utf-8")
    shown = [(target, alt) for alt, target in IMAGE.findall(page)]
    assert shown == [
        (f"assets/figures/{name}.{theme}.svg#only-{theme}", getattr(definition.alt, language))
        for name, definition in FIGURES.items()
        for theme in THEMES
    ]
    for name in FIGURES:
        assert f"{{#{name}}}" in page
        for theme in THEMES:
            assert f"](assets/figures/{name}.{theme}.png)" in page
    assert "](reproduce.md" in page
