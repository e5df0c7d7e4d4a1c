"""The playground for everybody: keyboard, names, targets, themes, phones, and without scripts."""

from __future__ import annotations

import itertools
import re
from typing import Any

import playwright.sync_api as playwright
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import expect

from tests.e2e.pages import still
from tests.e2e.playground_page import PATHS, START_MS, columns, run, visit, wait_until_computed

PANELS = ("inspector", "sweep", "code", "leave", "verify")
SMALL_TARGETS = """() => {
  const shown = (e) => e.checkVisibility({ visibilityProperty: true });
  const inputs = "input:not([type=checkbox], [type=file])";
  const selector = `adamwd-playground :is(button, select, textarea, summary, ${inputs})`;
  const small = (element) => element.getBoundingClientRect().height < 44;
  return [...document.querySelectorAll(selector)].filter(shown).filter(small)
    .map((e) => e.outerHTML.slice(0, 200));
}"""

each_language = pytest.mark.parametrize("language", PATHS)


def assert_accessible(page: playwright.Page) -> None:
    """No finding of axe that is serious, nothing wider than the screen, no small targets."""
    themes: tuple[Any, ...] = ("light", "dark")
    for theme, width in itertools.product(themes, (390, 1280)):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 844})
        still(page)
        results = Axe().run(page)
        serious = [
            f"{violation['id']}: {[node['html'][:160] for node in violation['nodes']]}"
            for violation in results.response["violations"]
            if violation["impact"] in ("serious", "critical")
        ]
        assert serious == [], (theme, width)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        assert page.evaluate(SMALL_TARGETS) == [], width


@each_language
def test_axe_finds_nothing_before_a_run(
    page: playwright.Page, site_url: str, language: str
) -> None:
    visit(page, site_url, language)
    assert_accessible(page)


@each_language
def test_axe_finds_nothing_after_a_run_with_every_panel_open(
    page: playwright.Page, site_url: str, language: str
) -> None:
    visit(page, site_url, language)
    run(page, language)
    for name in PANELS:
        panel = page.locator(f"#adamwd-panel-{name}")
        panel.locator("summary").first.click()
        expect(panel.locator(".playground-panel-content > *").last).to_be_visible()
        told = panel.locator("[role=alert]").filter(has_text=re.compile(r"\S"))
        expect(told).to_have_count(0)
    # What they show once they are used, too: a map, an editor, long lines of code, a table.
    page.locator(".sweep-run").click()
    page.locator(".own-code-begin").click()
    page.locator("#adamwd-leave-torch").click()
    page.locator("adamwd-verify button").first.click()
    for shown in (".sweep-map svg", ".cm-editor", ".leave-code", "adamwd-verify tbody tr"):
        expect(page.locator(shown).first).to_be_visible(timeout=START_MS)
    page.locator("adamwd-verify button").last.click()
    page.locator("adamwd-sweep .views-details summary").click()
    page.locator("adamwd-views .views-details summary").first.click()
    page.locator("#adamwd-left-lr").fill("x")
    page.wait_for_timeout(1000)
    assert_accessible(page)


def test_the_keyboard_alone_runs_it(page: playwright.Page, site_url: str) -> None:
    visit(page, site_url)
    page.locator("#adamwd-steps").focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("20")
    page.keyboard.press("Enter")
    wait_until_computed(page)
    assert columns(page)[0]["left"]["steps"] == 20
    page.keyboard.press("Shift+Tab")
    expect(page.locator("#adamwd-steps-slider")).to_be_focused()
    page.locator("#adamwd-panel-leave summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("adamwd-leave")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_result_stays_in_sight_while_a_slider_moves(
    page: playwright.Page, site_url: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    visit(page, site_url)
    slider = page.locator("#adamwd-right-weight_decay-slider")
    slider.scroll_into_view_if_needed()
    slider.focus()
    page.keyboard.press("ArrowRight")
    chart = page.locator("adamwd-views svg:visible").first
    expect(chart).to_be_in_viewport()
    expect(slider).to_be_in_viewport()


@each_language
def test_without_scripts_the_page_says_where_to_look(
    browser: playwright.Browser, site_url: str, language: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(site_url + PATHS[language])
        expect(page.locator("adamwd-playground img:visible")).to_have_count(1)
        link = page.locator("adamwd-playground a")
        expect(link).to_be_visible()
        with page.expect_navigation() as navigation:
            link.click()
        assert navigation.value is not None
        assert navigation.value.ok
    finally:
        context.close()
