"""Links: they restore everything, whoever wrote them, and run nothing."""

from __future__ import annotations

import base64
import json
from typing import Any

import playwright.sync_api as playwright
import pytest
from playwright.sync_api import expect

from tests.e2e.playground_page import (
    MODEL,
    PATHS,
    columns,
    fill,
    python_requests,
    state,
    visit,
    wait_until_computed,
)

CODE = "def loss(w):\n    return float((w ** 2).sum())\n"
WAITING = {"zh": "还没有运行", "en": "has not been run"}
IGNORED = {"zh": "换成默认值", "en": "replaced by defaults"}

each_language = pytest.mark.parametrize("language", PATHS)


def fragment_of(value: Any) -> str:
    """Return the fragment that carries a value as the page does."""
    text = value if isinstance(value, str) else json.dumps(value)
    return "#s=" + base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def calls(page: playwright.Page) -> None:
    """Note the names of all calls to Python in `window.calls`."""
    page.add_init_script("window.calls = []; window.ran = [];")
    page.evaluate(
        f"""() => {{
          const {{ runtime }} = {MODEL}.ground;
          const call = runtime.call.bind(runtime);
          runtime.call = (name, ...rest) => {{
            window.calls.push([name, rest[0]]);
            return call(name, ...rest);
          }};
        }}"""
    )


def settle(page: playwright.Page) -> str:
    """Wait until the address holds the settings, and return it."""
    page.wait_for_function(f"() => location.href === {MODEL}.link")
    return page.url


def test_the_address_restores_everything_in_another_tab(
    page: playwright.Page, site_url: str
) -> None:
    visit(page, site_url)
    page.locator("#adamwd-problem").select_option("noisy_quadratic")
    page.locator("#adamwd-right-algorithm").select_option("torch.optim.AdamW")
    page.locator("#adamwd-schedule").select_option("warmup")
    for key, value in (("problem.noise", 0.25), ("left.lr", 3e-3), ("steps", 123), ("seed", 9)):
        fill(page, key, value)
    wait_until_computed(page)
    address, held, drawn = settle(page), state(page), columns(page)
    other = page.context.new_page()
    other.goto(address)
    wait_until_computed(other)
    assert state(other) == held
    assert columns(other) == drawn
    expect(other.locator("#adamwd-left-lr")).to_have_value("0.003")
    expect(other.locator(".playground-notice")).to_have_count(0)


def test_the_address_is_not_told_to_the_server(page: playwright.Page, site_url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    visit(page, site_url)
    fill(page, "left.lr", "0.25")
    wait_until_computed(page)
    fragment = settle(page).split("#")[1]
    page.reload()
    wait_until_computed(page)
    assert not [url for url in asked if fragment[:40] in url.split("#")[0]]


def test_back_and_a_typed_fragment_restore(page: playwright.Page, site_url: str) -> None:
    visit(page, site_url)
    fill(page, "steps", 50)
    wait_until_computed(page)
    settle(page)
    first = state(page)
    page.evaluate("location.hash = '#things-to-try'")
    assert state(page) == first
    other = {"v": 1, **first, "steps": 60}
    page.evaluate("fragment => { location.hash = fragment }", fragment_of(other))
    expect(page.locator("#adamwd-steps")).to_have_value("60")
    page.go_back()
    page.go_back()
    expect(page.locator("#adamwd-steps")).to_have_value("50")


@each_language
def test_code_that_came_by_a_link_waits_for_a_press(
    page: playwright.Page, site_url: str, language: str
) -> None:
    visit(page, site_url, language)
    held = state(page)
    code = {"loss": CODE, "start": [1.5, -0.5], "rules": {"left": None, "right": None}}
    calls(page)
    page.evaluate(
        "fragment => { window.calls = []; location.hash = fragment }",
        fragment_of({"v": 1, **held, "code": code}),
    )
    notice = page.locator(".playground-waiting")
    expect(notice).to_contain_text(WAITING[language])
    fill(page, "steps", 40)
    wait_until_computed(page)
    page.wait_for_timeout(300)
    noted = page.evaluate("window.calls")
    assert {name for name, _ in noted} <= {"curves", "contour"}
    assert not [request for _, request in noted if "def loss" in request]
    notice.get_by_role("button").click()
    own = page.locator("adamwd-own-code")
    expect(own).to_be_visible()
    assert "own_curves" not in {name for name, _ in page.evaluate("window.calls")}
    own.evaluate("own => own.dispatchEvent(new CustomEvent('adamwd-code-run', { bubbles: true }))")
    wait_until_computed(page)
    assert "own_curves" in {name for name, _ in page.evaluate("window.calls")}
    _, drawn = columns(page)
    assert drawn["left.parameters"][:2] == [1.5, -0.5]
    expect(notice).to_have_count(0)


SCRIPT = "window.ran.push(1)"
HOSTILE = [
    "#s=",
    "#s=%%%",
    "#s=" + "A" * 300_000,
    fragment_of("[" * 50_000),
    fragment_of('{"v":1,"__proto__":{"problem":"quadratic"}}'),
    fragment_of({"v": 1, "problem": f"<img src=x onerror={SCRIPT}>"}),
    fragment_of({"v": 1, f"<img src=x onerror={SCRIPT}>": 1}),
    fragment_of({"v": 1, "left": {"algorithm": f"javascript:{SCRIPT}"}}),
    fragment_of({"v": 1, "steps": 1e308, "seed": -1, "schedule": {"kind": "list", "values": []}}),
    fragment_of({"v": 1, "options": {"start": ["NaN", None]}}),
    fragment_of('{"v":1,"steps":NaN}'),
    fragment_of({"v": 1, "code": {"loss": "import js; js.window.ran.push(1)", "rules": 3}}),
    fragment_of({"v": 99}),
]


@pytest.mark.parametrize("fragment", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_link_shows_a_page_that_works(
    page: playwright.Page, site_url: str, fragment: str
) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: errors.append(dialog.message))
    page.add_init_script("window.ran = []")
    visit(page, site_url, "en", fragment)
    expect(page.locator(".playground-notice").first).to_be_visible()
    expect(page.get_by_role("button", name="Run", exact=True)).to_be_enabled()
    assert page.locator(".playground img").count() == 0
    assert page.evaluate("window.ran") == []
    assert errors == []


@each_language
def test_a_link_that_is_partly_good_says_what_was_not(
    page: playwright.Page, site_url: str, language: str
) -> None:
    visit(page, site_url, language)
    held = {"v": 1, **state(page), "steps": 0, "seed": 3}
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("about:blank")
    visit(page, site_url, language, fragment_of(held))
    notice = page.locator(".playground-notice")
    expect(notice).to_contain_text(IGNORED[language])
    expect(notice).to_contain_text("steps")
    assert state(page)["seed"] == 3
    notice.get_by_role("button").click()
    expect(notice).to_have_count(0)


def test_a_link_that_cannot_be_read_starts_nothing(page: playwright.Page, site_url: str) -> None:
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    visit(page, site_url, "zh", "#s=%%%")
    page.wait_for_load_state("networkidle")
    assert python_requests(asked) == []
