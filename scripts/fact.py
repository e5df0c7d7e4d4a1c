"""Fact: one number of the prose, with where it comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """One number.

    Attributes:
        id: What a page names it by.
        value: The number as measured.
        text: The number as a page prints it.
        unit: Its unit; "" where it has none.
        how: How it was measured, one sentence for each language.
        source: The files it was computed from.
        versions: Versions of the libraries that made those files.
    """

    id: str
    value: float | str
    text: str
    unit: str
    how: dict[str, str]
    source: list[str]
    versions: dict[str, str]
