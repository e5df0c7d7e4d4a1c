"""Run one claim here, in this process, and say how it ended."""

import time
import traceback
from dataclasses import dataclass
from typing import Any

from adamwd.backends import BackendUnavailable
from adamwd.claims import CLAIMS, Claim, Measurement, Measurements, Skip

HOLDS, FAILS, SKIPPED, ERROR, TIMEOUT, CRASHED = (
    "holds",
    "fails",
    "skipped",
    "error",
    "timeout",
    "crashed",
)
# Verdicts under which a claim is not shown to hold.
BAD = (FAILS, ERROR, TIMEOUT, CRASHED)


@dataclass(frozen=True)
class Result:
    """How the check of one claim ended.

    Attributes:
        id: Id of the claim.
        category: Its category.
        verdict: ``"holds"``, ``"fails"``, ``"skipped"``, ``"error"``, ``"timeout"`` or
            ``"crashed"``.
        reason: Why it was skipped or what went wrong, else ``""``.
        measurements: What was measured.
        seconds: How long the check took.
    """

    id: str
    category: str
    verdict: str
    reason: str
    measurements: tuple[Measurement, ...]
    seconds: float


def run_claim(claim_id: str) -> Result:
    """Run the check of a claim in this process.

    Args:
        claim_id: A key of `CLAIMS`.

    Returns:
        How it ended; an exception in the check is the verdict ``"error"``.
    """
    claim = CLAIMS[claim_id]
    begin = time.perf_counter()
    measurements = Measurements()
    reason = ""
    try:
        skip = _reason_to_skip(claim)
        if skip:
            verdict, reason = SKIPPED, skip
        else:
            claim.check(measurements)
            verdict, reason = _verdict(measurements)
    except (Skip, BackendUnavailable) as error:
        verdict, reason = SKIPPED, str(error)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        verdict = ERROR
        reason = f"{type(error).__name__}: {_first_line(error)} ({last.name}, line {last.lineno})"
    return Result(
        claim.id,
        claim.category,
        verdict,
        reason,
        tuple(measurements.items),
        round(time.perf_counter() - begin, 3),
    )


def _reason_to_skip(claim: Claim) -> str:
    for framework in claim.needs:
        try:
            __import__(framework)
        except ImportError as error:
            return f"{framework} cannot be imported ({error}); pip install 'adamwd[{framework}]'"
    if claim.devices and "mindspore" in claim.needs:
        device = mindspore_device()
        if device not in claim.devices:
            return f"is about {', '.join(claim.devices)}, and MindSpore runs on {device} here"
    return ""


def _verdict(measurements: Measurements) -> tuple[str, str]:
    if not measurements.items:
        return ERROR, "the check measured nothing"
    wrong = [item.name for item in measurements.items if not item.holds]
    return (FAILS, f"not as claimed: {'; '.join(wrong)}") if wrong else (HOLDS, "")


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else ""


def mindspore_device() -> str:
    """Return MindSpore's current device target: ``"CPU"``, ``"GPU"`` or ``"Ascend"``."""
    import mindspore

    device: Any = mindspore.get_context("device_target")
    return str(device)
