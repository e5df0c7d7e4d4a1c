"""Problems: objectives with value and gradient, in NumPy, computed in float64.

The gradient is computed from the framework's own parameters, in float64, and rounded once to the
run's dtype. Two runs from the same point therefore differ by their optimizers alone.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from adamwd.iris import IRIS

Point = Mapping[str, np.ndarray[Any, Any]]


class ProblemError(ValueError):
    """A problem, or an option of one, that is not known or out of range.

    Attributes:
        field: The name of the option, or ``"problem"``.
    """

    def __init__(self, field_name: str, message: str) -> None:
        super().__init__(message)
        self.field = field_name


@dataclass(frozen=True)
class Problem:
    """An objective.

    Attributes:
        name: Its key in `PROBLEMS`.
        start: Start values by parameter name, float64.
        loss: Value at a point.
        gradient: Gradient at a point and step (from 1), float64, by parameter name.
        surface: Value on broadcast arrays of two coordinates, for contours; None where the problem
            has no two-dimensional parameter ``"w"``.
        minimum: Where the loss is least, shape (2,); None where not known in closed form.
    """

    name: str
    start: Point
    loss: Callable[[Point], float]
    gradient: Callable[[Point, int], dict[str, np.ndarray[Any, Any]]]
    surface: Callable[[Any, Any], Any] | None = None
    minimum: tuple[float, float] | None = None


def _plane(
    name: str,
    start: Any,
    surface: Callable[[Any, Any], Any],
    slope: Callable[[float, float], tuple[float, float]],
    minimum: tuple[float, float],
) -> Problem:
    """Make a problem with one parameter ``"w"`` of shape (2,)."""

    def loss(point: Point) -> float:
        x, y = map(float, point["w"])
        return float(surface(x, y))

    def gradient(point: Point, step: int) -> dict[str, np.ndarray[Any, Any]]:
        x, y = map(float, point["w"])
        return {"w": np.array(slope(x, y), np.float64)}

    return Problem(name, {"w": _pair("start", start)}, loss, gradient, surface, minimum)


def quadratic(
    *, condition_number: float = 100.0, start: Any = (1.0, 1.0), seed: int = 0
) -> Problem:
    r"""Ill-conditioned quadratic, $f(x, y) = \tfrac12 (x^2 + \kappa y^2)$.

    Args:
        condition_number: $\kappa$, at least 1.
        start: Start point.
        seed: Not used.

    Returns:
        The problem, with its minimum at (0, 0).
    """
    kappa = _number("condition_number", condition_number, 1.0, 1e9)
    return _plane(
        "quadratic",
        start,
        lambda x, y: 0.5 * (x * x + kappa * y * y),
        lambda x, y: (x, kappa * y),
        (0.0, 0.0),
    )


def noisy_quadratic(
    *,
    condition_number: float = 10.0,
    noise: float = 1.0,
    start: Any = (1.0, 1.0),
    seed: int = 0,
) -> Problem:
    r"""The quadratic with uniform noise of standard deviation $\sigma$ on its gradient.

    Args:
        condition_number: $\kappa$, at least 1.
        noise: $\sigma$, at least 0.
        start: Start point.
        seed: Seed; the noise of a step depends on the seed and the step number alone.

    Returns:
        The problem; its loss is that of the quadratic without noise.
    """
    base = quadratic(condition_number=condition_number, start=start)
    half_width = _number("noise", noise, 0.0, 1e9) * float(np.sqrt(3.0))

    def gradient(point: Point, step: int) -> dict[str, np.ndarray[Any, Any]]:
        # Uniform, not normal: it needs no logarithm, so every platform draws the same bits.
        uniform = np.random.default_rng((seed, step)).random(2)
        return {"w": base.gradient(point, step)["w"] + half_width * (2.0 * uniform - 1.0)}

    return Problem("noisy_quadratic", base.start, base.loss, gradient, base.surface, base.minimum)


def rosenbrock(*, start: Any = (-1.2, 1.0), seed: int = 0) -> Problem:
    r"""Rosenbrock's curved valley, $f(x, y) = (1-x)^2 + 100\,(y-x^2)^2$.

    Args:
        start: Start point.
        seed: Not used.

    Returns:
        The problem, with its minimum at (1, 1).

    Source: H. H. Rosenbrock, The Computer Journal 3 (1960), 175-184.
    """

    def surface(x: Any, y: Any) -> Any:
        a, b = 1.0 - x, y - x * x
        return a * a + 100.0 * (b * b)

    def slope(x: float, y: float) -> tuple[float, float]:
        b = y - x * x
        return -2.0 * (1.0 - x) - 400.0 * x * b, 200.0 * b

    return _plane("rosenbrock", start, surface, slope, (1.0, 1.0))


def beale(*, start: Any = (1.0, 1.0), seed: int = 0) -> Problem:
    r"""Beale's function, $f = (1.5-x+xy)^2 + (2.25-x+xy^2)^2 + (2.625-x+xy^3)^2$.

    Args:
        start: Start point.
        seed: Not used.

    Returns:
        The problem, with its minimum at (3, 0.5).

    Source: Moré, Garbow and Hillstrom, ACM Transactions on Mathematical Software 7 (1981), no. 5.
    """

    def surface(x: Any, y: Any) -> Any:
        a = 1.5 - x + x * y
        b = 2.25 - x + x * (y * y)
        c = 2.625 - x + x * (y * y * y)
        return a * a + b * b + c * c

    def slope(x: float, y: float) -> tuple[float, float]:
        y2, y3 = y * y, y * y * y
        a, b, c = 1.5 - x + x * y, 2.25 - x + x * y2, 2.625 - x + x * y3
        along_x = 2.0 * a * (y - 1.0) + 2.0 * b * (y2 - 1.0) + 2.0 * c * (y3 - 1.0)
        along_y = 2.0 * a * x + 4.0 * b * x * y + 6.0 * c * x * y2
        return along_x, along_y

    return _plane("beale", start, surface, slope, (3.0, 0.5))


def logistic_regression(*, start: Any = (0.0, 0.0), seed: int = 0) -> Problem:
    r"""Logistic regression on 100 irises: versicolor or virginica, from petal length and width.

    $f(w, b) = \frac1n \sum_i \log(1 + e^{-y_i (w \cdot x_i + b)})$, features standardized.

    Args:
        start: Start weights; the bias starts at 0.
        seed: Not used.

    Returns:
        The problem, with the parameters ``"weight"`` of shape (2,) and ``"bias"`` of shape (1,).
    """
    table = np.array(IRIS, np.float64)
    features = (table[:, :2] - table[:, :2].mean(axis=0)) / table[:, :2].std(axis=0)
    sign = 2.0 * table[:, 2] - 1.0

    def margins(point: Point) -> np.ndarray[Any, Any]:
        weight = np.asarray(point["weight"], np.float64)
        score = features[:, 0] * weight[0] + features[:, 1] * weight[1]
        return np.asarray(sign * (score + float(point["bias"][0])))

    def loss(point: Point) -> float:
        return float(np.logaddexp(0.0, -margins(point)).mean())

    def gradient(point: Point, step: int) -> dict[str, np.ndarray[Any, Any]]:
        # 1 / (1 + exp(m)), written with tanh so that no exponential overflows.
        slope = -sign * 0.5 * (1.0 - np.tanh(0.5 * margins(point)))
        along = [float((slope * column).mean()) for column in features.T]
        return {"weight": np.array(along), "bias": np.array([float(slope.mean())])}

    begin = {"weight": _pair("start", start), "bias": np.zeros(1)}
    return Problem("logistic_regression", begin, loss, gradient)


def gradient_sequence(
    *, start: Mapping[str, Any], gradients: Mapping[str, Any], seed: int = 0
) -> Problem:
    r"""Gradients given beforehand, whatever the parameters: it isolates the update rule.

    Args:
        start: Start values by parameter name, lists of any shape.
        gradients: For each parameter a list of gradients of its shape, one a step; the list is
            gone through again when it has come to its end.
        seed: Not used.

    Returns:
        The problem; its loss is $\sum_i g_i w_i$ for the first gradient.
    """
    values = {name: np.array(value, np.float64) for name, value in start.items()}
    if set(values) != set(gradients):
        raise ProblemError(
            "gradients",
            f"gradients must name the parameters {sorted(values)}, got {sorted(gradients)}",
        )
    lists = {name: np.array(value, np.float64) for name, value in gradients.items()}
    for name, array in lists.items():
        if array.shape[1:] != values[name].shape or len(array) == 0:
            raise ProblemError(
                "gradients",
                f"gradients of {name!r} must have shape (n, *{values[name].shape}), "
                f"got {array.shape}",
            )

    def loss(point: Point) -> float:
        return float(sum((lists[k][0] * np.asarray(point[k], np.float64)).sum() for k in lists))

    def gradient(point: Point, step: int) -> dict[str, np.ndarray[Any, Any]]:
        return {name: array[(step - 1) % len(array)] for name, array in lists.items()}

    return Problem("gradient_sequence", values, loss, gradient)


PROBLEMS: dict[str, Callable[..., Problem]] = {
    "quadratic": quadratic,
    "noisy_quadratic": noisy_quadratic,
    "rosenbrock": rosenbrock,
    "beale": beale,
    "logistic_regression": logistic_regression,
    "gradient_sequence": gradient_sequence,
}


def make_problem(name: str, options: Mapping[str, Any], seed: int = 0) -> Problem:
    """Make a problem by name.

    Args:
        name: A key of `PROBLEMS`.
        options: Its options.
        seed: Seed of its noise, if it has any.

    Returns:
        The problem.

    Raises:
        ProblemError: If there is no such problem or option, or an option has a wrong value.
    """
    if name not in PROBLEMS:
        raise ProblemError("problem", f"problem must be one of {', '.join(PROBLEMS)}, got {name!r}")
    factory = PROBLEMS[name]
    arguments = inspect.signature(factory).parameters.values()
    known = [argument.name for argument in arguments if argument.name != "seed"]
    for argument in arguments:
        if argument.default is argument.empty and argument.name not in options:
            raise ProblemError(argument.name, f"{name} needs the option {argument.name!r}")
    for option in options:
        if option not in known:
            raise ProblemError(
                option, f"{name} has no option {option!r}; it has {', '.join(known)}"
            )
    return factory(**options, seed=seed)


def _number(name: str, value: Any, minimum: float, maximum: float) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ProblemError(name, f"{name} must be a number, got {value!r}")
    if not minimum <= value <= maximum:
        raise ProblemError(
            name, f"{name} must be between {minimum:g} and {maximum:g}, got {value!r}"
        )
    return float(value)


def _pair(name: str, value: Any) -> np.ndarray[Any, Any]:
    try:
        pair = np.array(value, np.float64)
    except (TypeError, ValueError):
        pair = np.zeros(0)
    if pair.shape != (2,) or not np.all(np.isfinite(pair)):
        raise ProblemError(name, f"{name} must be two finite numbers, got {value!r}")
    return pair
