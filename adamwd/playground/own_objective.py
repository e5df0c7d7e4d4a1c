"""The reader's loss: its value, and its gradient as given or by central differences."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from adamwd.playground.reader_code import OwnCodeError, Source

Array = np.ndarray[Any, Any]

MOST_PARAMETERS = 16
# The cube root of float64's epsilon: where truncation and rounding are about equal.
STEP = float(np.finfo(np.float64).eps) ** (1 / 3)


def read_start(value: Any) -> Array:
    """Read the start of the reader's loss.

    Args:
        value: A list of numbers.

    Returns:
        A float64 array of shape (P,).

    Raises:
        OwnCodeError: If it is not 1 to `MOST_PARAMETERS` finite numbers.
    """
    numbers = value if isinstance(value, list) else []
    if not 1 <= len(numbers) <= MOST_PARAMETERS or not all(
        isinstance(x, (int, float)) and not isinstance(x, bool) and math.isfinite(x)
        for x in numbers
    ):
        raise OwnCodeError(
            "loss", f"the start must be 1 to {MOST_PARAMETERS} finite numbers, got {value!r}"
        )
    return np.array(numbers, np.float64)


def own_objective(
    text: Any, start: Array
) -> tuple[Callable[[Array], float], Callable[[Array], Array]]:
    """Return the reader's loss and its gradient.

    Args:
        text: Source that defines ``loss(w)`` and, if the reader likes, ``gradient(w)``.
        start: Where the run starts, (P,), at which both are tried.

    Returns:
        Two functions of a float64 array (P,): the loss, a float, and the gradient, (P,).

    Raises:
        OwnCodeError: If the code fails, or gives something that is no number or has another shape.
    """
    source = Source("loss", text)
    loss = source.required("loss", "loss(w)")
    given = source.function("gradient")

    def value(w: Array) -> float:
        with source.mistakes():
            result = loss(w.copy())
            number = _number(result)
        if number is None:
            raise OwnCodeError("loss", f"loss(w) must return one number, got {_told(result)}")
        return number

    def differences(w: Array) -> Array:
        result = np.empty_like(w)
        for index in range(len(w)):
            h = STEP * max(1.0, abs(float(w[index])))
            ends = []
            for end in (w[index] + h, w[index] - h):
                moved = w.copy()
                moved[index] = end
                ends.append(value(moved))
            # What was really added and subtracted.
            result[index] = (ends[0] - ends[1]) / ((w[index] + h) - (w[index] - h))
        return result

    def as_given(w: Array) -> Array:
        with source.mistakes():
            found = given(w.copy())  # type: ignore[misc]
            result = np.asarray(found, np.float64)
        if result.shape != w.shape:
            raise OwnCodeError(
                "loss", f"gradient(w) must have the shape of w, {w.shape}, got {result.shape}"
            )
        return result

    value(start)
    return value, as_given if given else differences


def _number(result: Any) -> float | None:
    try:
        array = np.asarray(result)
    except ValueError:
        return None
    real = array.size == 1 and array.dtype.kind in "fiub"
    return float(array.reshape(())) if real else None


def _told(result: Any) -> str:
    shape = np.shape(result) if isinstance(result, np.ndarray) else ""
    return f"{type(result).__name__}{f' of shape {shape}' if shape != '' else ''}"
