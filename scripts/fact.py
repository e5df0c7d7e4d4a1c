"""Fact: one number of the prose, with where it comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """One number that was computed from recorded runs.

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


@dataclass(frozen=True)
class ClaimFact:
    """One thing that the check of a claim measured.

    Attributes:
        id: What a page names it by: the claim, a slash, and the measurement's name as a slug.
        value: What was measured.
        text: What a page prints; "" for a truth value, which no page prints.
        measurement: The measurement's name.
        expected: What it should be.
    """

    id: str
    value: float | str | bool
    text: str
    measurement: str
    expected: str


@dataclass(frozen=True)
class CitedClaim:
    """What a page's mark says of a claim.

    Attributes:
        statement: The statement, by language.
        verdict: How its check ended.
        source: The file of its check.
    """

    statement: dict[str, str]
    verdict: str
    source: str
