"""How fast the playground is, measured in a browser: docs/data/bench.json and its tables.

    python -m scripts.bench           measures, records, and writes the tables
    python -m scripts.bench --check   measures nothing; exit 1 where a table is not what is recorded

Every start is one of a round: stock Pyodide, the archives, the snapshot, each in a visit of its own
and then once more in the same visit. Ratios are of medians over the rounds of one run.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import playwright.sync_api as playwright
from tqdm import tqdm

from adamwd import playground
from adamwd.backends.recorder import processor_name
from adamwd.presets import presets
from scripts import atomic
from scripts.bench_browser import calls, frames, open_playground, start, start_stock, stop_and_run
from scripts.bench_server import Counted, served
from scripts.bench_table import tables

ROOT = Path(__file__).resolve().parent.parent
RECORDING = ROOT / "docs/data/bench.json"
TABLES = ROOT / "docs/samples/bench"
WAYS = ("archives", "snapshot")
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
ENDLESS = "def loss(w):\n    while True:\n        pass\n"
SETTINGS = 64


class BenchError(Exception):
    """The bench cannot run or its recording cannot be read; the message says what to do."""


def two_runs(steps: int, record_every: int = 1) -> dict[str, Any]:
    """Return a request of both optimizers' defaults on two parameters.

    Args:
        steps: Number of steps.
        record_every: Which of them are recorded.
    """
    specs = {side: spec.to_json() for side, spec in presets()["defaults"].items()}
    change = {"steps": steps, "record_every": record_every}
    return {"specs": {side: {**spec, **change} for side, spec in specs.items()}}


def map_request() -> dict[str, Any]:
    """Return the request of a map of 64 x 64 settings of 300 steps."""
    lr = [float(x) for x in np.logspace(-5, 0, SETTINGS)]
    beta2 = [float(1 - x) for x in np.logspace(-0.3, -4, SETTINGS)]
    axes = {"x": {"field": "lr", "values": lr}, "y": {"field": "beta2", "values": beta2}}
    return {**two_runs(300), **axes, "sides": "both", "quantity": "distance"}


def native_calls(name: str, request: dict[str, Any], count: int) -> list[float]:
    """Make the same call in CPython; return the milliseconds of each.

    Args:
        name: A function of `adamwd.playground`.
        request: What to ask it.
        count: How often.
    """
    call, text, took = getattr(playground, name), json.dumps(request), []
    for _ in range(count):
        began = time.perf_counter()
        call(text)
        took.append(1000 * (time.perf_counter() - began))
    return took


def bytes_of_python(counted: Counted) -> int:
    """Return how many bytes of Python were sent since the counter was cleared.

    Args:
        counted: The counter.
    """
    return sum(
        size
        for path, size in counted.sent.items()
        if path.startswith("/stock/") or "/pyodide/" in path
    )


def measure_starts(
    browser: playwright.Browser, address: str, counted: Counted, rounds: int
) -> dict[str, dict[str, list[float]]]:
    """Start Python in every way, cold and on a second visit, in rounds.

    Args:
        browser: Chromium.
        address: Of the server.
        counted: Its counter.
        rounds: How many.

    Returns:
        For each way milliseconds ``cold`` and ``second``, and ``bytes`` of a cold start and of a
        second visit.
    """
    kinds = ("cold", "second", "bytes", "second_bytes")
    found: dict[str, dict[str, list[float]]] = {
        way: {kind: [] for kind in kinds} for way in ("stock", *WAYS)
    }
    for _ in tqdm(range(rounds), desc="starts", unit="round", disable=None):
        for way, times in found.items():
            context = browser.new_context()
            for kind in ("cold", "second"):
                if way == "stock":
                    counted.sent.clear()
                    times[kind].append(start_stock(context, address))
                else:
                    page = open_playground(context, address)
                    counted.sent.clear()
                    times[kind].append(start(page, way))
                    page.close()
                size = "bytes" if kind == "cold" else "second_bytes"
                times[size].append(bytes_of_python(counted))
            context.close()
    return found


def measure_calls(browser: playwright.Browser, address: str, rounds: int) -> dict[str, list[float]]:
    """Time calls in the browser and in CPython by turns, stops, and frames.

    Args:
        browser: Chromium.
        address: Of the server.
        rounds: How many turns.
    """
    page = open_playground(browser.new_context(viewport={"width": 1280, "height": 900}), address)
    curves, grid = two_runs(500), map_request()
    single = two_runs(300, 300)
    endless = {**curves, "loss": ENDLESS, "start": [0, 0], "rules": {"left": None, "right": None}}
    start(page, "snapshot")
    found: dict[str, list[float]] = {}

    def add(name: str, numbers: list[float]) -> None:
        found.setdefault(name, []).extend(numbers)

    for _ in tqdm(range(rounds), desc="calls", unit="round", disable=None):
        add("curves", calls(page, "curves", curves, 20))
        add("curves_native", native_calls("curves", curves, 20))
        add("sweep", calls(page, "sweep", grid, 2))
        add("single", calls(page, "run", single, 3))
        add("stop_and_run", [stop_and_run(page, endless, curves)])
        add("frames", [float(number) for number in frames(page, 20)])
    return found


def measure(chromium: str, rounds: int) -> dict[str, Any]:
    """Measure everything, and return what is recorded.

    Args:
        chromium: Path of the browser.
        rounds: How many rounds of starts, and of calls.
    """
    with playwright.sync_playwright() as p, served(ROOT / "site") as (address, counted):
        browser = p.chromium.launch(executable_path=chromium, args=FLAGS)
        version = browser.version
        # The server compresses each file once, as web hosts do; that is not of a round.
        measure_starts(browser, address, counted, 1)
        starts = measure_starts(browser, address, counted, rounds)
        found = measure_calls(browser, address, rounds)
        browser.close()
    runtime = json.loads((ROOT / "site/assets/app/playground.json").read_text())["runtime"]
    middle = {name: median(numbers) for name, numbers in found.items()}
    return {
        "schema": 1,
        "environment": {
            "browser": f"Chromium {version}",
            "numpy": runtime["numpy"],
            "cpython": f"CPython {platform.python_version()}, NumPy {np.__version__}",
            "platform": f"{platform.system()}-{platform.machine()}",
            "processor": processor_name(),
            "cores": os.cpu_count(),
            "date": datetime.now(UTC).date().isoformat(),
        },
        "rounds": rounds,
        "starts": {
            way: {kind: round(median(numbers), 1) for kind, numbers in times.items()}
            for way, times in starts.items()
        },
        "calls": {
            "curves": round(middle["curves"], 2),
            "curves_native": round(middle["curves_native"], 2),
            "sweep": round(middle["sweep"], 1),
            "one_after_another": round(middle["single"] * SETTINGS**2, 1),
            "stop_and_run": round(middle["stop_and_run"], 1),
            "frames": middle["frames"],
        },
    }


def read() -> dict[str, Any]:
    """Return what is recorded.

    Raises:
        BenchError: If there is no recording.
    """
    try:
        value = json.loads(RECORDING.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BenchError(f"{RECORDING} cannot be read ({error}): run make bench") from None
    return dict(value)


def stale() -> list[str]:
    """Return the names of tables that are not what is recorded."""
    return [
        name
        for name, text in tables(read()).items()
        if not (TABLES / name).is_file() or (TABLES / name).read_text(encoding="utf-8") != text
    ]


def main(arguments: list[str] | None = None) -> int:
    """Measure or check; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="measure nothing; exit 1 if stale")
    parser.add_argument("--rounds", type=int, default=7, help="default: 7")
    options = parser.parse_args(arguments)
    try:
        if options.check:
            names = stale()
            print(f"{RECORDING.name}: {', '.join(names) or 'its tables are up to date'}")
            return 1 if names else 0
        names = [os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"]
        chromium = next((path for name in names if name and (path := shutil.which(name))), None)
        if chromium is None:
            raise BenchError("no Chromium was found: install it, or name it in CHROMIUM")
        if not (ROOT / "site/index.html").is_file():
            raise BenchError("there is no ./site: run make site first")
        value = measure(chromium, options.rounds)
    except BenchError as error:
        print(error, file=sys.stderr)
        return 1
    atomic.write(RECORDING, (json.dumps(value, indent=1) + "\n").encode())
    for name, text in tables(value).items():
        atomic.write(TABLES / name, text.encode())
        print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
