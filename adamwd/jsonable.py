"""Numbers to JSON and back: the shortest decimals, and names for what JSON has not."""

import math
from typing import Any

import numpy as np

_NONFINITE = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


def number_to_json(value: Any) -> float | int | str:
    """Return a number that JSON can hold: NaN and the infinities become their names.

    Args:
        value: A Python or NumPy number.

    Returns:
        The shortest decimal that reads back to the same value in its dtype, or one of the strings
        ``"NaN"``, ``"Infinity"``, ``"-Infinity"``.
    """
    if isinstance(value, (int, np.integer)):
        return int(value)
    # str() of a NumPy scalar is the shortest form for its own precision: 0.1, not 0.1000000015.
    number = float(str(value))
    if math.isfinite(number):
        return number
    return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"


def array_to_json(array: np.ndarray[Any, Any]) -> Any:
    """Return an array as nested lists of JSON numbers; a 0-d array as one number.

    Args:
        array: An array of any shape, floating or integer.

    Returns:
        Nested lists.
    """
    if array.ndim == 0:
        return number_to_json(array[()])
    return [array_to_json(row) for row in array]


def array_from_json(value: Any, dtype: Any) -> np.ndarray[Any, Any]:
    """Read nested lists written by `array_to_json`.

    Args:
        value: Nested lists of numbers, or of the three names.
        dtype: Dtype of the result.

    Returns:
        An array.

    Raises:
        ValueError: If something in it is no number or the lists are ragged.
    """
    return np.array(_numbers(value), dtype=dtype)


def _numbers(value: Any) -> Any:
    if isinstance(value, list):
        return [_numbers(item) for item in value]
    if isinstance(value, str):
        if value not in _NONFINITE:
            raise ValueError(f"expected a number, NaN, Infinity or -Infinity, got {value!r}")
        return _NONFINITE[value]
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"expected a number, got {value!r}")
    return value
