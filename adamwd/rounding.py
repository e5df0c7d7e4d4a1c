"""The roundings that decide the last bits: multiply-add, interpolation, bias correction.

Everything here uses only operations that IEEE 754 rounds in one way (+, -, *, /, square root) and
integers, so that the same bits come out on every processor and in the browser.
"""

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.floating[Any]]

FRACTION_BITS = 192


def fused_multiply_add(a: npt.ArrayLike, b: npt.ArrayLike, c: npt.ArrayLike) -> Any:
    """Return ``a * b + c``, rounded once where the frameworks' kernels round once.

    In float32 the product of two numbers is exact in float64; the sum is rounded to float64 and
    then to float32, which differs from one single rounding about once in 2**29 operations.
    In float64 the error of the product and that of the sum are computed and added at the end.
    In float16 the product and the sum are rounded one after the other.

    Args:
        a: Factor, float16, float32 or float64, any shape.
        b: Factor of the same dtype, broadcast against `a`.
        c: Summand of the same dtype, broadcast against `a`.

    Returns:
        An array of the common dtype and the broadcast shape.
    """
    a, b, c = np.asarray(a), np.asarray(b), np.asarray(c)
    dtype = np.result_type(a.dtype, b.dtype, c.dtype)
    if dtype == np.float32:
        wide = a.astype(np.float64) * b.astype(np.float64) + c.astype(np.float64)
        return wide.astype(np.float32)
    if dtype == np.float64:
        return _fused_multiply_add_float64(a, b, c)
    return a * b + c


def _fused_multiply_add_float64(a: Any, b: Any, c: Any) -> Any:
    """Dekker's error-free product and Knuth's error-free sum (Numerische Mathematik 18, 1971).

    Splitting overflows above 1e300, where the plain sum is all that is left.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        return _dekker(a, b, c)


def _dekker(a: Any, b: Any, c: Any) -> Any:
    product = a * b
    a_high, a_low = _split(a)
    b_high, b_low = _split(b)
    product_error = a_low * b_low - (
        ((product - a_high * b_high) - a_low * b_high) - a_high * b_low
    )
    total = product + c
    part = total - product
    sum_error = (product - (total - part)) + (c - part)
    result = total + (product_error + sum_error)
    return np.where(np.isfinite(result), result, total)


def _split(x: Any) -> tuple[Any, Any]:
    """Split a float64 into a high and a low half of 26 bits each (Veltkamp)."""
    scaled = 134217729.0 * x
    high = scaled - (scaled - x)
    return high, x - high


def lerp(start: Any, end: Any, weight: Any) -> Any:
    """Interpolate linearly as ``torch.lerp`` does: from the nearer end.

    ``start + weight * (end - start)`` where ``weight < 0.5``, else
    ``end - (end - start) * (1 - weight)``.

    Args:
        start: Value at weight 0, any shape.
        end: Value at weight 1, same dtype, broadcast against `start`.
        weight: Weight, same dtype, broadcast against `start`.

    Returns:
        An array of the same dtype and the broadcast shape.

    Source: ATen/native/Lerp.h, PyTorch 2.13.
    """
    difference = end - start
    near_start = np.abs(weight) < 0.5
    if np.all(near_start):
        return fused_multiply_add(weight, difference, start)
    one = np.asarray(weight).dtype.type(1)
    from_end = fused_multiply_add(-difference, one - weight, end)
    return np.where(near_start, fused_multiply_add(weight, difference, start), from_end)


@lru_cache(maxsize=1 << 16)
def integer_power(base: float, exponent: int) -> float:
    """Return ``base ** exponent`` for a decay rate, by integer arithmetic on fixed-point numbers.

    The C library's ``pow`` differs in the last bit between platforms. This one does not: it
    squares and multiplies fixed-point numbers of 192 fraction bits, so its absolute error is
    below 2**-180 and ``1 - base ** exponent`` is the correctly rounded one.

    Args:
        base: A number in [0, 1].
        exponent: A whole number, 0 or larger.

    Returns:
        The power as a Python float.

    Raises:
        ValueError: If `base` is outside [0, 1] or `exponent` is negative.
    """
    if not 0.0 <= base <= 1.0:
        raise ValueError(f"base must be in [0, 1], got {base!r}")
    if exponent < 0:
        raise ValueError(f"exponent must be 0 or larger, got {exponent!r}")
    numerator, denominator = base.as_integer_ratio()
    square = (numerator << FRACTION_BITS) // denominator
    power = 1 << FRACTION_BITS
    while exponent:
        if exponent & 1:
            power = (power * square) >> FRACTION_BITS
        square = (square * square) >> FRACTION_BITS
        exponent >>= 1
    return power / (1 << FRACTION_BITS)


def bias_correction(beta: npt.ArrayLike, step: npt.ArrayLike) -> Any:
    """Return ``1 - beta ** step`` in float64, for one setting or for many.

    Args:
        beta: Decay rate in [0, 1), a number or an array of any shape.
        step: Step number, counted from 1, broadcast against `beta`.

    Returns:
        A Python float for scalars, else a float64 array of the broadcast shape.
    """
    if np.ndim(beta) == 0 and np.ndim(step) == 0:
        return 1.0 - integer_power(float(beta), int(step))  # type: ignore[arg-type]
    betas, steps = np.broadcast_arrays(np.asarray(beta, np.float64), np.asarray(step))
    powers = [integer_power(float(b), int(t)) for b, t in zip(betas.flat, steps.flat, strict=True)]
    return 1.0 - np.array(powers, np.float64).reshape(betas.shape)
