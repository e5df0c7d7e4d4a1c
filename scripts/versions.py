"""Run all claims on older versions of the two libraries: docs/data/versions/<name>.json.

    python -m scripts.versions           makes an environment for each version in .venvs/, runs
                                         `adamwd verify` there, records, and writes the tables
    python -m scripts.versions --check   runs nothing; exit 1 where a recording is missing or not
                                         about the claims that there are now, or a table is stale
    python -m scripts.versions --only mindspore-2.9.0
    python -m scripts.versions --discard removes each environment once it is recorded

The environments are several GB each: pip brings the old versions of torch with CUDA.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from tqdm import tqdm

from adamwd.claims import CLAIMS
from scripts import atomic
from scripts.version_environments import (
    CONSTRAINTS,
    ENVIRONMENTS,
    ROOT,
    VERSIONS,
    Version,
    VersionError,
    constraints,
    interpreter,
    remove,
)
from scripts.version_recordings import read, record, stale, to_text
from scripts.version_table import tables

RECORDINGS = ROOT / "docs/data/versions"
TABLES = ROOT / "docs/samples/versions"


def problems(recordings: Path, folder: Path) -> list[str]:
    """Return what is wrong with what is recorded, a sentence each.

    Args:
        recordings: Folder of the recordings.
        folder: Folder of the tables.
    """
    found, values = [], []
    for version in VERSIONS:
        try:
            values.append(read(recordings / f"{version.name}.json"))
        except VersionError as error:
            found.append(str(error))
    found += comparable(values)
    known = {f"{version.name}.json" for version in VERSIONS}
    extra = {path.name for path in recordings.glob("*.json")} - known
    found += [f"{name} is a recording of no version that there is" for name in sorted(extra)]
    return found or [
        f"{name} is not what the recordings say; run make versions"
        for name, text in tables(values).items()
        if _text(folder / name) != text
    ]


def comparable(values: list[dict[str, Any]]) -> list[str]:
    """Return a sentence for each recording that cannot stand in one table with the others.

    Args:
        values: The recordings, that of the current versions first.
    """
    found = [problem for value in values if (problem := stale(value, CLAIMS))]
    return found + [
        f"{value['name']}.json was recorded with other checks than {values[0]['name']}.json; "
        "record all again: make versions"
        for value in values
        if value["checks"] != values[0]["checks"]
    ]


def write_recording(version: Version, python: Path, source: Path, recordings: Path) -> str:
    """Record one version and return the summary; an equal recording keeps its date.

    Args:
        version: Which one.
        python: The Python of its environment.
        source: The folder that holds adamwd.
        recordings: Folder of the recordings.
    """
    pinned = constraints(version, CONSTRAINTS.read_text(encoding="utf-8"))
    value = record(version, python, pinned, source)
    path = recordings / f"{version.name}.json"
    if not _recorded_already(path, value):
        atomic.write(path, to_text(value).encode())
    return str(value["summary"])


def write_all(todo: list[Version], recordings: Path, environments: Path, discard: bool) -> None:
    """Record versions, one after the other.

    Args:
        todo: Which ones.
        recordings: Folder of the recordings.
        environments: Folder of the environments.
        discard: Whether to remove each environment once it is recorded.
    """
    with tempfile.TemporaryDirectory() as source:
        # A copy, so that all of them run the same checks, whatever is edited meanwhile.
        shutil.copytree(ROOT / "adamwd", Path(source) / "adamwd")
        progress = tqdm(todo, desc="versions", unit="version", disable=None)
        for version in progress:
            progress.set_postfix_str(version.name)
            python = interpreter(version, environments)
            summary = write_recording(version, python, Path(source), recordings)
            tqdm.write(f"{version.name}: {summary}")
            if discard:
                remove(version, environments)


def main(arguments: list[str] | None = None) -> int:
    """Record or check; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="run nothing; exit 1 where stale")
    parser.add_argument("--only", metavar="NAME", help="record this version alone")
    parser.add_argument("--discard", action="store_true", help="remove environments after use")
    parser.add_argument("--recordings", type=Path, default=RECORDINGS, help="their folder")
    parser.add_argument("--tables", type=Path, default=TABLES, help="their folder")
    parser.add_argument("--environments", type=Path, default=ENVIRONMENTS, help="their folder")
    options = parser.parse_args(arguments)
    if options.check:
        found = problems(options.recordings, options.tables)
        print(*found, sep="\n", end="\n" if found else "")
        print(f"{len(VERSIONS)} versions, {len(CLAIMS)} claims, {len(found)} problems")
        return 1 if found else 0
    todo = [version for version in VERSIONS if options.only in (None, version.name)]
    if not todo:
        names = ", ".join(version.name for version in VERSIONS)
        print(f"no version is called {options.only!r}; there are {names}", file=sys.stderr)
        return 1
    try:
        write_all(todo, options.recordings, options.environments, options.discard)
        values = [read(options.recordings / f"{version.name}.json") for version in VERSIONS]
    except VersionError as error:
        print(error, file=sys.stderr)
        return 1
    found = comparable(values)
    if found:
        print(f"the tables were not written: {found[0]}", file=sys.stderr)
        return 1
    for name, text in tables(values).items():
        atomic.write(options.tables / name, text.encode())
    return 0


def _recorded_already(path: Path, value: dict[str, Any]) -> bool:
    try:
        return {**read(path), "date": ""} == {**value, "date": ""}
    except VersionError:
        return False


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


if __name__ == "__main__":
    sys.exit(main())
