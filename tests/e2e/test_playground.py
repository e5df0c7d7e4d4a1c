"""The playground: real curves at once, Python on demand, CPython's bits, and honest errors."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import playwright.sync_api as playwright
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import expect

from adamwd import playground
from adamwd.compare import TOLERANCES, trace_error
from adamwd.experiments import EXPERIMENTS
from adamwd.trace import Trace

TRACES = Path(__file__).parents[2] / "docs" / "data" / "traces"
PATHS = {"zh": "playground/", "en": "en/playground/"}
RUN = {"zh": "运行", "en": "Run"}
STOP = {"zh": "停止", "en": "Stop"}
RETRY = {"zh": "重试", "en": "Retry"}
STOPPED = {"zh": "已停止。", "en": "Stopped."}
NUMPY_RUN = {"zh": "图中是刚才在你的浏览器里运行的", "en": "run just now in your browser"}
# A cold start took 6 s on an idle machine of two cores; tests share theirs.
START_MS = 120_000
# What this needs takes no exponential and no logarithm, so every platform has the same bits.
EXACT = ("quadratic", "noisy_quadratic", "rosenbrock", "beale")

SMALL_TARGETS = """() => {
  const selector = "adamwd-playground :is(button, select, input[type=text], .playground-flag)";
  const small = (element) => element.getBoundingClientRect().height < 44;
  return [...document.querySelectorAll(selector)].filter(small).map((e) => e.outerHTML);
}"""

each_language = pytest.mark.parametrize("language", PATHS)


@pytest.fixture
def requests(page: playwright.Page) -> list[str]:
    """The addresses that the page and its worker ask for."""
    found: list[str] = []
    page.context.on("request", lambda request: found.append(request.url))
    return found


def visit(page: playwright.Page, site_url: str, language: str = "zh") -> None:
    """Open the playground and wait for the recorded curves."""
    page.goto(site_url + PATHS[language])
    expect(page.locator("adamwd-playground figure svg")).to_have_count(3)


def run(page: playwright.Page, language: str = "zh") -> dict[str, Any]:
    """Press Run and return the reply of Python."""
    page.evaluate("document.querySelector('adamwd-playground').model.result = null")
    page.get_by_role("button", name=RUN[language], exact=True).click()
    page.wait_for_function(
        "document.querySelector('adamwd-playground').result !== null", timeout=START_MS
    )
    reply: dict[str, Any] = page.evaluate("document.querySelector('adamwd-playground').result")
    return reply


def steps(page: playwright.Page, number: int) -> None:
    """Fill in the number of steps."""
    page.locator("#adamwd-steps").fill(str(number))


def pyodide_requests(requests: list[str]) -> list[str]:
    return [url for url in requests if "pyodide" in url or "adamwd.zip" in url]


@each_language
def test_recorded_runs_are_drawn_before_python_and_without_asking_for_it(
    page: playwright.Page, site_url: str, requests: list[str], language: str
) -> None:
    visit(page, site_url, language)
    page.wait_for_load_state("networkidle")
    source = page.locator(".playground-source")
    expect(source).to_contain_text("torch 2.")
    expect(source).to_contain_text("mindspore 2.")
    assert pyodide_requests(requests) == []
    assert {urlsplit(url).netloc for url in requests} == {urlsplit(site_url).netloc}


@each_language
def test_every_problem_shows_its_recorded_runs(
    page: playwright.Page, site_url: str, language: str
) -> None:
    visit(page, site_url, language)
    choice = page.locator("#adamwd-problem")
    for name in [problem["name"] for problem in json.loads(playground.problems())]:
        choice.select_option(name)
        expect(page.locator(".playground-source code").last).to_contain_text(name)
        expect(page.locator(".playground-failure")).to_have_count(0)


def test_a_run_has_the_bits_of_cpython_and_asks_nobody_else(
    page: playwright.Page, site_url: str, requests: list[str]
) -> None:
    visit(page, site_url)
    for problem in json.loads(playground.problems()):
        page.locator("#adamwd-problem").select_option(problem["name"])
        expect(page.locator(".playground-source code").last).to_contain_text(problem["name"])
        steps(page, 200)
        reply = run(page)
        specs = {side: trace["spec"] for side, trace in reply["traces"].items()}
        assert {spec["problem"] for spec in specs.values()} == {problem["name"]}
        expected = json.loads(playground.run(json.dumps({"specs": specs})))
        if problem["name"] in EXACT:
            assert reply["digests"] == expected["digests"]
        for side, trace in reply["traces"].items():
            here = Trace.from_json(expected["traces"][side])
            error = trace_error(here, Trace.from_json(trace))
            assert error <= TOLERANCES["trace/numpy"].limit
        expect(page.locator(".playground-source")).to_contain_text(NUMPY_RUN["zh"])
    assert {urlsplit(url).netloc for url in requests if url.startswith("http")} == {
        urlsplit(site_url).netloc
    }
    names = [urlsplit(url).path for url in pyodide_requests(requests)]
    assert len(names) == len(set(names)), "a file of the runtime was downloaded twice"


def test_every_experiment_has_the_bits_of_cpython(page: playwright.Page, site_url: str) -> None:
    """Fixed gradients, groups of names, every problem: the recorded NumPy traces, run here."""
    visit(page, site_url)
    specs = {
        f"{experiment.name}/{label}": spec.to_json()
        for experiment in EXPERIMENTS.values()
        for label, spec in experiment.specs.items()
    }
    assert {spec["problem"] for spec in specs.values()} >= {"gradient_sequence", *EXACT}
    page.set_default_timeout(2 * START_MS)
    answer = page.evaluate(
        """async (request) => {
          const { runtime, configuration } = document.querySelector("adamwd-playground").model;
          return runtime.call("run", request, configuration.runtime, () => {});
        }""",
        json.dumps({"specs": specs}),
    )
    reply = json.loads(answer)
    assert reply["digests"].keys() == specs.keys()
    for name, spec in specs.items():
        recorded = Trace.read(TRACES / f"{name}.numpy.json")
        error = trace_error(recorded, Trace.from_json(reply["traces"][name]))
        assert error <= TOLERANCES["trace/numpy"].limit, name
        if spec["problem"] != "logistic_regression":
            assert reply["digests"][name] == recorded.digest(), name


def test_stop_ends_a_long_run_within_a_second_and_the_next_run_works(
    page: playwright.Page, site_url: str, requests: list[str]
) -> None:
    language = "en"
    visit(page, site_url, language)
    steps(page, 20)
    run(page, language)
    downloaded = pyodide_requests(requests)
    steps(page, 1_000_000)
    page.get_by_role("button", name=RUN[language], exact=True).click()
    stop = page.get_by_role("button", name=STOP[language], exact=True)
    expect(stop).to_be_enabled()
    page.wait_for_timeout(500)
    stop.click()
    expect(page.get_by_role("status")).to_have_text(STOPPED[language], timeout=1000)
    expect(stop).to_be_disabled()
    steps(page, 20)
    assert "digests" in run(page, language)
    assert pyodide_requests(requests) == downloaded, "the second worker downloaded again"


def test_stop_during_the_download(page: playwright.Page, site_url: str) -> None:
    page.route("**/pyodide.asm.wasm*", lambda route: None)  # Never answered.
    visit(page, site_url)
    page.get_by_role("button", name=RUN["zh"], exact=True).click()
    expect(page.locator(".playground-bytes")).to_contain_text("MB")
    page.get_by_role("button", name=STOP["zh"], exact=True).click()
    expect(page.get_by_role("status")).to_have_text(STOPPED["zh"], timeout=1000)


@each_language
def test_a_refused_hyperparameter_has_the_librarys_message_beside_its_field(
    page: playwright.Page, site_url: str, language: str
) -> None:
    visit(page, site_url, language)
    for key, value in (("adamw-lr", "-1"), ("adam_weight_decay-beta1", "2")):
        field = page.locator(f"#adamwd-{key}")
        before = field.input_value()
        field.fill(value)
        page.get_by_role("button", name=RUN[language], exact=True).click()
        expect(field).to_have_attribute("aria-invalid", "true", timeout=START_MS)
        expect(field).to_be_focused()
        described = field.get_attribute("aria-describedby")
        message = page.locator(f"#{described}")
        expect(message).to_contain_text(message_of_cpython(key, float(value)))
        field.fill(before)
        expect(field).not_to_have_attribute("aria-invalid", "true")


def message_of_cpython(key: str, value: float) -> str:
    """Return what the library says to one wrong value."""
    side, name = key.split("-")
    optimizer = "torch.optim.AdamW" if side == "adamw" else "mindspore.nn.AdamWeightDecay"
    spec = {"schema": 1, "problem": "quadratic", "optimizer": optimizer, "steps": 1}
    specs = {side: {**spec, "hyperparameters": {name: int(value)}}}
    message: str = json.loads(playground.run(json.dumps({"specs": specs})))["error"]["message"]
    return message


def test_refusals_on_both_sides_are_marked_at_once(page: playwright.Page, site_url: str) -> None:
    visit(page, site_url)
    steps(page, 1_000_000)
    refused = {"adamw-lr": "-1", "adam_weight_decay-eps": "0"}
    for key, value in refused.items():
        page.locator(f"#adamwd-{key}").fill(value)
    page.get_by_role("button", name=RUN["zh"], exact=True).click()
    for key, value in refused.items():
        expect(page.locator(f"#adamwd-{key}-error")).to_contain_text(
            message_of_cpython(key, float(value)), timeout=START_MS
        )
    expect(page.locator("#adamwd-adamw-lr")).to_be_focused()


@each_language
def test_an_empty_field_is_told_in_the_readers_language(
    page: playwright.Page, site_url: str, requests: list[str], language: str
) -> None:
    visit(page, site_url, language)
    field = page.locator("#adamwd-adamw-betas-1")
    field.fill("")
    page.get_by_role("button", name=RUN[language], exact=True).click()
    expect(field).to_be_focused()
    needed = {"zh": "请填一个有限的十进制数", "en": "Enter a finite decimal number"}
    expect(page.locator(".playground-error")).to_contain_text(needed[language])
    expect(page.get_by_role("status")).not_to_be_empty()
    name = {"zh": "恢复框架默认值", "en": "Framework defaults"}[language]
    page.get_by_role("button", name=name).click()
    expect(page.locator(".playground-error")).to_have_count(0)
    expect(page.get_by_role("status")).to_be_empty()
    assert pyodide_requests(requests) == []


# What is broken, how, what the sentence names, and the language to read it in.
TROUBLES: dict[str, tuple[str, Any, str, str]] = {
    "corrupt": ("**/numpy-*.whl*", {"body": "garbage"}, "numpy-", "zh"),
    "missing": ("**/pyodide.asm.wasm*", {"status": 404, "body": ""}, "pyodide.asm.wasm", "en"),
    "no network": ("**/python_stdlib.zip*", None, "python_stdlib.zip", "zh"),
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_broken_download_is_one_sentence_and_retry_works(
    page: playwright.Page, site_url: str, trouble: str
) -> None:
    pattern, answer, name, language = TROUBLES[trouble]
    page.route(pattern, lambda route: route.abort() if answer is None else route.fulfill(**answer))
    visit(page, site_url, language)
    page.get_by_role("button", name=RUN[language], exact=True).click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(name, timeout=START_MS)
    sentence = alert.locator("p").inner_text()
    assert sentence.endswith("。" if language == "zh" else ".")
    assert "\n" not in sentence
    page.unroute(pattern)
    page.get_by_role("button", name=RETRY[language], exact=True).click()
    page.wait_for_function(
        "document.querySelector('adamwd-playground').result !== null", timeout=START_MS
    )
    expect(alert).to_be_empty()


def test_a_worker_that_is_not_there(page: playwright.Page, site_url: str) -> None:
    page.route("**/worker.js", lambda route: route.fulfill(status=404, body=""))
    visit(page, site_url)
    page.get_by_role("button", name=RUN["zh"], exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("worker.js")


def test_no_recorded_runs(page: playwright.Page, site_url: str) -> None:
    page.route("**/data/traces/**", lambda route: route.fulfill(status=404, body=""))
    page.goto(site_url + PATHS["zh"])
    expect(page.get_by_role("status")).to_contain_text("无法读取预先录制的轨迹")
    expect(page.get_by_role("button", name=RUN["zh"], exact=True)).to_be_enabled()


def test_buttons_fill_in_defaults_and_matching_values(page: playwright.Page, site_url: str) -> None:
    visit(page, site_url, "en")

    def value(key: str) -> str:
        return page.locator(f"#adamwd-{key}").input_value()

    page.get_by_role("button", name="Framework defaults").click()
    assert [value(f"adamw-{key}") for key in ("lr", "eps", "weight_decay")] == [
        "0.001",
        "1e-8",
        "0.01",
    ]
    other = [f"adam_weight_decay-{key}" for key in ("learning_rate", "eps", "weight_decay")]
    assert [value(key) for key in other] == ["0.001", "1e-6", "0"]
    page.locator("#adamwd-adamw-lr").fill("0.5")
    page.get_by_role("button", name="Give AdamWeightDecay the same values").click()
    assert [value(key) for key in other] == ["0.5", "1e-8", "0.01"]


def own_workers(page: playwright.Page) -> list[playwright.Worker]:
    """The threads of the playground; the theme's search has one of its own."""
    return [worker for worker in page.workers if "/app/worker.js" in worker.url]


def test_leaving_by_instant_navigation_stops_the_thread_and_coming_back_works(
    page: playwright.Page, site_url: str, requests: list[str]
) -> None:
    visit(page, site_url)
    steps(page, 20)
    run(page)
    downloaded = pyodide_requests(requests)
    assert len(own_workers(page)) == 1
    page.evaluate("window.stayed = true")
    page.locator(".md-tabs a[href$='formula/']").click()
    expect(page.locator("adamwd-playground")).to_have_count(0)
    assert page.evaluate("window.stayed"), "the page was loaded anew"
    page.wait_for_timeout(200)
    assert own_workers(page) == []
    page.go_back()
    expect(page.locator("adamwd-playground figure svg")).to_have_count(3)
    expect(page.locator("#adamwd-steps")).to_have_value("20")
    run(page)
    assert pyodide_requests(requests) == downloaded


def test_after_a_run_axe_finds_nothing_serious(page: playwright.Page, site_url: str) -> None:
    visit(page, site_url)
    steps(page, 50)
    run(page)
    themes: tuple[Any, ...] = ("light", "dark")
    for theme, width in itertools.product(themes, (390, 1280)):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 844})
        page.wait_for_timeout(300)
        results = Axe().run(page)
        serious = [
            f"{violation['id']}: {[node['html'][:120] for node in violation['nodes']]}"
            for violation in results.response["violations"]
            if violation["impact"] in ("serious", "critical")
        ]
        assert serious == [], (theme, width)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        assert page.evaluate(SMALL_TARGETS) == [], width


def test_the_keyboard_alone_runs_it(page: playwright.Page, site_url: str) -> None:
    visit(page, site_url)
    page.locator("#adamwd-steps").focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("20")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "document.querySelector('adamwd-playground').result !== null", timeout=START_MS
    )
    trace = page.evaluate("document.querySelector('adamwd-playground').result.traces.adamw")
    assert trace["spec"]["steps"] == 20


@each_language
def test_without_scripts_the_page_says_where_to_look(
    browser: playwright.Browser, site_url: str, language: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(site_url + PATHS[language])
        link = page.locator("adamwd-playground a")
        expect(link).to_be_visible()
        with page.expect_navigation() as navigation:
            link.click()
        assert navigation.value is not None
        assert navigation.value.ok
    finally:
        context.close()
