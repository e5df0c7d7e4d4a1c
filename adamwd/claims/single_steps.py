"""Optimizers of one parameter ``w`` that is put back to a value, so that one update can be read.

An update read off a parameter that has travelled far has lost digits; one that starts at zero has
not. Both classes have the same methods, so that a check treats both optimizers alike.
"""

from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from adamwd.claims import runs
from adamwd.claims.runs import Array

TINY_EPS = 1e-30  # AdamWeightDecay refuses zero; this is lost beside any sqrt(v) measured here.


class Optimizer(Protocol):
    """What a check may do with either optimizer."""

    def step(self, gradient: npt.ArrayLike) -> None:
        """Do one step with a gradient."""

    def put(self, value: npt.ArrayLike) -> None:
        """Give the parameter a value."""

    def value(self) -> Array:
        """Return the parameter's values, copied."""

    def moments(self) -> tuple[Array, Array]:
        """Return the first and the second moment, copied."""

    def resume(self, step: int, moment1: npt.ArrayLike, moment2: npt.ArrayLike) -> None:
        """Give the optimizer the state that it would have after a number of steps."""


class Torch:
    """``torch.optim.AdamW`` of one parameter.

    Args:
        start: Start values.
        **options: Arguments of the optimizer.
    """

    def __init__(self, start: npt.ArrayLike, **options: Any) -> None:
        self.run = runs.Torch({"w": np.asarray(start)}, **options)
        self._dtype = np.asarray(start).dtype

    def step(self, gradient: npt.ArrayLike) -> None:
        """Do one step with a gradient."""
        self.run.step({"w": np.asarray(gradient, self._dtype)})

    def put(self, value: npt.ArrayLike) -> None:
        """Give the parameter a value."""
        _fill(self.run, self.run.parameters["w"], value)

    def value(self) -> Array:
        """Return the parameter's values, copied."""
        return self.run.value("w")

    def moments(self) -> tuple[Array, Array]:
        """Return the first and the second moment, copied."""
        state = self.run.optimizer.state[self.run.parameters["w"]]
        return np.array(state["exp_avg"].numpy()), np.array(state["exp_avg_sq"].numpy())

    def resume(self, step: int, moment1: npt.ArrayLike, moment2: npt.ArrayLike) -> None:
        """Give the optimizer, which has done a step, the state after a number of steps."""
        state = self.run.optimizer.state[self.run.parameters["w"]]
        for name, value in (("step", step), ("exp_avg", moment1), ("exp_avg_sq", moment2)):
            _fill(self.run, state[name], value)


class MindSpore:
    """``mindspore.nn.AdamWeightDecay``, or another MindSpore optimizer, of one parameter.

    Args:
        start: Start values.
        **options: Arguments of the optimizer, and ``make``, its class.
    """

    def __init__(self, start: npt.ArrayLike, **options: Any) -> None:
        self.run = runs.MindSpore({"w": np.asarray(start)}, **options)
        self._dtype = np.asarray(start).dtype

    def step(self, gradient: npt.ArrayLike) -> None:
        """Do one step with a gradient."""
        self.run.step({"w": np.asarray(gradient, self._dtype)})

    def put(self, value: npt.ArrayLike) -> None:
        """Give the parameter a value; ``set_data`` would cut it off from the optimizer."""
        self._assign(self.run.parameters["w"], value)

    def value(self) -> Array:
        """Return the parameter's values, copied."""
        return self.run.value("w")

    def moments(self) -> tuple[Array, Array]:
        """Return the first and the second moment, copied."""
        optimizer = self.run.optimizer
        names = ("moments1", "moments2") if hasattr(optimizer, "moments1") else _EXPERIMENTAL
        first, second = (np.array(getattr(optimizer, name)[0].asnumpy()) for name in names)
        return first, second

    def resume(self, step: int, moment1: npt.ArrayLike, moment2: npt.ArrayLike) -> None:
        """Give the optimizer the state after a number of steps; only schedules use that number."""
        optimizer = self.run.optimizer
        self._assign(optimizer.moments1[0], moment1)
        self._assign(optimizer.moments2[0], moment2)
        self._assign(optimizer.global_step, step)

    def _assign(self, target: Any, value: npt.ArrayLike) -> None:
        mindspore = self.run.mindspore
        current = target.asnumpy()
        filled = np.array(np.broadcast_to(np.asarray(value, current.dtype), current.shape))
        mindspore.ops.assign(target, mindspore.Tensor(filled))


_EXPERIMENTAL = ("exp_avg", "exp_avg_sq")


def _fill(run: runs.Torch, target: Any, value: npt.ArrayLike) -> None:
    with run.torch.no_grad():
        target.copy_(run.torch.from_numpy(np.array(value)))


def update(optimizer: Optimizer, gradient: npt.ArrayLike) -> Array:
    """Return the update of one step from zero: what is subtracted from the parameter, in float64.

    Args:
        optimizer: The optimizer; its parameter is put to zero before the step.
        gradient: The gradient.
    """
    optimizer.put(np.zeros(np.shape(gradient), np.float32))
    optimizer.step(gradient)
    return -optimizer.value().astype(np.float64)


def pair(
    size: int = 1, beta1: float = 0.9, beta2: float = 0.999, eps: float = TINY_EPS
) -> tuple[Optimizer, Optimizer]:
    """Return torch's and MindSpore's optimizer with rate one, no decay and the same settings.

    Args:
        size: Number of elements of the parameter.
        beta1: Decay rate of the first moment.
        beta2: Decay rate of the second moment.
        eps: The same eps for both.
    """
    start = np.zeros(size, np.float32)
    return (
        Torch(start, lr=1.0, betas=(beta1, beta2), eps=eps, weight_decay=0.0),
        MindSpore(start, learning_rate=1.0, beta1=beta1, beta2=beta2, eps=eps, weight_decay=0.0),
    )


def ratio(step: npt.ArrayLike, beta1: float = 0.9, beta2: float = 0.999) -> Any:
    """Return the closed form of AdamWeightDecay's update over AdamW's, for one step or many."""
    step = np.asarray(step, np.float64)
    return (1 - beta1**step) / np.sqrt(1 - beta2**step)


def measured_ratios(
    torch: Optimizer, mindspore: Optimizer, steps: int, gradient: npt.ArrayLike = 1.0
) -> Array:
    """Return AdamWeightDecay's update over AdamW's at each step, with a constant gradient."""
    given = np.full(1, gradient, np.float32)
    return np.array(
        [float(update(mindspore, given)[0] / update(torch, given)[0]) for _ in range(steps)]
    )


def resumed_ratio(torch: Optimizer, mindspore: Optimizer, step: int) -> float:
    """Return the ratio at a late step, of optimizers resumed with the state before it.

    Both get the same moments, those of a constant gradient of one; each must have done a step.
    """
    moments = 1 - 0.9 ** (step - 1), 1 - 0.999 ** (step - 1)
    given = np.ones(1, np.float32)
    for optimizer in (torch, mindspore):
        optimizer.resume(step - 1, *moments)
    return float(update(mindspore, given)[0] / update(torch, given)[0])
