"""Problems: objectives with value and gradient, in NumPy, computed in float64.

The gradient is computed from the framework's own parameters, in float64, and rounded once to the
run's dtype. Two runs from the same point therefore differ by their optimizers alone.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
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

    Losses and gradients are formulas of flat points: the parameters one after the other, in the
    order of `start`. They take any number of points at once, so that one run and thousands of runs
    go through the same lines.

    Attributes:
        name: Its key in `PROBLEMS`.
        start: Start values by parameter name, float64.
        losses: Values at points of shape (..., P), float64; returns shape (...).
        gradients: Gradients at points of shape (..., P) and a step (from 1), float64; returns
            shape (..., P).
        surface: Value on broadcast arrays of two coordinates, for contours; None where the problem
            has no two-dimensional parameter ``"w"``.
        minimum: Where the loss is least, shape (2,); None where not known in closed form.
    """

    name: str
    start: Point
    losses: Callable[[Any], Any]
    gradients: Callable[[Any, int], Any]
    surface: Callable[[Any, Any], Any] | None = None
    minimum: tuple[float, float] | None = None

    @property
    def components(self) -> list[str]:
        """Names of a flat point's components, such as ``w[0]``; the parameter's name if scalar."""
        return [
            name if array.size == 1 else f"{name}[{', '.join(map(str, index))}]"
            for name, array in self.start.items()
            for index in np.ndindex(array.shape)
        ]

    def flat(self, point: Point) -> np.ndarray[Any, Any]:
        """Return a point as a float64 array of shape (P,).

        Args:
            point: Values by parameter name.
        """
        parts = [np.ravel(point[name]) for name in self.start]
        return np.asarray(np.concatenate(parts), np.float64)

    def named(self, flat: Any) -> dict[str, np.ndarray[Any, Any]]:
        """Return flat points by parameter name.

        Args:
            flat: An array of shape (..., P).

        Returns:
            Views of shape (..., *shape) by name.
        """
        result, offset = {}, 0
        for name, array in self.start.items():
            part = flat[..., offset : offset + array.size]
            result[name] = part.reshape(*flat.shape[:-1], *array.shape)
            offset += array.size
        return result

    def loss(self, point: Point) -> float:
        """Return the value at one point.

        Args:
            point: Values by parameter name.
        """
        return float(self.losses(self.flat(point)))

    def gradient(self, point: Point, step: int) -> dict[str, np.ndarray[Any, Any]]:
        """Return the gradient at one point, float64, by parameter name.

        Args:
            point: Values by parameter name.
            step: Step number, counted from 1.
        """
        return self.named(self.gradients(self.flat(point), step))


def _plane(
    name: str,
    start: Any,
    surface: Callable[[Any, Any], Any],
    slope: Callable[[Any, Any], tuple[Any, Any]],
    minimum: tuple[float, float],
) -> Problem:
    """Make a problem with one parameter ``"w"`` of shape (2,)."""

    def losses(points: Any) -> Any:
        return surface(points[..., 0], points[..., 1])

    def gradients(points: Any, step: int) -> Any:
        result = np.empty(points.shape)
        result[..., 0], result[..., 1] = slope(points[..., 0], points[..., 1])
        return result

    return Problem(name, {"w": _pair("start", start)}, losses, gradients, surface, minimum)


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

    def gradients(points: Any, step: int) -> Any:
        # Uniform, not normal: it needs no logarithm, so every platform draws the same bits.
        uniform = np.random.default_rng((seed, step)).random(2)
        return base.gradients(points, step) + half_width * (2.0 * uniform - 1.0)

    return Problem(
        "noisy_quadratic", base.start, base.losses, gradients, base.surface, base.minimum
    )


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

    def slope(x: Any, y: Any) -> tuple[Any, Any]:
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

    def slope(x: Any, y: Any) -> tuple[Any, Any]:
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

    def margins(points: Any) -> Any:
        weight, bias = points[..., np.newaxis, :2], points[..., 2:]
        score = features[:, 0] * weight[..., 0] + features[:, 1] * weight[..., 1]
        return sign * (score + bias)

    def losses(points: Any) -> Any:
        return np.logaddexp(0.0, -margins(points)).mean(axis=-1)

    def gradients(points: Any, step: int) -> Any:
        # 1 / (1 + exp(m)), written with tanh so that no exponential overflows.
        slope = -sign * 0.5 * (1.0 - np.tanh(0.5 * margins(points)))
        along = [(slope * column).mean(axis=-1) for column in features.T]
        return np.stack([*along, slope.mean(axis=-1)], axis=-1)

    begin = {"weight": _pair("start", start), "bias": np.zeros(1)}
    return Problem("logistic_regression", begin, losses, gradients)


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

    flat = {
        name: np.broadcast_to(array.reshape(len(array), -1), (len(array), values[name].size))
        for name, array in ((name, lists[name]) for name in values)
    }

    def losses(points: Any) -> Any:
        total: Any = 0.0
        offset = 0
        for array in flat.values():
            part = points[..., offset : offset + array.shape[1]]
            total = total + (array[0] * part).sum(axis=-1)
            offset += array.shape[1]
        return total

    def gradients_at(points: Any, step: int) -> Any:
        now = [array[(step - 1) % len(array)] for array in flat.values()]
        return np.broadcast_to(np.concatenate(now), points.shape)

    return Problem("gradient_sequence", values, losses, gradients_at)


def constant_gradient(
    *,
    gradient: Any = (1.0, 1.0),
    start: Any = (1.0, 1.0),
    names: Any = ("dense.weight", "norm.gamma"),
    seed: int = 0,
) -> Problem:
    r"""The same gradient at every step, $f(w) = g \cdot w$: nothing but the update rule is left.

    Args:
        gradient: $g$, one number for each of the two parameters.
        start: Their start values.
        names: Their names, by which AdamWeightDecay decides whether they decay.
        seed: Not used.

    Returns:
        The problem, with two parameters of shape (1,).
    """
    slope, values = _pair("gradient", gradient), _pair("start", start)
    first, second = _two_names(names)
    sequence = gradient_sequence(
        start={first: values[:1], second: values[1:]},
        gradients={first: [slope[:1]], second: [slope[1:]]},
    )
    return replace(sequence, name="constant_gradient")


PROBLEMS: dict[str, Callable[..., Problem]] = {
    "quadratic": quadratic,
    "noisy_quadratic": noisy_quadratic,
    "rosenbrock": rosenbrock,
    "beale": beale,
    "logistic_regression": logistic_regression,
    "gradient_sequence": gradient_sequence,
    "constant_gradient": constant_gradient,
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


def _two_names(value: Any) -> tuple[str, str]:
    names = list(value) if isinstance(value, (list, tuple)) else []
    if (
        len(names) != 2
        or not all(isinstance(name, str) and name.strip() for name in names)
        or names[0] == names[1]
    ):
        raise ProblemError("names", f"names must be two different names, got {value!r}")
    return names[0], names[1]
