"""Claim: one statement about the two optimizers, and the check that measures it."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

CATEGORIES = (
    "update-rule",
    "defaults",
    "decay",
    "groups",
    "schedules",
    "calls",
    "validation",
    "state",
    "precision",
    "reloading",
    "availability",
)


@dataclass(frozen=True)
class Measurement:
    """One thing that a check measured, and what the claim says that it should be.

    Attributes:
        name: What was measured, in English, such as ``"ratio of the first steps"``.
        measured: A number, a truth value or a short text.
        expected: What it should be, as a text such as ``"3.1623 (relative 1e-05)"``.
        holds: Whether it is so.
    """

    name: str
    measured: Any
    expected: str
    holds: bool


@dataclass
class Measurements:
    """What a check collects; each method adds one `Measurement`."""

    items: list[Measurement] = field(default_factory=list)

    def close(self, name: str, measured: float, expected: float, relative: float) -> None:
        """Add a number that should be close to another one.

        Args:
            name: What was measured.
            measured: The number.
            expected: What it should be.
            relative: The largest relative error allowed.
        """
        measured, expected = float(measured), float(expected)
        holds = math.isclose(measured, expected, rel_tol=relative, abs_tol=0.0)
        self._add(name, measured, f"{expected:.6g} (relative {relative:g})", holds)

    def below(self, name: str, measured: float, limit: float) -> None:
        """Add a number that should not be larger than a limit."""
        self._add(name, float(measured), f"at most {limit:g}", float(measured) <= limit)

    def above(self, name: str, measured: float, limit: float) -> None:
        """Add a number that should be larger than a limit."""
        self._add(name, float(measured), f"more than {limit:g}", float(measured) > limit)

    def equal(self, name: str, measured: Any, expected: Any) -> None:
        """Add a value that should be equal to another one; NaN is equal to NaN."""
        both_nan = measured != measured and expected != expected
        self._add(name, measured, str(expected), bool(both_nan or measured == expected))

    def raises(
        self, name: str, expected: type[BaseException] | None, call: Callable[[], Any]
    ) -> None:
        """Add the type of the exception that a call raises.

        Args:
            name: What is called.
            expected: The type that it should raise, exactly; None if it should raise nothing.
            call: The call.
        """
        outcome = "accepted"
        try:
            call()
        except Exception as error:
            outcome = type(error).__name__
        wanted = "accepted" if expected is None else expected.__name__
        self._add(name, outcome, wanted, outcome == wanted)

    def _add(self, name: str, measured: Any, expected: str, holds: bool) -> None:
        plain = measured.item() if hasattr(measured, "item") else measured
        if not isinstance(plain, (bool, int, float, str)):
            plain = str(plain)
        self.items.append(Measurement(name, plain, expected, holds))


@dataclass(frozen=True)
class Claim:
    """One statement, with the check that runs the real libraries.

    Attributes:
        id: Its name, ``"<category>.<what>"``, such as ``"update-rule.first-step-ratio"``.
        category: One of `CATEGORIES`.
        statement: The statement, by language (``"zh"``, ``"en"``), without numbers.
        failure: What it would mean for the claim to fail, by language.
        needs: Which of ``"torch"`` and ``"mindspore"`` the check runs.
        devices: MindSpore devices that the claim is about; empty for all.
        check: Runs the libraries and adds what it measures.
    """

    id: str
    category: str
    statement: Mapping[str, str]
    failure: Mapping[str, str]
    needs: tuple[str, ...]
    devices: tuple[str, ...]
    check: Callable[[Measurements], None]


CLAIMS: dict[str, Claim] = {}


def claim(
    claim_id: str,
    *,
    zh: str,
    en: str,
    failure_zh: str,
    failure_en: str,
    needs: tuple[str, ...] = ("torch", "mindspore"),
    devices: tuple[str, ...] = (),
) -> Callable[[Callable[[Measurements], None]], Callable[[Measurements], None]]:
    """Register a check as a claim.

    Args:
        claim_id: ``"<category>.<what>"``.
        zh: The statement in Chinese, without numbers.
        en: The statement in English, without numbers.
        failure_zh: What it would mean for the claim to fail, in Chinese.
        failure_en: The same in English.
        needs: Frameworks that the check runs.
        devices: MindSpore devices that the claim is about; none for all.

    Returns:
        A decorator that leaves the check as it is.

    Raises:
        ValueError: If the id is taken, or its category is not one of `CATEGORIES`.
    """
    category = claim_id.partition(".")[0]
    if category not in CATEGORIES:
        raise ValueError(f"{claim_id}: the category must be one of {', '.join(CATEGORIES)}")

    def register(check: Callable[[Measurements], None]) -> Callable[[Measurements], None]:
        if claim_id in CLAIMS:
            raise ValueError(f"{claim_id}: there is a claim of this id already")
        CLAIMS[claim_id] = Claim(
            claim_id,
            category,
            {"zh": zh, "en": en},
            {"zh": failure_zh, "en": failure_en},
            needs,
            devices,
            check,
        )
        return check

    return register


class Skip(Exception):
    """Raised by a check that cannot run with the installed version; the message says why."""
