"""Objectives as code: the formulas of `adamwd.problems` for one run, in NumPy and float64."""

from typing import Any

import numpy as np

from adamwd.iris import IRIS
from adamwd.problems import Problem, make_problem
from adamwd.source_code.literals import literal, wrapped
from adamwd.spec import Spec

QUADRATIC = """
def loss(w):
    x, y = w["w"]
    return 0.5 * (x * x + {kappa} * y * y)


def gradient(w, step):
    x, y = w["w"]
    return {{"w": np.array([x, {kappa} * y])}}
"""

NOISY_QUADRATIC = """
def loss(w):
    x, y = w["w"]
    return 0.5 * (x * x + {kappa} * y * y)


def gradient(w, step):
    x, y = w["w"]
    # Uniform noise with a standard deviation of {noise}, the same for both optimizers.
    uniform = np.random.default_rng(({seed}, step)).random(2)
    noise = {noise} * float(np.sqrt(3.0)) * (2.0 * uniform - 1.0)
    return {{"w": np.array([x, {kappa} * y]) + noise}}
"""

ROSENBROCK = """
def loss(w):
    x, y = w["w"]
    a, b = 1.0 - x, y - x * x
    return a * a + 100.0 * (b * b)


def gradient(w, step):
    x, y = w["w"]
    b = y - x * x
    return {{"w": np.array([-2.0 * (1.0 - x) - 400.0 * x * b, 200.0 * b])}}
"""

BEALE = """
def loss(w):
    x, y = w["w"]
    a = 1.5 - x + x * y
    b = 2.25 - x + x * (y * y)
    c = 2.625 - x + x * (y * y * y)
    return a * a + b * b + c * c


def gradient(w, step):
    x, y = w["w"]
    y2, y3 = y * y, y * y * y
    a, b, c = 1.5 - x + x * y, 2.25 - x + x * y2, 2.625 - x + x * y3
    along_x = 2.0 * a * (y - 1.0) + 2.0 * b * (y2 - 1.0) + 2.0 * c * (y3 - 1.0)
    along_y = 2.0 * a * x + 4.0 * b * x * y + 6.0 * c * x * y2
    return {{"w": np.array([along_x, along_y])}}
"""

LOGISTIC_REGRESSION = """
# 100 irises, versicolor (0) or virginica (1), by the length and width of their petals in cm.
length = np.array({length})
width = np.array({width})
label = np.array({label})
features = np.stack([(x - x.mean()) / x.std() for x in (length, width)])
sign = 2.0 * label - 1.0


def margins(w):
    score = features[0] * w["weight"][0] + features[1] * w["weight"][1]
    return sign * (score + w["bias"][0])


def loss(w):
    return np.logaddexp(0.0, -margins(w)).mean()


def gradient(w, step):
    slope = -sign * 0.5 * (1.0 - np.tanh(0.5 * margins(w)))
    along = [(slope * feature).mean() for feature in features]
    return {{"weight": np.array(along), "bias": np.array([slope.mean()])}}
"""

CONSTANT_GRADIENT = """
gradients = {gradients}


def loss(w):
    return sum((np.array(gradients[name]) * w[name]).sum() for name in gradients)


def gradient(w, step):
    return {{name: np.array(values) for name, values in gradients.items()}}
"""

TEMPLATES = {
    "quadratic": QUADRATIC,
    "noisy_quadratic": NOISY_QUADRATIC,
    "rosenbrock": ROSENBROCK,
    "beale": BEALE,
    "logistic_regression": LOGISTIC_REGRESSION,
    "constant_gradient": CONSTANT_GRADIENT,
}


def objective(spec: Spec) -> str:
    """Return code that defines ``start``, ``loss(w)`` and ``gradient(w, step)``.

    Args:
        spec: A run of one of the playground's problems.

    Returns:
        Code; ``w`` maps names to float64 arrays there.
    """
    problem = make_problem(spec.problem, spec.problem_options, spec.seed)
    start = {name: array.tolist() for name, array in problem.start.items()}
    lines = "".join(f"    {literal(name)}: {literal(value)},\n" for name, value in start.items())
    body = TEMPLATES[spec.problem].format(**_values(spec, problem))
    return f"start = {{\n{lines}}}\n\n{body}"


def _values(spec: Spec, problem: Problem) -> dict[str, Any]:
    options = {"condition_number": None, "noise": 1.0, **spec.problem_options}
    if options["condition_number"] is None:
        options["condition_number"] = 10.0 if spec.problem == "noisy_quadratic" else 100.0
    values: dict[str, Any] = {
        "kappa": literal(float(options["condition_number"])),
        "noise": literal(float(options["noise"])),
        "seed": spec.seed,
    }
    if spec.problem == "logistic_regression":
        table = np.array(IRIS)
        columns = zip(("length", "width", "label"), table.T, strict=True)
        values |= {name: wrapped(column.tolist()) for name, column in columns}
    if spec.problem == "constant_gradient":
        gradients = problem.gradient(problem.start, 1)
        lines = (f"    {literal(n)}: {literal(g.tolist())},\n" for n, g in gradients.items())
        values["gradients"] = "{\n" + "".join(lines) + "}"
    return values
