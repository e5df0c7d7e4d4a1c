"""What the page calls: runs, contours and the list of problems, JSON in and JSON out.

A mistake in the request comes back as ``{"error": ...}`` with the side and the field that it
concerns, so that the page can show the library's message beside that field.
"""

import inspect
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from adamwd.amplification import amplification as amplification
from adamwd.backends import run as run_spec
from adamwd.jsonable import array_to_json
from adamwd.problems import PROBLEMS, ProblemError, make_problem
from adamwd.spec import Spec, SpecError
from adamwd.trace import Trace

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
}
_RANGES = {"condition_number": (1.0, 1e9), "noise": (0.0, 1e9)}

# The words by which the libraries' messages name their arguments, and the page's fields.
_FIELDS = (
    ("learning rate", "lr"),
    ("learning_rate", "lr"),
    ("index 0", "betas.0"),
    ("betas[0]", "betas.0"),
    ("index 1", "betas.1"),
    ("betas[1]", "betas.1"),
    ("beta1", "beta1"),
    ("beta2", "beta2"),
    ("epsilon", "eps"),
    ("eps", "eps"),
    ("weight_decay", "weight_decay"),
    ("Weight_decay", "weight_decay"),
)


def run(request: str) -> str:
    """Run the specs of a request with the NumPy reference.

    Args:
        request: ``{"specs": {side: spec, ...}}``, as JSON.

    Returns:
        ``{"traces": {side: trace}, "digests": {side: sha256}}``, or ``{"error": {"side", "field",
        "type", "message"}, "errors": [...]}`` with the first error and one for each refused spec,
        as JSON.
    """
    try:
        specs = json.loads(request)["specs"]
        sides = list(specs.items())
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        refusal = _refusal(None, None, error)
        return json.dumps({"error": refusal, "errors": [refusal]})
    # One step of each first: every refusal is then told at once, and before a long run.
    for most_steps in (1, None):
        outcomes = {side: _outcome(side, value, most_steps) for side, value in sides}
        errors = [found for found in outcomes.values() if isinstance(found, dict)]
        if errors:
            return json.dumps({"error": errors[0], "errors": errors})
    traces = {side: trace for side, trace in outcomes.items() if isinstance(trace, Trace)}
    reply = {
        "traces": {side: trace.to_json() for side, trace in traces.items()},
        "digests": {side: trace.digest() for side, trace in traces.items()},
    }
    return json.dumps(reply, allow_nan=False)


def contour(request: str) -> str:
    """Return the objective on a grid.

    Args:
        request: ``{"problem", "problem_options", "x": [low, high], "y": [low, high],
            "size": [nx, ny]}``, as JSON.

    Returns:
        ``{"z": rows from low y to high y}``, or ``{"error": ...}``, as JSON.
    """
    try:
        asked = json.loads(request)
        problem = make_problem(asked["problem"], asked.get("problem_options", {}))
        if problem.surface is None:
            raise ProblemError("problem", f"{problem.name} has more than two parameters")
        x = _grid(asked["x"], asked["size"][0])
        y = _grid(asked["y"], asked["size"][1])
    except ProblemError as error:
        return json.dumps({"error": _refusal(None, error.field, error)})
    except (TypeError, ValueError, KeyError, IndexError) as error:
        return json.dumps({"error": _refusal(None, None, error)})
    with np.errstate(over="ignore", invalid="ignore"):
        z = problem.surface(x[np.newaxis, :], y[:, np.newaxis])
    return json.dumps({"z": array_to_json(np.broadcast_to(z, (len(y), len(x))))})


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
        options.append(
            {
                "name": argument.name,
                "type": "pair" if is_pair else "number",
                "default": list(argument.default) if is_pair else argument.default,
                "minimum": minimum,
                "maximum": maximum,
            }
        )
    problem = make_problem(name, {})
    return {
        "name": name,
        "parameters": {key: array_to_json(value) for key, value in problem.start.items()},
        "options": options,
        "has_surface": problem.surface is not None,
        "has_noise": name == "noisy_quadratic",
        "minimum": problem.minimum,
        **_SHOWN[name],
    }


def _outcome(side: str, value: Any, most_steps: int | None) -> Trace | dict[str, Any]:
    """Run a spec, or only its first steps, and return its trace or the error."""
    try:
        spec = Spec.from_json(_with_floats(value))
        return run_spec(replace(spec, steps=most_steps or spec.steps), "numpy")
    except (SpecError, ProblemError) as error:
        return _refusal(side, error.field, error)
    except (TypeError, ValueError, RuntimeError, KeyError) as error:
        return _refusal(side, _field(str(error), side), error)


def _with_floats(spec: Any) -> Any:
    """Return a spec whose hyper-parameters are floats wherever they are whole numbers.

    JavaScript writes 1.0 as 1, and the frameworks refuse an integer where they want a float. The
    reader typed a number into a text field, which has no type that a message could complain of.
    """
    if not isinstance(spec, Mapping) or not isinstance(spec.get("hyperparameters"), Mapping):
        return spec
    named = spec["hyperparameters"].items()
    return {**spec, "hyperparameters": {name: _as_float(value) for name, value in named}}


def _as_float(value: Any) -> Any:
    if isinstance(value, list):
        return [_as_float(item) for item in value]
    whole = isinstance(value, int) and not isinstance(value, bool)
    # Through its digits: float() of a whole number that is too large raises an exception.
    return float(str(value)) if whole else value


def _grid(ends: Any, size: Any) -> Any:
    low, high = ends
    return np.linspace(float(low), float(high), int(size))


def _field(message: str, side: str) -> str | None:
    for words, field in _FIELDS:
        if words in message:
            if field == "lr" and side == "adam_weight_decay":
                return "learning_rate"
            return field
    return None


def _refusal(side: str | None, field: str | None, error: Exception) -> dict[str, str | None]:
    message = str(error.args[0]) if isinstance(error, KeyError) and error.args else str(error)
    return {"side": side, "field": field, "type": type(error).__name__, "message": message}
