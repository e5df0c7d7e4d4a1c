"""Search finds the terms of either language in both."""

from __future__ import annotations

import re

import playwright.sync_api as playwright
import pytest
from playwright.sync_api import expect

from tests.e2e.pages import LANGUAGES

TERMS = ["偏差修正", "bias correction", "AdamWeightDecay"]


@pytest.mark.parametrize("term", TERMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_search_finds(page: playwright.Page, site_url: str, language: str, term: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(site_url + LANGUAGES[language])
    field = page.locator("[data-md-component=search-query]")
    field.click()
    # As an input method or pasting does it: no key is pressed (the theme alone would see nothing).
    field.fill(term)
    results = page.locator(".md-search-result__item")
    expect(results.first).to_be_visible()
    expect(results.first.locator("mark").first).to_be_visible()
    expect(results.first.locator("a").first).to_have_attribute(
        "href", site_path(site_url, language)
    )


def site_path(site_url: str, language: str) -> re.Pattern[str]:
    """Return a pattern for addresses of the language's own pages."""
    other = "(?!en/)" if language == "zh" else ""
    return re.compile("^" + re.escape(site_url + LANGUAGES[language]) + other)
