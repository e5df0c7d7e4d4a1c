"""The pages of the site, as the browser tests visit them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import playwright.sync_api as playwright

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"
ZH = DOCS / "zh"
NAMES = sorted(p.relative_to(ZH).with_suffix("").as_posix() for p in ZH.rglob("*.md"))
LANGUAGES = {"zh": "", "en": "en/"}
HTML_LANGUAGE = {"zh": re.compile("^zh"), "en": re.compile("^en")}


def still(page: playwright.Page) -> None:
    """Wait until nothing moves: half-way through a transition, colours are those of neither end."""
    page.wait_for_timeout(100)
    page.wait_for_function(
        "() => document.getAnimations().every(({ playState }) => playState !== 'running')"
    )


class Page(NamedTuple):
    """One page in one language."""

    language: str
    name: str

    @property
    def path(self) -> str:
        """The page's address below the root of the site."""
        return LANGUAGES[self.language] + ("" if self.name == "index" else f"{self.name}/")

    @property
    def twin(self) -> Page:
        """The same page in the other language."""
        return Page("en" if self.language == "zh" else "zh", self.name)


PAGES = [Page(language, name) for language in LANGUAGES for name in NAMES]
