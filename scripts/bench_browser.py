"""What the bench measures in the browser: starts, stops, calls, and frames to a redrawn chart."""

from __future__ import annotations

import json
from typing import Any

import playwright.sync_api as playwright

MODEL = "document.querySelector('adamwd-playground').model"
READY = f"() => {MODEL} && document.querySelector('adamwd-views svg')"

# As stock Pyodide with NumPy imported: ready to be called.
START = f"""async (way) => {{
  const {{ runtime, configuration }} = {MODEL}.ground;
  runtime.way = way;
  const began = performance.now();
  await runtime.prepare(configuration.runtime);
  const took = performance.now() - began;
  if (runtime.started.way !== way || runtime.started.fallback !== null)
    throw new Error(`started by ${{JSON.stringify(runtime.started)}}`);
  return took;
}}"""

CALLS = f"""async ([name, request, count]) => {{
  const {{ runtime, configuration }} = {MODEL}.ground;
  const took = [];
  for (let i = 0; i < count; i += 1) {{
    const began = performance.now();
    await runtime.call(name, request, configuration.runtime, () => {{}});
    took.push(performance.now() - began);
  }}
  return took;
}}"""

STOP_AND_RUN = f"""async ([endless, request]) => {{
  const {{ runtime, configuration }} = {MODEL}.ground;
  const call = (name, json) => runtime.call(name, json, configuration.runtime, () => {{}});
  const running = call("own_curves", endless).catch((error) => error);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const began = performance.now();
  runtime.stop();
  await call("curves", request);
  const took = performance.now() - began;
  if (!((await running) instanceof Error)) throw new Error("it was not stopped");
  return took;
}}"""

# From an event of the slider to the first frame that shows another chart.
FRAMES = """async (count) => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const slider = document.querySelector("#adamwd-left-lr-slider");
  const chart = () => document.querySelector(".views-chart[data-view=loss] svg");
  slider.scrollIntoView({ block: "nearest" });
  const frames = [];
  for (let i = 0; i < count; i += 1) {
    for (let idle = 0; idle < 6; idle += 1) await frame();
    const before = chart();
    slider.value = String(60 + (i % 30));
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    let passed = 0;
    do {
      await frame();
      passed += 1;
    } while (chart() === before && passed < 200);
    if (passed === 200) throw new Error("the chart was not redrawn");
    frames.push(passed);
  }
  slider.dispatchEvent(new Event("change", { bubbles: true }));
  return frames;
}"""


def open_playground(context: playwright.BrowserContext, address: str) -> playwright.Page:
    """Open the playground, with its charts drawn and Python not started.

    Args:
        context: A visit.
        address: Of the server.
    """
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(f"{address}playground/")
    page.wait_for_function(READY)
    page.wait_for_load_state("networkidle")
    return page


def start(page: playwright.Page, way: str) -> float:
    """Start Python with NumPy and `adamwd` imported; return the milliseconds.

    Args:
        page: The playground.
        way: ``"snapshot"`` or ``"archives"``.
    """
    return float(page.evaluate(START, way))


def start_stock(context: playwright.BrowserContext, address: str) -> float:
    """Start stock Pyodide and import NumPy; return the milliseconds.

    Args:
        context: A visit.
        address: Of the server.
    """
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(f"{address}stock/stock.html")
    page.wait_for_function("() => window.start")
    took = float(page.evaluate("() => window.start()"))
    page.close()
    return took


def calls(page: playwright.Page, name: str, request: dict[str, Any], count: int) -> list[float]:
    """Make the same call again and again; return the milliseconds of each.

    Args:
        page: The playground, with Python ready.
        name: A function of `adamwd.playground`.
        request: What to ask it.
        count: How often.
    """
    return list(page.evaluate(CALLS, [name, json.dumps(request), count]))


def stop_and_run(page: playwright.Page, endless: dict[str, Any], request: dict[str, Any]) -> float:
    """Stop an endless loop and run again; return the milliseconds from Stop to the answer.

    Args:
        page: The playground, with Python ready.
        endless: What to ask `adamwd.playground.own_curves`, which never answers.
        request: What to ask `adamwd.playground.curves` then.
    """
    return float(page.evaluate(STOP_AND_RUN, [json.dumps(endless), json.dumps(request)]))


def frames(page: playwright.Page, count: int) -> list[int]:
    """Move a slider; return how many frames passed before each redrawn chart.

    Args:
        page: The playground, with Python ready.
        count: How many moves.
    """
    return list(page.evaluate(FRAMES, count))
