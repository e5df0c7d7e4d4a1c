"""Recordings: what `adamwd verify` reported on one set of versions, docs/data/versions/*.json."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from adamwd.claims.report import SCHEMA as REPORT_SCHEMA
from scripts import atomic
from scripts.version_environments import Version, VersionError, normal

SCHEMA = 1
# Several times what the slowest claim takes, so that a busy machine does not change a verdict.
TIME_LIMIT = 180
STATEMENTS = ("zh", "en", "failure_zh", "failure_en")
VARIED = ("torch", "mindspore", "numpy")


def record(version: Version, python: Path, pinned: dict[str, str], source: Path) -> dict[str, Any]:
    """Run all claims with an environment's Python and return what is recorded.

    Args:
        version: Which versions these are.
        python: The Python of their environment.
        pinned: The versions that it should have, by package.
        source: The folder that holds adamwd.

    Raises:
        VersionError: If there is no report, or it is about other versions.
    """
    with tempfile.TemporaryDirectory() as scratch:
        output = Path(scratch) / "report.json"
        command = [str(python), "-m", "adamwd", "verify", "--json", f"--output={output}"]
        done = subprocess.run(
            [*command, f"--time-limit={TIME_LIMIT}"],
            cwd=scratch,
            env=os.environ | {"PYTHONPATH": str(source), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        # Exit code 1 says that a claim does not hold, which is what we want to know.
        if done.returncode not in (0, 1) or not output.is_file():
            last = (done.stderr.strip().splitlines() or ["no message"])[-1]
            raise VersionError(
                f"{version.name}: adamwd verify ended with exit code {done.returncode} and "
                f"without a report: {last}"
            )
        report = json.loads(output.read_text(encoding="utf-8"))
    return recording(version, report, pinned, checks(source))


def recording(
    version: Version, report: dict[str, Any], pinned: dict[str, str], digest: str
) -> dict[str, Any]:
    """Return what is kept of a report: no statements and no times.

    Args:
        version: Which versions it is about.
        report: What `adamwd verify --json` wrote.
        pinned: The versions that it should be about, by package.
        digest: Of the checks that were run.

    Raises:
        VersionError: If it is about others.
    """
    if report.get("schema") != REPORT_SCHEMA:
        raise VersionError(f"{version.name}: the report has schema {report.get('schema')!r}")
    environment = report["environment"]
    for name in VARIED:
        # A local label such as +cpu names the build, not the version.
        found = environment[name].partition("+")[0]
        if found != pinned[normal(name)]:
            raise VersionError(
                f"{version.name}: {name} is {found} there, but {pinned[normal(name)]} is pinned"
            )
    return {
        "schema": SCHEMA,
        "name": version.name,
        "date": datetime.now(UTC).date().isoformat(),
        "checks": digest,
        "environment": environment,
        "summary": report["summary"],
        "results": {
            result["id"]: {
                "verdict": result["verdict"],
                "reason": result["reason"],
                "measurements": {
                    item["name"]: [item["measured"], item["expected"], item["holds"]]
                    for item in result["measurements"]
                },
            }
            for result in report["results"]
        },
    }


def checks(source: Path) -> str:
    """Return a digest of the checks: only what the same checks measured can be compared.

    Comments, layout and the statements of the claims do not count.

    Args:
        source: The folder that holds adamwd.
    """
    dumps = []
    for path in sorted((source / "adamwd/claims").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.keyword) and node.arg in STATEMENTS:
                node.value = ast.Constant("")
        dumps.append(ast.dump(tree))
    return atomic.sha256("\n".join(dumps).encode())[:16]


def to_text(value: dict[str, Any]) -> str:
    """Return a recording as JSON with one claim a line, so that a difference can be read."""
    head = {key: item for key, item in value.items() if key != "results"}
    lines = [
        f" {json.dumps(claim)}: {json.dumps(result, ensure_ascii=False)}"
        for claim, result in value["results"].items()
    ]
    beginning = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    return f'{beginning},\n "results": {{\n' + ",\n".join(lines) + "\n }\n}\n"


def read(path: Path) -> dict[str, Any]:
    """Read a recording.

    Args:
        path: Its file.

    Raises:
        VersionError: If it is missing, no JSON, or of another schema.
    """
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise VersionError(f"{path.name} is missing; record it: make versions") from error
    except ValueError as error:
        raise VersionError(f"{path.name} is no JSON ({error})") from error
    keys = {"schema", "name", "date", "checks", "environment", "summary", "results"}
    if not isinstance(value, dict) or value.get("schema") != SCHEMA or set(value) != keys:
        raise VersionError(f"{path.name} is no recording of schema {SCHEMA}; record it again")
    if value["name"] != path.stem:
        raise VersionError(f"{path.name} is a recording of {value['name']}")
    return value


def stale(value: dict[str, Any], claims: Iterable[str]) -> str | None:
    """Say which claims a recording lacks, or has though there is no such claim; or None.

    Args:
        value: The recording.
        claims: Ids of all claims.
    """
    there, wanted = set(value["results"]), set(claims)
    parts = [
        f"{what} {', '.join(sorted(ids)[:3])}{' and others' if len(ids) > 3 else ''}"
        for what, ids in (("lacks", wanted - there), ("has the former", there - wanted))
        if ids
    ]
    return f"{value['name']}.json {' and '.join(parts)}; record it again" if parts else None
