"""An update rule of the reader's own: a copy to start from, and how far it is from the original."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from adamwd.adam_weight_decay import adam_weight_decay_update
from adamwd.adamw import adamw_update
from adamwd.compare import TOLERANCES, ulp_distance
from adamwd.playground.curves import is_adam_weight_decay
from adamwd.playground.reader_code import OwnCodeError, Source
from adamwd.spec import OPTIMIZERS, Spec
from adamwd.stacked import Rows

Array = np.ndarray[Any, Any]
Moments = tuple[Array, Array, Array]
SIGNATURE = "update(w, g, m, v, t, lr, beta1, beta2, eps, weight_decay)"

ADAMW = '''\
def update(w, g, m, v, t, lr, beta1, beta2, eps, weight_decay):
    """One step of torch.optim.AdamW; t counts from 1."""
    w = w * (1 - lr * weight_decay)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    w = w - lr * m_hat / (np.sqrt(v_hat) + eps)
    return w, m, v
'''
ADAM_WEIGHT_DECAY = '''\
def update(w, g, m, v, t, lr, beta1, beta2, eps, weight_decay):
    """One step of mindspore.nn.AdamWeightDecay; there is no bias correction."""
    # MindSpore rounds the decay rates to float32 before it forms 1 - beta.
    beta1, beta2 = float(np.float32(beta1)), float(np.float32(beta2))
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    w = w - lr * (m / (np.sqrt(v) + eps) + weight_decay * w)
    return w, m, v
'''
TEMPLATES = {
    optimizer: ADAM_WEIGHT_DECAY if optimizer.endswith(".AdamWeightDecay") else ADAMW
    for optimizer in OPTIMIZERS
}


def own_rule(where: str, text: Any) -> Callable[..., Moments]:
    """Return the reader's update rule.

    Args:
        where: ``"rules.left"`` or ``"rules.right"``.
        text: Source that defines ``update`` with the signature `SIGNATURE`.

    Returns:
        A function of the same arguments, arrays being float32 (P,), that returns the new
        parameters, first and second moments, rounded to float32. The reader's code itself is given
        float64 arrays of the same numbers.

    Raises:
        OwnCodeError: If the code fails or returns something else.
    """
    source = Source(where, text)
    update = source.required("update", SIGNATURE)

    def rule(w: Array, g: Array, m: Array, v: Array, *settings: Any) -> Moments:
        with source.mistakes():
            result = update(*(x.astype(np.float64) for x in (w, g, m, v)), *settings)
            if not isinstance(result, tuple) or len(result) != 3:
                raise OwnCodeError(
                    where, f"update must return three arrays, w, m, v, got {_described(result)}"
                )
            arrays = [np.asarray(array, np.float64) for array in result]
        for name, array in zip("wmv", arrays, strict=True):
            if array.shape != w.shape:
                raise OwnCodeError(
                    where, f"{name} must keep its shape {w.shape}, got {array.shape}"
                )
        new_w, new_m, new_v = (array.astype(np.float32) for array in arrays)
        return new_w, new_m, new_v

    return rule


def _described(result: Any) -> str:
    return f"{len(result)} values" if isinstance(result, tuple) else type(result).__name__


class BuiltInRule:
    """The reference's rule of a spec, one step at a time.

    Args:
        spec: The run, whose hyper-parameters hold.
        rows: The same as one row.
    """

    def __init__(self, spec: Spec, rows: Rows) -> None:
        self._other = is_adam_weight_decay(spec)
        self._amsgrad, self._maximize = bool(rows.amsgrad[0]), bool(rows.maximize[0])
        self._largest: Any = None

    def step(self, w: Array, g: Array, m: Array, v: Array, settings: tuple[Any, ...]) -> Moments:
        """Return parameters and moments after one step.

        Args:
            w: Parameters, float32, (P,).
            g: Gradients.
            m: First moments.
            v: Second moments.
            settings: Step number, learning rate, beta1, beta2, eps, weight decay.
        """
        t, lr, beta1, beta2, eps, weight_decay = settings
        rest = {"beta1": beta1, "beta2": beta2, "eps": eps, "weight_decay": weight_decay}
        if self._other:
            return adam_weight_decay_update(w, g, m, v, learning_rate=lr, **rest)
        if self._amsgrad and self._largest is None:
            self._largest = np.zeros_like(w)
        new_w, new_m, new_v, largest = adamw_update(
            w, g, m, v, self._largest, step=t, lr=lr, maximize=self._maximize, **rest
        )
        self._largest = largest
        return new_w, new_m, new_v


@dataclass
class Verdict:
    """How far an own rule is from the built-in one, each step being made from the same state.

    Attributes:
        first_step: The first step that differs by more than rounding, or None.
        largest: The largest difference so far, in units in the last place.
    """

    first_step: int | None = None
    largest: float = 0.0

    def see(self, step: int, before: Moments, own: Moments, built_in: Moments) -> None:
        """Take notice of one step.

        Args:
            step: Its number.
            before: Parameters and moments that it started from.
            own: Where the own rule went.
            built_in: Where the built-in rule goes.
        """
        limit = TOLERANCES["adamw/float32"].limit
        for old, mine, theirs in zip(before, own, built_in, strict=True):
            size = np.maximum(np.abs(old), np.maximum(np.abs(mine), np.abs(theirs)))
            apart = float(np.max(ulp_distance(mine, theirs, size), initial=0.0))
            self.largest = max(self.largest, apart)
            if apart > limit and self.first_step is None:
                self.first_step = step
