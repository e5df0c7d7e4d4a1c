"""The scripts that the playground gives away: run as they are, on the real libraries."""

import contextlib
import io
import json
import os
import tempfile

import numpy as np
import pytest

from adamwd import Spec, playground, run
from adamwd.compare import TOLERANCES, relative
from adamwd.problems import make_problem
from adamwd.source_code import FRAMEWORKS, NothingToRun, script

ADAMW = "torch.optim.AdamW"
OTHER = "mindspore.nn.AdamWeightDecay"
EXPERIMENTAL = "mindspore.experimental.optim.AdamW"
PROBLEMS = (
    "quadratic",
    "noisy_quadratic",
    "rosenbrock",
    "beale",
    "logistic_regression",
    "constant_gradient",
)
SETTINGS = 100


def settings(random):
    """Return a random setting of the playground: two specs, every control somewhere."""
    steps = int(random.integers(1, 13))
    problem = str(random.choice(PROBLEMS))
    options = {}
    if problem in ("quadratic", "noisy_quadratic"):
        options["condition_number"] = float(10 ** random.uniform(0, 4))
    if problem == "noisy_quadratic":
        options["noise"] = float(random.choice([0.0, 0.5, 3.0]))
    if problem == "constant_gradient":
        options["gradient"] = (10.0 ** random.uniform(-8, 3, 2)).tolist()
        options["names"] = ["dense.weight", str(random.choice(["norm.gamma", "norm.bias"]))]
    if random.random() < 0.7:
        options["start"] = random.uniform(-2, 2, 2).tolist()
    schedule = random.choice(["constant", "warmup", "cosine", "list"])
    schedules = {
        "constant": {},
        "warmup": {"kind": "warmup", "warmup_steps": int(random.integers(0, 8))},
        "cosine": {
            "kind": "cosine",
            "warmup_steps": int(random.integers(0, 8)),
            "minimum_ratio": float(random.choice([0.0, 0.1, 1.0])),
        },
        "list": {"kind": "list", "values": (10.0 ** random.uniform(-4, -1, steps)).tolist()},
    }
    common = {
        "problem": problem,
        "problem_options": options,
        "steps": steps,
        "seed": int(random.integers(0, 1000)),
        "schedule": schedules[str(schedule)],
    }
    return {
        side: Spec(
            optimizer=optimizer, hyperparameters=hyperparameters(random, optimizer), **common
        )
        for side, optimizer in zip(
            ("left", "right"), random.choice([ADAMW, OTHER, EXPERIMENTAL], 2), strict=True
        )
    }


def hyperparameters(random, optimizer):
    """Return some of the hyper-parameters of an optimizer; the others keep their defaults."""
    rate = float(10 ** random.uniform(-5, 0))
    betas = [float(x) for x in random.choice([0.3, 0.6, 0.9, 0.95, 0.99, 0.999], 2)]
    values = {"eps": float(10 ** random.uniform(-12, -2)), "weight_decay": float(random.random())}
    if optimizer == OTHER:
        values |= {"learning_rate": rate, "beta1": betas[0], "beta2": betas[1]}
    else:
        flags = {"amsgrad": bool(random.integers(2)), "maximize": bool(random.integers(2))}
        values |= {"lr": rate, "betas": betas, **flags}
    return {name: value for name, value in values.items() if random.random() < 0.8}


def execute(code):
    """Run a script in an empty folder; return its names and what it printed."""
    names = {"__name__": "__main__"}
    before = os.getcwd()
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()) as out:
        os.chdir(folder)
        try:
            exec(compile(code, "script.py", "exec"), names)
        finally:
            os.chdir(before)
    return names, out.getvalue()


def recorded(trace):
    """Return the parameters after every step, one dictionary a step."""
    names, columns = zip(*trace.parameters.items(), strict=True)
    return [
        dict(zip(names, row, strict=True)) for row in zip(*(c[1:] for c in columns), strict=True)
    ]


def assert_equal(trajectory, expected):
    assert len(trajectory) == len(expected)
    for found, wanted in zip(trajectory, expected, strict=True):
        assert found.keys() == wanted.keys()
        for name, value in found.items():
            assert value.dtype == np.float32
            np.testing.assert_array_equal(value, wanted[name])


def largest_error(trajectory, expected):
    """Return the largest error, relative to the largest value of each parameter."""
    worst = 0.0
    for name in expected[0]:
        found, wanted = (np.stack([w[name] for w in run]) for run in (trajectory, expected))
        scale = np.abs(wanted[np.isfinite(wanted)]).max(initial=0.0) or 1.0
        worst = max(worst, float(relative(found, wanted, scale).max()))
    return worst


@pytest.mark.parametrize("number", range(SETTINGS))
def test_generated_code_runs_and_has_the_playgrounds_numbers(number):
    specs = settings(np.random.default_rng((20261127, number)))
    ran = 0
    for framework in FRAMEWORKS:
        try:
            code = script(specs, framework)
        except NothingToRun:
            continue
        assert max(map(len, code.splitlines())) <= 100
        names, printed = execute(code)
        for side, trajectory in names["trajectories"].items():
            spec = specs[side]
            # The same library runs the same steps: not one bit may differ.
            assert_equal(trajectory, recorded(run(spec, framework)))
            error = largest_error(trajectory, recorded(run(spec)))
            assert error <= TOLERANCES["trace/recorded again"].limit
            problem = make_problem(spec.problem, spec.problem_options, spec.seed)
            point = {k: v.astype(np.float64) for k, v in trajectory[-1].items()}
            assert names["loss"](point) == pytest.approx(
                problem.loss(point), rel=1e-12, nan_ok=True
            )
            assert f"{side}\n" in printed
            ran += 1
    assert ran >= 3


def test_the_settings_cover_what_there_is():
    all_settings = [settings(np.random.default_rng((20261127, n))) for n in range(SETTINGS)]
    specs = [spec for pair in all_settings for spec in pair.values()]
    assert {spec.optimizer for spec in specs} == {ADAMW, OTHER, EXPERIMENTAL}
    assert {spec.problem for spec in specs} == set(PROBLEMS)
    assert {spec.schedule.get("kind") for spec in specs} == {None, "warmup", "cosine", "list"}
    for flag in ("amsgrad", "maximize"):
        assert any(spec.hyperparameters.get(flag) for spec in specs)


def test_the_page_gets_the_same_script():
    specs = {
        "left": {"schema": 1, "problem": "beale", "optimizer": ADAMW, "steps": 5},
        "right": {"schema": 1, "problem": "beale", "optimizer": OTHER, "steps": 5},
    }
    for framework in FRAMEWORKS:
        request = json.dumps({"specs": specs, "framework": framework})
        reply = json.loads(playground.source_code(request))
        expected = script({s: Spec.from_json(v) for s, v in specs.items()}, framework)
        assert reply["code"] == expected
        assert reply["filename"].endswith(".py")


def test_nothing_to_run_and_no_such_framework():
    specs = {s: {"schema": 1, "problem": "beale", "optimizer": ADAMW} for s in ("left", "right")}
    request = {"specs": specs, "framework": "mindspore"}
    assert json.loads(playground.source_code(json.dumps(request)))["code"] is None
    request["framework"] = "jax"
    assert json.loads(playground.source_code(json.dumps(request)))["error"]["field"] == "framework"
