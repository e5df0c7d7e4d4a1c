"""The tables of versions: what was run, and what differs; both languages include them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

RELATIVE = 1e-3
MARKS = {"holds": "✓", "fails": "✗", "skipped": "–"}
OTHER = "!"
_NAMES = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


RUN_KEYS = ("torch", "mindspore", "numpy", "python", "platform", "device")


def tables(recordings: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Return the Markdown tables by the names of their files; no recordings, no tables.

    Args:
        recordings: What was recorded, that of the current versions first.
    """
    if not recordings:
        return {}
    return {"runs.md": runs(recordings), "table.md": table(recordings)}


def runs(recordings: Sequence[dict[str, Any]]) -> str:
    """Return a Markdown table of the recordings: on what and when each was made."""
    rows = [[f"`{key}`" for key in ("name", *RUN_KEYS, "date")], [":--"] * (len(RUN_KEYS) + 2)]
    rows += [
        [f"`{one['name']}`", *[one["environment"][key] for key in RUN_KEYS], one["date"]]
        for one in recordings
    ]
    return _lines(rows)


def table(recordings: Sequence[dict[str, Any]]) -> str:
    """Return a Markdown table: a column a recording, rows for the claims that differ.

    A claim differs where its verdict does, or a number that it measured by more than `RELATIVE`.
    The row of a claim has its verdicts; a row below it, one thing measured.

    Args:
        recordings: What was recorded; the first is what the others are compared with.
    """
    heads = [_head(recording["environment"]) for recording in recordings]
    rows = [["`claim`", *heads], [":--", *[":-:" for _ in heads]]]
    results = [recording["results"] for recording in recordings]
    rows += _counts(results)
    for claim in results[0]:
        rows += _rows(claim, [result[claim] for result in results])
    return _lines(rows)


def differing(results: Sequence[dict[str, Any]]) -> list[str]:
    """Return the names of what one claim measured, where the versions differ.

    Limits that hold everywhere are left out: below a limit there is only rounding.

    Args:
        results: The claim's result on each version.
    """
    measured = [result["measurements"] for result in results]
    ended = [items for items, result in zip(measured, results, strict=True) if _ended(result)]
    names = list(dict.fromkeys(name for items in measured for name in items))
    return [name for name in names if not _agree([items.get(name) for items in ended])]


def slug(name: str) -> str:
    """Return a measurement's name as the ids of facts have it."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def same(a: Any, b: Any) -> bool:
    """Say whether two measured values are the same: numbers within `RELATIVE`."""
    x, y = _number(a), _number(b)
    if x is None or y is None:
        return bool(a == b)
    return (math.isnan(x) and math.isnan(y)) or math.isclose(x, y, rel_tol=RELATIVE)


def _lines(rows: Sequence[Sequence[str]]) -> str:
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _agree(items: Sequence[Any]) -> bool:
    """Say whether measurements (value, expected, holds; None where missing) agree."""
    if any(item is None for item in items):
        return all(item is None for item in items)
    if all(item[2] and item[1].startswith("at most ") for item in items):
        return True
    return all(same(items[0][0], item[0]) and items[0][2] == item[2] for item in items)


def _ended(result: dict[str, Any]) -> bool:
    return result["verdict"] in ("holds", "fails")


def _rows(claim: str, results: Sequence[dict[str, Any]]) -> list[list[str]]:
    names = differing(results)
    if not names and len({result["verdict"] for result in results}) == 1:
        return []
    head = f'<span data-claim="{claim}">`{claim}`</span>'
    rows = [[head, *[MARKS.get(result["verdict"], OTHER) for result in results]]]
    for name in names:
        items = [result["measurements"].get(name) for result in results]
        rows.append([f"↳ {slug(name)}", *[_cell(item) for item in items]])
    return rows


def _counts(results: Sequence[dict[str, Any]]) -> list[list[str]]:
    rows = []
    for mark in (*MARKS.values(), OTHER):
        counts = [
            sum(MARKS.get(result["verdict"], OTHER) == mark for result in one.values())
            for one in results
        ]
        if any(counts):
            rows.append([f"**{mark}**", *[f"**{count}**" for count in counts]])
    return rows


def _head(environment: dict[str, str]) -> str:
    torch = environment["torch"].partition("+")[0]
    return f"PyTorch {torch}<br>MindSpore {environment['mindspore']}"


def _cell(item: Any) -> str:
    if item is None:
        return ""
    value = item[0]
    number = None if isinstance(value, bool) else _number(value)
    if number is None:
        text = f"`{value}`".replace("|", "\\|")
    else:
        text = str(value) if isinstance(value, (int, str)) else f"{number:.4g}"
    return text if item[2] else f"✗ {text}"


def _number(value: Any) -> float | None:
    if isinstance(value, str):
        return _NAMES.get(value)
    return None if isinstance(value, bool) else float(value)
