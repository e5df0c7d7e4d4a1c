"""What both twins share: the named parameter, and turning the caller's arrays into parameters."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from adamwd.rounding import FloatArray

DTYPES = (np.dtype(np.float16), np.dtype(np.float32), np.dtype(np.float64))


class Parameter:
    """An array that an optimizer updates in place, with the name that decides whether it decays.

    Attributes:
        data: The values, an array of float16, float32 or float64 of any shape. It is the very
            array that was given, so whoever holds it sees the updates.
        name: Its name in the model, such as ``"conv1.weight"``; ``""`` for a plain array.
        requires_grad: True, as for the frameworks' parameters.

    Raises:
        TypeError: If `data` is not a NumPy array or `name` not a string.
        ValueError: If the dtype is not a floating one of those three or the array is read-only.
    """

    def __init__(self, data: FloatArray, name: str = "") -> None:
        if not isinstance(data, np.ndarray):
            raise TypeError(f"parameter data must be a numpy.ndarray, got {type(data).__name__}")
        if data.dtype not in DTYPES:
            raise ValueError(
                f"parameter data must be float16, float32 or float64, got {data.dtype}"
            )
        if not data.flags.writeable:
            raise ValueError("parameter data must be writable, since it is updated in place")
        if not isinstance(name, str):
            raise TypeError(f"parameter name must be a string, got {type(name).__name__}")
        self.data = data
        self.name = name
        self.requires_grad = True

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the values."""
        return self.data.shape

    @property
    def dtype(self) -> np.dtype[Any]:
        """Dtype of the values."""
        return self.data.dtype

    def __repr__(self) -> str:
        return f"Parameter(name={self.name!r}, shape={self.shape}, dtype={self.dtype})"


def as_parameter(value: object) -> Parameter:
    """Return `value` itself if it is a `Parameter`, else the array wrapped into one.

    Args:
        value: A `Parameter` or a writable floating array.

    Returns:
        The parameter; it shares the memory of the array.

    Raises:
        TypeError: If `value` is neither.
        ValueError: If the array's dtype is not a floating one or it is read-only.
    """
    return value if isinstance(value, Parameter) else Parameter(value)  # type: ignore[arg-type]


def as_parameters(values: Iterable[object]) -> list[Parameter]:
    """Turn arrays and parameters into parameters; the same array twice is one parameter twice.

    Args:
        values: Parameters, or writable floating arrays.

    Returns:
        A list as long as `values`.
    """
    parameters: dict[int, Parameter] = {}
    result = []
    for value in values:
        key = id(value)
        if key not in parameters:
            parameters[key] = as_parameter(value)
        result.append(parameters[key])
    return result
