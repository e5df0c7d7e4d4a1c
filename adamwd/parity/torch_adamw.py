r"""``torch.optim.AdamW`` made to follow ``mindspore.nn.AdamWeightDecay``.

This file stands alone: it needs torch and nothing else. Copy it, or import it from `adamwd.parity`.

    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, eps=1e-6, weight_decay=0.0)
    follow = FollowAdamWeightDecay(optimizer)
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, warm_up)  # your own, unchanged

The groups keep the values that you gave them, AdamWeightDecay's; only while ``optimizer.step()``
runs do they have those that take the bias correction out again:

    lr' = lr (1 - beta1^t) / sqrt(1 - beta2^t)
    eps' = eps / sqrt(1 - beta2^t)
    weight_decay' = weight_decay sqrt(1 - beta2^t) / (1 - beta1^t)

so that schedulers, checkpoints and whatever reads ``group["lr"]`` see what they are used to.

Decay below float32: torch multiplies a parameter by 1 - lr weight_decay, which is 1 in float32
where lr weight_decay is below 2^-25, about 3e-8. MindSpore adds the decay to the update before it
rounds. Where you need so small a decay, keep the parameters in float64.
"""

import math
import struct
from collections.abc import Iterable
from typing import Any

import torch

KEYS = ("lr", "eps", "weight_decay", "betas")


class FollowAdamWeightDecay:
    """Makes a ``torch.optim.AdamW`` do the steps of MindSpore's ``nn.AdamWeightDecay``.

    It works with every implementation (for-loop, foreach, fused), with groups, and beside any
    scheduler. It has nothing to save: the number of steps is the optimizer's own.

    Args:
        optimizer: The optimizer, whose groups have AdamWeightDecay's values.
        round_betas: Whether the decay rates are rounded to float32 first, as MindSpore does.

    Raises:
        TypeError: If it is no ``torch.optim.AdamW``.
        ValueError: If a group has ``amsgrad`` or ``capturable``: the one has no counterpart, and
            the other's learning rate is a tensor on the device.
    """

    def __init__(self, optimizer: torch.optim.Optimizer, *, round_betas: bool = True) -> None:
        if not isinstance(optimizer, torch.optim.AdamW):
            raise TypeError(f"expected a torch.optim.AdamW, got {type(optimizer).__name__}")
        for index, group in enumerate(optimizer.param_groups):
            for name in ("amsgrad", "capturable"):
                if group.get(name):
                    raise ValueError(f"group {index} has {name}=True, which has no counterpart")
        self._optimizer = optimizer
        self._round_betas = round_betas
        self._given: list[dict[str, Any]] = []
        self._hooks = [
            optimizer.register_step_pre_hook(self._before),
            optimizer.register_step_post_hook(self._after),
        ]

    def remove(self) -> None:
        """Let the optimizer be what it was."""
        self._restore()
        for hook in self._hooks:
            hook.remove()

    def _before(self, *_: Any) -> None:
        # A step that raised an exception has not come to its end.
        self._restore()
        groups = self._optimizer.param_groups
        self._given = [{key: group[key] for key in KEYS} for group in groups]
        for index, group in enumerate(groups):
            step = self._next_step(index, group["params"])
            beta1, beta2 = (self._rounded(float(beta)) for beta in group["betas"])
            first, root = 1 - beta1**step, math.sqrt(1 - beta2**step)
            group["betas"] = (beta1, beta2)
            group["lr"] = float(group["lr"]) * first / root
            group["eps"] = group["eps"] / root
            group["weight_decay"] = group["weight_decay"] * root / first

    def _after(self, *_: Any) -> None:
        self._restore()

    def _restore(self) -> None:
        for group, given in zip(self._optimizer.param_groups, self._given, strict=False):
            group.update(given)
        self._given = []

    def _next_step(self, index: int, parameters: Iterable[torch.Tensor]) -> int:
        state = self._optimizer.state
        counts = {
            int(state[p]["step"]) if p in state and "step" in state[p] else 0
            for p in parameters
            if p.grad is not None
        }
        if len(counts) > 1:
            raise RuntimeError(
                f"the parameters of group {index} have taken {sorted(counts)} steps: AdamW "
                "corrects each by its own number, so put those with gradients now and then into a "
                "group of their own"
            )
        return 1 + next(iter(counts), 0)

    def _rounded(self, beta: float) -> float:
        if not self._round_betas:
            return beta
        rounded: float = struct.unpack("f", struct.pack("f", beta))[0]
        return rounded


def groups_by_name(
    named_parameters: Iterable[tuple[str, torch.Tensor]], weight_decay: float
) -> list[dict[str, Any]]:
    """Return groups that decay what AdamWeightDecay decays when it is given no groups.

    Its filter looks for ``beta`` and ``gamma`` anywhere in a name, in lower case. PyTorch calls the
    same parameters weight and bias, so that nothing matches: rename them first, or better, choose
    by what a parameter is, ``p.ndim > 1``.

    Args:
        named_parameters: Names and parameters, such as ``model.named_parameters()``.
        weight_decay: For those that decay.

    Returns:
        Two groups, less those that would be empty: with the weight decay, and without.
    """
    decayed: list[torch.Tensor] = []
    kept: list[torch.Tensor] = []
    for name, parameter in named_parameters:
        (kept if "beta" in name or "gamma" in name else decayed).append(parameter)
    groups = [
        {"params": decayed, "weight_decay": weight_decay},
        {"params": kept, "weight_decay": 0.0},
    ]
    return [group for group in groups if group["params"]]
