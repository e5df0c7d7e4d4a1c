"""Versions: environments, recordings and their table, with runs and environments made up."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from adamwd.claims import CATEGORIES
from scripts import version_environments, version_recordings, versions
from scripts.version_environments import STAMP, Version, VersionError, constraints, interpreter
from scripts.version_recordings import read, recording, to_text
from scripts.version_table import differing, runs, same, slug, table

CURRENT, OLD = Version("current"), Version("old", {"torch": "1.0"})
CLAIMS = ("update-rule.one", "state.two")
PINS = {"torch": "2.0", "mindspore": "2.10.0", "numpy": "1.26.4"}
INSTALLED = {
    **PINS,
    "torch": "2.0+cpu",
    "python": "3.11.7",
    "platform": "Linux-x86_64",
    "device": "CPU",
}


def result(claim: str, measured: Any = 3.0, verdict: str = "holds") -> dict[str, Any]:
    item = {"name": "A ratio", "measured": measured, "expected": "3", "holds": verdict == "holds"}
    return {
        "id": claim,
        "verdict": verdict,
        "reason": "",
        "measurements": [item],
        "statement": {"zh": "甲", "en": "A"},
        "seconds": 0.1,
    }


def report(*results: dict[str, Any], **environment: str) -> dict[str, Any]:
    return {
        "schema": 1,
        "environment": {**INSTALLED, **environment},
        "summary": f"{len(results)} claims",
        "results": list(results),
    }


class Machine:
    """Stands for the programs that are run: venv, pip and adamwd verify."""

    def __init__(self) -> None:
        self.reports = {
            "current": report(*map(result, CLAIMS)),
            "old": report(result(CLAIMS[0], 1.0, "fails"), result(CLAIMS[1]), torch="1.0"),
        }
        self.commands: list[list[str]] = []
        self.constraints = ""
        self.pip_error = ""
        self.exit_code = 1

    def __call__(self, command: Sequence[str], **options: Any) -> Any:
        self.commands.append(list(command))
        done = subprocess.CompletedProcess(command, 0, "", "")
        if "venv" in command:
            Path(command[-1]).mkdir(parents=True)
        elif "pip" in command:
            self.constraints = Path(command[command.index("-c") + 1]).read_text()
            done.returncode, done.stderr = bool(self.pip_error), self.pip_error
        else:
            name = "current" if command[0] == sys.executable else Path(command[0]).parts[-3]
            output = next(part for part in command if part.startswith("--output="))
            done.returncode, done.stderr = self.exit_code, "last words"
            if self.exit_code in (0, 1):
                Path(output.partition("=")[2]).write_text(json.dumps(self.reports[name]))
        return done


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Machine:
    (tmp_path / "constraints.txt").write_text(
        "# all\n" + "".join(f"{name}=={value}\n" for name, value in PINS.items())
    )
    fake = Machine()
    monkeypatch.setattr(subprocess, "run", fake)
    for module in (versions, version_environments):
        monkeypatch.setattr(module, "CONSTRAINTS", tmp_path / "constraints.txt")
    monkeypatch.setattr(versions, "VERSIONS", (CURRENT, OLD))
    monkeypatch.setattr(versions, "CLAIMS", dict.fromkeys(CLAIMS))
    return fake


def run(root: Path, *options: str) -> int:
    places = [f"--recordings={root}/data", f"--tables={root}", f"--environments={root}/v"]
    return versions.main([*places, *options])


def test_record_then_check(tmp_path: Path, machine: Machine) -> None:
    assert run(tmp_path) == 0
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == [
        "current.json",
        "old.json",
    ]
    assert read(tmp_path / "data/old.json")["results"][CLAIMS[0]]["verdict"] == "fails"
    assert "| ↳ a-ratio |" in (tmp_path / "table.md").read_text()
    commands = len(machine.commands)
    assert run(tmp_path, "--check") == 0
    assert len(machine.commands) == commands, "--check runs nothing"


def test_environment_is_made_once_and_anew_when_a_pin_changes(
    tmp_path: Path, machine: Machine
) -> None:
    python = interpreter(OLD, tmp_path)
    assert python == tmp_path / "old/bin/python"
    assert "torch==1.0\n" in machine.constraints
    assert "torch==2.0\n" not in machine.constraints
    assert "mindspore==2.10.0\n" in machine.constraints
    assert len(machine.commands) == 2
    interpreter(OLD, tmp_path)
    assert len(machine.commands) == 2
    interpreter(Version("old", {"torch": "1.1"}), tmp_path)
    assert len(machine.commands) == 4


def test_half_an_environment_is_made_again(tmp_path: Path, machine: Machine) -> None:
    (tmp_path / "old/lib").mkdir(parents=True)
    interpreter(OLD, tmp_path)
    assert len(machine.commands) == 2
    assert not (tmp_path / "old/lib").exists()
    assert (tmp_path / "old" / STAMP).is_file()


def test_environment_that_cannot_be_installed_is_one_sentence_and_leaves_nothing(
    tmp_path: Path, machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.pip_error = "WARNING: x\nERROR: No matching distribution found for torch==1.0\n[notice]"
    assert run(tmp_path, "--only", "old") == 1
    error = capsys.readouterr().err
    assert "old cannot be installed: No matching distribution found for torch==1.0" in error
    assert not (tmp_path / "v/old").exists()
    assert not (tmp_path / "data").exists()


def test_current_versions_run_where_the_script_runs(tmp_path: Path, machine: Machine) -> None:
    assert interpreter(CURRENT, tmp_path) == Path(sys.executable)
    assert machine.commands == []


def test_discard_removes_the_environments(tmp_path: Path, machine: Machine) -> None:
    assert run(tmp_path, "--discard") == 0
    assert not (tmp_path / "v/old").exists()
    assert (tmp_path / "data/old.json").is_file()


def test_verify_that_dies_is_one_sentence(
    tmp_path: Path, machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.exit_code = -11
    assert run(tmp_path) == 1
    error = capsys.readouterr().err
    assert "current: adamwd verify ended with exit code -11 and without a report" in error
    assert not (tmp_path / "data").exists()


def test_report_about_other_versions_is_refused(
    tmp_path: Path, machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.reports["old"]["environment"]["torch"] = "not installed"
    assert run(tmp_path) == 1
    assert "old: torch is not installed there, but 1.0 is pinned" in capsys.readouterr().err
    assert not (tmp_path / "data/old.json").exists()
    assert not (tmp_path / "table.md").exists()


def test_report_of_an_unknown_schema_is_refused() -> None:
    with pytest.raises(VersionError, match="the report has schema 2"):
        recording(CURRENT, {**report(), "schema": 2}, PINS, "")


def test_unknown_name_is_one_sentence(
    tmp_path: Path, machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "--only", "new") == 1
    assert "no version is called 'new'; there are current, old" in capsys.readouterr().err


def test_recording_anew_what_has_not_changed_keeps_the_file(
    tmp_path: Path, machine: Machine
) -> None:
    run(tmp_path)
    path = tmp_path / "data/old.json"
    value = read(path) | {"date": "2001-01-01"}
    path.write_text(to_text(value))
    assert run(tmp_path, "--only", "old") == 0
    assert read(path)["date"] == "2001-01-01"
    machine.reports["old"]["results"][0]["measurements"][0]["measured"] = 1.5
    assert run(tmp_path, "--only", "old") == 0
    assert read(path)["date"] != "2001-01-01"


def changed(path: Path, **change: Any) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | change))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"schema": 9}, "old.json is no recording of schema 1"),
        ({"name": "other"}, "old.json is a recording of other"),
        ({"results": {}}, "old.json lacks state.two, update-rule.one; record it again"),
        ({"checks": "0"}, "old.json was recorded with other checks than current.json"),
    ],
)
def test_check_names_a_recording_that_is_stale(
    tmp_path: Path,
    machine: Machine,
    capsys: pytest.CaptureFixture[str],
    change: dict[str, Any],
    problem: str,
) -> None:
    run(tmp_path)
    changed(tmp_path / "data/old.json", **change)
    assert run(tmp_path, "--check") == 1
    assert problem in capsys.readouterr().out


def test_check_names_what_is_missing_or_too_much(
    tmp_path: Path,
    machine: Machine,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run(tmp_path)
    (tmp_path / "data/old.json").rename(tmp_path / "data/older.json")
    monkeypatch.setattr(versions, "CLAIMS", {CLAIMS[0]: None})
    assert run(tmp_path, "--check") == 1
    printed = capsys.readouterr().out
    assert "old.json is missing; record it: make versions" in printed
    assert "older.json is a recording of no version that there is" in printed
    assert "current.json has the former state.two" in printed
    (tmp_path / "data/current.json").write_text("{")
    assert run(tmp_path, "--check") == 1
    assert "current.json is no JSON" in capsys.readouterr().out


def test_check_finds_a_table_changed_by_hand(
    tmp_path: Path, machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path)
    text = (tmp_path / "table.md").read_text()
    (tmp_path / "table.md").write_text(text.replace("✗ 1", "✗ 2"))
    assert run(tmp_path, "--check") == 1
    assert "table.md is not what the recordings say" in capsys.readouterr().out


def test_digest_of_the_checks_leaves_out_words_and_layout(tmp_path: Path) -> None:
    folder = tmp_path / "adamwd/claims"
    folder.mkdir(parents=True)

    def digest(text: str) -> str:
        (folder / "decay.py").write_text(text)
        return version_recordings.checks(tmp_path)

    first = digest("@claim('decay.a', zh='甲', en='A')\ndef a(m):\n    m.equal('x', 1, 1)\n")
    assert digest("@claim('decay.a', zh='乙', en='B')\ndef a(m): m.equal('x', 1, 1)  #\n") == first
    assert (
        digest("@claim('decay.a', zh='甲', en='A')\ndef a(m):\n    m.equal('x', 1, 2)\n") != first
    )


@pytest.mark.parametrize(
    ("a", "b", "equal"),
    [
        (1.0, 1.0009, True),
        (1.0, 1.002, False),
        ("NaN", "NaN", True),
        ("Infinity", 3.0, False),
        ("ValueError", "ValueError", True),
        ("ValueError", "TypeError", False),
        (True, True, True),
        (True, 1, True),
        (12, 13, False),
    ],
)
def test_measured_values_are_the_same(a: Any, b: Any, equal: bool) -> None:
    assert same(a, b) is equal


def recorded(*items: tuple[Any, str, bool], verdict: str = "holds") -> dict[str, Any]:
    names = "abcdef"
    return {"verdict": verdict, "measurements": dict(zip(names, map(list, items), strict=False))}


def test_what_differs_in_one_claim() -> None:
    before = recorded((1.0, "1", True), (1e-9, "at most 0.1", True), ("x", "x", True))
    assert differing([before, before]) == []
    # Rounding below a limit is no difference; the limit exceeded is one.
    assert differing([before, recorded((1.0, "1", True), (2e-9, "at most 0.1", True))]) == ["c"]
    after = recorded((2.0, "1", False), (0.2, "at most 0.1", False), ("x", "x", True))
    assert differing([before, after]) == ["a", "b"]
    # Of a check that was not run to its end, only the verdict counts.
    assert differing([before, recorded(verdict="skipped")]) == []


def test_table_has_counts_and_only_the_claims_that_differ() -> None:
    same_everywhere = recorded((1.0, "1", True))
    columns = [
        {"environment": INSTALLED, "results": {"a.same": same_everywhere, "b.not": first}}
        for first in (
            recorded((0.0012345, "0", True)),
            recorded((7, "0", False), verdict="fails"),
            recorded(verdict="timeout"),
        )
    ]
    assert table(columns).splitlines() == [
        "| `claim` |" + " PyTorch 2.0<br>MindSpore 2.10.0 |" * 3,
        "| :-- | :-: | :-: | :-: |",
        "| **✓** | **2** | **1** | **1** |",
        "| **✗** | **0** | **1** | **0** |",
        "| **!** | **0** | **0** | **1** |",
        '| <span data-claim="b.not">`b.not`</span> | ✓ | ✗ | ! |',
        "| ↳ a | 0.001234 | ✗ 7 |  |",
    ]


def test_table_of_runs_says_on_what_and_when() -> None:
    one = {"name": "current", "date": "2026-01-02", "environment": INSTALLED}
    assert runs([one]).splitlines()[2] == (
        "| `current` | 2.0+cpu | 2.10.0 | 1.26.4 | 3.11.7 | Linux-x86_64 | CPU | 2026-01-02 |"
    )


def test_text_of_a_version_cannot_break_the_table() -> None:
    columns = [
        {"environment": INSTALLED, "results": {"a.b": recorded((text, "x", True))}}
        for text in ("x|y", "z")
    ]
    assert "`x\\|y`" in table(columns)


def test_slug_is_that_of_facts() -> None:
    assert slug("Ratio at step 1, (0.9, 0.95)") == "ratio-at-step-1-0-9-0-95"


def test_a_pin_takes_the_place_of_the_constraint_however_it_is_spelt() -> None:
    version = Version("x", {"typing-extensions": "2"})
    assert constraints(version, "# a\ntyping_extensions==1\nPebble==5 # b\n") == {
        "typing-extensions": "2",
        "pebble": "5",
    }


def test_recordings_of_the_repository_are_about_its_versions() -> None:
    names = {f"{version.name}.json" for version in versions.VERSIONS}
    assert {path.name for path in versions.RECORDINGS.glob("*.json")} == names
    for name in names:
        environment = read(versions.RECORDINGS / name)["environment"]
        version = next(v for v in versions.VERSIONS if f"{v.name}.json" == name)
        for library in version_recordings.VARIED:
            if library in version.pins:
                assert environment[library].partition("+")[0] == version.pins[library]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_speaks_of_every_claim_in_the_table_and_of_no_other(language: str) -> None:
    page = (versions.ROOT / "docs" / language / "versions.md").read_text(encoding="utf-8")
    rows = (versions.TABLES / "table.md").read_text(encoding="utf-8")
    spoken, differs = (set(re.findall(r'data-claim="([^"]+)"', text)) for text in (page, rows))
    assert spoken == differs
    # What the page says of whole categories: nothing in them differs.
    unchanged = re.search(r"<!-- unchanged: (.+?) -->", page)
    assert unchanged, "the page names the categories in which nothing differs"
    categories = {claim.partition(".")[0] for claim in differs}
    assert set(unchanged[1].split()) == set(CATEGORIES) - categories
