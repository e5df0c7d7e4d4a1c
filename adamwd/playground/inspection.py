"""The step inspector: both rules at one step, for one component of the parameters."""

import json
import math
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

import numpy as np

from adamwd.backends.arguments import learning_rates_of
from adamwd.jsonable import number_to_json
from adamwd.playground.curves import is_adam_weight_decay, rows_of
from adamwd.playground.requests import (
    SIDES,
    RequestError,
    parse,
    read_pair,
    refused,
    refused_by,
)
from adamwd.playground.rule_lines import (
    Before,
    Line,
    adam_weight_decay_lines,
    adamw_lines,
)
from adamwd.problems import Problem, make_problem
from adamwd.spec import Spec
from adamwd.stacked import run_stacked

# A few units in the last place of float32: what one line's roundings can amount to.
ROUNDING = 2.0**-21


def inspection(request: str) -> str:
    """Return the lines of both rules at one step, for one component of the parameters.

    Args:
        request: ``{"specs": {"left": spec, "right": spec}, "step": t, "component": index}``, as
            JSON; t counts from 1.

    Returns:
        ``{"step", "component": name, "sides": {side: {"algorithm", "lines": [{"id", "formula",
        "substituted", "value", "differs", "own"}]}}}`` as JSON. Or ``{"error": ...}``.
    """
    try:
        asked = parse(request)
        specs, refusals = read_pair(asked)
        if refusals:
            return refused(refusals)
        left = specs["left"]
        problem = make_problem(left.problem, left.problem_options, left.seed)
        step = _whole_number(asked, "step", 1, left.steps)
        component = _whole_number(asked, "component", 0, len(problem.components) - 1)
    except RequestError as error:
        return refused_by(error)
    with np.errstate(all="ignore"):
        lines = {s: _lines(problem, specs[s], step, component) for s in SIDES}
    return json.dumps(
        {
            "step": step,
            "component": problem.components[component],
            "sides": {
                side: {"algorithm": specs[side].optimizer, "lines": _marked(lines, side)}
                for side in SIDES
            },
        }
    )


def _marked(lines: Mapping[str, list[Line]], side: str) -> list[dict[str, Any]]:
    """Return a side's lines, each with whether it differs from the other side's."""
    other = {line.id: line for line in lines["right" if side == "left" else "left"]}
    return [
        {
            "id": line.id,
            "formula": line.formula,
            "substituted": line.substituted,
            "value": number_to_json(line.value),
            "differs": line.id not in other
            or not _same(float(line.value), float(other[line.id].value)),
            "own": line.own and line.id not in other,
        }
        for line in lines[side]
    ]


def _same(a: float, b: float) -> bool:
    """Say whether two values are the same but for the roundings of one line."""
    if math.isnan(a) or math.isnan(b):
        return math.isnan(a) and math.isnan(b)
    return a == b or abs(a - b) <= ROUNDING * max(abs(a), abs(b))


def _lines(problem: Problem, spec: Spec, step: int, component: int) -> list[Line]:
    before = _before(problem, spec, step, component)
    rates = learning_rates_of(spec)
    rows = rows_of(spec)
    lr = float(rows.lr[0]) if rates is None else rates[step - 1]
    if not is_adam_weight_decay(spec):
        return adamw_lines(rows, before, lr, step)
    names = [name for name, array in problem.start.items() for _ in range(array.size)]
    return adam_weight_decay_lines(rows, before, lr, names[component])


def _before(problem: Problem, spec: Spec, step: int, component: int) -> Before:
    """Run up to the step before, and compute the gradient there."""
    rows = rows_of(spec)
    empty = replace(rows, **{f.name: getattr(rows, f.name)[:0] for f in fields(rows)})
    start = problem.flat(problem.start).astype(np.float32)
    point, m, v, largest = start, *(np.zeros_like(start) for _ in range(3))
    if step > 1:
        # Every step where AMSGrad needs the largest second moment so far, else the last one alone.
        recorded = np.arange(1, step) if rows.amsgrad[0] else np.array([step - 1])
        both = (empty, rows) if is_adam_weight_decay(spec) else (rows, empty)
        # The schedule of the whole run, of which these are the first steps.
        history = run_stacked(
            problem, *both, step - 1, schedule=_first_steps(spec, step - 1), recorded=recorded
        )
        point, m, v = (
            x[-1, 0] for x in (history.parameters, history.first_moment, history.second_moment)
        )
        largest = history.second_moment[:, 0].max(axis=0)
    gradient = np.asarray(problem.gradients(point.astype(np.float64), step)).astype(np.float32)
    return Before(*(x[component] for x in (point, m, v, largest, gradient)))


def _first_steps(spec: Spec, steps: int) -> Mapping[str, Any]:
    rates = learning_rates_of(spec)
    return {} if rates is None else {"kind": "list", "values": rates[:steps]}


def _whole_number(asked: Mapping[str, Any], name: str, least: int, most: int) -> int:
    value = asked.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise RequestError(
            name, f"{name} must be a whole number from {least} to {most}, got {value!r}"
        )
    return value
