"""Run every claim against the real libraries and record it: docs/data/claims.json.

    python -m scripts.claims            runs all; writes only where something is not as recorded
    python -m scripts.claims --check    writes nothing; exit 1 where a verdict, a text or a number
                                        is not as recorded

Beside the JSON lie its forms to download (Markdown, JUnit) and the tables of the evidence page.
A claim that does not hold ends this with exit code 1, and then nothing is written.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from pathlib import Path
from typing import Any

from tqdm import tqdm

from adamwd.claims import CLAIMS, report
from adamwd.claims.run import BAD, SKIPPED, Result
from adamwd.claims.verify import environment, verify
from scripts import claim_files
from scripts.claim_differences import differences, same_environment

ROOT = Path(__file__).resolve().parent.parent
DATA = Path("docs/data")
DOCUMENT = DATA / "claims.json"


class ClaimsError(Exception):
    """What was run cannot be recorded; the message has a sentence for each reason."""


def run() -> dict[str, Any]:
    """Run every claim in a process of its own, and return the document to record.

    Raises:
        ClaimsError: If a claim does not hold, or a framework is missing.
    """
    head = environment()
    missing = [name for name in ("torch", "mindspore") if head[name] == "not installed"]
    if missing:
        raise ClaimsError(
            f"{' and '.join(missing)} cannot be imported; install with: "
            f"pip install 'adamwd[{','.join(missing)}]'"
        )
    ids = list(CLAIMS)
    results = list(tqdm(verify(ids), desc="claims", unit="claim", total=len(ids), disable=None))
    if bad := [f"{r.id}: {r.verdict}: {r.reason}" for r in results if r.verdict in BAD]:
        raise ClaimsError("\n".join(bad))
    if all(result.verdict == SKIPPED for result in results):
        raise ClaimsError("nothing was verified: every claim was skipped")
    date = datetime.datetime.now(datetime.UTC).date().isoformat()
    return document({**head, "date": date}, results)


def document(head: dict[str, str], results: list[Result]) -> dict[str, Any]:
    """Return the report as JSON has it, and for each claim its check's file and what it means."""
    recorded: dict[str, Any] = json.loads(report.to_json(head, results))
    for result in recorded["results"]:
        claim = CLAIMS[result["id"]]
        result["failure"] = dict(claim.failure)
        result["source"] = claim.check.__module__.replace(".", "/") + ".py"
    return recorded


def read(path: Path) -> dict[str, Any] | None:
    """Return what is recorded, or None where there is no file of this form."""
    try:
        recorded = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    readable = isinstance(recorded, dict) and recorded.get("schema") == report.SCHEMA
    return recorded if readable else None


def main(arguments: list[str] | None = None) -> int:
    """Record or check; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where stale")
    parser.add_argument("--root", type=Path, default=ROOT, help="folder of the project")
    options = parser.parse_args(arguments)
    old = read(options.root / DOCUMENT)
    try:
        new = run()
    except ClaimsError as error:
        print(error, file=sys.stderr)
        return 1
    changed = (
        [f"{DOCUMENT}: is not there or cannot be read; make claims writes it"]
        if old is None
        else differences(old, new)
    )
    if options.check:
        changed += claim_files.stale(options.root / DATA, old) if old else []
        if changed:
            print(*changed, sep="\n", file=sys.stderr)
            return 1
        print(f"{new['summary']}; all as recorded in {DOCUMENT}")
        return 0
    # Numbers within the tolerance stay as they are, so that a run on another day changes no page.
    keep = old is not None and not changed and same_environment(old, new)
    written = claim_files.write(options.root / DATA, old if old and keep else new)
    print(f"{new['summary']}, {written} files written to {DATA}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
