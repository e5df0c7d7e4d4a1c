"""The bundle is complete, the same bytes each time, and made of the very files that are tested."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from scripts import bundle
from scripts.atomic import sha256
from scripts.page_data import optimizers

ROOT = Path(__file__).resolve().parent.parent.parent
SIGNATURES = ROOT / "docs/samples/signatures"
TRACES = ROOT / "docs/data/traces"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The whole bundle; the runtime in it is a small stand-in."""
    return bundle.build(bundle.ROOT / "node_modules/.bin/esbuild", stand_in(tmp_path_factory))


def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pyodide")
    description = {
        "build": "0" * 16,
        "numpy": "0.0",
        "smoke": {"request": "{}", "digests": {}},
        "wheel": "numpy.whl",
        "archives": ["pyodide.asm.wasm", "numpy.whl"],
        "snapshot": ["pyodide.asm.wasm", "snapshot.bin.packed"],
        "rest": ["numpy.whl"],
        "unpacked": {"snapshot.bin.packed": {"name": "snapshot.bin", "bytes": 9, "sha256": ""}},
    }
    (folder / "runtime.json").write_text(json.dumps(description))
    (folder / "pyodide.asm.wasm").write_bytes(b"0" * 1000)
    (folder / "numpy.whl").write_bytes(b"wheel")
    (folder / "snapshot.bin.packed").write_bytes(b"snapshot")
    return folder


def test_the_manifest_has_every_file_with_its_checksum(files: dict[str, bytes]) -> None:
    manifest = json.loads(files["playground.json"])["runtime"]
    by_name = {file["name"]: file for file in manifest["files"]}
    assert set(by_name) == {"pyodide.asm.wasm", "numpy.whl", "snapshot.bin.packed"}
    assert by_name["numpy.whl"]["sha256"] == sha256(b"wheel")
    assert by_name["numpy.whl"]["unpacked"] is None
    assert by_name["snapshot.bin.packed"]["unpacked"]["name"] == "snapshot.bin"
    assert by_name["numpy.whl"]["path"] == "assets/pyodide/numpy.whl"
    assert manifest["ways"]["archives"] == ["pyodide.asm.wasm", "numpy.whl"]
    # What the reader is told is the first way's.
    assert manifest["bytes"] == 1000 + len("snapshot")
    assert manifest["compressed_bytes"] < manifest["bytes"]


def test_every_problem_of_the_plane_has_a_contour(files: dict[str, bytes]) -> None:
    problems = json.loads(files["playground.json"])["problems"]
    with_surface = {f"contour-{p['name']}.json" for p in problems if p["has_surface"]}
    assert with_surface
    assert with_surface == {name for name in files if name.startswith("contour-")}
    for name in with_surface:
        contour = json.loads(files[name])
        assert {len(row) for row in contour["z"]} == {81}
        assert len(contour["z"]) == 65


def test_defaults_are_the_frameworks() -> None:
    """The signatures were read from the real libraries (docs/data/signatures.json)."""
    for described in optimizers():
        text = (SIGNATURES / f"{described['optimizer']}.txt").read_text(encoding="utf-8")
        for hyperparameter in described["hyperparameters"]:
            name = hyperparameter["name"]
            found = re.search(rf"^ +{name}(?:: [^=]*)? ?= ?(.*),$", text, re.MULTILINE)
            assert found is not None, name
            assert hyperparameter["default"] == ast.literal_eval(found[1]), name
    names = [described["optimizer"] for described in optimizers()]
    assert len(names) == len(set(names)) == 3


def test_presets_and_experiments_are_recorded(files: dict[str, bytes]) -> None:
    presets = json.loads(files["presets.json"])
    assert len(presets) == 9
    for preset in presets:
        for side in ("left", "right"):
            spec = preset["specs"][side]
            backend = "torch" if spec["optimizer"].startswith("torch.") else "mindspore"
            path = TRACES / f"preset-{preset['name']}" / f"{side}.{backend}.json"
            assert json.loads(path.read_text(encoding="utf-8"))["spec"] == spec
    for run in json.loads(files["playground.json"])["experiments"]:
        for backend in ("numpy", run["backend"]):
            assert (TRACES / run["name"] / f"{run['label']}.{backend}.json").is_file()


def test_twice_the_same_bytes_and_check(
    files: dict[str, bytes],
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folders = [f"--pyodide={stand_in(tmp_path_factory)}", f"--output={tmp_path / 'app'}"]
    assert bundle.main(folders) == 0
    assert {p.name: p.read_bytes() for p in (tmp_path / "app").iterdir()} == files
    assert bundle.main([*folders, "--check"]) == 0
    (tmp_path / "app/worker.js").write_bytes(b"")
    capsys.readouterr()
    assert bundle.main([*folders, "--check"]) == 1
    assert "worker.js" in capsys.readouterr().err


def test_without_esbuild(
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folders = [f"--pyodide={stand_in(tmp_path_factory)}", f"--output={tmp_path / 'app'}"]
    assert bundle.main([*folders, f"--esbuild={tmp_path / 'esbuild'}"]) == 1
    error = capsys.readouterr().err.strip()
    assert "npm ci" in error
    assert len(error.splitlines()) == 1
    assert not (tmp_path / "app").exists()


def test_without_the_runtime(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bundle.main([f"--pyodide={tmp_path / 'none'}", f"--output={tmp_path / 'app'}"]) == 1
    error = capsys.readouterr().err.strip()
    assert "scripts.page_python" in error
    assert len(error.splitlines()) == 1
    assert not (tmp_path / "app").exists()
