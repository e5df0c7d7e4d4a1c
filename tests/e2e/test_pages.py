"""Every page in both languages: nothing breaks, nothing comes from elsewhere, all can use it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import playwright.sync_api as playwright
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import expect

from tests.e2e.pages import HTML_LANGUAGE, PAGES, Page

each_page = pytest.mark.parametrize("place", PAGES, ids="-".join)


@pytest.fixture
def troubles(page: playwright.Page, site_url: str) -> list[str]:
    """Collect what the browser complains of, and requests to anywhere but the site."""
    found: list[str] = []

    def on_request(request: playwright.Request) -> None:
        if request.url.startswith(("data:", "blob:")):
            return
        if urlsplit(request.url).netloc != urlsplit(site_url).netloc:
            found.append(f"request to another origin: {request.url}")

    def on_response(response: playwright.Response) -> None:
        if response.status >= 400:
            found.append(f"{response.status}: {response.url}")

    def on_console(message: playwright.ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            found.append(f"console: {message.text}")

    page.on("request", on_request)
    page.on("response", on_response)
    page.on("requestfailed", lambda request: found.append(f"failed: {request.url}"))
    page.on("console", on_console)
    page.on("pageerror", lambda error: found.append(f"error: {error}"))
    return found


@each_page
def test_page_is_whole_and_fits(
    page: playwright.Page, site_url: str, troubles: list[str], place: Page
) -> None:
    page.goto(site_url + place.path)
    page.wait_for_load_state("networkidle")
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("h1")).not_to_be_empty()
    expect(page.locator("html")).to_have_attribute("lang", HTML_LANGUAGE[place.language])
    assert markup_left(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(100)
    wide = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
          [...document.querySelectorAll("main *")]
            .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
            .map((element) => element.outerHTML.slice(0, 120))"""
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, wide[:5]
    assert troubles == []


def markup_left(page: playwright.Page) -> list[str]:
    """Return Markdown that the page shows as such."""
    text = page.evaluate(
        """() => {
          const main = document.querySelector("main").cloneNode(true);
          main.querySelectorAll("pre, code, script, style, .katex").forEach((e) => e.remove());
          return main.textContent;
        }"""
    )
    return re.findall(r".{0,30}(?:\]\(|\{[.#:][ \w-]|\$\$|\\\(|\\\[|<-- |\*\*|^:::).{0,30}", text)


# Axe takes seconds a page. Each page is seen in both themes and at both widths, over its twins.
SEEN = {"zh": ("light", 1280), "en": ("dark", 390)}


@each_page
def test_page_is_accessible(page: playwright.Page, site_url: str, place: Page) -> None:
    theme, width = SEEN[place.language]
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(site_url + place.path)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(100)  # ResizeObserver makes what scrolls focusable
    violations = [
        (violation["id"], [node["html"] for node in violation["nodes"]][:3])
        for violation in Axe().run(page).response["violations"]
        if violation["impact"] in ("serious", "critical")
    ]
    assert violations == []
