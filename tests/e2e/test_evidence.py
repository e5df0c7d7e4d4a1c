"""The evidence: marks that open what was measured, and the page that lists every claim."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import playwright.sync_api as playwright
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import expect

DATA = Path(__file__).parents[2] / "docs" / "data"
ROOTS = {"zh": "", "en": "en/"}
PAGE = "differences/update-rule/"
CLAIM = "update-rule.ratio-over-time"
FACT = f"{CLAIM}/ratio-at-step-5"
CLOSE = {"zh": "关闭", "en": "Close"}
FAILED = {"zh": "依据数据无法读取", "en": "The evidence could not be read"}

each_language = pytest.mark.parametrize("language", ROOTS)
each_theme = pytest.mark.parametrize("theme", ["light", "dark"])

# Two targets are far enough apart where circles of 24 px around their centres do not meet.
TOO_SMALL_OR_NEAR = """() => {
  const boxes = [...document.querySelectorAll(".evidence-mark")]
    .map((mark) => mark.getBoundingClientRect())
    .filter((box) => box.width > 0);
  const centre = (box) => [box.x + box.width / 2, box.y + box.height / 2];
  const found = boxes.filter((box) => box.width < 24 || box.height < 24).map(centre);
  boxes.forEach((one, index) => boxes.slice(index + 1).forEach((other) => {
    const [[a, b], [c, d]] = [centre(one), centre(other)];
    if (Math.hypot(a - c, b - d) < 24) found.push([a, b, c, d]);
  }));
  return found;
}"""
# Where words are, and the mark after them: the mark is on the line on which its words end.
PLACES = """() => [...document.querySelectorAll(".md-content :is([data-fact], [data-claim])")]
  .filter((tagged) => tagged.checkVisibility())
  .map((tagged) => {
    const rounded = (box) => [box.x, box.y, box.right, box.bottom].map(Math.round);
    const words = [...tagged.getClientRects()].map(rounded);
    const mark = tagged.querySelector(".evidence-mark");
    return {words, mark: mark && rounded(mark.getBoundingClientRect())};
  })"""
PARAGRAPHS = """() => [...document.querySelectorAll(".md-content :is(p, li, td, th)")].map(
  (element) => Math.round(element.getBoundingClientRect().height))"""


def visit(page: playwright.Page, site_url: str, language: str, path: str = PAGE) -> None:
    page.goto(site_url + ROOTS[language] + path)
    page.wait_for_load_state("networkidle")


def mark(page: playwright.Page, fact: str = FACT) -> playwright.Locator:
    return page.locator(f"[data-fact='{fact}'] .evidence-mark").first


def panel(page: playwright.Page) -> playwright.Locator:
    return page.locator(".evidence-panel")


def record() -> dict[str, Any]:
    document: dict[str, Any] = json.loads((DATA / "facts.json").read_text(encoding="utf-8"))
    return document


def claims() -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = json.loads((DATA / "claims.json").read_text(encoding="utf-8"))[
        "results"
    ]
    return results


def fetched(page: playwright.Page, address: str) -> str:
    """Return what lies there, as the page gets it."""
    found: str = page.evaluate(
        "url => fetch(url).then((r) => r.ok ? r.text() : Promise.reject(r.status))", address
    )
    return found


def serious(page: playwright.Page) -> list[object]:
    return [
        (violation["id"], [node["html"] for node in violation["nodes"]][:3])
        for violation in Axe().run(page).response["violations"]
        if violation["impact"] in ("serious", "critical")
    ]


@each_language
def test_every_tag_has_one_mark_with_a_name(
    page: playwright.Page, site_url: str, language: str
) -> None:
    visit(page, site_url, language)
    tags = page.locator(".md-content :is([data-fact], [data-claim])")
    marks = page.locator(".md-content .evidence-mark")
    expect(marks).to_have_count(tags.count())
    names = marks.evaluate_all("marks => marks.map((mark) => mark.ariaLabel)")
    start = {"zh": "依据：", "en": "Evidence for "}[language]
    assert [name for name in names if not re.match(f"{start}.", name)] == []


@each_language
@pytest.mark.parametrize("path", ["", PAGE])
@pytest.mark.parametrize("width", [390, 1280])
def test_marks_are_large_and_apart(
    page: playwright.Page, site_url: str, language: str, path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    visit(page, site_url, language, path)
    assert page.locator(".evidence-mark").count() > 5
    assert page.evaluate(TOO_SMALL_OR_NEAR) == []


@each_language
@pytest.mark.parametrize("path", ["", PAGE])
def test_marks_break_no_line(
    page: playwright.Page, site_url: str, language: str, path: str
) -> None:
    visit(page, site_url, language, path)
    # Charts follow a new width in their own time.
    page.evaluate("document.querySelectorAll('adamwd-figure').forEach((figure) => figure.remove())")
    seen: dict[int, tuple[Any, Any]] = {}
    widths = [*range(320, 480, 40), 760, 1280]
    for width in widths:
        page.set_viewport_size({"width": width, "height": 844})
        seen[width] = (page.evaluate(PLACES), page.evaluate(PARAGRAPHS))
        for place in seen[width][0]:
            if place["mark"]:
                (_, top, right, bottom), (x, y, end, low) = place["words"][-1], place["mark"]
                assert x < right < end, place
                assert top - 12 <= (y + low) / 2 <= bottom, place
    page.evaluate("document.querySelectorAll('.evidence-mark').forEach((mark) => mark.remove())")
    for width in widths:
        page.set_viewport_size({"width": width, "height": 844})
        before, heights = seen[width]
        assert [place["words"] for place in page.evaluate(PLACES)] == [
            place["words"] for place in before
        ]
        assert page.evaluate(PARAGRAPHS) == heights


@each_language
def test_evidence_is_asked_for_at_the_first_press_alone(
    page: playwright.Page, site_url: str, language: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    visit(page, site_url, language)
    assert not [url for url in asked if url.endswith("facts.json")]
    mark(page).click()
    expect(panel(page)).to_contain_text("adamwd/claims/update_rule.py")
    page.get_by_role("button", name=CLOSE[language]).click()
    expect(panel(page)).to_be_hidden()
    mark(page).click()
    expect(panel(page)).to_be_visible()
    assert len([url for url in asked if url.endswith("facts.json")]) == 1


@each_language
def test_panel_says_what_was_measured_and_with_what(
    page: playwright.Page, site_url: str, language: str
) -> None:
    visit(page, site_url, language)
    mark(page).click()
    document = record()
    fact = next(one for one in document["facts"] if one["id"] == FACT)
    statement = document["claims"][CLAIM]["statement"][language].replace("`", "")
    environment = document["environment"]
    for text in (
        statement,
        fact["measurement"],
        f"{fact['value']:.6g}",
        fact["expected"],
        f"PyTorch {environment['torch']}, MindSpore {environment['mindspore']}",
        environment["device"],
        environment["date"],
        "adamwd/claims/update_rule.py",
    ):
        expect(panel(page)).to_contain_text(text)
    panel(page).get_by_role("link", name=CLAIM).click()
    page.wait_for_url(f"{site_url}{ROOTS[language]}evidence/#{CLAIM}")
    expect(page.locator(f"[id='{CLAIM}']")).to_be_in_viewport()
    expect(panel(page)).to_be_hidden()


@each_language
def test_fact_from_traces_says_how_and_from_which(
    page: playwright.Page, site_url: str, language: str
) -> None:
    visit(page, site_url, language, "")
    mark(page, "step-ratio-first").click()
    fact = next(one for one in record()["facts"] if one["id"] == "step-ratio-first")
    expect(panel(page)).to_contain_text(fact["how"][language])
    for path in fact["source"]:
        link = panel(page).get_by_role("link", name=path)
        address = link.evaluate("link => link.href")
        assert fetched(page, address)


@each_language
def test_claim_without_a_number_shows_all_its_measurements(
    page: playwright.Page, site_url: str, language: str
) -> None:
    visit(page, site_url, language)
    tag = page.locator("[data-claim]").first
    claim = tag.get_attribute("data-claim")
    tag.locator(".evidence-mark").click()
    facts = [one for one in record()["facts"] if one["id"].startswith(f"{claim}/")]
    assert facts
    for fact in facts:
        expect(panel(page)).to_contain_text(fact["measurement"])


@each_language
def test_keyboard_opens_reads_closes_and_comes_back(
    page: playwright.Page, site_url: str, language: str
) -> None:
    visit(page, site_url, language)
    mark(page).focus()
    page.keyboard.press("Enter")
    expect(panel(page)).to_be_focused()
    expect(mark(page)).to_have_attribute("aria-expanded", "true")
    expect(panel(page)).to_contain_text(CLAIM)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=CLOSE[language])).to_be_focused()
    page.keyboard.press("Tab")
    expect(panel(page).get_by_role("link", name=CLAIM)).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    expect(mark(page)).to_be_focused()
    expect(mark(page)).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Space")
    expect(panel(page)).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(panel(page)).to_be_hidden()
    expect(mark(page)).to_be_focused()


def test_pointer_closes_by_a_second_press_and_by_a_press_elsewhere(
    page: playwright.Page, site_url: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    visit(page, site_url, "en")
    mark(page).click()
    expect(panel(page)).to_be_visible()
    mark(page).click()
    expect(panel(page)).to_be_hidden()
    mark(page).click()
    expect(panel(page)).to_be_visible()
    page.mouse.click(1270, 890)
    expect(panel(page)).to_be_hidden()
    # In the middle of the screen the panel opens downwards, and leaves the row above free.
    mark(page).evaluate("mark => mark.scrollIntoView({block: 'center'})")
    mark(page).click()
    other = f"{CLAIM}/ratio-at-step-1"
    mark(page, other).click()
    expect(panel(page)).to_contain_text("ratio at step 1:")
    expect(mark(page)).to_have_attribute("aria-expanded", "false")
    expect(mark(page, other)).to_have_attribute("aria-expanded", "true")


@each_language
@each_theme
@pytest.mark.parametrize("width", [390, 1280])
def test_open_panel_is_accessible_and_on_the_screen(
    page: playwright.Page, site_url: str, language: str, theme: str, width: int
) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 844})
    visit(page, site_url, language)
    mark(page).click()
    expect(panel(page)).to_contain_text(CLAIM)
    box = panel(page).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(mark(page)).to_be_in_viewport()
    assert serious(page) == []


@each_language
def test_failure_is_said_and_the_next_press_tries_again(
    page: playwright.Page, site_url: str, language: str
) -> None:
    visit(page, site_url, language)
    page.route("**/facts.json", lambda route: route.abort())
    mark(page).click()
    expect(panel(page).get_by_role("alert")).to_contain_text(FAILED[language])
    page.unroute("**/facts.json")
    page.keyboard.press("Escape")
    mark(page).click()
    expect(panel(page)).to_contain_text(CLAIM)


def test_marks_come_with_instant_navigation(page: playwright.Page, site_url: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    visit(page, site_url, "zh", "")
    page.evaluate("window.notReloaded = true")
    first = page.locator(".evidence-mark").count()
    mark(page, "step-ratio-first").click()
    page.keyboard.press("Escape")
    page.locator(".md-tabs a[href$='/formula/']").click()
    expect(page.locator("h1#formula")).to_be_visible()
    expect(page.locator(".evidence-mark").first).to_be_visible()
    assert page.evaluate("window.notReloaded") is True
    page.locator(".evidence-mark").first.click()
    expect(panel(page)).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".md-tabs a").first.click()
    page.wait_for_url(site_url)
    expect(page.locator(".evidence-mark")).to_have_count(first)


def test_marks_are_not_printed(page: playwright.Page, site_url: str) -> None:
    visit(page, site_url, "zh")
    page.emulate_media(media="print")
    expect(page.locator(".evidence-mark").first).to_be_hidden()


@each_language
def test_every_claim_is_listed_and_found(
    page: playwright.Page, site_url: str, language: str
) -> None:
    visit(page, site_url, language, "evidence/")
    rows = page.locator("adamwd-evidence tbody")
    expect(rows).to_have_count(len(claims()))
    listed = rows.evaluate_all("rows => rows.map((row) => row.id)")
    assert sorted(listed) == sorted(claim["id"] for claim in claims())
    status = page.locator("adamwd-evidence [role=status]")
    expect(status).to_contain_text(str(len(claims())))
    page.locator("[name=category]").select_option("decay")
    decay = [claim for claim in claims() if claim["category"] == "decay"]
    expect(page.locator("adamwd-evidence tbody:visible")).to_have_count(len(decay))
    page.locator("[name=text]").fill(decay[0]["id"])
    expect(page.locator(f"[id='{decay[0]['id']}']")).to_be_visible()
    page.locator("[name=text]").fill("no claim says this")
    expect(page.locator("adamwd-evidence tbody:visible")).to_have_count(0)
    page.locator("adamwd-evidence button[type=reset]").click()
    expect(page.locator("adamwd-evidence tbody:visible")).to_have_count(len(claims()))


def test_filter_works_by_keyboard(page: playwright.Page, site_url: str) -> None:
    visit(page, site_url, "en", "evidence/")
    page.locator("[name=category]").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("adamwd-evidence table:visible")).to_have_count(1)
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.type("zzzz")
    expect(page.locator("adamwd-evidence tbody:visible")).to_have_count(0)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("adamwd-evidence tbody:visible")).to_have_count(len(claims()))


@each_language
def test_reports_can_be_downloaded(page: playwright.Page, site_url: str, language: str) -> None:
    visit(page, site_url, language, "evidence/")
    links = page.locator("adamwd-evidence a[download]")
    addresses = links.evaluate_all("links => links.map((link) => link.href)")
    names = [address.rpartition("/")[2] for address in addresses]
    assert names == ["claims.json", "claims.junit.xml", "claims.md"]
    for address, name in zip(addresses, names, strict=True):
        assert fetched(page, address) == (DATA / name).read_text(encoding="utf-8")


@each_language
def test_claims_can_be_read_without_scripts(
    browser: playwright.Browser, site_url: str, language: str
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site_url}{ROOTS[language]}evidence/#{CLAIM}")
        expect(page.locator("adamwd-evidence tbody")).to_have_count(len(claims()))
        expect(page.locator(f"[id='{CLAIM}']")).to_be_in_viewport()
        expect(page.locator(f"[id='{CLAIM}']")).to_contain_text("3.162")
