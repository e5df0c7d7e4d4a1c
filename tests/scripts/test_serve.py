"""scripts/serve.py: types, compression, revalidation, the 404 page, and its two refusals."""

from __future__ import annotations

import gzip
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = [sys.executable, "-m", "scripts.serve"]
TEXT = "<h1>偏差修正</h1>" * 500


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    (folder / "en").mkdir()
    for name in ("index.html", "en/index.html"):
        (folder / name).write_text(TEXT, encoding="utf-8")
    (folder / "404.html").write_text("nowhere", encoding="utf-8")
    (folder / "a.mjs").write_text("export {}", encoding="utf-8")
    (folder / "a.json").write_text("{}", encoding="utf-8")
    (folder / "a.wasm").write_bytes(bytes(5_000_000))
    command = [*COMMAND, "--port", "0", "--directory", str(folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, text=True, stdout=pipe, stderr=pipe) as server:
        assert server.stdout is not None
        assert server.stderr is not None
        line = server.stdout.readline()
        found = re.search(r"http://\S+/", line)
        assert found, line
        yield found.group()
        server.terminate()
        # Nothing that the tests did, broken connections among it, was worth a word.
        assert server.stderr.read() == ""


def get(url: str, **headers: str) -> HTTPResponse:
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    response = urllib.request.urlopen(urllib.request.Request(url, headers=fields), timeout=10)
    assert isinstance(response, HTTPResponse)
    return response


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "text/html; charset=utf-8"),
        ("a.mjs", "text/javascript; charset=utf-8"),
        ("a.wasm", "application/wasm"),
        ("a.json", "application/json"),
    ],
)
def test_types(url: str, path: str, kind: str) -> None:
    with get(url + path) as response:
        assert response.headers["Content-Type"] == kind


@pytest.mark.parametrize("path", ["", "a.wasm"])
def test_compresses_for_those_who_accept_it(url: str, path: str) -> None:
    with get(url + path) as plain, get(url + path, Accept_Encoding="gzip") as packed:
        assert plain.headers["Content-Encoding"] is None
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in packed.headers["Vary"]
        body = packed.read()
        assert gzip.decompress(body) == plain.read()


def test_revalidates(url: str) -> None:
    with get(url) as response:
        assert response.headers["Cache-Control"] == "no-cache"
        tag = response.headers["ETag"]
    with pytest.raises(urllib.error.HTTPError) as error:
        get(url, If_None_Match=tag)
    assert error.value.code == 304
    error.value.close()


def test_folder_without_slash_is_redirected(url: str) -> None:
    with get(url + "en") as response:
        assert response.geturl() == url + "en/"


@pytest.mark.parametrize("path", ["no/such/page/", "%2e%2e/%2e%2e/etc/passwd"])
def test_unknown_addresses_get_the_404_page(url: str, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as error:
        get(url + path)
    assert error.value.code == 404
    assert error.value.read() == b"nowhere"


def test_survives_readers_who_leave(url: str) -> None:
    host, port = url.removeprefix("http://").rstrip("/").split(":")
    for _ in range(5):
        with socket.create_connection((host, int(port)), timeout=10) as connection:
            connection.sendall(b"GET /a.wasm HTTP/1.1\r\nHost: x\r\n\r\n")
            assert connection.recv(1000).startswith(b"HTTP/1.1 200")
    with get(url) as response:
        assert response.read().decode() == TEXT


def test_missing_site_is_one_sentence(tmp_path: Path) -> None:
    command = [*COMMAND, "--directory", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, text=True, capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stderr == f"serve: {tmp_path} holds no site: run `make site` first.\n"


def test_port_in_use_is_one_sentence(url: str, tmp_path: Path) -> None:
    (tmp_path / "index.html").touch()
    port = url.rstrip("/").rsplit(":", 1)[1]
    command = [*COMMAND, "--directory", str(tmp_path), "--port", port]
    done = subprocess.run(command, cwd=ROOT, text=True, capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"serve: cannot listen on 127.0.0.1:{port}")
    assert done.stderr.count("\n") == 1
