"""Claims are recorded whole or not at all, and a record is checked against a new run."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from adamwd.claims import CATEGORIES, CLAIMS, Claim, Measurement, report
from adamwd.claims.run import Result
from scripts import claim_files, claims
from scripts.claim_differences import OF_THE_PROCESSOR, close, differences, same_environment
from scripts.claim_table import tables

ENVIRONMENT = {"adamwd": "0.1.0", "torch": "2.13.0", "mindspore": "2.10.0", "device": "CPU"}
FIRST, SECOND = "update-rule.first", "availability.second"
FILES = ["claims.en.html", "claims.json", "claims.junit.xml", "claims.md", "claims.zh.html"]


def claim(name: str) -> Claim:
    statement = {"zh": "用 `lr` 说明 <一件事>", "en": "Says `lr` of <one thing>"}
    failure = {"zh": "意味着别的", "en": "Means another"}
    # The check's file is that of its module: here, this one.
    return Claim(name, name.partition(".")[0], statement, failure, (), (), lambda m: None)


def result(name: str, measured: Any = 3.1623, verdict: str = "holds", reason: str = "") -> Result:
    items = (Measurement("ratio", measured, "3.1623", verdict == "holds"),)
    return Result(name, name.partition(".")[0], verdict, reason, items, 0.25)


Ends = Callable[..., None]


@pytest.fixture
def ends(monkeypatch: pytest.MonkeyPatch) -> Ends:
    """Let the next run of all claims end with these results."""

    def with_results(*results: Result, **environment: str) -> None:
        registered = {one.id: claim(one.id) for one in results}

        def verify(ids: Sequence[str]) -> Iterator[Result]:
            assert list(ids) == list(registered)
            return iter(results)

        monkeypatch.setattr(claims, "CLAIMS", registered)
        monkeypatch.setattr(report, "CLAIMS", registered)
        monkeypatch.setattr(claims, "verify", verify)
        monkeypatch.setattr(claims, "environment", lambda: {**ENVIRONMENT, **environment})

    return with_results


def run(root: Path, *options: str) -> int:
    return claims.main([f"--root={root}", *options])


def record(root: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((root / claims.DOCUMENT).read_text(encoding="utf-8"))
    return document


def contents(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / claims.DATA).glob("*")}


def test_all_forms_are_written_with_environment_date_and_source(tmp_path: Path, ends: Ends) -> None:
    ends(result(FIRST), result(SECOND, "ValueError"))
    assert run(tmp_path) == 0
    assert sorted(contents(tmp_path)) == FILES
    document = record(tmp_path)
    assert document["environment"] | ENVIRONMENT == document["environment"]
    assert len(document["environment"]["date"]) == len("2026-11-22")
    first = document["results"][0]
    assert first["source"] == "tests/scripts/test_claims.py"
    assert first["failure"] == {"zh": "意味着别的", "en": "Means another"}
    markdown = (tmp_path / "docs/data/claims.md").read_text(encoding="utf-8")
    assert "torch 2.13.0" in markdown
    assert f"`{SECOND}` | holds | ratio: ValueError" in markdown
    suite = ElementTree.fromstring((tmp_path / "docs/data/claims.junit.xml").read_text())
    assert suite.get("tests") == "2"


@pytest.mark.parametrize("verdict", ["fails", "error", "timeout", "crashed"])
@pytest.mark.parametrize("options", [(), ("--check",)])
def test_a_claim_that_does_not_hold_ends_it_and_nothing_is_written(
    tmp_path: Path,
    ends: Ends,
    capsys: pytest.CaptureFixture[str],
    verdict: str,
    options: tuple[str, ...],
) -> None:
    ends(result(FIRST))
    assert run(tmp_path) == 0
    before = contents(tmp_path)
    ends(result(FIRST, 9.0), result(SECOND, 1.0, verdict, "not as claimed: ratio"))
    assert run(tmp_path, *options) == 1
    assert capsys.readouterr().err.endswith(f"{SECOND}: {verdict}: not as claimed: ratio\n")
    assert contents(tmp_path) == before


def test_nothing_is_recorded_where_a_framework_is_missing(
    tmp_path: Path, ends: Ends, capsys: pytest.CaptureFixture[str]
) -> None:
    ends(result(FIRST, verdict="skipped", reason="no torch"), torch="not installed")
    assert run(tmp_path) == 1
    assert "pip install 'adamwd[torch]'" in capsys.readouterr().err
    assert not (tmp_path / "docs").exists()


def test_nothing_is_recorded_where_all_is_skipped(tmp_path: Path, ends: Ends) -> None:
    ends(result(FIRST, verdict="skipped", reason="another device"))
    assert run(tmp_path) == 1
    assert not (tmp_path / "docs").exists()


def test_check_accepts_what_is_recorded_and_small_differences(tmp_path: Path, ends: Ends) -> None:
    ends(result(FIRST, 3.1623), result(SECOND, 3e-8))
    assert run(tmp_path) == 0
    ends(result(FIRST, 3.1630), result(SECOND, 9e-8))
    assert run(tmp_path, "--check") == 0
    # And a record that is near enough stays, with the day on which it was made.
    before = contents(tmp_path)
    assert run(tmp_path) == 0
    assert contents(tmp_path) == before


def test_other_versions_are_recorded_anew(tmp_path: Path, ends: Ends) -> None:
    ends(result(FIRST))
    assert run(tmp_path) == 0
    ends(result(FIRST), torch="2.14.0")
    assert run(tmp_path, "--check") == 0
    assert run(tmp_path) == 0
    assert record(tmp_path)["environment"]["torch"] == "2.14.0"


@pytest.mark.parametrize(
    ("results", "sentence"),
    [
        ([result(FIRST, 3.2)], f"{FIRST}: ratio: recorded 3.1623, measured 3.2"),
        ([result(FIRST, "3.1623")], f"{FIRST}: ratio: recorded 3.1623, measured '3.1623'"),
        ([result(FIRST), result(SECOND)], f"{SECOND}: is not recorded"),
        ([result(SECOND)], f"{FIRST}: is recorded, but there is no such claim"),
        (
            [result(SECOND), result(FIRST, 3.1623, "skipped", "not here")],
            f"{FIRST}: verdict recorded as 'holds', now 'skipped'",
        ),
    ],
)
def test_check_says_what_differs(
    tmp_path: Path,
    ends: Ends,
    capsys: pytest.CaptureFixture[str],
    results: list[Result],
    sentence: str,
) -> None:
    ends(result(FIRST))
    assert run(tmp_path) == 0
    before = contents(tmp_path)
    ends(*results)
    assert run(tmp_path, "--check") == 1
    assert sentence in capsys.readouterr().err.splitlines()
    assert contents(tmp_path) == before
    assert run(tmp_path) == 0
    assert run(tmp_path, "--check") == 0


def test_statement_changed_is_a_difference(tmp_path: Path, ends: Ends) -> None:
    ends(result(FIRST))
    assert run(tmp_path) == 0
    old = record(tmp_path)
    new = json.loads(json.dumps(old))
    new["results"][0]["statement"]["en"] = "Says another thing"
    assert len(differences(old, new)) == 1
    assert same_environment(old, new)


def test_only_what_depends_on_the_processor_may_be_another_number() -> None:
    def one(name: str, measured: float, holds: bool = True) -> dict[str, Any]:
        item = {"name": "share", "measured": measured, "expected": "more than 0", "holds": holds}
        return {"results": [{"id": name, "verdict": "holds", "measurements": [item]}]}

    varying = next(iter(OF_THE_PROCESSOR))
    assert varying in CLAIMS
    assert differences(one(varying, 0.001), one(varying, 0.02)) == []
    # What does not hold is told, with the number.
    assert len(differences(one(varying, 0.001), one(varying, 0.0, holds=False))) == 2
    assert len(differences(one("decay.other", 0.001), one("decay.other", 0.02))) == 1


@pytest.mark.parametrize("text", [None, "{", "[]", '{"schema": 0}'])
def test_check_without_a_readable_record_fails(
    tmp_path: Path, ends: Ends, capsys: pytest.CaptureFixture[str], text: str | None
) -> None:
    path = tmp_path / claims.DOCUMENT
    path.parent.mkdir(parents=True)
    if text is not None:
        path.write_text(text, encoding="utf-8")
    ends(result(FIRST))
    assert run(tmp_path, "--check") == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert run(tmp_path) == 0
    assert run(tmp_path, "--check") == 0


@pytest.mark.parametrize("name", [name for name in FILES if name != "claims.json"])
def test_a_file_made_of_the_record_must_agree_with_it(
    tmp_path: Path, ends: Ends, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    ends(result(FIRST))
    assert run(tmp_path) == 0
    (tmp_path / "docs/data" / name).write_text("another", encoding="utf-8")
    assert run(tmp_path, "--check") == 1
    assert name in capsys.readouterr().err
    assert run(tmp_path) == 0
    assert run(tmp_path, "--check") == 0


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        (1.0, 1.0009, True),
        (1.0, 1.0011, False),
        (1e-9, -9e-7, True),
        (1e-9, 2e-6, False),
        (0, 0.0, True),
        (12, 13, False),
        (True, True, True),
        (True, 1, False),
        ("NaN", "NaN", True),
        ("a", "b", False),
    ],
)
def test_values_that_count_as_the_same(old: object, new: object, same: bool) -> None:
    assert close(old, new) is same


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_table_has_every_claim_as_an_anchor(tmp_path: Path, ends: Ends, language: str) -> None:
    names = [f"{category}.one" for category in CATEGORIES]
    ends(*(result(name, -0.5) for name in names))
    assert run(tmp_path) == 0
    text = tables(record(tmp_path), language)
    assert [line for line in text.splitlines() if not line.strip()] == []
    root = ElementTree.fromstring(text)
    assert [body.get("id") for body in root.iter("tbody")] == names
    assert {table.get("data-category") for table in root.iter("table")} == set(CATEGORIES)
    header = root.find(".//tbody/tr/th")
    assert header is not None
    assert header.find("code") is not None
    assert ("<一件事>" if language == "zh" else "<one thing>") in "".join(header.itertext())
    assert "-0.5" in "".join(root.itertext())


def test_what_is_committed_agrees_with_itself() -> None:
    recorded = claims.read(claims.ROOT / claims.DOCUMENT)
    assert recorded is not None
    assert claim_files.stale(claims.ROOT / claims.DATA, recorded) == []
    assert {one["verdict"] for one in recorded["results"]} <= {"holds", "skipped"}
    sources = {one["source"] for one in recorded["results"]}
    assert [source for source in sources if not (claims.ROOT / source).is_file()] == []
