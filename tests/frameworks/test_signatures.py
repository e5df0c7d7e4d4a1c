"""The signatures on the pages are those of the installed libraries."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts import signatures


def test_what_is_committed_is_up_to_date(torch, mindspore) -> None:
    assert signatures.main(["--check"]) == 0


def test_write_then_check_then_stale(
    torch, mindspore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = f"--root={tmp_path}"
    assert signatures.main([root]) == 0
    assert signatures.main([root, "--check"]) == 0
    document = json.loads((tmp_path / "docs/data/signatures.json").read_text())
    assert [one["class"] for one in document["classes"]] == list(signatures.CLASSES)
    shown = tmp_path / "docs/samples/signatures/mindspore.nn.AdamWeightDecay.txt"
    shown.write_text(shown.read_text().replace("eps=1e-06", "eps=1e-08"))
    capsys.readouterr()
    assert signatures.main([root, "--check"]) == 1
    assert "mindspore.nn.AdamWeightDecay.txt: is not what inspect.signature" in (
        capsys.readouterr().out
    )


def test_missing_library_is_one_sentence_with_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(signatures, "CLASSES", ("no_such_library.AdamW",))
    assert signatures.main(["--check"]) == 1
    assert "pip install 'adamwd[no_such_library]'" in capsys.readouterr().err
