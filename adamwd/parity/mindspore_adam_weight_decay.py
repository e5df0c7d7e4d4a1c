r"""``mindspore.nn.AdamWeightDecay`` made to follow ``torch.optim.AdamW``.

This file stands alone: it needs mindspore and NumPy, and nothing else. Copy it, or import it from
`adamwd.parity`. Where you can, take an optimizer that has the bias correction already:
``mindspore.experimental.optim.AdamW`` on CPU and GPU, ``mindspore.mint.optim.AdamW`` on Ascend.

    optimizer = following_adamw(net.trainable_params(), rates, weight_decay=0.01)

``rates`` are AdamW's learning rates, one for each step of the training: your schedule, written out.
AdamWeightDecay gets at step t, counted from 1,

    learning_rate = rate sqrt(1 - beta2^t) / (1 - beta1^t)
    weight_decay' = weight_decay (1 - beta1^t) / sqrt(1 - beta2^t)

Eps cannot be scheduled. Where gradients are not tiny it does not matter; where they are, AdamW's
eps sqrt(1 - beta2^t) grows to eps, so the first steps come out smaller than AdamW's.
"""

from collections.abc import Sequence
from typing import Any

import mindspore as ms
import numpy as np
from mindspore import nn


class DecayOfEachStep(nn.Cell):  # type: ignore[misc]
    """Weight decay with a value for each step.

    Args:
        values: One value a step, counted from 0.
    """

    def __init__(self, values: Any) -> None:
        super().__init__()
        self.values = ms.Tensor(values, ms.float32)

    def construct(self, global_step: Any) -> Any:
        """Return the value of a step."""
        return self.values[global_step]


def following_adamw(
    params: Sequence[Any],
    rates: Sequence[float],
    betas: tuple[float, float] = (0.9, 0.999),
    eps: float = 1e-8,
    weight_decay: float = 0.01,
    *,
    first_step: int = 1,
) -> nn.AdamWeightDecay:
    """Return an ``nn.AdamWeightDecay`` that does the steps of ``torch.optim.AdamW``.

    Args:
        params: Parameters, or groups, dictionaries with ``"params"`` and, if they differ,
            ``"weight_decay"`` and ``"lr"``, the rates of that group. Every parameter decays, as in
            AdamW: the filter by name is off.
        rates: AdamW's learning rate for each step that is to come.
        betas: AdamW's.
        eps: AdamW's.
        weight_decay: AdamW's.
        first_step: The number that the first step has in AdamW's count: 1, or for an optimizer
            that goes on with moments of earlier steps the number of those plus 1.

    Raises:
        ValueError: If there are no rates, or groups have different numbers of them.
        TypeError: If a group has a key that has no meaning here, or there are parameters beside
            groups.
    """
    groups: list[dict[str, Any]] = [p for p in params if isinstance(p, dict)]
    if len(groups) not in (0, len(params)):
        raise TypeError("params must be parameters or groups, not some of each")
    groups = groups or [{"params": list(params)}]
    made = []
    for group in groups:
        if unknown := set(group) - {"params", "weight_decay", "lr"}:
            raise TypeError(f"a group has params, weight_decay and lr, not {sorted(unknown)}")
        own = np.asarray(group.get("lr", rates), np.float64)
        if own.ndim != 1 or len(own) == 0 or len(own) != len(rates):
            raise ValueError(
                f"rates must be one for each step, {len(rates)}, got shape {own.shape}"
            )
        steps = np.arange(first_step, first_step + len(own))
        ratio = (1 - betas[0] ** steps) / np.sqrt(1 - betas[1] ** steps)
        decay = float(group.get("weight_decay", weight_decay))
        made.append(
            {
                "params": group["params"],
                "lr": (own / ratio).tolist(),
                # A group of its own, so that no name is held back.
                "weight_decay": DecayOfEachStep(decay * ratio) if decay else 0.0,
            }
        )
    return nn.AdamWeightDecay(made, made[0]["lr"], *betas, eps)
