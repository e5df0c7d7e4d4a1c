"""What is recorded of a sample: its versions, its output, and when two outputs agree."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts import samples

ROOT = Path(__file__).resolve().parent.parent.parent
NAMES = sorted(path.stem for path in (ROOT / "docs/samples").glob("*.py"))


def folder(root: Path, program: str) -> Path:
    (root / "one.py").write_text(program)
    return root


def run(root: Path, *options: str) -> int:
    return samples.main([f"--samples={root}", *options])


@pytest.mark.parametrize(
    ("recorded", "printed", "same"),
    [
        ("loss 0.1234", "loss 0.1235", True),  # one in the last place
        ("loss 0.1234", "loss 0.1236", False),
        ("loss 123.456", "loss 123.498", True),  # within the relative tolerance
        ("loss 123.456", "loss 124.456", False),
        ("1.000e-05", "1.001e-05", True),
        ("1.0e-05", "1.1e-05", False),
        ("step 12", "step 13", False),  # a whole number counts something
        ("loss 0.5", "Loss 0.5", False),
        ("a  0.5", "a 0.5", True),  # padding changes with the width of a number
        ("x -0.0", "x 0.0", True),
        ("float32 True", "float64 True", False),
        ("loss 0.5\nmore", "loss 0.5", False),
    ],
)
def test_two_outputs_agree(recorded: str, printed: str, same: bool) -> None:
    problem = samples.difference(f"# NumPy 1\n{recorded}\n", f"# NumPy 2\n{printed}\n")
    assert (problem is None) is same


def test_versions_are_those_of_what_is_imported() -> None:
    assert samples.libraries("import numpy as np\nfrom torch import nn\n") == ["torch", "numpy"]
    assert samples.libraries("import mindspore.nn as nn, os\n") == ["mindspore"]
    assert samples.provenance("import numpy\n").startswith("# NumPy ")


def test_record_then_check_then_stale(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder(tmp_path, "print('loss 0.5000')\n")
    assert run(tmp_path) == 0
    recorded = tmp_path / "output/one.txt"
    assert recorded.read_text().splitlines()[1:] == ["loss 0.5000"]
    assert run(tmp_path, "--check") == 0
    folder(tmp_path, "print('loss 0.6000')\n")
    assert run(tmp_path, "--check") == 1
    assert "one.txt: line 2: recorded 'loss 0.5000'" in capsys.readouterr().out
    assert recorded.read_text().splitlines()[1:] == ["loss 0.5000"]


def test_output_that_agrees_is_left_as_it_is(tmp_path: Path) -> None:
    folder(tmp_path, "print('loss 0.5000')\n")
    run(tmp_path)
    folder(tmp_path, "print('loss 0.5001')\n")
    assert run(tmp_path) == 0
    assert "0.5000" in (tmp_path / "output/one.txt").read_text()


def test_output_without_its_sample_is_stale_and_goes(tmp_path: Path) -> None:
    folder(tmp_path, "print(1)\n")
    run(tmp_path)
    other = tmp_path / "output/gone.txt"
    other.write_text("# NumPy 1\n")
    assert run(tmp_path, "--check") == 1
    assert run(tmp_path) == 0
    assert not other.exists()


def test_sample_that_fails_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder(tmp_path, "raise ValueError('no such thing')\n")
    assert run(tmp_path) == 1
    error = capsys.readouterr().err
    assert "one.py failed with exit code 1: ValueError: no such thing" in error
    assert not (tmp_path / "output").exists()


def test_missing_library_is_one_sentence_with_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def version(name: str) -> str:
        raise samples.importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(samples.importlib.metadata, "version", version)
    folder(tmp_path, "import torch\n")
    assert run(tmp_path) == 1
    assert "pip install 'adamwd[torch]'" in capsys.readouterr().err


@pytest.mark.parametrize("page", ["api-mapping", "formula", "reproduce"])
def test_samples_that_a_page_shows_have_their_imports(page: str) -> None:
    # Whoever copies one from the page can run it.
    text = (ROOT / f"docs/zh/{page}.md").read_text(encoding="utf-8")
    names = re.findall(r'--8<-- "(\w+)\.py:body"', text)
    assert names
    for name in names:
        sample = (ROOT / f"docs/samples/{name}.py").read_text(encoding="utf-8")
        before = sample.partition("[start:body]")[0]
        assert not re.search(r"^(import|from) ", before, re.MULTILINE), name


@pytest.mark.parametrize("name", NAMES)
def test_every_sample_and_its_output_are_on_a_page(name: str) -> None:
    pages = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "docs/zh").glob("*.md"))
    assert f'--8<-- "{name}.py' in pages
    assert f'--8<-- "output/{name}.txt"' in pages


def test_all_forms_of_the_example_have_the_same_data() -> None:
    texts = [
        (ROOT / f"docs/samples/{name}_example.py").read_text(encoding="utf-8")
        for name in ("torch", "experimental", "mindspore", "numpy")
    ]
    data = {
        text.partition("# --8<-- [start:data]")[2].partition("# --8<-- [end:data]")[0]
        for text in texts
    }
    assert len(data) == 1
    assert "default_rng(0)" in data.pop()
