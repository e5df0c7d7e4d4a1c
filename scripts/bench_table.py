"""The tables of the bench: ratios with what was asked of them, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        name: What was measured, by language.
        limit: What was asked for, as text.
        value: What was found, as a number.
        shown: The same as text.
        holds: Whether it is what was asked for.
    """

    name: dict[str, str]
    limit: str
    value: float
    shown: str
    holds: bool


_HEADS = {
    "zh": ("测量项", "要求", "测得", "达到"),
    "en": ("Measured", "Asked", "Found", "Met"),
}
_NAMES = {
    "archives": {"zh": "字节码归档", "en": "Bytecode archives"},
    "snapshot": {"zh": "内存快照", "en": "Memory snapshot"},
}
_KINDS = {
    "cold": {"zh": "首次启动", "en": "cold start"},
    "second": {"zh": "再次访问", "en": "second visit"},
    "bytes": {"zh": "传输字节", "en": "bytes on the wire"},
}
# Ratios to stock Pyodide with NumPy; the snapshot's bytes have no limit of their own.
_LIMITS = {
    ("archives", "cold"): 0.42,
    ("archives", "second"): 0.35,
    ("archives", "bytes"): 0.78,
    ("snapshot", "cold"): 0.22,
    ("snapshot", "second"): 0.14,
}
_OF_STOCK = {"zh": "（与原样加载之比）", "en": ", ratio to stock"}


def rows(value: dict[str, Any]) -> list[Row]:
    """Return what was measured beside what was asked for.

    Args:
        value: The recording.
    """
    starts, calls = value["starts"], value["calls"]
    found = []
    for (way, kind), limit in _LIMITS.items():
        ratio = starts[way][kind] / starts["stock"][kind]
        of = _of(kind, starts[way][kind], starts["stock"][kind])
        name = {
            language: f"{_NAMES[way][language]}{'：' if language == 'zh' else ', '}"
            f"{_KINDS[kind][language]}{_OF_STOCK[language]}"
            for language in ("zh", "en")
        }
        found.append(Row(name, f"≤ {limit}", ratio, f"{ratio:.2f} ({of})", ratio <= limit))
    ratio = calls["curves"] / calls["curves_native"]
    faster = calls["one_after_another"] / calls["sweep"]
    sent = starts["snapshot"]["second_bytes"]
    return [
        *found,
        Row(
            {
                "zh": "内存快照：再次访问时为 Python 传输的字节",
                "en": "Memory snapshot, bytes of Python sent on a second visit",
            },
            "0",
            sent,
            f"{sent:.0f}",
            sent == 0,
        ),
        _timed(
            {"zh": "停止后重新运行", "en": "Stop and run again"},
            calls["stop_and_run"],
            300,
            "≤ 300 ms",
        ),
        Row(
            {
                "zh": "500 步、两个优化器、两个参数：浏览器与原生 CPython 用时之比",
                "en": "500 steps of two optimizers on two parameters: browser to native CPython",
            },
            "≤ 2.9",
            ratio,
            f"{ratio:.2f} ({calls['curves']:.1f}\u00a0/\u00a0{calls['curves_native']:.1f}\u00a0ms)",
            ratio <= 2.9,
        ),
        Row(
            {
                "zh": "拖动滑块到图重画：帧数的中位数",
                "en": "Slider to redrawn chart: frames, median",
            },
            "≤ 2",
            calls["frames"],
            f"{calls['frames']:g}",
            calls["frames"] <= 2,
        ),
        Row(
            {
                "zh": "64 × 64 组设置各 300 步作为一批，比逐个运行快多少倍",
                "en": "64 × 64 settings of 300 steps as one batch: times faster than one by one",
            },
            "≥ 100",
            faster,
            f"{faster:.0f} ({_milliseconds(calls['sweep'])})",
            faster >= 100,
        ),
    ]


def tables(value: dict[str, Any]) -> dict[str, str]:
    """Return the Markdown tables by the names of their files.

    Args:
        value: The recording.
    """
    return {f"table.{language}.md": _table(value, language) for language in ("zh", "en")}


def _table(value: dict[str, Any], language: str) -> str:
    environment = value["environment"]
    lines = [_HEADS[language], (":--", "--:", "--:", ":-:")]
    lines += [
        (row.name[language], row.limit, row.shown, "✓" if row.holds else "✗") for row in rows(value)
    ]
    body = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    made = {
        "zh": "{date} 在 {processor}（{platform}，{cores} 核）上以 {browser}、"
        "Pyodide 中的 NumPy {numpy} 测得；对照是 {cpython}。共 {rounds} 轮，取中位数。",
        "en": "Measured on {date} with {browser} and NumPy {numpy} in Pyodide, against {cpython}, "
        "on {processor} ({platform}, {cores} cores). Medians of {rounds} rounds.",
    }[language]
    return f"{body}\n\n{made.format(**environment, rounds=value['rounds'])}\n"


def _timed(name: dict[str, str], value: float, limit: float, asked: str) -> Row:
    return Row(name, asked, value, _milliseconds(value), value <= limit)


def _milliseconds(value: float) -> str:
    return f"{value:.0f}\u00a0ms"


def _of(kind: str, value: float, stock: float) -> str:
    """Return both numbers that a ratio is of, which stay on one line."""
    if kind == "bytes":
        return f"{value / 1e6:.2f}\u00a0/\u00a0{stock / 1e6:.2f}\u00a0MB"
    return f"{value:.0f}\u00a0/\u00a0{stock:.0f}\u00a0ms"
