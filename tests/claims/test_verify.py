"""adamwd verify: a wrong claim is red, a hanging or crashing one is reported, the others go on."""

import io
import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rich.console import Console

from adamwd.claims import CLAIMS, Claim, Measurements, report
from adamwd.claims.claim import claim
from adamwd.claims.run import run_claim
from adamwd.claims.verify import UnknownClaim, select, verify
from tests.claims import sample_claims

ROOT = Path(__file__).parents[2]
MODULE = "tests.claims.sample_claims"
SAMPLES = [i for i in CLAIMS if ".sample-" in i]
VERDICTS = {
    "holds": "holds",
    "fails": "fails",
    "raises": "error",
    "hangs": "timeout",
    "crashes": "crashed",
    "skips": "skipped",
    "measures-nothing": "error",
    "needs-more": "skipped",
}


@pytest.fixture(scope="module")
def results():
    return list(verify(SAMPLES, time_limit=15, modules=[MODULE]))


def command(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "adamwd", "verify", "--module", MODULE, *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "NO_COLOR": "1", "COLUMNS": "120"},
        check=False,
        timeout=300,
    )


def test_every_claim_is_reported_with_its_own_verdict(results):
    found = {r.id.removeprefix("update-rule.sample-"): r.verdict for r in results}
    assert found == VERDICTS


def test_reasons_are_one_line_and_say_what_happened(results):
    reasons = {r.id.removeprefix("update-rule.sample-"): r.reason for r in results}
    assert reasons["holds"] == ""
    assert "a third; a half" in reasons["fails"]
    assert "LookupError: nothing there (raises, line" in reasons["raises"]
    assert "longer than 15 s" in reasons["hangs"]
    assert "exit code 66" in reasons["crashes"]
    assert reasons["skips"] == "not in this version"
    assert "measured nothing" in reasons["measures-nothing"]
    assert "pip install 'adamwd[no_such_framework]'" in reasons["needs-more"]
    assert not any("\n" in reason for reason in reasons.values())


def test_a_wrong_claim_makes_the_command_exit_with_1():
    result = command("update-rule.sample-fails")
    assert result.returncode == 1
    assert "a half: 0.5" in result.stdout
    assert "1 claims: 1 fails" in result.stdout


def test_a_claim_that_holds_makes_it_exit_with_0():
    result = command("update-rule.sample-holds", "--json")
    assert result.returncode == 0
    value = json.loads(result.stdout)
    assert value["results"][0]["verdict"] == "holds"
    assert value["results"][0]["statement"] == {"zh": "测试", "en": "test"}
    assert set(value["environment"]) >= {"adamwd", "torch", "mindspore", "numpy", "device"}


def test_when_everything_is_skipped_nothing_was_verified():
    result = command("update-rule.sample-skips")
    assert result.returncode == 1
    assert "Nothing was verified" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["no.such"], "there is no claim 'no.such'"),
        (["--category", "colours"], "there is no category 'colours'"),
        (["--module", "no_such_module"], "cannot be imported"),
    ],
)
def test_what_is_not_known_is_one_sentence(arguments, words):
    result = command(*arguments)
    assert result.returncode == 1
    assert words in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr


def test_reports_go_into_a_file_whole(tmp_path):
    path = tmp_path / "report.xml"
    result = command("update-rule.sample-fails", "--format", "junit", "--output", str(path))
    assert result.returncode == 1
    suite = ElementTree.fromstring(path.read_text(encoding="utf-8"))
    assert suite.get("failures") == "1"
    assert suite.find("testcase/failure").get("message") == "not as claimed: a third; a half"


def test_markdown_and_table_name_all_that_does_not_hold(results):
    head = {"torch": "1", "mindspore": "2"}
    markdown = report.to_markdown(head, results)
    assert markdown.startswith("**adamwd verify**: 8 claims:")
    for result in results:
        assert f"`{result.id}`" in markdown
    console = Console(record=True, width=160, file=io.StringIO())
    report.print_table(console, head, results)
    text = console.export_text()
    assert "a half: 0.5" in text
    assert "torch 1, mindspore 2" in text


def test_junit_counts_failures_errors_and_skips(results):
    suite = ElementTree.fromstring(report.to_junit({"torch": "1"}, results))
    counts = {name: suite.get(name) for name in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": "8", "failures": "1", "errors": "4", "skipped": "2"}


def test_select_by_beginning_and_category():
    assert select(["update-rule.sample-h"], []) == [
        "update-rule.sample-holds",
        "update-rule.sample-hangs",
    ]
    assert set(select([], ["update-rule"])) >= set(SAMPLES)
    with pytest.raises(UnknownClaim):
        select([], ["nothing"])


def test_claims_are_registered_once_and_in_a_category():
    texts = sample_claims.TEXTS
    with pytest.raises(ValueError, match="already"):
        claim("update-rule.sample-holds", **texts)(lambda m: None)
    with pytest.raises(ValueError, match="category must be one of"):
        claim("colours.blue", **texts)
    assert isinstance(CLAIMS["update-rule.sample-holds"], Claim)


def test_measurements_tell_right_from_wrong():
    m = Measurements()
    m.close("near", 1.0, 1.0 + 1e-9, 1e-6)
    m.close("far", 1.0, 1.1, 1e-6)
    m.close("nan", float("nan"), 1.0, 1e-6)
    m.below("below", 1, 2)
    m.below("not below", float("nan"), 2)
    m.above("above", 3, 2)
    m.above("not above", 2, 2)
    m.equal("nan is nan", float("nan"), float("nan"))
    m.equal("unequal", "a", "b")
    m.raises("raises", KeyError, lambda: {}["x"])
    m.raises("another type", ValueError, lambda: {}["x"])
    m.raises("accepted", None, lambda: 1)
    m.raises("should raise", ValueError, lambda: 1)
    assert [item.holds for item in m.items] == [
        True,
        False,
        False,
        True,
        False,
        True,
        False,
        True,
        False,
        True,
        False,
        True,
        False,
    ]


def test_run_claim_takes_the_time():
    assert run_claim("update-rule.sample-holds").seconds >= 0
