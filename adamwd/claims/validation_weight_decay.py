"""Claims about the weight decays that each optimizer refuses."""

import math

import numpy as np

from adamwd.claims import refusals, runs
from adamwd.claims.claim import Measurements, claim


def _compare(
    measured: Measurements, value: float, error: refusals.Error, torch_error: refusals.Error
) -> bool:
    return refusals.compare(
        measured, ({"weight_decay": value}, error), ({"weight_decay": value}, torch_error)
    )


@claim(
    "validation.negative-weight-decay",
    zh="负的权重衰减，两者都拒绝。",
    en="Both refuse a negative weight decay.",
    failure_zh="其中一方会接受负的权重衰减，让权重逐步放大。",
    failure_en="One of them would accept a negative decay, which makes weights grow.",
)
def negative_weight_decay(measured: Measurements) -> None:
    """Construct both with a negative weight decay."""
    _compare(measured, -0.1, ValueError, ValueError)


@claim(
    "validation.infinite-weight-decay",
    zh="AdamWeightDecay 拒绝无穷大的权重衰减；AdamW 接受，第一步之后参数里就没有有限的数了。",
    en="AdamWeightDecay refuses an infinite weight decay; AdamW accepts it, "
    "and after the first step no element of the parameter is finite.",
    failure_zh="两者对无穷大权重衰减的检查会一致。",
    failure_en="The two would agree on an infinite weight decay.",
)
def infinite_weight_decay(measured: Measurements) -> None:
    """Construct both with an infinite weight decay, and step in torch."""
    if not _compare(measured, math.inf, ValueError, None):
        return
    value = refusals.after_one_step(runs.Torch, weight_decay=math.inf)
    measured.equal("finite elements after a step of AdamW", int(np.isfinite(value).sum()), 0)


@claim(
    "validation.nan-weight-decay",
    zh="权重衰减为 NaN 时，两者都拒绝。",
    en="Both refuse a weight decay of NaN.",
    failure_zh="其中一方会接受 NaN，第一步就毁掉全部参数。",
    failure_en="One of them would accept NaN and ruin every parameter at the first step.",
)
def nan_weight_decay(measured: Measurements) -> None:
    """Construct both with a weight decay of NaN."""
    _compare(measured, math.nan, ValueError, ValueError)
