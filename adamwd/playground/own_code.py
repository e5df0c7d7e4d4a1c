"""Runs with the reader's own loss, or with a copy of an update rule."""

import gc
import json
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from adamwd.backends.arguments import learning_rates_of
from adamwd.jsonable import number_to_json
from adamwd.playground.columns import Answer, answer
from adamwd.playground.curves import (
    MOST_RECORDED,
    columns_of,
    distance_of,
    is_adam_weight_decay,
    rows_of,
)
from adamwd.playground.own_objective import own_objective, read_start
from adamwd.playground.own_rule import TEMPLATES, BuiltInRule, Moments, Verdict, own_rule
from adamwd.playground.reader_code import OwnCodeError, confined
from adamwd.playground.requests import (
    SIDES,
    RequestError,
    parse,
    read_pair,
    refused,
    refused_by,
)
from adamwd.problems import Problem, make_problem
from adamwd.spec import Spec

Array = np.ndarray[Any, Any]

LOSS = '''\
def loss(w):
    """Any function of w, a one-dimensional float64 array; this is Himmelblau's."""
    x, y = w
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def gradient(w):
    """Leave it out, and central differences take its place."""
    x, y = w
    a, b = x**2 + y - 11, x + y**2 - 7
    return np.array([4 * x * a + 2 * b, 2 * a + 4 * y * b])
'''
START = (0.0, 0.0)


def own_code_templates() -> str:
    """Return code to start from.

    Returns:
        ``{"loss": source, "start": [...], "rules": {optimizer: source}}`` as JSON.
    """
    return json.dumps({"loss": LOSS, "start": list(START), "rules": TEMPLATES})


def own_curves(request: str) -> str | Answer:
    """Run two specs with code of the reader's own.

    Args:
        request: ``{"specs": {"left": spec, "right": spec}, "loss": source or null, "start": [...],
            "rules": {"left": source or null, "right": source or null}}``, as JSON. With a loss the
            specs' problem is not used.

    Returns:
        What `adamwd.playground.curves` returns, with ``"verdicts": {side: {"matches",
        "first_step", "largest"} or null}`` and ``"output"``, what the code printed. A mistake in
        the code is ``{"error": {"type": "OwnCodeError", "where", "line", "message", "traceback"},
        "errors": [...], "output"}`` as JSON.
    """
    try:
        return _own_curves(request)
    finally:
        # Frames of a mistake hold what the code has made, and that may be all the memory there is.
        gc.collect()


def _own_curves(request: str) -> str | Answer:
    try:
        asked = parse(request)
        specs, refusals = read_pair(asked)
        if refusals:
            return refused(refusals)
        if len(specs["left"].recorded_steps()) > MOST_RECORDED:
            raise RequestError("record_every", f"at most {MOST_RECORDED} steps are recorded")
        rules = asked.get("rules") or {}
        if not isinstance(rules, Mapping):
            raise RequestError("rules", f"rules must map sides to code, got {rules!r}")
    except RequestError as error:
        return refused_by(error)
    with confined() as output:
        try:
            problem = _problem(asked, specs["left"])
            runs = {side: _Run(problem, specs[side], side, rules.get(side)) for side in SIDES}
            histories = {side: run.history() for side, run in runs.items()}
            arrays: dict[str, Array] = {
                "steps": np.array(specs["left"].recorded_steps()),
                "distance": distance_of(histories),
            }
            for side in SIDES:
                arrays |= columns_of(side, problem, specs[side], arrays["steps"], histories[side])
        except OwnCodeError as error:
            told = _told(error)
            return json.dumps({"error": told, "errors": [told], "output": output.getvalue()})
    return answer(
        arrays,
        names=problem.components,
        verdicts={side: run.told() for side, run in runs.items()},
        output=output.getvalue(),
    )


def _told(error: OwnCodeError) -> dict[str, Any]:
    return {
        "side": None,
        "field": error.where,
        "type": "OwnCodeError",
        "where": error.where,
        "line": error.line,
        "message": str(error),
        "traceback": error.traceback,
    }


def _problem(asked: Mapping[str, Any], spec: Spec) -> Problem:
    """Return the reader's objective, or the spec's."""
    if asked.get("loss") is None:
        return make_problem(spec.problem, spec.problem_options, spec.seed)
    start = read_start(asked.get("start"))
    loss, gradient = own_objective(asked["loss"], start)

    def each(function: Callable[[Array], Any]) -> Callable[..., Any]:
        # The reader's functions take one point.
        def of_points(points: Array, *_: Any) -> Any:
            flat = points.reshape(-1, points.shape[-1])
            results = np.array([function(point) for point in flat], np.float64)
            return results.reshape(*points.shape[:-1], *results.shape[1:])

        return of_points

    return Problem("own", {"w": start}, each(loss), each(gradient))


class _Run:
    """One side: its rule, built in or the reader's, from the start to the last step."""

    def __init__(self, problem: Problem, spec: Spec, side: str, text: Any) -> None:
        self._problem, self._spec = problem, spec
        rows = rows_of(spec)
        self._built_in = BuiltInRule(spec, rows)
        self._own = None if text is None else own_rule(f"rules.{side}", text)
        self._verdict = Verdict()
        rates = learning_rates_of(spec)
        self._rates = [float(rows.lr[0])] * spec.steps if rates is None else rates
        self._betas = float(rows.beta1[0]), float(rows.beta2[0])
        self._eps = float(rows.eps[0])
        self._decay = self._weight_decay(float(rows.weight_decay[0]))

    def _weight_decay(self, decay: float) -> Any:
        """Return a number, or one a parameter where the name filter holds some back."""
        names = [n for n, a in self._problem.start.items() for _ in range(a.size)]
        kept = ["beta" in name or "gamma" in name for name in names]
        if not is_adam_weight_decay(self._spec) or not any(kept):
            return decay
        return np.where(kept, 0.0, decay)

    def history(self) -> dict[str, Array]:
        """Run every step, and return what `adamwd.playground.curves` records of it."""
        problem, spec = self._problem, self._spec
        w = problem.flat(problem.start).astype(np.float32)
        state: Moments = (w, np.zeros_like(w), np.zeros_like(w))
        wanted = set(spec.recorded_steps())
        rows = [(*state, np.zeros_like(w))]
        for step in range(1, spec.steps + 1):
            before = state
            point = before[0].astype(np.float64)
            g = np.asarray(problem.gradients(point, step)).astype(np.float32)
            state = self._step(step, before, g)
            if step in wanted:
                rows.append((*state, state[0] - before[0]))
        names = ("parameters", "first_moment", "second_moment", "update")
        return {
            name: np.stack(column)
            for name, column in zip(names, zip(*rows, strict=True), strict=True)
        }

    def _step(self, step: int, before: Moments, g: Array) -> Moments:
        w, m, v = before
        settings = (step, self._rates[step - 1], *self._betas, self._eps, self._decay)
        built_in = self._built_in.step(w, g, m, v, settings)
        if self._own is None:
            return built_in
        own = self._own(w, g, m, v, *settings)
        self._verdict.see(step, before, own, built_in)
        return own

    def told(self) -> dict[str, Any] | None:
        """Return the verdict on the reader's rule, or None where the rule is the built-in one."""
        if self._own is None:
            return None
        verdict = self._verdict
        return {
            "matches": verdict.first_step is None,
            "first_step": verdict.first_step,
            "largest": number_to_json(verdict.largest),
        }
