"""What is made of the recorded claims: files to download, and the tables of the evidence page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from adamwd.claims import Measurement, report
from adamwd.claims.run import Result
from scripts import atomic
from scripts.claim_table import LANGUAGES, tables

# The name of the record itself; it is written last.
RECORD = "claims.json"


def files(document: dict[str, Any]) -> dict[str, bytes]:
    """Return the contents of every file by name: the same document gives the same bytes."""
    head, results = document["environment"], [_result(one) for one in document["results"]]
    texts = {
        "claims.md": report.to_markdown(head, results),
        "claims.junit.xml": report.to_junit(head, results),
        **{f"claims.{language}.html": tables(document, language) for language in LANGUAGES},
        RECORD: json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1) + "\n",
    }
    return {name: text.encode() for name, text in texts.items()}


def write(folder: Path, document: dict[str, Any]) -> int:
    """Write every file that is not as it should be, and return how many those were."""
    return sum(atomic.write(folder / name, data) for name, data in files(document).items())


def stale(folder: Path, document: dict[str, Any]) -> list[str]:
    """Return a sentence for each file that is not what the document gives."""
    return [
        f"{folder / name}: is not what {RECORD} says; make claims writes it"
        for name, data in files(document).items()
        if not (folder / name).is_file() or (folder / name).read_bytes() != data
    ]


def _result(one: dict[str, Any]) -> Result:
    return Result(
        one["id"],
        one["category"],
        one["verdict"],
        one["reason"],
        tuple(Measurement(**item) for item in one["measurements"]),
        one["seconds"],
    )
