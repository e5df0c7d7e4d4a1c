"""scripts/record.py: twice the same, --check finds what is stale, and nothing is half-written."""

import json
import shutil
from pathlib import Path

import pytest

from adamwd import Trace
from scripts import record

ROOT = Path(__file__).parents[2]
NAME = "first-step"


@pytest.fixture
def traces(tmp_path):
    """A folder with the committed traces of one experiment."""
    folder = tmp_path / "traces"
    shutil.copytree(ROOT / "docs/data/traces" / NAME, folder / NAME)
    return folder


def call(folder, *options):
    return record.main(["--only", NAME, "--output", str(folder), *options])


def contents(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_recording_twice_gives_the_same_bytes(tmp_path):
    assert call(tmp_path / "a") == 0
    first = contents(tmp_path / "a")
    assert len(first) == 4
    assert call(tmp_path / "a") == 0
    assert contents(tmp_path / "a") == first


def test_recording_on_top_of_the_committed_traces_agrees_with_them(traces):
    assert call(traces, "--check") == 0
    committed = {p: Trace.read(p) for p in traces.rglob("*.json")}
    assert call(traces) == 0
    for path, trace in committed.items():
        assert record.difference(trace, Trace.read(path)) is None


def test_recording_again_on_another_day_keeps_the_files(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert call(tmp_path / "a") == 0
    before = contents(tmp_path / "a")
    assert b"1970-01-01" in before[f"{NAME}/adamw.numpy.json"]
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert call(tmp_path / "a") == 0
    assert contents(tmp_path / "a") == before


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda text: text[:-40], "truncated"),
        (lambda text: text.replace('"schema": 1', '"schema": 9', 1), "newer than this adamwd"),
        (lambda text: text.replace('"steps":1', '"steps":2', 1), "should hold"),
    ],
)
def test_check_finds_damaged_files_and_leaves_them(traces, capsys, damage, words):
    path = traces / NAME / "adamw.torch.json"
    path.write_text(damage(path.read_text()))
    before = contents(traces)
    assert call(traces, "--check") == 1
    assert words in capsys.readouterr().out
    assert contents(traces) == before
    assert call(traces) == 0
    assert call(traces, "--check") == 0


def test_check_finds_a_changed_number(traces, capsys):
    path = traces / NAME / "adam_weight_decay.mindspore.json"
    value = json.loads(path.read_text())
    value["update"]["w"][1][12] *= 1.01
    path.write_text(json.dumps(value))
    assert call(traces, "--check") == 1
    assert "more than the 0.001 allowed" in capsys.readouterr().out


def test_check_finds_a_missing_file(traces, capsys):
    (traces / NAME / "adamw.numpy.json").unlink()
    assert call(traces, "--check") == 1
    assert "no such file" in capsys.readouterr().out
    assert not (traces / NAME / "adamw.numpy.json").exists()


def test_an_unknown_experiment_is_named_with_those_that_there_are(tmp_path, capsys):
    assert record.main(["--only", "nothing", "--output", str(tmp_path)]) == 1
    message = capsys.readouterr().err
    assert "'nothing'" in message
    assert "step-ratio" in message
