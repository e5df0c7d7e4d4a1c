"""Moving about the site: languages, themes, instant navigation, the page that is not there."""

from __future__ import annotations

import playwright.sync_api as playwright
import pytest
from playwright.sync_api import expect

from tests.e2e.pages import HTML_LANGUAGE, PAGES, Page


def test_every_page_names_its_twin_for_search_engines(page: playwright.Page, site_url: str) -> None:
    page.goto(f"{site_url}en/formula/")
    links = page.locator("link[rel~=alternate][hreflang]").evaluate_all(
        "links => Object.fromEntries(links.map(l => [l.hreflang, new URL(l.href).pathname]))"
    )
    assert links == {"zh": "/formula/", "en": "/en/formula/", "x-default": "/en/formula/"}


@pytest.mark.parametrize("place", PAGES, ids="-".join)
def test_switcher_keeps_the_page_and_the_anchor(
    page: playwright.Page, site_url: str, place: Page
) -> None:
    page.goto(site_url + place.path)
    page.wait_for_load_state("networkidle")
    anchor = page.locator(".md-typeset :is(h1, h2, h3)[id]").last.get_attribute("id")
    # The way a script or a click on the table of contents does it, after the page has loaded.
    page.evaluate("id => { location.hash = id }", anchor)
    page.locator("a.language-switch").click()
    page.wait_for_url(f"{site_url}{place.twin.path}#{anchor}")
    expect(page.locator("html")).to_have_attribute("lang", HTML_LANGUAGE[place.twin.language])
    expect(page.locator(f"[id='{anchor}']")).to_have_count(1)


def test_switcher_follows_instant_navigation(page: playwright.Page, site_url: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(site_url)
    page.evaluate("window.notReloaded = true")
    page.locator(".md-tabs a[href$='/formula/']").click()
    page.wait_for_url(f"{site_url}formula/")
    expect(page.locator("h1#formula")).to_be_visible()
    assert page.evaluate("window.notReloaded") is True
    page.locator("a.language-switch").click()
    page.wait_for_url(f"{site_url}en/formula/")


def test_theme_follows_the_system_then_the_toggle_and_is_kept_across_languages(
    page: playwright.Page, site_url: str
) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(site_url)
    body = page.locator("body")
    toggle = page.locator("label[for^=__palette_]:visible")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    toggle.click()
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    page.locator("a.language-switch").click()
    page.wait_for_url(f"{site_url}en/")
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    toggle.click()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    background = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(background) != "rgb(255, 255, 255)"


def test_mathematics_is_rendered_also_after_instant_navigation(
    page: playwright.Page, site_url: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{site_url}figures/")
    page.wait_for_load_state("networkidle")
    page.locator(".md-tabs a[href$='/formula/']").click()
    expect(page.locator("h1#formula")).to_be_visible()
    expect(page.locator(".arithmatex .katex").first).to_be_visible()
    expect(page.locator(".arithmatex:not(.rendered)")).to_have_count(0)
    expect(page.locator(".katex-error")).to_have_count(0)


def test_missing_page_says_so_in_both_languages(page: playwright.Page, site_url: str) -> None:
    response = page.goto(f"{site_url}en/no-such-page/")
    assert response is not None
    assert response.status == 404
    expect(page.locator("p[lang=zh] a")).to_be_visible()
    page.locator("p[lang=en] a").click()
    page.wait_for_url(f"{site_url}en/")
