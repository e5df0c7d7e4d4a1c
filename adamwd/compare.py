"""Comparing traces: absolute, relative and ulp distance, first divergent step, the tolerances."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from adamwd.spec import RECORDABLE
from adamwd.trace import Trace

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Tolerance:
    """How far two results that should agree may be apart.

    Attributes:
        limit: The largest error allowed.
        unit: ``"ulp"`` of the scale max(abs(w), abs(update)), or ``"relative"`` to that scale.
        reason: Why not smaller.
    """

    limit: float
    unit: str
    reason: str


TOLERANCES: Mapping[str, Tolerance] = MappingProxyType(
    {
        "adamw/float32/fused": Tolerance(
            0, "ulp", "same operations, each rounded in the same way, on an x86-64 with FMA"
        ),
        "adamw/float64/fused": Tolerance(
            0, "ulp", "same operations, each rounded in the same way, on an x86-64 with FMA"
        ),
        "adamw/float32": Tolerance(
            4, "ulp", "PyTorch's vectorised square root is not correctly rounded; 100 steps"
        ),
        "adamw/float64": Tolerance(
            1e-14,
            "relative",
            "PyTorch's vectorised square root is not correctly rounded; 100 steps",
        ),
        "adamw/differentiable": Tolerance(
            3e-5, "relative", "PyTorch's differentiable step forms 1 - beta ** t in float32"
        ),
        "adam_weight_decay/float32": Tolerance(
            0, "ulp", "same operations, each rounded in the same way, on an x86-64 with FMA"
        ),
        "adam_weight_decay/float64": Tolerance(
            0, "ulp", "MindSpore computes float64 in float32, and so does the reference"
        ),
        "experimental/float32": Tolerance(
            256,
            "ulp",
            "MindSpore's experimental AdamW forms 1 - beta and 1 - beta ** t in float32",
        ),
        "other processor": Tolerance(
            8, "ulp", "without fused multiply-add a moment's last bit may differ at each step"
        ),
        "trace/recorded again": Tolerance(
            1e-3,
            "relative",
            "float32 rounding of another processor, amplified by up to 1000 steps of a problem "
            "that feeds the parameters back into the gradient",
        ),
        "parity/torch": Tolerance(
            2e-5,
            "relative",
            "PyTorch rounds the decay by itself, MindSpore with the update; 1000 steps, float32",
        ),
        "parity/torch/no-decay": Tolerance(
            1e-6, "relative", "float32 rounding of 1000 steps without decay"
        ),
        "parity/mindspore": Tolerance(
            2e-5, "relative", "the float32 decay, and eps, which AdamWeightDecay cannot schedule"
        ),
        "parity/mindspore/tiny-gradients": Tolerance(
            5e-5, "relative", "eps, for gradients of size 1e-5: AdamWeightDecay cannot schedule it"
        ),
        "trace/numpy": Tolerance(
            1e-6, "relative", "exp, log and tanh differ in the last bit between C libraries"
        ),
    }
)


def absolute(a: Array, b: Array) -> Array:
    """Return abs(a - b) in float64, elementwise; 0 where both are NaN or the same infinity.

    Args:
        a: An array.
        b: An array of the same shape.

    Returns:
        A float64 array of that shape; infinite where only one of the two is finite.
    """
    a, b = np.asarray(a, np.float64), np.asarray(b, np.float64)
    same = (a == b) | (np.isnan(a) & np.isnan(b))
    with np.errstate(invalid="ignore"):
        difference = np.abs(a - b)
    return np.asarray(np.where(same, 0.0, np.where(np.isnan(difference), np.inf, difference)))


def relative(a: Array, b: Array, scale: npt.ArrayLike | None = None) -> Array:
    """Return abs(a - b) divided by `scale`, by default abs(b); 0 where a and b agree.

    Args:
        a: An array.
        b: An array of the same shape.
        scale: What to divide by, broadcast against `a`.

    Returns:
        A float64 array.
    """
    difference = absolute(a, b)
    size = np.abs(np.asarray(b if scale is None else scale, np.float64))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(difference == 0.0, 0.0, difference / size))


def ulp_distance(a: Array, b: Array, scale: Array | None = None) -> Array:
    """Return abs(a - b) in units in the last place of `scale`, by default the larger of the two.

    Args:
        a: An array of float16, float32 or float64.
        b: An array of the same dtype and shape.
        scale: The size whose last place counts, such as max(abs(w), abs(update)).

    Returns:
        A float64 array; 0 where a and b agree.
    """
    dtype = np.asarray(a).dtype
    size = np.maximum(np.abs(a), np.abs(b)) if scale is None else np.abs(scale)
    size = np.where(np.isfinite(size), size, np.finfo(dtype).max / 2).astype(dtype)
    return np.asarray(absolute(a, b) / np.spacing(size).astype(np.float64))


def scaled_error(a: Array, b: Array, scale: Array, unit: str) -> float:
    """Return the largest error in the unit of a `Tolerance`.

    Args:
        a: An array.
        b: An array of the same dtype and shape.
        scale: The scale of the error, such as max(abs(w), abs(update)).
        unit: ``"ulp"`` or ``"relative"``.

    Returns:
        The largest error.
    """
    error = ulp_distance(a, b, scale) if unit == "ulp" else relative(a, b, scale)
    return float(np.max(error, initial=0.0))


def distance(a: Trace, b: Trace) -> Array:
    """Return the Euclidean distance between the parameter vectors of two traces, step by step.

    Args:
        a: A trace with parameters.
        b: A trace of the same problem, recorded at the same steps.

    Returns:
        A float64 array of shape (n,).

    Raises:
        ValueError: If the traces do not hold the same parameters at the same steps.
    """
    if not np.array_equal(a.steps, b.steps) or set(a.parameters) != set(b.parameters):
        raise ValueError("the traces must hold the same parameters at the same steps")
    squares = np.zeros(len(a.steps))
    for name, values in a.parameters.items():
        difference = np.asarray(values, np.float64) - np.asarray(b.parameters[name], np.float64)
        squares += (difference * difference).reshape(len(squares), -1).sum(axis=1)
    return np.asarray(np.sqrt(squares))


def trace_error(a: Trace, b: Trace) -> float:
    """Return the largest difference between two traces of the same spec.

    Each recorded quantity is compared with the largest value that it takes anywhere in the trace.

    Args:
        a: A trace.
        b: A trace of the same spec.

    Returns:
        The largest relative error; infinite if something is recorded in one of them only.
    """
    pairs = [(a.loss, b.loss)]
    for quantity in RECORDABLE:
        left, right = getattr(a, quantity), getattr(b, quantity)
        if set(left) != set(right):
            return float("inf")
        pairs += [(left[name], right[name]) for name in left]
    worst = 0.0
    for x, y in pairs:
        if x.shape != y.shape:
            return float("inf")
        finite = np.abs(np.asarray(y, np.float64)[np.isfinite(y)])
        scale = np.max(finite, initial=0.0) or 1.0
        worst = max(worst, float(np.max(relative(x, y, scale), initial=0.0)))
    return worst


def first_divergent_step(a: Trace, b: Trace, limit: float) -> int | None:
    """Return the first recorded step at which the parameters are farther apart than `limit`.

    Args:
        a: A trace with parameters.
        b: A trace of the same problem, recorded at the same steps.
        limit: The largest distance that still counts as agreement.

    Returns:
        The step number, or None if they agree throughout.
    """
    apart = np.flatnonzero(~(distance(a, b) <= limit))
    return int(a.steps[apart[0]]) if len(apart) else None
