"""The bench without its times: what it counts, what it writes, and what it takes for stale."""

from __future__ import annotations

import copy
import json
import re
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from adamwd import playground
from scripts import bench, bench_server
from scripts.bench_table import rows, tables


def test_the_recording_has_what_was_asked_for_and_its_tables_are_there() -> None:
    recording = bench.read()
    assert bench.stale() == []
    found = rows(recording)
    assert len(found) == 10
    assert [row.name["en"] for row in found if not row.holds] == []
    assert {"browser", "processor", "date", "numpy", "cpython"} <= set(recording["environment"])


def test_a_number_that_misses_its_limit_is_marked() -> None:
    recording = bench.read()
    slow: dict[str, Any] = copy.deepcopy(recording)
    slow["starts"]["snapshot"]["cold"] = recording["starts"]["stock"]["cold"]
    missed = [row.name["en"] for row in rows(slow) if not row.holds]
    assert missed == ["Memory snapshot, cold start, ratio to stock"]
    for language, text in tables(slow).items():
        assert text.count("✗") == 1, language
        assert re.search(r"1\.00 ", text), language


def test_a_table_that_says_something_else_is_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in tables(bench.read()).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(bench, "TABLES", tmp_path)
    assert bench.main(["--check"]) == 0
    (tmp_path / "table.en.md").write_text("| faster |", encoding="utf-8")
    assert bench.main(["--check"]) == 1
    assert "table.en.md" in capsys.readouterr().out
    monkeypatch.setattr(bench, "RECORDING", tmp_path / "none.json")
    assert bench.main(["--check"]) == 1
    assert "run make bench" in capsys.readouterr().err


def test_the_requests_are_what_the_table_says_of_them() -> None:
    curves = playground.curves(json.dumps(bench.two_runs(500)))
    assert isinstance(curves, tuple), curves
    assert dict(json.loads(curves[0])["layout"])["left.parameters"] == [501, 2]
    asked = bench.map_request()
    assert [len(asked[axis]["values"]) for axis in ("x", "y")] == [64, 64]
    assert {spec["steps"] for spec in asked["specs"].values()} == {300}
    grid = playground.sweep(json.dumps(asked))
    assert isinstance(grid, tuple), grid
    assert grid[1].size == 64 * 64


def test_the_server_has_both_and_counts_what_goes_over_the_wire(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("x" * 100_000)
    with bench_server.served(tmp_path) as (address, counted):
        for path, coding in (("", "gzip"), ("", "identity"), ("stock/stock.html", "identity")):
            request = urllib.request.Request(address + path, headers={"Accept-Encoding": coding})
            counted.sent.clear()
            with urllib.request.urlopen(request) as response:
                body = response.read()
            assert sum(counted.sent.values()) == len(body)
            if coding == "gzip":
                assert len(body) < 1000
        assert bench.bytes_of_python(counted) == len(body)
