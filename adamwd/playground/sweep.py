"""The sweep map: many settings of two hyper-parameters, run as one batch."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from adamwd.backends import run as run_spec
from adamwd.playground.columns import Answer, answer
from adamwd.playground.curves import joined, rows_of, stacked_sides
from adamwd.playground.requests import (
    MISTAKES,
    SIDES,
    RequestError,
    parse,
    read_pair,
    refusal,
    refused,
    refused_by,
)
from adamwd.problems import make_problem
from adamwd.spec import Spec
from adamwd.stacked import run_stacked

Array = np.ndarray[Any, Any]

FIELDS = ("lr", "beta1", "beta2", "eps", "weight_decay")
QUANTITIES = ("distance", "loss.left", "loss.right", "loss.ratio")
MOST_VALUES = 128
# 64 x 64 settings of 300 steps are 1.2 million; a few seconds are what a reader waits for a map.
MOST_SETTING_STEPS = 20_000_000


@dataclass(frozen=True)
class _Axis:
    field: str
    values: Array


def sweep(request: str) -> str | Answer:
    """Run every pair of values of two hyper-parameters, all as one batch.

    Args:
        request: ``{"specs": {"left": spec, "right": spec}, "x": {"field", "values"}, "y": {...},
            "sides": "both" | "left" | "right", "quantity": ...}``, as JSON. A field is one of
            `FIELDS`, a quantity one of `QUANTITIES`; the values take the place of what the specs of
            those sides say.

    Returns:
        ``{"shape": [ny, nx], ...}`` as JSON, and the quantity after the last step, row by row, one
        row for each value of y. Or ``{"error": ..., "errors": [...]}`` as JSON.
    """
    try:
        asked = parse(request)
        specs, refusals = read_pair(asked)
        if refusals:
            return refused(refusals)
        x, y = _axis(asked, "x"), _axis(asked, "y")
        if x.field == y.field:
            raise RequestError("y.field", f"x and y must be of two fields, got {x.field!r} twice")
        sides = _choice(asked, "sides", ("both", *SIDES))
        quantity = _choice(asked, "quantity", QUANTITIES)
        settings = len(x.values) * len(y.values)
        if settings * specs["left"].steps > MOST_SETTING_STEPS:
            raise RequestError(
                "steps",
                f"{settings} settings of {specs['left'].steps} steps are too many: "
                f"at most {MOST_SETTING_STEPS} steps in all",
            )
        varied = SIDES if sides == "both" else (sides,)
        if errors := _refusals(specs, x, y, varied):
            return refused(errors)
    except RequestError as error:
        return refused_by(error)
    z = _quantity(specs, x, y, varied, quantity)
    return answer({"z": z}, shape=list(z.shape))


def _quantity(
    specs: Mapping[str, Spec], x: _Axis, y: _Axis, varied: tuple[str, ...], quantity: str
) -> Array:
    count = len(x.values) * len(y.values)
    grid = {
        x.field: np.tile(x.values, len(y.values)),
        y.field: np.repeat(y.values, len(x.values)),
    }
    rows = {s: rows_of(specs[s], count, **(grid if s in varied else {})) for s in SIDES}
    adamw, other = stacked_sides(specs)
    left = specs["left"]
    problem = make_problem(left.problem, left.problem_options, left.seed)
    history = run_stacked(
        problem,
        joined([rows[side] for side in adamw]),
        joined([rows[side] for side in other]),
        left.steps,
        schedule=left.schedule,
    )
    last = history.parameters[-1].astype(np.float64)
    order = [*adamw, *other]
    points = {s: last[order.index(s) * count : (order.index(s) + 1) * count] for s in SIDES}
    with np.errstate(all="ignore"):
        if quantity == "distance":
            difference = points["left"] - points["right"]
            z = np.sqrt((difference * difference).sum(axis=-1))
        else:
            loss = {side: problem.losses(points[side]) for side in SIDES}
            name = quantity.removeprefix("loss.")
            z = loss["right"] / loss["left"] if name == "ratio" else loss[name]
    return np.asarray(z).reshape(len(y.values), len(x.values))


def _axis(asked: Mapping[str, Any], name: str) -> _Axis:
    given = asked.get(name)
    if not isinstance(given, Mapping):
        raise RequestError(name, f"{name} must have a field and values, got {given!r}")
    field = _choice(given, "field", FIELDS, f"{name}.field")
    values = given.get("values")
    if not isinstance(values, list) or not 1 <= len(values) <= MOST_VALUES:
        raise RequestError(f"{name}.values", f"{name}.values must hold 1 to {MOST_VALUES} numbers")
    for value in values:
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not is_number or not math.isfinite(value):
            raise RequestError(f"{name}.values", f"{field} must be finite numbers, got {value!r}")
    return _Axis(field, np.array(values, np.float64))


def _choice(
    asked: Mapping[str, Any], name: str, choices: tuple[str, ...], field: str | None = None
) -> str:
    value = asked.get(name)
    if value not in choices:
        raise RequestError(
            field or name, f"{field or name} must be one of {', '.join(choices)}, got {value!r}"
        )
    return str(value)


def _refusals(
    specs: Mapping[str, Spec], x: _Axis, y: _Axis, varied: tuple[str, ...]
) -> list[dict[str, Any]]:
    """Return what the optimizers say to the smallest and the largest value of each axis."""
    errors = []
    for side in varied:
        for name, axis in (("x", x), ("y", y)):
            for value in (float(axis.values.min()), float(axis.values.max())):
                try:
                    _try(specs[side], axis.field, value)
                except MISTAKES as error:
                    errors.append(refusal(side, f"{name}.values", error))
                    break
    return errors


def _try(spec: Spec, field: str, value: float) -> None:
    hyperparameters = dict(spec.hyperparameters)
    if spec.optimizer.endswith(".AdamWeightDecay"):
        hyperparameters["learning_rate" if field == "lr" else field] = value
    elif field.startswith("beta"):
        betas = list(hyperparameters.get("betas", (0.9, 0.999)))
        betas[int(field[-1]) - 1] = value
        hyperparameters["betas"] = betas
    else:
        hyperparameters[field] = value
    run_spec(replace(spec, hyperparameters=hyperparameters, steps=1, record_every=1), "numpy")
