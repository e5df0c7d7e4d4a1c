"""How Python starts: from the snapshot, from the archives where that fails, and without network."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import playwright.sync_api as playwright
import pytest
from playwright.sync_api import expect

from scripts import bench
from tests.e2e.playground_page import (
    MODEL,
    START_MS,
    assert_bits_of_cpython,
    fill,
    press_run,
    python_requests,
    run,
    visit,
    wait_until_computed,
)

SITE = Path(__file__).parents[2] / "site"
STARTED = f"() => {MODEL}.ground.runtime.started"


@pytest.fixture
def requests(page: playwright.Page) -> list[str]:
    """The addresses that the page and its worker ask for."""
    found: list[str] = []
    page.context.on("request", lambda request: found.append(request.url))
    return found


def manifest(page: playwright.Page) -> Any:
    """Return what the page knows of the runtime's files."""
    return page.evaluate(f"() => {MODEL}.ground.configuration.runtime")


def names(urls: list[str]) -> set[str]:
    """Return the names of the runtime's files among addresses."""
    return {url.rpartition("/")[2].partition("?")[0] for url in python_requests(urls)}


def test_the_snapshot_is_the_way_and_brings_what_it_needs_alone(
    page: playwright.Page, site_url: str, requests: list[str]
) -> None:
    visit(page, site_url)
    run(page)
    assert page.evaluate(STARTED) == {"way": "snapshot", "fallback": None}
    runtime = manifest(page)
    paths = {file["name"]: file["path"].rpartition("/")[2] for file in runtime["files"]}
    needed = {paths[name] for name in runtime["ways"]["snapshot"]}
    assert needed <= names(requests)
    assert len(python_requests(requests)) == len(set(python_requests(requests)))
    assert runtime["compressed_bytes"] < bench.read()["starts"]["stock"]["bytes"]
    assert_bits_of_cpython(page)


def test_a_second_visit_asks_the_network_for_no_python(
    page: playwright.Page, site_url: str, requests: list[str]
) -> None:
    visit(page, site_url)
    run(page)
    # What is added for lazy modules comes after the first answer.
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    assert python_requests(requests)
    requests.clear()
    page.route("**/pyodide/**", lambda route: route.abort())
    page.reload()
    expect(page.locator("adamwd-views svg").first).to_be_visible()
    run(page)
    assert page.evaluate(STARTED) == {"way": "snapshot", "fallback": None}
    assert python_requests(requests) == []
    assert_bits_of_cpython(page)


def test_without_network_everything_that_was_opened_goes_on(
    page: playwright.Page, site_url: str
) -> None:
    visit(page, site_url)
    run(page)
    page.context.set_offline(True)
    fill(page, "left.lr", 0.02)
    wait_until_computed(page)
    assert_bits_of_cpython(page)
    # After a stop too: the compiled modules are kept.
    fill(page, "steps", 900_000)
    stop = page.get_by_role("button", name="停止", exact=True)
    expect(stop).to_be_enabled()
    stop.click()
    fill(page, "steps", 40)
    wait_until_computed(page)
    assert_bits_of_cpython(page)


SNAPSHOTS: dict[str, dict[str, Any]] = {
    "missing": {"status": 404, "body": ""},
    "corrupt": {"body": "garbage"},
}


@pytest.mark.parametrize("trouble", SNAPSHOTS)
def test_without_a_good_snapshot_python_starts_from_the_archives(
    page: playwright.Page, site_url: str, trouble: str
) -> None:
    page.route("**/snapshot.bin*", lambda route: route.fulfill(**SNAPSHOTS[trouble]))
    visit(page, site_url)
    run(page)
    started = page.evaluate(STARTED)
    assert started["way"] == "archives"
    assert trouble in started["fallback"]
    expect(page.locator(".playground-status [role=alert]")).to_be_empty()
    assert_bits_of_cpython(page)


def test_a_snapshot_of_another_build_is_not_used(page: playwright.Page, site_url: str) -> None:
    """The digests of the first run are those of this build, or the archives take over."""

    def change(route: playwright.Route) -> None:
        value = json.loads((SITE / "assets/app/playground.json").read_text(encoding="utf-8"))
        smoke = value["runtime"]["smoke"]
        smoke["digests"] = dict.fromkeys(smoke["digests"], "0" * 64)
        route.fulfill(json=value)

    page.route("**/playground.json", change)
    visit(page, site_url)
    run(page)
    started = page.evaluate(STARTED)
    assert started["way"] == "archives"
    assert started["fallback"]
    assert_bits_of_cpython(page)


def test_the_archives_alone_give_the_same_bits(
    page: playwright.Page, site_url: str, requests: list[str]
) -> None:
    visit(page, site_url)
    page.evaluate(f"() => {{ {MODEL}.ground.runtime.way = 'archives'; }}")
    run(page)
    assert page.evaluate(STARTED) == {"way": "archives", "fallback": None}
    assert not any("snapshot" in name for name in names(requests))
    assert_bits_of_cpython(page)


def test_what_is_damaged_in_the_browsers_cache_is_brought_again(
    page: playwright.Page, site_url: str, requests: list[str]
) -> None:
    visit(page, site_url)
    run(page)
    page.wait_for_timeout(500)
    damaged = page.evaluate(
        """async () => {
          const cache = await caches.open("adamwd-runtime");
          const kept = await cache.keys();
          const damaged = kept.find(({ url }) => url.includes("snapshot.bin"));
          await cache.put(damaged, new Response("garbage"));
          return damaged.url;
        }"""
    )
    page.reload()
    expect(page.locator("adamwd-views svg").first).to_be_visible()
    requests.clear()
    run(page)
    assert python_requests(requests) == [damaged]
    assert page.evaluate(STARTED) == {"way": "snapshot", "fallback": None}
    assert_bits_of_cpython(page)


def test_a_connection_that_dies_in_the_middle_is_told_and_retry_goes_on(
    page: playwright.Page, site_url: str
) -> None:
    visit(page, site_url, "en")
    page.route("**/pyodide.asm.wasm*", lambda route: route.abort("connectionreset"))
    press_run(page, "en")
    alert = page.locator(".playground-status [role=alert]")
    expect(alert).to_contain_text("pyodide.asm.wasm", timeout=START_MS)
    page.unroute("**/pyodide.asm.wasm*")
    alert.get_by_role("button").click()
    wait_until_computed(page)


def test_memory_that_is_not_there_is_told_and_the_next_run_works(
    page: playwright.Page, site_url: str
) -> None:
    visit(page, site_url, "en")
    run(page, "en")
    # Empty: the machine that tests does not have to have the memory.
    code = (
        "def loss(w):\n    kept = []\n    while True:\n        kept.append(np.empty(10_000_000))\n"
    )
    reply = page.evaluate(
        f"""async (code) => {{
          const {{ comparison, ground }} = {MODEL};
          const rules = {{ left: null, right: null }};
          const request = {{ specs: comparison.specs, loss: code, start: [1, 1], rules }};
          const call = () => ground.runtime.call(
            "own_curves", JSON.stringify(request), ground.configuration.runtime, () => {{}});
          try {{
            return JSON.parse((await call()).json).error.message;
          }} catch (error) {{
            return error.failure.kind;
          }}
        }}""",
        code,
    )
    assert "memory" in reply.lower() or "Unable to allocate" in reply, reply
    fill(page, "steps", 33)
    wait_until_computed(page)
    assert_bits_of_cpython(page)
