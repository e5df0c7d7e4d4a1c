"""Whatever goes wrong, the playground says it in one sentence and has a way on."""

from __future__ import annotations

import json
from typing import Any

import playwright.sync_api as playwright
import pytest
from playwright.sync_api import expect

from adamwd import playground
from tests.e2e.playground_page import (
    MODEL,
    PATHS,
    RETRY,
    RUN,
    START_MS,
    STOP,
    STOPPED,
    fill,
    press_run,
    python_requests,
    run,
    visit,
    wait_until_computed,
)

each_language = pytest.mark.parametrize("language", PATHS)
STATUS = ".playground-status [role=status]"
ALERT = ".playground-status [role=alert]"


@pytest.fixture
def requests(page: playwright.Page) -> list[str]:
    """The addresses that the page and its worker ask for."""
    found: list[str] = []
    page.context.on("request", lambda request: found.append(request.url))
    return found


def test_stop_ends_a_long_run_within_a_second_and_the_next_run_works(
    page: playwright.Page, site_url: str, requests: list[str]
) -> None:
    language = "en"
    visit(page, site_url, language)
    fill(page, "steps", 20)
    wait_until_computed(page)
    downloaded = python_requests(requests)
    fill(page, "steps", 1_000_000)
    stop = page.get_by_role("button", name=STOP[language], exact=True)
    expect(stop).to_be_enabled()
    page.wait_for_timeout(500)
    stop.click()
    expect(page.locator(STATUS)).to_have_text(STOPPED[language], timeout=1000)
    expect(stop).to_be_disabled()
    expect(page.locator(".playground-warning")).to_be_visible()
    fill(page, "steps", 30)
    wait_until_computed(page)
    assert python_requests(requests) == downloaded, "the second worker downloaded again"


def test_stop_during_the_download(page: playwright.Page, site_url: str) -> None:
    page.route("**/pyodide.asm.wasm*", lambda route: None)  # Never answered.
    visit(page, site_url)
    press_run(page)
    expect(page.locator(".playground-bytes")).to_contain_text("MB")
    page.get_by_role("button", name=STOP["zh"], exact=True).click()
    expect(page.locator(STATUS)).to_have_text(STOPPED["zh"], timeout=1000)


def message_of_cpython(side: str, name: str, value: float) -> str:
    """Return what the library says to one wrong value."""
    optimizer = {"left": "torch.optim.AdamW", "right": "mindspore.nn.AdamWeightDecay"}[side]
    spec = {"schema": 1, "problem": "quadratic", "optimizer": optimizer, "steps": 1}
    specs = {side: {**spec, "hyperparameters": {name: int(value)}}}
    message: str = json.loads(playground.run(json.dumps({"specs": specs})))["error"]["message"]
    return message


@each_language
def test_a_refused_hyperparameter_has_the_librarys_message_beside_its_field(
    page: playwright.Page, site_url: str, language: str
) -> None:
    visit(page, site_url, language)
    for side, name, value in (("left", "lr", -1), ("right", "beta1", 2)):
        field = page.locator(f"#adamwd-{side}-{name}")
        before = field.input_value()
        field.fill(str(value))
        expect(field).to_have_attribute("aria-invalid", "true", timeout=START_MS)
        message = page.locator(f"#{field.get_attribute('aria-describedby')}")
        expect(message).to_contain_text(message_of_cpython(side, name, value))
        expect(field).to_have_value(str(value))
        expect(page.locator("adamwd-views svg").first).to_be_visible()
        press_run(page, language)
        expect(field).to_be_focused()
        field.fill(before)
        expect(field).not_to_have_attribute("aria-invalid", "true")


def test_refusals_on_both_sides_are_marked_at_once(page: playwright.Page, site_url: str) -> None:
    visit(page, site_url)
    refused = {("left", "lr"): -1, ("right", "eps"): 0}
    for (side, name), value in refused.items():
        fill(page, f"{side}.{name}", value)
    for (side, name), value in refused.items():
        expect(page.locator(f"#adamwd-{side}-{name}-error")).to_contain_text(
            message_of_cpython(side, name, value), timeout=START_MS
        )


@each_language
def test_an_empty_field_is_told_in_the_readers_language(
    page: playwright.Page, site_url: str, language: str
) -> None:
    visit(page, site_url, language)
    field = page.locator("#adamwd-left-betas-1")
    field.fill("")
    needed = {"zh": "请填一个有限的十进制数", "en": "Enter a finite decimal number"}
    expect(page.locator(".playground-error")).to_contain_text(needed[language])
    press_run(page, language)
    expect(field).to_be_focused()
    expect(page.locator("adamwd-views svg").first).to_be_visible()
    name = {"zh": "框架默认值", "en": "Framework defaults"}[language]
    page.get_by_role("button", name=name).click()
    expect(page.locator(".playground-error")).to_have_count(0)
    expect(field).to_have_value("0.999")


# What is broken, how, what the sentence names, and the language to read it in.
TROUBLES: dict[str, tuple[str, Any, str, str]] = {
    "corrupt": ("**/pyodide.asm.mjs*", {"body": "garbage"}, "pyodide.asm.mjs", "zh"),
    "missing": ("**/pyodide.asm.wasm*", {"status": 404, "body": ""}, "pyodide.asm.wasm", "en"),
    "no network": ("**/snapshot.bin*", None, "snapshot.bin", "zh"),
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_broken_download_is_one_sentence_and_retry_works(
    page: playwright.Page, site_url: str, trouble: str
) -> None:
    pattern, answer, name, language = TROUBLES[trouble]
    page.route(pattern, lambda route: route.abort() if answer is None else route.fulfill(**answer))
    visit(page, site_url, language)
    press_run(page, language)
    alert = page.locator(ALERT)
    expect(alert).to_contain_text(name, timeout=START_MS)
    sentence = alert.locator("p").inner_text()
    assert sentence.endswith("。" if language == "zh" else ".")
    assert "\n" not in sentence
    page.unroute(pattern)
    alert.get_by_role("button", name=RETRY[language], exact=True).click()
    wait_until_computed(page)
    expect(alert).to_be_empty()


def test_a_worker_that_is_not_there(page: playwright.Page, site_url: str) -> None:
    page.route("**/worker.js", lambda route: route.fulfill(status=404, body=""))
    visit(page, site_url)
    press_run(page)
    expect(page.locator(ALERT)).to_contain_text("worker.js")


def test_no_recorded_runs(page: playwright.Page, site_url: str) -> None:
    """What cannot be read is computed."""
    page.route("**/data/traces/**", lambda route: route.fulfill(status=404, body=""))
    page.goto(site_url + PATHS["zh"])
    wait_until_computed(page)
    expect(page.get_by_role("button", name=RUN["zh"], exact=True)).to_be_enabled()


@each_language
def test_no_configuration(page: playwright.Page, site_url: str, language: str) -> None:
    pattern = "**/playground.json"
    page.route(pattern, lambda route: route.fulfill(status=404, body=""))
    page.goto(site_url + PATHS[language])
    alert = page.locator("adamwd-playground [role=alert]")
    expect(alert).to_contain_text({"zh": "配置文件无法读取", "en": "could not be read"}[language])
    page.unroute(pattern)
    alert.get_by_role("button", name=RETRY[language], exact=True).click()
    expect(page.locator("adamwd-views svg").first).to_be_visible()


def test_a_panel_that_does_not_load(page: playwright.Page, site_url: str) -> None:
    visit(page, site_url)
    page.route("**/assets/app/chunk-*.js", lambda route: route.abort())
    panel = page.locator("#adamwd-panel-leave")
    panel.locator("summary").click()
    expect(panel.get_by_role("alert")).to_contain_text("没有载入成功")
    page.unroute("**/assets/app/chunk-*.js")
    expect(panel.get_by_role("button", name=RETRY["zh"])).to_be_visible()


def test_it_needs_no_storage_and_keeps_no_settings_there(
    page: playwright.Page, site_url: str
) -> None:
    page.add_init_script(
        """const refuse = { get() { throw new DOMException("refused", "SecurityError"); } };
        for (const name of ["sessionStorage", "indexedDB", "caches"]) {
          Object.defineProperty(window, name, refuse);
        }"""
    )
    visit(page, site_url)
    fill(page, "left.lr", "0.25")
    wait_until_computed(page)
    kept = page.evaluate("JSON.stringify([...Object.entries(localStorage), document.cookie])")
    assert "0.25" not in kept
    assert "adamwd" not in kept.replace("adamwd-shared", "")


def test_what_diverges_is_told(page: playwright.Page, site_url: str) -> None:
    visit(page, site_url, "en")
    page.evaluate("document.querySelector('[data-preset=overflow]').click()")
    page.wait_for_function(f"() => !{MODEL}.comparison.stale")
    expect(page.locator("adamwd-views")).to_contain_text("AdamWeightDecay has a NaN or an infinity")
    run(page, "en")
    expect(page.locator("adamwd-views")).to_contain_text("AdamWeightDecay has a NaN or an infinity")
