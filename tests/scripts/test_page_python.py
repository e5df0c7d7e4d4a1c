"""The page's Python: the very sources that are tested, compiled, and whole or not there."""

from __future__ import annotations

import _imp
import gzip
import io
import json
import struct
import zipfile
from pathlib import Path

import pytest

from adamwd import playground
from scripts import page_python
from scripts.atomic import sha256
from scripts.page_data import runtime
from scripts.page_package import archive, loaded_files

ROOT = Path(__file__).resolve().parent.parent.parent
PYODIDE = ROOT / "docs/assets/pyodide"
STOCK = ROOT / ".cache/pyodide/stock"


@pytest.fixture(scope="module")
def description() -> dict[str, object]:
    found: dict[str, object] = json.loads((PYODIDE / "runtime.json").read_text(encoding="utf-8"))
    return found


def unpacked(name: str) -> bytes:
    """Return a file of the runtime as it is used."""
    return gzip.decompress((PYODIDE / f"{name}{page_python.PACKED}").read_bytes())


def archive_of(name: str) -> zipfile.ZipFile:
    """Return one of the archives, open."""
    return zipfile.ZipFile(io.BytesIO(unpacked(name)))


def test_the_page_loads_the_reference_and_no_framework() -> None:
    names = [path.as_posix() for path in loaded_files(ROOT)]
    assert names == sorted(names)
    needed = {"adamwd/playground/__init__.py", "adamwd/adamw.py", "adamwd/backends/numpy.py"}
    assert needed <= set(names)
    assert not {"adamwd/backends/torch.py", "adamwd/backends/mindspore.py"} & set(names)


def test_the_sources_archive_depends_on_names_and_contents_alone(tmp_path: Path) -> None:
    paths = [Path("a.py"), Path("b.py")]
    for path in paths:
        (tmp_path / path).write_text("pass\n")
    first = archive(tmp_path, paths)
    (tmp_path / "a.py").touch()
    (tmp_path / "a.py").chmod(0o600)
    assert archive(tmp_path, paths) == first


def test_the_bytecode_is_that_of_the_sources_that_are_tested() -> None:
    """A .pyc file that is not checked when it is loaded still holds the hash of its source."""
    with archive_of("adamwd.zip") as compiled:
        files = {name: compiled.read(name) for name in compiled.namelist()}
    assert set(files) == {f"{path.as_posix()}c" for path in loaded_files(ROOT)}
    for path in loaded_files(ROOT):
        magic, flags, digest = struct.unpack("<II8s", files[f"{path.as_posix()}c"][:16])
        assert flags == 1, "hash-based, unchecked"
        # The hash depends on the version of Python, whose magic number the file begins with.
        assert digest == _imp.source_hash(magic, (ROOT / path).read_bytes()), path


def test_the_lock_has_the_checksum_of_the_wheel_that_is_there(
    description: dict[str, object],
) -> None:
    entry = json.loads((PYODIDE / "pyodide-lock.json").read_text())["packages"]["numpy"]
    wheel = str(description["wheel"])
    assert entry["file_name"] == wheel
    assert entry["sha256"] == sha256(unpacked(wheel))


def test_archives_are_smaller_than_what_is_published() -> None:
    for name in ("python_stdlib.zip", json.loads((PYODIDE / "runtime.json").read_text())["wheel"]):
        sent = (PYODIDE / f"{name}{page_python.PACKED}").stat().st_size
        assert sent < 0.75 * (STOCK / name).stat().st_size
        with archive_of(name) as content:
            names = content.namelist()
        assert names == sorted(names)
        assert not [n for n in names if n.endswith(".py")], "sources would be compiled again"
    for name in page_python.CORE:
        assert (PYODIDE / name).read_bytes() == (STOCK / name).read_bytes()


def test_the_snapshot_is_of_this_pyodide_and_holds_what_it_says() -> None:
    data = io.BytesIO(unpacked(page_python.SNAPSHOT))
    (length,) = struct.unpack("<I", data.read(4))
    header = json.loads(data.read(length))
    numbers = struct.unpack(f"<{header['pages']}I", data.read(4 * header["pages"]))
    assert list(numbers) == sorted(set(numbers))
    assert max(numbers) * 4096 < header["length"]
    rest = data.read()
    libraries = sum(library["bytes"] for library in header["libraries"])
    assert len(rest) == 4096 * header["pages"] + libraries
    assert header["build"] in (PYODIDE / "pyodide.mjs").read_text(encoding="utf-8")
    wheel_name = json.loads((PYODIDE / "runtime.json").read_text())["wheel"]
    with archive_of(wheel_name) as wheel:
        for library in reversed(header["libraries"]):
            name = library["path"].partition("site-packages/")[2]
            assert rest.endswith(wheel.read(name))
            rest = rest[: -library["bytes"]]


def test_the_smoke_run_has_cpythons_digests(description: dict[str, object]) -> None:
    smoke = page_python.smoke()
    assert description["smoke"] == smoke
    assert json.loads(playground.run(smoke["request"]))["digests"] == smoke["digests"]


def test_every_file_of_both_ways_is_there(description: dict[str, object]) -> None:
    manifest = runtime(PYODIDE)
    assert set(manifest["ways"]) == {"snapshot", "archives"}
    names = {file["name"] for file in manifest["files"]}
    for way in (*manifest["ways"].values(), manifest["rest"]):
        assert set(way) <= names
    for file in manifest["files"]:
        if file["unpacked"]:
            data = unpacked(file["unpacked"]["name"])
            assert file["unpacked"]["bytes"] == len(data)
            assert file["unpacked"]["sha256"] == sha256(data)
    assert manifest["build"] == description["build"]
    assert 10e6 < manifest["bytes"] < 25e6


def test_what_is_missing_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "pyodide"
    assert page_python.main([f"--stock={tmp_path}", f"--output={output}"]) == 1
    assert "run `python -m scripts.pyodide` first" in capsys.readouterr().err
    (tmp_path / "numpy-0.whl").touch()
    (tmp_path / page_python.LOCK).write_text("{}")
    assert page_python.main([f"--stock={tmp_path}", f"--output={output}"]) == 1
    assert "archives.mjs failed" in capsys.readouterr().err
    monkeypatch.setenv("PATH", str(tmp_path))
    assert page_python.main([f"--stock={tmp_path}", f"--output={output}"]) == 1
    assert "node is missing" in capsys.readouterr().err
    assert not output.exists()
