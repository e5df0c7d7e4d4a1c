"""Files and folders that are there whole or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


def sha256(data: bytes) -> str:
    """Return the SHA-256 of `data` as lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def write(path: Path, data: bytes) -> bool:
    """Put `data` at `path` in one step, and say whether that changed anything.

    The bytes go to a temporary file beside the target, which then takes the target's name, so
    that a reader (or an interrupted build) never meets half a file.

    Args:
        path: The file to write; missing folders are made.
        data: Its whole content.

    Returns:
        False where the file already held these bytes and was left alone.
    """
    if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.chmod(0o644)
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return True


def stale(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """Return the names in `folder` that are missing, different or not wanted, sorted."""
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    changed = {n for n in files if n not in there or (folder / n).read_bytes() != files[n]}
    return sorted(changed | (there - set(files)))


def write_folder(folder: Path, files: Mapping[str, bytes], last: str) -> None:
    """Make `folder` hold exactly `files`.

    Args:
        folder: The folder; what else is in it goes.
        files: Contents by name.
        last: The file that names the others: once it is there, they are.
    """
    for name in sorted(files, key=lambda name: (name == last, name)):
        write(folder / name, files[name])
    for name in stale(folder, files):
        (folder / name).unlink()
