"""scripts/fonts.py: the committed typeface is what it makes, and it fails with one sentence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from adamwd.figures.typeface import FOLDER
from scripts.fonts import SOURCE, main

ROOT = Path(__file__).resolve().parent.parent.parent
needs_npm = pytest.mark.skipif(
    not (ROOT / SOURCE).is_dir(), reason="the unmodified fonts come with npm ci"
)


@needs_npm
def test_committed_typeface_is_current(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check", "--source", str(ROOT / SOURCE)]) == 0, capsys.readouterr().out


@needs_npm
def test_stale_typeface_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(FOLDER, tmp_path / "fonts")
    (tmp_path / "fonts" / "OFL.txt").write_text("free\n", encoding="utf-8")
    options = ["--source", str(ROOT / SOURCE), "--output", str(tmp_path / "fonts")]
    assert main(["--check", *options]) == 1
    assert "OFL.txt: stale" in capsys.readouterr().out
    assert main(options) == 0
    assert main(["--check", *options]) == 0


def test_missing_source_one_sentence_and_nothing_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "fonts"
    assert main(["--source", str(tmp_path / "nothing"), "--output", str(output)]) == 1
    error = capsys.readouterr().err.strip()
    assert "npm ci" in error
    assert "\n" not in error
    assert not output.exists()
