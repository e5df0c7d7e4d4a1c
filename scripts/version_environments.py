"""The versions that the claims run on, and a virtual environment for each of them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS = ROOT / "constraints.txt"
ENVIRONMENTS = ROOT / ".venvs"
REQUIREMENTS = ("torch", "mindspore", "numpy", "pebble", "rich", "typer")
# Written into an environment when all of it is there: what it was made with.
STAMP = "adamwd-constraints.json"


class VersionError(Exception):
    """Something that keeps a version from being recorded; the message is one sentence."""


@dataclass(frozen=True)
class Version:
    """One set of versions that the claims run on.

    Attributes:
        name: Its name, also that of its environment and of its recording.
        pins: Exact versions that take the place of those in constraints.txt; without any, it is
            the environment in which the script itself runs.
    """

    name: str
    pins: Mapping[str, str] = field(default_factory=dict)


# The current versions first: the others are compared with them. For Python 3.11, pip offers no
# torch older than 1.13 and no MindSpore older than 2.7; torch 2.1 is the oldest that we support.
VERSIONS = (
    Version("current"),
    Version("mindspore-2.9.0", {"mindspore": "2.9.0"}),
    Version("mindspore-2.8.0", {"mindspore": "2.8.0"}),
    Version("mindspore-2.7.2", {"mindspore": "2.7.2"}),
    Version("torch-2.1.2", {"torch": "2.1.2", "nvidia-nvjitlink-cu12": "12.9.86"}),
    Version("torch-1.13.1", {"torch": "1.13.1", "setuptools": "84.2.1", "wheel": "0.48.0"}),
)


def constraints(version: Version, text: str) -> dict[str, str]:
    """Return the exact version of every package that pip may install.

    Args:
        version: Whose pins come first.
        text: What constraints.txt holds.
    """
    lines = [line.partition("#")[0].strip() for line in text.splitlines()]
    pinned = dict(line.split("==") for line in lines if line)
    return {normal(name): value for name, value in (pinned | dict(version.pins)).items()}


def normal(name: str) -> str:
    """Return a package's name as the package index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def interpreter(version: Version, folder: Path = ENVIRONMENTS) -> Path:
    """Return the Python of a version's environment, made first where it is not there.

    Args:
        version: Which one.
        folder: Where the environments are.

    Raises:
        VersionError: If the environment cannot be made; nothing of it is then left.
    """
    if not version.pins:
        return Path(sys.executable)
    place = folder / version.name
    stamp = place / STAMP
    wanted = constraints(version, CONSTRAINTS.read_text(encoding="utf-8"))
    # Not all packages of constraints.txt are installed, but a change of one may concern this.
    if stamp.is_file() and json.loads(stamp.read_text(encoding="utf-8")) == wanted:
        return place / "bin/python"
    remove(version, folder)
    try:
        _run([sys.executable, "-m", "venv", str(place)], f"{version.name}: no environment")
        _install(version, place / "bin/python", wanted)
        stamp.write_text(json.dumps(wanted, indent=1), encoding="utf-8")
    except BaseException:
        remove(version, folder)
        raise
    return place / "bin/python"


def remove(version: Version, folder: Path = ENVIRONMENTS) -> None:
    """Remove a version's environment, if it has one of its own."""
    if version.pins:
        shutil.rmtree(folder / version.name, ignore_errors=True)


def _install(version: Version, python: Path, wanted: Mapping[str, str]) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("".join(f"{name}=={value}\n" for name, value in wanted.items()))
        file.flush()
        quiet = ["--quiet", "--disable-pip-version-check"]
        _run(
            [str(python), "-m", "pip", "install", *quiet, "-c", file.name, *REQUIREMENTS],
            f"{version.name} cannot be installed",
        )


def _run(command: Sequence[str], failed: str) -> None:
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        last = (errors or done.stderr.strip().splitlines() or ["no message"])[-1]
        raise VersionError(f"{failed}: {last.removeprefix('ERROR: ')}")
