"""Pyodide's official lock file: which packages exist, under which names and checksums."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PACKAGE = "numpy"


class LockError(Exception):
    """The lock file is missing or is not what Pyodide publishes; the message says what to do."""


@dataclass(frozen=True)
class Wheel:
    """A wheel as the official lock names it.

    Attributes:
        file_name: Its name on Pyodide's servers.
        sha256: The checksum that decides whether a copy is accepted.
        version: The package's version.
    """

    file_name: str
    sha256: str
    version: str


def read_lock(path: Path) -> dict[str, Any]:
    """Read the official lock from the npm package.

    Raises:
        LockError: If the file is missing or is not a lock.
    """
    try:
        lock = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise LockError(f"{path} is missing: run `npm ci` first (`make site` does).") from None
    except ValueError:
        raise LockError(f"{path} is not valid JSON: run `npm ci` again.") from None
    if not isinstance(lock, dict) or PACKAGE not in lock.get("packages", {}):
        raise LockError(f"{path} does not name {PACKAGE}: run `npm ci` again.")
    return lock


def closure(lock: dict[str, Any], package: str = PACKAGE) -> list[str]:
    """Return the names of `package` and of everything it depends on, sorted."""
    found: set[str] = set()
    waiting = [package]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(lock["packages"][name]["depends"])
    return sorted(found)


def cut(lock: dict[str, Any], package: str = PACKAGE) -> dict[str, Any]:
    """Return the lock with `package` and its dependencies alone (a shorter lock loads faster)."""
    kept = {name: lock["packages"][name] for name in closure(lock, package)}
    return {**lock, "packages": kept}


def wheels(lock: dict[str, Any], package: str = PACKAGE) -> list[Wheel]:
    """Return the wheels that `package` needs, its own included."""
    entries = [lock["packages"][name] for name in closure(lock, package)]
    return [Wheel(e["file_name"], e["sha256"], e["version"]) for e in entries]
