"""scripts/figures.py: what its options choose, what --check says, how it fails."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from adamwd.figures import FIGURES
from scripts.figures import main

ROOT = Path(__file__).resolve().parent.parent.parent
TRACES = ROOT / "docs" / "data" / "traces"
TRACE = "adam_weight_decay.mindspore.json"


def run(output: Path, *options: str, traces: Path = TRACES) -> int:
    return main(["--output", str(output), "--traces", str(traces), *options])


def files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


@pytest.fixture
def traces(tmp_path: Path) -> Path:
    """A copy of the traces of one figure."""
    for experiment in FIGURES["first-step"].experiments:
        shutil.copytree(TRACES / experiment, tmp_path / "traces" / experiment)
    return tmp_path / "traces"


def test_options_choose(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chosen = ["--only", "first-step", "--language", "zh", "--theme", "dark", "--format", "svg"]
    assert run(tmp_path, *chosen) == 0
    assert files(tmp_path) == ["zh/first-step.dark.svg"]
    assert "1 files of 1 figures, 1 written" in capsys.readouterr().out
    assert run(tmp_path, *chosen) == 0
    assert "0 written" in capsys.readouterr().out


def test_without_options_all_languages_themes_and_formats(tmp_path: Path) -> None:
    assert run(tmp_path, "--only", "first-step") == 0
    assert files(tmp_path) == sorted(
        f"{language}/first-step.{theme}.{file_format}"
        for language in ("zh", "en")
        for theme in ("light", "dark")
        for file_format in ("svg", "png")
    )


def test_pages_own_folders_by_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    options = ["--only", "first-step", "--theme", "light", "--format", "svg"]
    assert main([*options, "--traces", str(TRACES)]) == 0
    expected = [f"docs/{code}/assets/figures/first-step.light.svg" for code in ("en", "zh")]
    assert files(tmp_path) == expected


def test_check_tells_stale_and_missing_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = ["--only", "first-step", "--language", "en", "--format", "svg"]
    assert run(tmp_path, *chosen, "--check") == 1
    assert files(tmp_path) == []
    assert run(tmp_path, *chosen) == 0
    assert run(tmp_path, *chosen, "--check") == 0
    capsys.readouterr()
    stale = tmp_path / "en" / "first-step.dark.svg"
    stale.write_bytes(stale.read_bytes() + b" ")
    assert run(tmp_path, *chosen, "--check") == 1
    assert f"{stale}: stale" in capsys.readouterr().out
    assert stale.read_bytes().endswith(b" ")


def test_unknown_choices_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(tmp_path, "--only", "pie")
    assert "step-ratio" in capsys.readouterr().err


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:300])


def from_a_newer_schema(path: Path) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | {"schema": 99}))


def without_updates(path: Path) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | {"update": {}}))


def of_another_spec(path: Path) -> None:
    trace = json.loads(path.read_text())
    trace["spec"]["seed"] = 7
    path.write_text(json.dumps(trace))


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (Path.unlink, "there is no such file"),
        (truncate, "truncated or damaged"),
        (from_a_newer_schema, "schema 99 is newer"),
        (without_updates, "holds no update"),
        (of_another_spec, "recorded from another spec"),
    ],
)
def test_bad_trace_one_sentence_and_nothing_written(
    damage: object, says: str, traces: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert callable(damage)
    damage(traces / "first-step" / TRACE)
    output = tmp_path / "figures"
    assert run(output, "--only", "first-step", traces=traces) == 1
    error = capsys.readouterr().err.strip()
    assert says in error
    assert TRACE in error
    assert "\n" not in error
    assert "Traceback" not in error
    assert not output.exists()


def test_figures_made_before_a_bad_trace_stay(traces: Path, tmp_path: Path) -> None:
    output = tmp_path / "figures"
    chosen = ["--only", "first-step", "--language", "en", "--format", "svg"]
    assert run(output, *chosen, traces=traces) == 0
    before = {name: (output / name).read_bytes() for name in files(output)}
    truncate(traces / "first-step" / TRACE)
    assert run(output, *chosen, traces=traces) == 1
    assert {name: (output / name).read_bytes() for name in files(output)} == before
