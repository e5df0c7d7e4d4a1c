"""What stands below the charts: inspector, map, own code, what one takes away, verification."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import playwright.sync_api as playwright
import pytest
from playwright.sync_api import expect

from adamwd import playground
from adamwd.experiments import EXPERIMENTS
from adamwd.trace import Trace
from tests.e2e.playground_page import (
    MODEL,
    PATHS,
    START_MS,
    columns,
    fill,
    own_workers,
    run,
    state,
    visit,
    wait_until_computed,
)

TRACES = Path(__file__).parents[2] / "docs" / "data" / "traces"
ELSEWHERE = "https://elsewhere.test/"
SEND = """async (address) => {
  try { await fetch(address, { mode: "no-cors" }); return "sent"; }
  catch (error) { return error.name; }
}"""
each_language = pytest.mark.parametrize("language", PATHS)


def opened(page: playwright.Page, name: str) -> playwright.Locator:
    """Open a panel and return it."""
    panel = page.locator(f"#adamwd-panel-{name}")
    panel.locator("> summary").click()
    expect(panel.locator(f"adamwd-{'own-code' if name == 'code' else name}")).to_be_visible()
    return panel


def specs_of(page: playwright.Page) -> Any:
    """Return the specs of the present settings."""
    return page.evaluate(f"() => {MODEL}.comparison.specs")


def downloaded(page: playwright.Page, button: playwright.Locator) -> tuple[str, bytes]:
    """Press a button and return the name and the content of the file that it gives."""
    with page.expect_download() as waiting:
        button.click()
    path = waiting.value.path()
    return waiting.value.suggested_filename, Path(path).read_bytes()


# -- The step inspector


@each_language
def test_the_inspector_has_cpythons_lines_and_marks_those_that_differ(
    page: playwright.Page, site_url: str, language: str
) -> None:
    visit(page, site_url, language)
    page.locator("[data-preset='bias-correction']").click()
    panel = opened(page, "inspector")
    expect(panel.locator(".inspector-list > li").first).to_be_visible(timeout=START_MS)
    for step in (1, 7):
        page.evaluate(f"(step) => {MODEL}.look(step)", step)
        page.wait_for_function(f"(step) => {MODEL}.inspection.inspection.step === step", arg=step)
        request = {"specs": specs_of(page), "step": step, "component": 0}
        expected = json.loads(playground.inspection(json.dumps(request)))
        rows = panel.locator(".inspector-list > li")
        both = [line for side in ("left", "right") for line in expected["sides"][side]["lines"]]
        ids = {line["id"] for line in both}
        expect(rows).to_have_count(len(ids))
        for index, side in enumerate(("left", "right")):
            lines = expected["sides"][side]["lines"]
            cells = panel.locator(f".inspector-row > .inspector-cell:nth-of-type({index + 1})")
            values = cells.locator(".inspector-value").all_inner_texts()
            assert [float(text.removeprefix("= ")) for text in values] == [
                float(line["value"]) for line in lines
            ]
        differing = {line["id"] for line in both if line["differs"]}
        expect(panel.locator(".inspector-differs")).to_have_count(len(differing))
        assert 0 < len(differing) < len(ids)
    expect(panel.locator(".katex").first).to_be_visible()


def test_the_inspector_follows_scrubbing_and_the_component(
    page: playwright.Page, site_url: str
) -> None:
    visit(page, site_url, "en")
    fill(page, "steps", 40)
    wait_until_computed(page)
    panel = opened(page, "inspector")
    status = panel.locator(".inspector-step")
    expect(status).to_contain_text("Step 40, w[0]", timeout=START_MS)
    scrubber = page.locator(".views-scrubber input")
    scrubber.fill("12")
    expect(status).to_contain_text("Step 12, w[0]")
    panel.locator("select").select_option("w[1]")
    expect(status).to_contain_text("Step 12, w[1]")
    scrubber.fill("0")
    expect(panel).to_contain_text("Step 0 is the start")


# -- The sweep map


@each_language
def test_the_map_has_cpythons_numbers_and_a_press_loads_a_setting(
    page: playwright.Page, site_url: str, language: str
) -> None:
    visit(page, site_url, language)
    fill(page, "steps", 50)
    panel = opened(page, "sweep")
    panel.locator(".sweep-run").click()
    picture = panel.locator(".sweep-map > svg")
    expect(picture).to_be_visible(timeout=START_MS)
    before = state(page)
    # From the table, whose first row and column are the axes.
    panel.locator("summary").last.click()
    table = panel.locator("tbody tr").first.locator("th, td").all_inner_texts()
    head = panel.locator("thead th").all_inner_texts()
    value = float(table[1])
    axes = page.evaluate("() => document.querySelector('adamwd-sweep').specs")
    request = {
        "specs": axes,
        "x": {"field": "lr", "values": [float(head[1])]},
        "y": {"field": "beta2", "values": [float(table[0])]},
        "sides": "both",
        "quantity": "distance",
    }
    answer = playground.sweep(json.dumps(request))
    assert isinstance(answer, tuple), answer
    # Four digits of every number are shown, of the axes' too.
    assert value == pytest.approx(float(answer[1][0]), rel=0.05)
    # Below the header, which would take the press.
    picture.evaluate("element => element.scrollIntoView({ block: 'center' })")
    box = picture.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] * 0.3)
    hovered = panel.locator("output").inner_text()
    page.mouse.click(box["x"] + box["width"] * 0.8, box["y"] + box["height"] * 0.3)
    wait_until_computed(page)
    after = state(page)
    lr = after["left"]["hyperparameters"]["lr"]
    beta2 = after["left"]["hyperparameters"]["betas"][1]
    assert after["right"]["hyperparameters"]["learning_rate"] == lr
    assert after["right"]["hyperparameters"]["beta2"] == beta2
    assert lr != before["left"]["hyperparameters"]["lr"]
    assert [float(x) for x in re.findall(r"= ([\d.e-]+)", hovered)] == pytest.approx(
        [lr, beta2], rel=1e-4
    )
    # What is drawn now is what the map said of that setting.
    shown = float(re.findall(r"[\d.e-]+", hovered)[-1])
    assert columns(page)[1]["distance"][-1] == pytest.approx(shown, rel=1e-3)


def test_the_map_works_by_keyboard_and_every_quantity_is_drawn(
    page: playwright.Page, site_url: str
) -> None:
    visit(page, site_url, "en")
    fill(page, "steps", 30)
    panel = opened(page, "sweep")
    panel.locator(".sweep-run").focus()
    page.keyboard.press("Enter")
    sliders = panel.locator(".sweep-slider input")
    expect(sliders).to_have_count(2, timeout=START_MS)
    sliders.first.focus()
    before = sliders.first.get_attribute("aria-valuetext")
    page.keyboard.press("ArrowRight")
    expect(sliders.first).not_to_have_attribute("aria-valuetext", str(before))
    quantity = panel.locator("select").last
    titles = set()
    for value in ("loss.left", "loss.right", "loss.ratio", "distance"):
        quantity.select_option(value)
        expect(panel.locator(".sweep-run")).to_be_enabled()
        page.wait_for_timeout(200)
        titles.add(panel.locator("figcaption").inner_text())
        expect(panel.locator(".sweep-map > svg")).to_be_visible()
    assert len(titles) == 4
    panel.locator(".sweep-pick").click()
    wait_until_computed(page)
    name, content = downloaded(page, panel_download(panel, "PNG"))
    assert name == "adamw-sweep-lr-beta2.png"
    assert content.startswith(b"\x89PNG")


def panel_download(panel: playwright.Locator, format_name: str) -> playwright.Locator:
    """Open the data of a chart and return the button that downloads it."""
    details = panel.locator(".views-details").first
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    return details.get_by_role("button", name=format_name)


# -- The reader's own code


def write(page: playwright.Page, panel: playwright.Locator, piece: str, text: str) -> None:
    """Type code into a piece, in place of the template."""
    panel.locator(f"#adamwd-own-code-{piece}").click()
    begin = panel.locator(".own-code-begin")
    if begin.is_visible():
        expect(begin).to_be_enabled(timeout=START_MS)
        begin.click()
    editor = panel.locator(".cm-content")
    expect(editor).to_be_visible()
    editor.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(text)


def run_code(page: playwright.Page, panel: playwright.Locator) -> None:
    """Run the code and wait until it has been."""
    panel.locator(".own-code-run").click()
    page.wait_for_function(f"() => !{MODEL}.code.pending && !{MODEL}.comparison.python.busy")


def test_an_own_loss_is_run_with_cpythons_bits(page: playwright.Page, site_url: str) -> None:
    visit(page, site_url, "en")
    panel = opened(page, "code")
    fill(page, "steps", 30)
    loss = "def loss(w):\n    print('hello')\n    return (w[0] - 1) ** 2 + 3 * (w[1] + w[0]) ** 2\n"
    write(page, panel, "loss", loss)
    panel.locator("#adamwd-own-code-start").fill("0.5, -1")
    run_code(page, panel)
    expect(panel.locator(".own-code-output")).to_contain_text("hello")
    specs, drawn = columns(page)
    request = {"specs": specs, "loss": loss, "start": [0.5, -1]}
    answer = playground.own_curves(json.dumps({**request, "rules": {"left": None, "right": None}}))
    assert isinstance(answer, tuple), answer
    assert drawn["left.parameters"][:2] == [0.5, -1]
    flat = np.concatenate([np.ravel(drawn[name]) for name, _ in json.loads(answer[0])["layout"]])
    assert np.array_equal(flat.astype(float), answer[1], equal_nan=True)
    panel.locator(".own-code-remove").click()
    wait_until_computed(page)
    assert len(columns(page)[1]["distance"]) == 31


@each_language
def test_a_mistake_is_shown_at_its_line(
    page: playwright.Page, site_url: str, language: str
) -> None:
    visit(page, site_url, language)
    panel = opened(page, "code")
    write(page, panel, "loss", "def loss(w):\n    a = 1\n    return w[0] / nothing\n")
    run_code(page, panel)
    alert = panel.get_by_role("alert")
    expect(alert).to_contain_text("NameError")
    expect(alert).to_contain_text({"zh": "第 3 行", "en": "line 3"}[language])
    expect(alert.locator("pre")).to_contain_text("return w[0] / nothing")
    expect(panel.locator(".cm-line").nth(2).locator(".cm-lintRange-error")).to_have_count(1)
    expect(page.locator("adamwd-views svg").first).to_be_visible()
    write(page, panel, "loss", "def loss(w):\n    return float((w ** 2).sum())\n")
    run_code(page, panel)
    expect(alert).to_be_empty()


@each_language
def test_a_changed_rule_says_that_it_no_longer_matches(
    page: playwright.Page, site_url: str, language: str
) -> None:
    visit(page, site_url, language)
    panel = opened(page, "code")
    panel.locator("#adamwd-own-code-left").click()
    expect(panel.locator(".own-code-begin")).to_be_enabled(timeout=START_MS)
    panel.locator(".own-code-begin").click()
    run_code(page, panel)
    verdict = panel.locator(".own-code-verdict")
    expect(verdict).to_contain_text({"zh": "与 AdamW 一致", "en": "Matches AdamW"}[language])
    text = page.evaluate(f"() => {MODEL}.code.code.rules.left")
    write(page, panel, "left", text.replace("m / (1 - beta1**t)", "m"))
    expect(verdict).to_have_count(0)
    run_code(page, panel)
    expect(verdict).to_contain_text({"zh": "从第 1 步起", "en": "from step 1 on"}[language])
    # The map and the inspector are of the built-in rule, and say so.
    sweep = opened(page, "sweep")
    expect(sweep.locator(".playground-warning")).to_be_visible()
    inspector = opened(page, "inspector")
    expect(inspector.locator(".playground-warning")).to_be_visible()


def test_own_code_reaches_nothing_outside(
    page: playwright.Page, site_url: str, server_url: str
) -> None:
    """Neither the page by Pyodide's modules, nor another server by the worker."""
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    visit(page, site_url, "en")
    panel = opened(page, "code")
    for module in ("js", "pyodide", "pyodide_js"):
        write(page, panel, "loss", f"import {module}\ndef loss(w):\n    return 0.0\n")
        run_code(page, panel)
        expect(panel.get_by_role("alert")).to_contain_text(module)
    # Whoever gets round that is still held by the policy of the page. The other server would
    # answer: a page under no policy reaches it.
    page.context.route(f"{ELSEWHERE}*", lambda route: route.fulfill(body="taken"))
    workers = own_workers(page)
    assert workers
    for worker in workers:
        assert worker.evaluate(SEND, f"{ELSEWHERE}?from-our-worker") == "TypeError"
    free = page.context.new_page()
    assert free.evaluate(SEND, f"{ELSEWHERE}?from-anywhere") == "sent"
    free.close()
    assert [url for url in asked if url.startswith(ELSEWHERE)] == [f"{ELSEWHERE}?from-anywhere"]
    asked.remove(f"{ELSEWHERE}?from-anywhere")
    allowed = (site_url, server_url, "blob:", "data:")
    assert [url for url in asked if not url.startswith(allowed)] == []


def test_an_endless_loop_of_the_readers_is_stopped(page: playwright.Page, site_url: str) -> None:
    visit(page, site_url, "en")
    panel = opened(page, "code")
    write(page, panel, "loss", "def loss(w):\n    while True:\n        pass\n")
    panel.locator(".own-code-run").click()
    stop = page.get_by_role("button", name="Stop", exact=True).first
    expect(stop).to_be_enabled()
    stop.click()
    expect(page.locator(".playground-status [role=status]")).to_have_text("Stopped.", timeout=1000)
    write(page, panel, "loss", "def loss(w):\n    return float((w ** 2).sum())\n")
    panel.locator("#adamwd-own-code-start").fill("1, 1")
    run_code(page, panel)
    expect(panel.get_by_role("alert")).to_be_empty()
    assert columns(page)[1]["left.loss"][0] == pytest.approx(2)


# -- What one takes away


@each_language
def test_the_scripts_are_those_of_cpython(
    page: playwright.Page, site_url: str, language: str
) -> None:
    visit(page, site_url, language)
    fill(page, "left.lr", 0.03)
    panel = opened(page, "leave")
    for framework in ("torch", "mindspore", "numpy"):
        panel.locator(f"#adamwd-leave-{framework}").click()
        expect(panel.locator("pre code")).to_be_visible(timeout=START_MS)
        request = {"specs": specs_of(page), "framework": framework}
        expected = json.loads(playground.source_code(json.dumps(request)))
        code = panel.locator("pre code").evaluate("element => element.textContent")
        assert code.strip() == expected["code"].strip()
        name, content = downloaded(page, panel.get_by_role("button", name=expected["filename"]))
        assert name == expected["filename"]
        assert content.decode() == expected["code"]


@pytest.mark.parametrize("recorded", [True, False])
def test_the_data_are_valid_traces_and_a_table_of_the_same(
    page: playwright.Page, site_url: str, recorded: bool, tmp_path: Path
) -> None:
    visit(page, site_url, "en")
    if not recorded:
        run(page, "en")
        fill(page, "steps", 25)
        wait_until_computed(page)
    panel = opened(page, "leave")
    traces = {}
    for side in ("left", "right"):
        name, content = downloaded(page, panel.get_by_role("button", name=f"JSON ({side})"))
        assert name == f"adamw-{side}.json"
        (tmp_path / name).write_bytes(content)
        traces[side] = Trace.read(tmp_path / name)
        assert (traces[side].backend == "numpy") is not recorded
    name, content = downloaded(page, panel.get_by_role("button", name="CSV"))
    assert name == "adamw-runs.csv"
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    assert [int(row["step"]) for row in rows] == list(traces["left"].steps)
    for side, trace in traces.items():
        assert [float(row[f"{side}.loss"]) for row in rows] == list(trace.loss)
        w = np.array([[float(row[f"{side}.parameters.w[{i}]"]) for i in (0, 1)] for row in rows])
        # The shortest digits that tell one float32 from the next.
        assert np.array_equal(w.astype(np.float32), trace.parameters["w"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_chart_is_a_file_of_its_own(
    page: playwright.Page, site_url: str, scheme: Any
) -> None:
    page.emulate_media(color_scheme=scheme)
    visit(page, site_url)
    trace_of_torch = Trace.read(TRACES / "preset-defaults" / "left.torch.json").provenance
    figures = page.locator("adamwd-views figure")
    count = figures.count()
    assert count >= 8
    for index in range(count):
        figure = figures.nth(index)
        figure.scroll_into_view_if_needed()
        expect(figure.locator(".views-chart svg")).to_be_visible()
        name, content = downloaded(page, panel_download(figure, "SVG"))
        assert name.endswith(".svg")
        text = content.decode()
        assert "var(" not in text
        assert trace_of_torch.library_version in text
        assert page.evaluate(
            "text => new DOMParser().parseFromString(text, 'image/svg+xml')"
            ".querySelector('parsererror') === null",
            text,
        )
    name, content = downloaded(page, panel_download(figures.first, "PNG"))
    assert name.endswith(".png")
    assert content.startswith(b"\x89PNG")


# -- Check it yourself


def test_every_recorded_experiment_is_verified_in_the_browser(
    page: playwright.Page, site_url: str
) -> None:
    """Zero differing bits against CPython, but for exp and tanh, and the real runs' tolerances."""
    visit(page, site_url, "en")
    panel = opened(page, "verify")
    panel.get_by_role("button", name="Run all").click()
    verdict = panel.locator(".verify-verdict")
    expect(verdict).to_contain_text("experiments hold", timeout=3 * START_MS)
    results = page.evaluate("() => document.querySelector('adamwd-verify').results")
    experiments = page.evaluate(f"() => {MODEL}.ground.configuration.experiments")
    assert len(results) == len(experiments) == sum(len(e.specs) for e in EXPERIMENTS.values())
    for experiment, result in zip(experiments, results, strict=True):
        found = result["verification"]
        assert found["holds"], experiment
        assert found["error"] <= found["limit"], experiment
        assert found["numbers"] > 0
        if "logistic" in experiment["name"]:
            continue
        assert found["differing"] == 0, experiment
        assert found["digest"] == found["reference_digest"], experiment
