"""Two runs as columns of numbers: what the charts draw while a slider moves."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import numpy as np

from adamwd.backends.arguments import learning_rates_of
from adamwd.playground.columns import Answer, answer
from adamwd.playground.requests import (
    SIDES,
    RequestError,
    parse,
    read_pair,
    refused,
    refused_by,
)
from adamwd.problems import Problem, make_problem
from adamwd.rounding import bias_correction
from adamwd.spec import Spec
from adamwd.stacked import Rows, run_stacked

Array = np.ndarray[Any, Any]

# A chart cannot show more, and the answer travels between threads.
MOST_RECORDED = 2001


def curves(request: str) -> str | Answer:
    """Run two specs as one batch, with the bits of `adamwd.playground.run`.

    Args:
        request: ``{"specs": {"left": spec, "right": spec}}``, as JSON; both of the same problem,
            steps, seed, schedule and record_every.

    Returns:
        ``{"names": components, "layout": [[name, shape], ...]}`` as JSON, and the numbers: for the
        n recorded steps ``steps`` and ``distance`` (n,), and for each side ``loss``,
        ``step_size``, ``closed_form`` (n,), ``parameters``, ``first_moment``, ``second_moment``
        and ``update`` (n, P). Or ``{"error": ..., "errors": [...]}`` as JSON.
    """
    try:
        specs, refusals = read_pair(parse(request))
        if refusals:
            return refused(refusals)
        recorded = len(specs["left"].recorded_steps())
        if recorded > MOST_RECORDED:
            raise RequestError(
                "record_every", f"at most {MOST_RECORDED} steps are recorded, got {recorded}"
            )
    except RequestError as error:
        return refused_by(error)
    left = specs["left"]
    problem = make_problem(left.problem, left.problem_options, left.seed)
    steps, histories = _histories(problem, specs)
    arrays = {"steps": steps, "distance": distance_of(histories)}
    for side in SIDES:
        arrays |= columns_of(side, problem, specs[side], steps, histories[side])
    return answer(arrays, names=problem.components)


def distance_of(histories: Mapping[str, Mapping[str, Array]]) -> Array:
    """Return the Euclidean distance of both sides' parameters, (n,), in float64.

    Args:
        histories: For each side its ``"parameters"``, (n, P).
    """
    left, right = (histories[side]["parameters"].astype(np.float64) for side in SIDES)
    with np.errstate(all="ignore"):
        difference = left - right
        return np.asarray(np.sqrt((difference * difference).sum(axis=-1)))


def columns_of(
    side: str, problem: Problem, spec: Spec, steps: Array, history: Mapping[str, Array]
) -> dict[str, Array]:
    """Return the columns of one side, by name.

    Args:
        side: Its name.
        problem: The problem of the run.
        spec: The run.
        steps: Recorded step numbers, (n,).
        history: ``parameters``, ``first_moment``, ``second_moment`` and ``update``, (n, P).

    Returns:
        Arrays by the names under which `curves` gives them.
    """
    with np.errstate(all="ignore"):
        loss = problem.losses(history["parameters"].astype(np.float64))
        update = history["update"].astype(np.float64)
        size = np.sqrt((update * update).mean(axis=-1))
    # Step 0 is the start, to which no step has led.
    size[steps == 0] = np.nan
    arrays = {"loss": loss, **history, "step_size": size, "closed_form": _closed_form(spec, steps)}
    return {f"{side}.{name}": array for name, array in arrays.items()}


def rows_of(spec: Spec, count: int = 1, **varied: Array) -> Rows:
    """Return settings as rows of a batch.

    Args:
        spec: The setting.
        count: Number of rows.
        **varied: Hyper-parameters that differ from row to row, (count,), by the names of `Rows`.

    Returns:
        The rows; what is neither varied nor in the spec has the framework's default.
    """
    given = dict(spec.hyperparameters)
    if is_adam_weight_decay(spec):
        defaults = {"beta1": 0.9, "beta2": 0.999, "eps": 1e-6, "weight_decay": 0.0}
        values = {"lr": given.get("learning_rate", 1e-3), **defaults, **given}
    else:
        beta1, beta2 = given.get("betas", (0.9, 0.999))
        defaults = {"lr": 1e-3, "eps": 1e-8, "weight_decay": 1e-2}
        values = {**defaults, "beta1": beta1, "beta2": beta2, **given}
    names = ("lr", "beta1", "beta2", "eps", "weight_decay")
    columns = {name: varied.get(name, np.full(count, float(values[name]))) for name in names}
    flags = {n: np.full(count, bool(values.get(n, False))) for n in ("amsgrad", "maximize")}
    return Rows(**columns, **flags)


def is_adam_weight_decay(spec: Spec) -> bool:
    """Say whether a spec runs AdamWeightDecay's rule.

    Args:
        spec: The spec.
    """
    return spec.optimizer.endswith(".AdamWeightDecay")


def stacked_sides(specs: Mapping[str, Spec]) -> tuple[list[str], list[str]]:
    """Return the sides that run AdamW's rule and those that run AdamWeightDecay's.

    Args:
        specs: The specs by side.
    """
    other = [side for side in SIDES if is_adam_weight_decay(specs[side])]
    return [side for side in SIDES if side not in other], other


def joined(rows: list[Rows]) -> Rows:
    """Return rows one after the other; none for an empty list.

    Args:
        rows: Rows of the same rule.
    """
    names = [field.name for field in fields(Rows)]
    if not rows:
        flags = ("amsgrad", "maximize")
        return Rows(**{name: np.zeros(0, bool if name in flags else float) for name in names})
    return Rows(**{name: np.concatenate([getattr(r, name) for r in rows]) for name in names})


def _histories(
    problem: Problem, specs: Mapping[str, Spec]
) -> tuple[Array, dict[str, dict[str, Array]]]:
    adamw, other = stacked_sides(specs)
    left = specs["left"]
    history = run_stacked(
        problem,
        joined([rows_of(specs[side]) for side in adamw]),
        joined([rows_of(specs[side]) for side in other]),
        left.steps,
        schedule=left.schedule,
        recorded=np.array(left.recorded_steps()),
    )
    quantities = ("parameters", "first_moment", "second_moment", "update")
    return history.steps, {
        side: {name: getattr(history, name)[:, row] for name in quantities}
        for row, side in enumerate([*adamw, *other])
    }


def _closed_form(spec: Spec, steps: Array) -> Array:
    r"""Return the size of the steps for a constant gradient, eps = 0 and no decay, (n,).

    $\eta_t$ for AdamW, $\eta_t (1-\beta_1^t)/\sqrt{1-\beta_2^t}$ for AdamWeightDecay.
    """
    rows = rows_of(spec)
    rates = learning_rates_of(spec)
    taken = np.maximum(steps, 1)
    size = np.full(len(steps), rows.lr[0]) if rates is None else np.array(rates)[taken - 1]
    if is_adam_weight_decay(spec):
        first, second = (bias_correction(beta[0], taken) for beta in (rows.beta1, rows.beta2))
        with np.errstate(all="ignore"):
            size = size * first / np.sqrt(second)
    size = np.where(steps == 0, np.nan, size)
    return np.asarray(size)
