"""The problems that the page offers, with what it has to know to draw them and to ask for them."""

import inspect
import json
from typing import Any

from adamwd.jsonable import array_to_json
from adamwd.problems import PROBLEMS, make_problem

# What part of the plane the page shows; the objective's formula; the range of its options.
_SHOWN: dict[str, dict[str, Any]] = {
    "quadratic": {
        "x": [-1.5, 1.5],
        "y": [-1.5, 1.5],
        "formula": r"\tfrac12 (x^2 + \kappa y^2)",
    },
    "noisy_quadratic": {
        "x": [-1.5, 1.5],
        "y": [-1.5, 1.5],
        "formula": r"\tfrac12 (x^2 + \kappa y^2)",
    },
    "rosenbrock": {
        "x": [-2.0, 2.0],
        "y": [-1.0, 3.0],
        "formula": r"(1-x)^2 + 100\,(y-x^2)^2",
    },
    "beale": {
        "x": [-1.0, 4.5],
        "y": [-2.0, 2.0],
        "formula": r"(1.5-x+xy)^2 + (2.25-x+xy^2)^2 + (2.625-x+xy^3)^2",
    },
    "logistic_regression": {
        "x": [-1.0, 6.0],
        "y": [-1.0, 6.0],
        "formula": r"\tfrac1n \textstyle\sum_i \log\bigl(1 + e^{-y_i (w \cdot x_i + b)}\bigr)",
    },
    "constant_gradient": {
        "x": [-1.0, 2.0],
        "y": [-1.0, 2.0],
        "formula": r"g \cdot w",
    },
}
_RANGES = {"condition_number": (1.0, 1e9), "noise": (0.0, 1e9)}


def problems() -> str:
    """Return the problems that the page offers, as a JSON list.

    Returns:
        For each its name, parameters with their start values, options with type, default and
        range, the part of the plane to show, and its formula in LaTeX.
    """
    return json.dumps([_described(name) for name in _SHOWN])


def _described(name: str) -> dict[str, Any]:
    options = []
    for argument in inspect.signature(PROBLEMS[name]).parameters.values():
        if argument.name == "seed":
            continue
        minimum, maximum = _RANGES.get(argument.name, (None, None))
        is_pair = isinstance(argument.default, tuple)
        kind = "names" if argument.name == "names" else "pair" if is_pair else "number"
        options.append(
            {
                "name": argument.name,
                "type": kind,
                "default": list(argument.default) if is_pair else argument.default,
                "minimum": minimum,
                "maximum": maximum,
            }
        )
    problem = make_problem(name, {})
    return {
        "name": name,
        "parameters": {key: array_to_json(value) for key, value in problem.start.items()},
        "components": problem.components,
        "options": options,
        "has_surface": problem.surface is not None,
        "has_noise": name == "noisy_quadratic",
        "minimum": problem.minimum,
        **_SHOWN[name],
    }
