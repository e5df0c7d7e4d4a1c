"""The report of a verification: a table to read, Markdown to paste, JSON and JUnit for programs."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from xml.etree import ElementTree

from rich.console import Console
from rich.table import Table

from adamwd.claims import CLAIMS
from adamwd.claims.run import BAD, HOLDS, SKIPPED, Result
from adamwd.jsonable import number_to_json

SCHEMA = 1
_MARKS = {HOLDS: ("✓", "green"), SKIPPED: ("–", "yellow")}


def summary(results: Sequence[Result]) -> str:
    """Return one line: how many claims ended how."""
    counts = Counter(result.verdict for result in results)
    parts = [f"{count} {verdict}" for verdict, count in counts.most_common()]
    return f"{len(results)} claims: {', '.join(parts)}" if results else "no claims"


def print_table(console: Console, environment: dict[str, str], results: Sequence[Result]) -> None:
    """Print the report for a reader: what does not hold comes with everything it measured.

    Args:
        console: Where to.
        environment: Versions and device.
        results: What to report.
    """
    table = Table(box=None, pad_edge=False)
    for heading in ("", "claim", "measured", "expected"):
        table.add_column(heading, overflow="fold")
    for result in results:
        mark, colour = _MARKS.get(result.verdict, ("✗", "red bold"))
        shown = list(result.measurements if result.verdict in BAD else result.measurements[:1])
        first = shown.pop(0) if shown else None
        table.add_row(
            f"[{colour}]{mark}[/]",
            result.id,
            "" if first is None else f"{first.name}: {_text(first.measured)}",
            "" if first is None else first.expected,
        )
        for item in shown:
            table.add_row("", "", f"{item.name}: {_text(item.measured)}", item.expected)
        if result.reason:
            table.add_row("", "", f"[{colour}]{result.verdict}[/]: {result.reason}", "")
    console.print(table)
    console.print(_environment_line(environment))
    console.print(summary(results))


def to_markdown(environment: dict[str, str], results: Sequence[Result]) -> str:
    """Return the report as Markdown, to paste into an issue."""
    lines = [
        f"**adamwd verify**: {summary(results)}",
        "",
        _environment_line(environment),
        "",
        "| claim | verdict | measured | expected |",
        "| --- | --- | --- | --- |",
    ]
    for result in results:
        items = result.measurements or (None,)
        for index, item in enumerate(items):
            head = [f"`{result.id}`", result.verdict] if index == 0 else ["", ""]
            cells = (
                ["", ""]
                if item is None
                else [f"{item.name}: {_text(item.measured)}", item.expected]
            )
            if index == 0 and result.reason:
                cells[1] = f"{cells[1]} {result.reason}".strip()
            lines.append("| " + " | ".join(c.replace("|", "\\|") for c in [*head, *cells]) + " |")
    return "\n".join(lines) + "\n"


def to_json(environment: dict[str, str], results: Sequence[Result]) -> str:
    """Return the report as JSON: environment, and each result with statement and measurements."""
    return (
        json.dumps(
            {
                "schema": SCHEMA,
                "environment": environment,
                "summary": summary(results),
                "results": [_result_to_json(result) for result in results],
            },
            ensure_ascii=False,
            allow_nan=False,
            indent=1,
        )
        + "\n"
    )


def to_junit(environment: dict[str, str], results: Sequence[Result]) -> str:
    """Return the report as JUnit XML, one test case a claim."""
    suite = ElementTree.Element(
        "testsuite",
        name="adamwd verify",
        tests=str(len(results)),
        failures=str(sum(result.verdict == "fails" for result in results)),
        errors=str(sum(r.verdict in BAD and r.verdict != "fails" for r in results)),
        skipped=str(sum(result.verdict == SKIPPED for result in results)),
        time=f"{sum(result.seconds for result in results):.3f}",
    )
    properties = ElementTree.SubElement(suite, "properties")
    for name, value in environment.items():
        ElementTree.SubElement(properties, "property", name=name, value=value)
    for result in results:
        case = ElementTree.SubElement(
            suite,
            "testcase",
            classname=result.category,
            name=result.id,
            time=f"{result.seconds:.3f}",
        )
        if result.verdict == SKIPPED:
            ElementTree.SubElement(case, "skipped", message=result.reason)
        elif result.verdict in BAD:
            tag = "failure" if result.verdict == "fails" else "error"
            ElementTree.SubElement(case, tag, message=result.reason, type=result.verdict)
        output = ElementTree.SubElement(case, "system-out")
        output.text = "\n".join(
            f"{item.name}: {_text(item.measured)}; expected {item.expected}"
            for item in result.measurements
        )
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def _result_to_json(result: Result) -> dict[str, Any]:
    value = asdict(result)
    for item in value["measurements"]:
        if isinstance(item["measured"], float):
            item["measured"] = number_to_json(item["measured"])
    return {**value, "statement": dict(CLAIMS[result.id].statement)}


def _environment_line(environment: dict[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in environment.items())


def _text(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
