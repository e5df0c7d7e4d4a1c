"""The amplification curve: measured at once, calculated by Python on demand, honest errors."""

from __future__ import annotations

import json
from typing import Any

import playwright.sync_api as playwright
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import expect

from adamwd.amplification import amplification
from tests.e2e.pages import still

PATHS = {"zh": "effective-learning-rate/", "en": "en/effective-learning-rate/"}
CALCULATE = {"zh": "计算", "en": "Calculate"}
HIDDEN = {"zh": "预热掩盖了", "en": "the warm-up hides"}
START_MS = 120_000

each_language = pytest.mark.parametrize("language", PATHS)


@pytest.fixture
def requests(page: playwright.Page) -> list[str]:
    """The addresses that the page and its worker ask for."""
    found: list[str] = []
    page.context.on("request", lambda request: found.append(request.url))
    return found


def visit(page: playwright.Page, site_url: str, language: str) -> None:
    """Open the page and wait for the measured curve."""
    page.goto(site_url + PATHS[language])
    expect(page.locator("adamwd-amplification figure svg")).to_have_count(1)


def calculate(page: playwright.Page, language: str, **values: str) -> None:
    """Fill in the fields and press the button."""
    for name, value in values.items():
        page.locator(f"#adamwd-amplification-{name}").fill(value)
    page.get_by_role("button", name=CALCULATE[language], exact=True).click()


def assert_accessible(page: playwright.Page) -> None:
    """No serious finding of axe, and nothing wider than the screen, in both themes."""
    themes: tuple[Any, ...] = ("light", "dark")
    for theme in themes:
        page.emulate_media(color_scheme=theme)
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            still(page)
            violations = Axe().run(page).response["violations"]
            serious = [
                f"{violation['id']}: {[node['html'][:120] for node in violation['nodes']]}"
                for violation in violations
                if violation["impact"] in ("serious", "critical")
            ]
            assert serious == [], (theme, width)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width


@each_language
def test_what_was_measured_is_drawn_without_python(
    page: playwright.Page, site_url: str, requests: list[str], language: str
) -> None:
    visit(page, site_url, language)
    page.wait_for_load_state("networkidle")
    source = page.locator("adamwd-amplification .playground-source")
    expect(source).to_contain_text("torch 2.")
    expect(source).to_contain_text("mindspore 2.")
    assert not [url for url in requests if "pyodide" in url or "adamwd.zip" in url]
    assert all(url.startswith(site_url) for url in requests)


@each_language
def test_python_calculates_it_as_cpython_does(
    page: playwright.Page, site_url: str, language: str
) -> None:
    visit(page, site_url, language)
    calculate(page, language, beta1="0.8", beta2="0.99", steps="2000", warmup_steps="50")
    note = page.locator("adamwd-amplification .playground-note")
    expect(note).to_contain_text(HIDDEN[language], timeout=START_MS)
    request = {"beta1": 0.8, "beta2": 0.99, "steps": 2000, "warmup_steps": 50}
    expected = json.loads(amplification(json.dumps(request)))
    drawn = page.evaluate("document.querySelector('adamwd-amplification').model.drawing.curve")
    assert drawn == expected
    assert_accessible(page)


@each_language
def test_a_refused_value_is_told_beside_its_field(
    page: playwright.Page, site_url: str, language: str
) -> None:
    visit(page, site_url, language)
    calculate(page, language, beta2="1")
    field = page.locator("#adamwd-amplification-beta2")
    expect(field).to_have_attribute("aria-invalid", "true", timeout=START_MS)
    expect(field).to_be_focused()
    message = json.loads(amplification('{"beta1": 0.9, "beta2": 1}'))["error"]["message"]
    expect(page.locator("adamwd-amplification .playground-error")).to_have_text(message)


@each_language
def test_without_scripts_the_static_figure_stands_there(
    browser: playwright.Browser, site_url: str, language: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(site_url + PATHS[language])
        expect(page.locator("adamwd-amplification img:visible")).to_have_count(1)
    finally:
        context.close()
