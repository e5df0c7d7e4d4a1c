"""The playground: real curves at once, Python on demand, CPython's bits, every change at once."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import playwright.sync_api as playwright
import pytest
from playwright.sync_api import expect

from adamwd import playground
from adamwd.compare import TOLERANCES, trace_error
from adamwd.experiments import EXPERIMENTS
from adamwd.trace import Trace
from tests.e2e.playground_page import (
    EXACT,
    MODEL,
    PATHS,
    PRESETS,
    START_MS,
    assert_bits_of_cpython,
    columns,
    fill,
    own_workers,
    python_requests,
    run,
    state,
    visit,
    wait_until_computed,
)

TRACES = Path(__file__).parents[2] / "docs" / "data" / "traces"
RECORDED = {"zh": "真实运行的记录", "en": "Recorded runs of the real libraries"}
PROBLEMS = [problem["name"] for problem in json.loads(playground.problems())]

each_language = pytest.mark.parametrize("language", PATHS)


@pytest.fixture
def requests(page: playwright.Page) -> list[str]:
    """The addresses that the page and its worker ask for."""
    found: list[str] = []
    page.context.on("request", lambda request: found.append(request.url))
    return found


@each_language
def test_recorded_runs_are_drawn_before_python_and_without_asking_for_it(
    page: playwright.Page, site_url: str, requests: list[str], language: str
) -> None:
    visit(page, site_url, language)
    page.wait_for_load_state("networkidle")
    source = page.locator(".playground-source")
    expect(source).to_contain_text(RECORDED[language])
    expect(source).to_contain_text("torch 2.")
    expect(source).to_contain_text("mindspore 2.")
    assert python_requests(requests) == []
    assert own_workers(page) == []
    assert {urlsplit(url).netloc for url in requests} == {urlsplit(site_url).netloc}


@each_language
def test_every_preset_shows_its_recorded_runs_and_leads_to_its_page(
    page: playwright.Page, site_url: str, requests: list[str], language: str
) -> None:
    visit(page, site_url, language)
    buttons = page.locator(".playground-presets button")
    assert buttons.evaluate_all("all => all.map(b => b.dataset.preset)") == list(PRESETS)
    pages = set()
    for name in PRESETS:
        # By the keyboard, since a pointer over the playground starts Python.
        button = page.locator(f"[data-preset='{name}']")
        button.evaluate("button => button.click()")
        expect(button).to_have_attribute("aria-pressed", "true")
        page.wait_for_function(f"() => !{MODEL}.comparison.stale")
        specs, drawn = columns(page)
        expect(page.locator(".playground-source")).to_contain_text(RECORDED[language])
        backend = "torch" if specs["left"]["optimizer"].startswith("torch") else "mindspore"
        recorded = Trace.read(TRACES / f"preset-{name}" / f"left.{backend}.json")
        assert drawn["left.loss"] == pytest.approx(list(recorded.loss), rel=0, abs=0, nan_ok=True)
        pages.add(page.locator(".playground-story a").get_attribute("href"))
    assert python_requests(requests) == []
    assert len(pages) == len(PRESETS)
    for address in pages:
        page.goto(str(address))
        anchor = urlsplit(str(address)).fragment
        if anchor:
            expect(page.locator(f"[id='{anchor}']")).to_have_count(1)
        expect(page.locator("h1")).to_be_visible()


def test_every_problem_is_computed_with_the_bits_of_cpython(
    page: playwright.Page, site_url: str, requests: list[str]
) -> None:
    visit(page, site_url)
    for problem in PROBLEMS:
        page.locator("#adamwd-problem").select_option(problem)
        expect(page.locator("adamwd-views svg").first).to_be_visible()
        fill(page, "steps", 200)
        wait_until_computed(page)
        specs, drawn = columns(page)
        assert [specs[side]["problem"] for side in specs] == [problem] * 2
        if problem in EXACT:
            assert_bits_of_cpython(page)
        else:
            assert len(drawn["left.loss"]) == 201
    local = {urlsplit(url).netloc for url in requests if url.startswith("http")}
    assert local == {urlsplit(site_url).netloc}
    names = [urlsplit(url).path for url in python_requests(requests)]
    assert len(names) == len(set(names)), "a file of the runtime was downloaded twice"


def test_every_experiment_has_the_bits_of_cpython(page: playwright.Page, site_url: str) -> None:
    """Fixed gradients, groups of names, every problem: the recorded NumPy traces, run here."""
    visit(page, site_url)
    specs = {
        f"{experiment.name}/{label}": spec.to_json()
        for experiment in EXPERIMENTS.values()
        for label, spec in experiment.specs.items()
    }
    page.set_default_timeout(2 * START_MS)
    answer = page.evaluate(
        f"""async (request) => {{
          const {{ runtime, configuration }} = {MODEL}.ground;
          return (await runtime.call("run", request, configuration.runtime, () => {{}})).json;
        }}""",
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


def test_any_change_is_computed_at_once_without_a_press_on_run(
    page: playwright.Page, site_url: str
) -> None:
    visit(page, site_url)
    for key, value in (("left.lr", 0.02), ("right.beta2", 0.9), ("problem.start.0", 0.5)):
        fill(page, key, value)
        wait_until_computed(page)
        assert_bits_of_cpython(page)
    page.locator("#adamwd-schedule").select_option("cosine")
    wait_until_computed(page)
    assert_bits_of_cpython(page)
    page.locator("#adamwd-schedule").select_option("list")
    wait_until_computed(page)
    page.locator("#adamwd-right-algorithm").select_option("mindspore.experimental.optim.AdamW")
    wait_until_computed(page)
    assert_bits_of_cpython(page)


def test_a_slider_moves_by_the_keyboard_and_says_its_value(
    page: playwright.Page, site_url: str
) -> None:
    visit(page, site_url)
    slider = page.locator("#adamwd-left-lr-slider")
    slider.focus()
    for expected in ("0.0011", "0.0013"):
        page.keyboard.press("ArrowRight")
        expect(slider).to_have_attribute("aria-valuetext", expected)
        expect(page.locator("#adamwd-left-lr")).to_have_value(expected)
    wait_until_computed(page)
    specs, _ = columns(page)
    assert specs["left"]["hyperparameters"]["lr"] == 0.0013
    page.keyboard.press("PageDown")
    expect(page.locator("#adamwd-left-lr")).not_to_have_value("0.0013")


def test_only_the_newest_of_many_moves_is_computed(page: playwright.Page, site_url: str) -> None:
    visit(page, site_url)
    run(page)
    calls = page.evaluate(
        f"""async () => {{
          const {{ comparison, ground }} = {MODEL};
          const call = ground.runtime.call.bind(ground.runtime);
          let calls = 0;
          ground.runtime.call = (name, ...rest) => {{
            if (name === "curves") calls += 1;
            return call(name, ...rest);
          }};
          const slider = document.querySelector("#adamwd-left-lr-slider");
          for (let position = 20; position < 80; position += 1) {{
            slider.value = String(position);
            slider.dispatchEvent(new Event("input", {{ bubbles: true }}));
          }}
          slider.dispatchEvent(new Event("change", {{ bubbles: true }}));
          const frame = () => new Promise(requestAnimationFrame);
          while (comparison.runs.shown !== comparison.state) await frame();
          return calls;
        }}"""
    )
    assert calls == 2, "the first of sixty, and the newest"
    assert_bits_of_cpython(page)


def test_buttons_bring_the_two_sides_together(page: playwright.Page, site_url: str) -> None:
    visit(page, site_url, "en")
    page.get_by_role("button", name="Match hyper-parameters").click()
    own = {"learning_rate": 0.001, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "weight_decay": 0.01}
    assert state(page)["right"]["hyperparameters"] == own
    page.get_by_role("button", name="Copy left to right").click()
    assert state(page)["right"] == state(page)["left"]
    wait_until_computed(page)
    _, drawn = columns(page)
    assert set(drawn["distance"]) == {0}
    fill(page, "left.lr", "0.5")
    page.get_by_role("button", name="Framework defaults").click()
    expect(page.locator("#adamwd-left-lr")).to_have_value("0.001")


@each_language
def test_the_result_is_announced_once_the_hand_rests(
    page: playwright.Page, site_url: str, language: str
) -> None:
    visit(page, site_url, language)
    run(page, language)
    status = page.locator(".playground-status [role=status]")
    expect(status).to_contain_text("AdamWeightDecay")
    expect(status).to_contain_text("300")


def test_leaving_by_instant_navigation_keeps_python_and_ends_what_runs(
    page: playwright.Page, site_url: str, requests: list[str]
) -> None:
    visit(page, site_url)
    run(page)
    downloaded = python_requests(requests)
    page.evaluate("window.stayed = true")
    page.locator(".md-tabs a[href$='formula/']").click()
    expect(page.locator("adamwd-playground")).to_have_count(0)
    page.go_back()
    expect(page.locator("adamwd-playground adamwd-views svg").first).to_be_visible()
    assert page.evaluate("window.stayed"), "the page was loaded anew"
    run(page)
    assert python_requests(requests) == downloaded
    fill(page, "steps", 1_000_000)
    page.wait_for_function(f"() => {MODEL}.comparison.python.slow")
    page.evaluate(f"window.left = {MODEL}")
    page.locator(".md-tabs a[href$='formula/']").click()
    page.wait_for_function("() => !window.left.comparison.python.busy", timeout=2000)


def test_two_figures_on_a_page_share_one_python(
    page: playwright.Page, site_url: str, requests: list[str]
) -> None:
    page.goto(f"{site_url}en/differences/update-rule/")
    figures = page.locator("adamwd-figure")
    assert figures.count() >= 2
    for index in range(2):
        figure = figures.nth(index)
        expect(figure.locator("svg").first).to_be_visible()
        expect(figure.locator(".playground-source")).to_contain_text(RECORDED["en"])
    assert python_requests(requests) == []
    for index in range(2):
        figure = figures.nth(index)
        figure.locator("input[type=range]").first.focus()
        page.keyboard.press("ArrowLeft")
        source = figure.locator(".playground-source")
        expect(source).to_contain_text("NumPy", timeout=START_MS)
    names = [urlsplit(url).path for url in python_requests(requests)]
    assert len(names) == len(set(names)), "a file of the runtime was downloaded twice"
    link = figures.first.locator(".figure-more a")
    address = str(link.get_attribute("href"))
    assert re.search(r"/en/playground/#s=", address)
    held = figures.first.evaluate("figure => figure.model.comparison.state")
    page.goto(address)
    expect(page.locator("adamwd-playground adamwd-views svg").first).to_be_visible()
    assert state(page) == held
