"""The learning rate over the steps: constant, warm-up, cosine, or a list."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

KINDS = {
    "constant": (),
    "warmup": ("warmup_steps",),
    "cosine": ("warmup_steps", "minimum_ratio"),
    "list": ("values",),
}


class ScheduleError(ValueError):
    """A schedule that cannot be followed; the message names the value and what was expected."""


def is_constant(schedule: Mapping[str, Any]) -> bool:
    """Say whether a schedule leaves the learning rate as it is.

    Args:
        schedule: The schedule of a `Spec`.
    """
    return bool(schedule.get("kind", "constant") == "constant")


def check_schedule(schedule: Mapping[str, Any], steps: int) -> None:
    """Refuse a schedule that cannot be followed.

    Args:
        schedule: ``{}`` or ``{"kind": "constant"}``; ``{"kind": "warmup", "warmup_steps": n}``;
            ``{"kind": "cosine", "warmup_steps": n, "minimum_ratio": r}``;
            ``{"kind": "list", "values": [...]}``.
        steps: Number of steps of the run.

    Raises:
        ScheduleError: If the kind is not known, a field is missing, unknown or out of range, or a
            list has fewer values than there are steps.
    """
    kind = schedule.get("kind", "constant")
    if not isinstance(kind, str) or kind not in KINDS:
        raise ScheduleError(f"schedule kind must be one of {', '.join(KINDS)}, got {kind!r}")
    for name in schedule:
        if name != "kind" and name not in KINDS[kind]:
            raise ScheduleError(f"a schedule of kind {kind!r} has no field {name!r}")
    for name in KINDS[kind]:
        if name not in schedule:
            raise ScheduleError(f"a schedule of kind {kind!r} needs the field {name!r}")
    if "warmup_steps" in schedule:
        _check_warmup_steps(schedule["warmup_steps"])
    if "minimum_ratio" in schedule:
        _check_minimum_ratio(schedule["minimum_ratio"])
    if "values" in schedule:
        _check_values(schedule["values"], steps)


def learning_rates(schedule: Mapping[str, Any], lr: float, steps: int) -> list[float]:
    r"""Return the learning rate of every step.

    With $n$ warm-up steps the factor of step $t$ is $\min(1, t/n)$; from there a cosine falls from
    1 to the minimum ratio $r$ at the last step $T$:
    $r + (1-r)\,\tfrac12\bigl(1 + \cos\pi\tfrac{t-n}{T-n}\bigr)$.

    Args:
        schedule: The schedule, as `check_schedule` takes it.
        lr: The learning rate that the factors multiply; a list holds rates and ignores it.
        steps: Number of steps $T$.

    Returns:
        One rate for each of the steps 1 to `steps`. All but constant ones are rounded to float32,
        which is what MindSpore makes of them, so that every framework and platform gets the same
        numbers.

    Raises:
        ScheduleError: If the schedule cannot be followed.
    """
    check_schedule(schedule, steps)
    if is_constant(schedule):
        return [lr] * steps
    if schedule["kind"] == "list":
        return [_rounded(value) for value in schedule["values"][:steps]]
    warmup_steps = schedule["warmup_steps"]
    minimum_ratio = schedule.get("minimum_ratio", 1.0)
    return [
        _rounded(lr * _factor(step, steps, warmup_steps, minimum_ratio))
        for step in range(1, steps + 1)
    ]


def _factor(step: int, steps: int, warmup_steps: int, minimum_ratio: float) -> float:
    if step < warmup_steps:
        return step / warmup_steps
    if step == warmup_steps or steps <= warmup_steps:
        return 1.0
    part = (step - warmup_steps) / (steps - warmup_steps)
    return minimum_ratio + (1.0 - minimum_ratio) * 0.5 * (1.0 + math.cos(math.pi * part))


def _rounded(value: float) -> float:
    with np.errstate(over="ignore"):
        return float(np.float32(value))


def _check_warmup_steps(value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 1_000_000:
        raise ScheduleError(f"warmup_steps must be a whole number from 0 to 1000000, got {value!r}")


def _check_minimum_ratio(value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise ScheduleError(f"minimum_ratio must be a number from 0 to 1, got {value!r}")


def _check_values(values: Any, steps: int) -> None:
    if isinstance(values, str) or not isinstance(values, Sequence):
        raise ScheduleError(f"values must be a list of learning rates, got {values!r}")
    for index, value in enumerate(values):
        if (
            isinstance(value, bool)
            or not isinstance(value, (int, float))
            or not 0 <= value < math.inf
        ):
            raise ScheduleError(
                f"values[{index}] must be a learning rate, at least 0 and finite, got {value!r}"
            )
    if len(values) < steps:
        raise ScheduleError(
            f"values must hold one learning rate a step, {steps} in all, got {len(values)}"
        )


def rates_at(schedule: Mapping[str, Any], lr: Any, indices: Any, steps: int) -> Any:
    """Return what `learning_rates` gives for many learning rates, at some steps.

    Args:
        schedule: The schedule.
        lr: Learning rates, float64, shape (rows,).
        indices: Step numbers counted from 0, shape (n,).
        steps: Number of steps of the run.

    Returns:
        A float64 array of shape (n, rows).
    """
    rates = np.asarray(lr, np.float64)
    if is_constant(schedule):
        return np.broadcast_to(rates, (len(indices), len(rates)))
    if schedule["kind"] == "list":
        values = np.array([_rounded(schedule["values"][index]) for index in indices])
        return np.broadcast_to(values[:, np.newaxis], (len(indices), len(rates)))
    ratio = schedule.get("minimum_ratio", 1.0)
    factors = [_factor(int(i) + 1, steps, schedule["warmup_steps"], ratio) for i in indices]
    with np.errstate(over="ignore"):
        return (np.array(factors)[:, np.newaxis] * rates).astype(np.float32).astype(np.float64)
