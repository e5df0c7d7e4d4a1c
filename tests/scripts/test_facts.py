"""The numbers of the prose: computed from traces, the same in both languages, checked."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from scripts import citations, facts
from scripts.claim_facts import claim_facts, slug, text
from scripts.measured import facts as measured

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what the facts are computed from, and of the pages."""
    for folder in ("data/traces", "samples/output", "zh", "en"):
        ignore = shutil.ignore_patterns("assets")
        shutil.copytree(ROOT / "docs" / folder, tmp_path / "docs" / folder, ignore=ignore)
    for name in ("facts.json", "signatures.json", "claims.json"):
        if (ROOT / "docs/data" / name).is_file():
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
    for path in (project / "docs/zh").rglob("*.md"):
        page = path.read_text(encoding="utf-8")
        tag = '<span data-fact="step-ratio-100">3.24</span>'
        path.write_text(page.replace(tag, "3.24"), encoding="utf-8")
    assert run(project, "--check") == 1
    assert "docs/zh: no page prints the fact 'step-ratio-100'" in capsys.readouterr().err


def test_facts_of_other_traces_are_stale(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    trace = project / "docs/data/traces/matched-beale/adamw.torch.json"
    document = json.loads(trace.read_text(encoding="utf-8"))
    document["loss"][10] = 9.0
    trace.write_text(json.dumps(document), encoding="utf-8")
    assert run(project, "--check") == 1
    message = capsys.readouterr().err
    assert "docs/data/facts.json: is not what the traces and claims say now" in message
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


CLAIM = "groups.tried"


def record(project: Path, *measured: tuple[str, object]) -> None:
    """Add a claim with these measurements to what is recorded."""
    path = project / "docs/data/claims.json"
    document = {"schema": 1, "environment": {"torch": "2.13.0"}, "results": []}
    if path.is_file():
        document = json.loads(path.read_text(encoding="utf-8"))
    items = [{"name": n, "measured": v, "expected": "such", "holds": True} for n, v in measured]
    statement = {"zh": "说", "en": "says"}
    entry = {"id": CLAIM, "category": "groups", "verdict": "holds", "statement": statement}
    document["results"] = [
        *(one for one in document["results"] if one["id"] != CLAIM),
        {**entry, "source": "adamwd/claims/groups.py", "measurements": items},
    ]
    path.write_text(json.dumps(document), encoding="utf-8")


def cite(project: Path, tag: str, *languages: str) -> None:
    for language in languages:
        page = project / f"docs/{language}/formula.md"
        page.write_text(page.read_text(encoding="utf-8") + f"\n{tag}\n", encoding="utf-8")


def test_measurement_of_a_claim_is_a_fact_that_pages_print(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record(
        project, ("Ratio at step 1", 3.16229903), ("raises (lr=-1)", "ValueError"), ("is so", True)
    )
    tags = f'<span data-fact="{CLAIM}/ratio-at-step-1">?</span>'
    tags += f' <span data-fact="{CLAIM}/raises-lr-1">?</span>'
    cite(project, tags, "zh", "en")
    assert run(project) == 0
    printed = (project / "docs/zh/formula.md").read_text(encoding="utf-8")
    assert f'<span data-fact="{CLAIM}/ratio-at-step-1">3.162</span>' in printed
    assert f'<span data-fact="{CLAIM}/raises-lr-1">ValueError</span>' in printed
    assert run(project, "--check") == 0
    document = json.loads((project / "docs/data/facts.json").read_text(encoding="utf-8"))
    assert document["claims"][CLAIM]["source"] == "adamwd/claims/groups.py"
    by_id = {fact["id"]: fact for fact in document["facts"]}
    assert by_id[f"{CLAIM}/is-so"]["text"] == ""
    assert by_id[f"{CLAIM}/ratio-at-step-1"]["measurement"] == "Ratio at step 1"
    change(project / "docs/en/formula.md", ">3.162</span> <span", ">3.2</span> <span")
    assert run(project, "--check") == 1
    assert (
        f"{CLAIM}/ratio-at-step-1 is printed as 3.2, measured was 3.162" in capsys.readouterr().err
    )


def test_text_with_markup_of_its_own_is_escaped(project: Path) -> None:
    record(project, ("type", "<class 'float'>"))
    cite(project, f'<span data-fact="{CLAIM}/type">?</span>', "zh", "en")
    assert run(project) == 0
    page = (project / "docs/en/formula.md").read_text(encoding="utf-8")
    assert f"<span data-fact=\"{CLAIM}/type\">&lt;class 'float'&gt;</span>" in page
    assert run(project, "--check") == 0


@pytest.mark.parametrize(
    ("tag", "sentence"),
    [
        (f'<span data-fact="{CLAIM}/no">1</span>', f"there is no fact '{CLAIM}/no'"),
        ('<span data-claim="groups.no">so</span>', "there is no claim 'groups.no'"),
        (f'<span data-fact="{CLAIM}/is-so">1</span>', f"cite {CLAIM} by data-claim"),
        (f'<span data-claim="{CLAIM}"></span>', "a tag is not of the form <span data-claim"),
        (f"*so*{{ data-claim={CLAIM} }}", "a tag is not of the form <span data-claim"),
    ],
)
def test_tag_that_does_not_resolve_fails_and_nothing_is_written(
    project: Path, capsys: pytest.CaptureFixture[str], tag: str, sentence: str
) -> None:
    record(project, ("is so", True))
    cite(project, tag, "en")
    before = {path: path.read_bytes() for path in project.rglob("*.*") if path.is_file()}
    for options in ((), ("--check",)):
        assert run(project, *options) == 1
        assert sentence in capsys.readouterr().err
    assert before == {path: path.read_bytes() for path in before}


@pytest.mark.parametrize(
    "tag",
    [
        f'<span data-fact="{CLAIM}/ratio">2</span>',
        f'<span data-claim="{CLAIM}">so</span>',
        f'<span data-claim="{CLAIM}">**so**</span>',
        f'<span data-claim="{CLAIM}"><code>so</code></span>',
    ],
)
def test_claim_is_cited_by_a_fact_of_it_or_by_itself(project: Path, tag: str) -> None:
    record(project, ("ratio", 2))
    missing = [f"docs/{language}: no page cites the claim {CLAIM!r}" for language in ("zh", "en")]
    assert citations.uncited(citations.pages(project), [CLAIM]) == missing
    cite(project, tag, "zh")
    assert citations.uncited(citations.pages(project), [CLAIM]) == missing[1:]
    cite(project, tag, "en")
    assert citations.uncited(citations.pages(project), [CLAIM]) == []


def test_uncited_claim_fails_once_the_pages_of_differences_are_there(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record(project, ("ratio", 2))
    shutil.rmtree(project / "docs/zh/differences", ignore_errors=True)
    shutil.rmtree(project / "docs/en/differences", ignore_errors=True)
    assert run(project) == 0
    assert run(project, "--check") == 0
    (project / "docs/zh/differences").mkdir()
    assert run(project, "--check") == 1
    assert f"docs/en: no page cites the claim {CLAIM!r}" in capsys.readouterr().err


def test_page_that_lists_all_claims_cites_none(project: Path) -> None:
    page = project / "docs/zh/evidence.md"
    page.write_text(f'<span data-claim="{CLAIM}">so</span>', encoding="utf-8")
    assert len(citations.uncited(citations.pages(project), [CLAIM])) == 2


@pytest.mark.parametrize("damage", ["{", '{"results": [{}]}', "[]"])
def test_record_that_cannot_be_read_is_one_sentence(
    project: Path, capsys: pytest.CaptureFixture[str], damage: str
) -> None:
    (project / "docs/data/claims.json").write_text(damage, encoding="utf-8")
    assert run(project) == 1
    assert "make claims writes it" in capsys.readouterr().err


def test_two_measurements_of_one_id_are_refused(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record(project, ("a (b)", 1), ("a: b", 2))
    assert run(project) == 1
    assert f"two measurements would be the fact '{CLAIM}/a-b'" in capsys.readouterr().err


def test_slug_and_text() -> None:
    assert slug("Ratio at step 1, beta2=0.95!") == "ratio-at-step-1-beta2-0-95"
    values = (3.16229903, 1e-6, 1200000.0, 12, "NaN", True)
    assert [text(value) for value in values] == ["3.162", "1e-06", "1.2e+06", "12", "NaN", ""]


def test_every_claim_is_cited_in_both_languages() -> None:
    assert citations.uncited(citations.pages(ROOT), claim_facts(ROOT).claims) == []
