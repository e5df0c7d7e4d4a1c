"""The playground as the browser tests use it: how to open it, wait for it and read it."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import playwright.sync_api as playwright
from playwright.sync_api import expect

from adamwd import playground

PATHS = {"zh": "playground/", "en": "en/playground/"}
RUN = {"zh": "运行", "en": "Run"}
STOP = {"zh": "停止", "en": "Stop"}
RETRY = {"zh": "重试", "en": "Retry"}
STOPPED = {"zh": "已停止。", "en": "Stopped."}
# A cold start took 6 s on an idle machine of two cores; tests share theirs.
START_MS = 120_000
PRESETS = (
    "defaults",
    "bias-correction",
    "reversal",
    "eps-floor",
    "decay-alone",
    "name-filter",
    "warmup",
    "float32-decay",
    "overflow",
)
# What this needs takes no exponential and no logarithm, so every platform has the same bits.
EXACT = ("quadratic", "noisy_quadratic", "rosenbrock", "beale", "constant_gradient")

MODEL = "document.querySelector('adamwd-playground').model"
COMPUTED = f"""() => {{
  const {{ comparison }} = {MODEL};
  const {{ runs, python, state }} = comparison;
  return !python.busy && runs.shown === state && runs.curves.origins.left.backend === "numpy";
}}"""


def visit(page: playwright.Page, site_url: str, language: str = "zh", fragment: str = "") -> None:
    """Open the playground and wait for its charts."""
    page.goto(site_url + PATHS[language] + fragment)
    expect(page.locator("adamwd-playground adamwd-views svg").first).to_be_visible()


def press_run(page: playwright.Page, language: str = "zh") -> None:
    """Press Run and wait for nothing."""
    page.get_by_role("button", name=RUN[language], exact=True).click()


def wait_until_computed(page: playwright.Page) -> None:
    """Wait until the charts show the present settings, computed here."""
    page.wait_for_function(COMPUTED, timeout=START_MS)


def run(page: playwright.Page, language: str = "zh") -> None:
    """Press Run and wait for the result."""
    press_run(page, language)
    wait_until_computed(page)


def fill(page: playwright.Page, key: str, value: float | str) -> None:
    """Type into the field of a setting, such as `left.betas.1`."""
    page.locator(f"#adamwd-{key.replace('.', '-')}").fill(str(value))


def state(page: playwright.Page) -> Any:
    """Return the state that the page holds."""
    return page.evaluate(f"() => {MODEL}.state")


def columns(page: playwright.Page) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the specs of what is drawn, and its numbers by the names of Python's answer."""
    specs, drawn = page.evaluate(
        f"""() => {{
          const {{ curves }} = {MODEL}.comparison.runs;
          const side = (curve) => ({{
            loss: curve.loss, parameters: curve.parameters, update: curve.update,
            first_moment: curve.firstMoment, second_moment: curve.secondMoment,
            step_size: curve.stepSize, closed_form: curve.closedForm }});
          const flat = {{ steps: curves.steps, distance: curves.distance }};
          for (const position of ["left", "right"]) {{
            for (const [name, column] of Object.entries(side(curves[position]))) {{
              flat[`${{position}}.${{name}}`] = column && [...column];
            }}
          }}
          flat.steps = [...flat.steps];
          flat.distance = [...flat.distance];
          return [curves.specs, flat];
        }}"""
    )
    return specs, drawn


def assert_bits_of_cpython(page: playwright.Page) -> None:
    """Compare every number that is drawn with what CPython computes for the same specs."""
    specs, drawn = columns(page)
    answer = playground.curves(json.dumps({"specs": specs}))
    assert isinstance(answer, tuple), answer
    layout, numbers = json.loads(answer[0])["layout"], answer[1]
    start = 0
    for name, shape in layout:
        end = start + int(np.prod(shape))
        found = np.array(drawn[name], np.float64)
        assert np.array_equal(found, numbers[start:end], equal_nan=True), name
        start = end
    assert start == numbers.size


def python_requests(requests: list[str]) -> list[str]:
    """Return the addresses that belong to Python."""
    return [url for url in requests if "/pyodide/" in url or "adamwd.zip" in url]


def own_workers(page: playwright.Page) -> list[playwright.Worker]:
    """Return the threads of the playground, which start from blobs; the theme's search does not."""
    return [worker for worker in page.workers if worker.url.startswith("blob:")]
