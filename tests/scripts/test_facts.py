"""The numbers of the prose: computed from traces, the same in both languages, checked."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from scripts import facts
from scripts.measured import facts as measured

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what the facts are computed from, and of the pages."""
    for folder in ("data/traces", "samples/output", "zh", "en"):
        ignore = shutil.ignore_patterns("assets")
        shutil.copytree(ROOT / "docs" / folder, tmp_path / "docs" / folder, ignore=ignore)
    for name in ("facts.json", "signatures.json"):
        shutil.copy(ROOT / "docs/data" / name, tmp_path / "docs/data" / name)
    return tmp_path


def run(project: Path, *options: str) -> int:
    return facts.main([f"--root={project}", *options])


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_what_is_committed_is_up_to_date(project: Path) -> None:
    assert run(project, "--check") == 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_number_changed_by_hand_fails_and_is_mended(
    project: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page = project / f"docs/{language}/index.md"
    before = page.read_text(encoding="utf-8")
    change(
        page, '<span data-fact="step-ratio-first">3.162<', '<span data-fact="step-ratio-first">3<'
    )
    assert run(project, "--check") == 1
    message = capsys.readouterr().err
    assert f"docs/{language}/index.md: step-ratio-first is printed as 3, measured" in message
    assert run(project) == 0
    assert page.read_text(encoding="utf-8") == before


def test_unknown_tag_fails_and_nothing_is_written(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = project / "docs/en/formula.md"
    change(page, 'data-fact="step-ratio-100"', 'data-fact="step-ratio-101"')
    before = {path: path.read_bytes() for path in project.rglob("*.*") if path.is_file()}
    for options in ((), ("--check",)):
        assert run(project, *options) == 1
        assert "docs/en/formula.md: there is no fact 'step-ratio-101'" in capsys.readouterr().err
    assert before == {path: path.read_bytes() for path in before}


def test_tag_in_another_form_fails(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project / "docs/zh/formula.md", "## ", "*3*{ data-fact=step-ratio-first }\n\n## ")
    assert run(project, "--check") == 1
    assert "a tag is not of the form" in capsys.readouterr().err


def test_fact_that_a_language_does_not_print_fails(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(project / "docs/zh/formula.md", '<span data-fact="step-ratio-100">3.24</span>', "3.24")
    assert run(project, "--check") == 1
    assert "docs/zh: no page prints the fact 'step-ratio-100'" in capsys.readouterr().err


def test_facts_of_other_traces_are_stale(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    trace = project / "docs/data/traces/matched-beale/adamw.torch.json"
    document = json.loads(trace.read_text(encoding="utf-8"))
    document["loss"][10] = 9.0
    trace.write_text(json.dumps(document), encoding="utf-8")
    assert run(project, "--check") == 1
    message = capsys.readouterr().err
    assert "docs/data/facts.json: is not what the traces say now" in message
    assert run(project) == 0
    assert run(project, "--check") == 0
    assert ">9.00<" in (project / "docs/zh/index.md").read_text(encoding="utf-8")


def test_missing_trace_is_one_sentence(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "docs/data/traces/first-step/adamw.torch.json").unlink()
    assert run(project, "--check") == 1
    assert "there is no such file; make traces records it" in capsys.readouterr().err


def test_every_fact_says_where_it_comes_from() -> None:
    for fact in measured(ROOT):
        assert all(fact.how[language] for language in ("zh", "en")), fact.id
        assert [path for path in fact.source if not (ROOT / path).is_file()] == [], fact.id
        assert fact.source, fact.id
        assert fact.text.strip() == fact.text != "", fact.id


def test_ratio_is_the_closed_form() -> None:
    by_id = {fact.id: fact for fact in measured(ROOT)}
    steps = {"step-ratio-first": 1, "step-ratio-peak": by_id["step-ratio-peak-step"].value}
    steps |= {f"step-ratio-{t}": t for t in (100, 1000, 4000)}
    for name, t in steps.items():
        expected = (1 - 0.9 ** float(t)) / np.sqrt(1 - 0.999 ** float(t))
        # In the thousands an update is only some thousand units in the last place of the weight.
        assert by_id[name].value == pytest.approx(expected, rel=5e-4), name
    first = (1 - 0.9) / np.sqrt(1 - 0.95)
    assert by_id["step-ratio-first-beta2-95"].value == pytest.approx(first, rel=1e-5)
