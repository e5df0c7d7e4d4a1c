"""The objective over the plane, for contours."""

import json
from typing import Any

import numpy as np

from adamwd.jsonable import array_to_json
from adamwd.playground.requests import RequestError, parse, refusal, refused, refused_by
from adamwd.problems import ProblemError, make_problem

MOST_POINTS = 100_000


def contour(request: str) -> str:
    """Return the objective on a grid.

    Args:
        request: ``{"problem", "problem_options", "x": [low, high], "y": [low, high],
            "size": [nx, ny]}``, as JSON.

    Returns:
        ``{"z": rows from low y to high y}``, or ``{"error": ...}``, as JSON.
    """
    try:
        asked = parse(request)
        problem = make_problem(asked["problem"], asked.get("problem_options", {}))
        if problem.surface is None:
            raise ProblemError("problem", f"{problem.name} has no plane to show")
        nx, ny = (int(count) for count in asked["size"])
        if nx * ny > MOST_POINTS or min(nx, ny) < 1:
            raise RequestError(
                "size", f"size must be at most {MOST_POINTS} points, got {nx} x {ny}"
            )
        x, y = _grid(asked["x"], nx), _grid(asked["y"], ny)
    except (ProblemError, RequestError) as error:
        return refused_by(error)
    except (TypeError, ValueError, KeyError, IndexError) as error:
        return refused([refusal(None, None, error)])
    with np.errstate(over="ignore", invalid="ignore"):
        z = problem.surface(x[np.newaxis, :], y[:, np.newaxis])
    return json.dumps({"z": array_to_json(np.broadcast_to(z, (len(y), len(x))))})


def _grid(ends: Any, size: int) -> Any:
    low, high = ends
    return np.linspace(float(low), float(high), size)
