"""Claims about the values of eps that each optimizer refuses."""

import math

import numpy as np

from adamwd.claims import refusals, runs
from adamwd.claims.claim import Measurements, claim


@claim(
    "validation.zero-eps",
    zh="AdamWeightDecay 拒绝等于零的数值稳定项 eps；AdamW 接受，梯度不为零时照常更新。",
    en="AdamWeightDecay refuses an eps of zero; AdamW accepts it, "
    "and where the gradient is not zero its step is finite.",
    failure_zh="eps 取零的设置可以原样迁移到 AdamWeightDecay。",
    failure_en="A setting with an eps of zero could be taken to AdamWeightDecay unchanged.",
)
def zero_eps(measured: Measurements) -> None:
    """Construct both with an eps of zero, and step in torch."""
    if not refusals.compare(measured, ({"eps": 0.0}, ValueError), ({"eps": 0.0}, None)):
        return
    value = refusals.after_one_step(runs.Torch, eps=0.0)
    measured.equal(
        "finite elements after a step of AdamW", int(np.isfinite(value).sum()), value.size
    )


@claim(
    "validation.negative-eps",
    zh="负的数值稳定项 eps，两者都拒绝。",
    en="Both refuse a negative eps.",
    failure_zh="其中一方会接受负的 eps，分母可能为零。",
    failure_en="One of them would accept a negative eps, and its denominator could be zero.",
)
def negative_eps(measured: Measurements) -> None:
    """Construct both with a negative eps."""
    refusals.compare(measured, ({"eps": -1e-8}, ValueError), ({"eps": -1e-8}, ValueError))


@claim(
    "validation.integer-eps",
    zh="整数写法的数值稳定项 eps，AdamWeightDecay 以 TypeError 拒绝，AdamW 接受。",
    en="AdamWeightDecay refuses an eps written as an integer with a TypeError; AdamW accepts it.",
    failure_zh="两者对整数 eps 的处理会一致，迁移时不必再改写成浮点数。",
    failure_en="The two would agree on an integer eps, and a migration need not rewrite it.",
)
def integer_eps(measured: Measurements) -> None:
    """Construct both with an eps that is a positive integer."""
    refusals.compare(measured, ({"eps": 1}, TypeError), ({"eps": 1}, None))


@claim(
    "validation.infinite-eps",
    zh="AdamWeightDecay 拒绝无穷大的数值稳定项 eps；AdamW 接受，此后参数不再随梯度变化，"
    "只剩权重衰减。",
    en="AdamWeightDecay refuses an infinite eps; AdamW accepts it, and from then on the gradient "
    "moves nothing: only weight decay is left.",
    failure_zh="两者对无穷大 eps 的检查会一致。",
    failure_en="The two would agree on an infinite eps.",
)
def infinite_eps(measured: Measurements) -> None:
    """Construct both with an infinite eps, and step in torch without and with weight decay."""
    if not refusals.compare(measured, ({"eps": math.inf}, ValueError), ({"eps": math.inf}, None)):
        return
    still = refusals.after_one_step(runs.Torch, eps=math.inf, lr=0.125, weight_decay=0.0)
    moved = int((still != refusals.START["w"]).sum())
    measured.equal("elements that the gradient moves", moved, 0)
    decayed = refusals.after_one_step(runs.Torch, eps=math.inf, lr=0.125, weight_decay=0.5)
    measured.close("factor left by weight decay", decayed[0], 1 - 0.125 * 0.5, 1e-6)


@claim(
    "validation.nan-eps",
    zh="数值稳定项 eps 为 NaN 时，两者都拒绝。",
    en="Both refuse an eps of NaN.",
    failure_zh="其中一方会接受 NaN，第一步就毁掉全部参数。",
    failure_en="One of them would accept NaN and ruin every parameter at the first step.",
)
def nan_eps(measured: Measurements) -> None:
    """Construct both with an eps of NaN."""
    refusals.compare(measured, ({"eps": math.nan}, ValueError), ({"eps": math.nan}, ValueError))
