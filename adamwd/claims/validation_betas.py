"""Claims about the decay rates that each optimizer refuses."""

import math

import numpy as np

from adamwd.claims import refusals, runs
from adamwd.claims.claim import Measurements, claim


def _compare(
    measured: Measurements, value: float, error: refusals.Error, torch_error: refusals.Error
) -> bool:
    both = []
    for name, betas in (("beta1", (value, 0.999)), ("beta2", (0.9, value))):
        options = {name: value}, error
        torch_options = {"betas": betas}, torch_error
        both.append(refusals.compare(measured, options, torch_options, suffix=f", {name}"))
    return all(both)


@claim(
    "validation.beta-one",
    zh="任一指数衰减率等于一，两者都拒绝。",
    en="Both refuse a decay rate of one, for either moment.",
    failure_zh="其中一方会接受一个永远不更新矩估计的优化器。",
    failure_en="One of them would accept an optimizer whose moment never changes.",
)
def beta_one(measured: Measurements) -> None:
    """Construct both with each decay rate at one."""
    _compare(measured, 1.0, ValueError, ValueError)


@claim(
    "validation.beta-zero",
    zh="AdamWeightDecay 拒绝等于零的指数衰减率；AdamW 接受，两个都取零时每步恰好走一个学习率，"
    "只看梯度的符号。",
    en="AdamWeightDecay refuses a decay rate of zero; AdamW accepts it, and with both at zero "
    "each step is one learning rate long and depends on the sign of the gradient alone.",
    failure_zh="这类设置可以原样迁移到 AdamWeightDecay，不必再用一个很小的正数代替零。",
    failure_en="Such settings could be taken to AdamWeightDecay unchanged, "
    "without a small positive number in place of zero.",
)
def beta_zero(measured: Measurements) -> None:
    """Construct both with each decay rate at zero, and step with both at zero in torch."""
    if not _compare(measured, 0.0, ValueError, None):
        return
    value = refusals.after_one_step(runs.Torch, lr=0.125, betas=(0.0, 0.0), weight_decay=0.0)
    steps = (refusals.START["w"] - value) / np.sign(refusals.GRADIENT["w"])
    measured.close("shortest step over the learning rate", steps.min() / 0.125, 1.0, 1e-5)
    measured.close("longest step over the learning rate", steps.max() / 0.125, 1.0, 1e-5)


@claim(
    "validation.beta-nan",
    zh="AdamWeightDecay 接受 NaN 作指数衰减率，第一步就把全部参数变成 NaN，没有报错；AdamW 拒绝。",
    en="AdamWeightDecay accepts NaN for a decay rate, and its first step turns every element of "
    "the parameter to NaN without an error; AdamW refuses it.",
    failure_zh="AdamWeightDecay 会在构造时发现 NaN，不会再悄悄毁掉参数。",
    failure_en="AdamWeightDecay would find the NaN at construction "
    "and no longer ruin the parameters in silence.",
)
def beta_nan(measured: Measurements) -> None:
    """Construct both with each decay rate at NaN, and step where it is accepted."""
    if not _compare(measured, math.nan, None, ValueError):
        return
    for name in ("beta1", "beta2"):
        value = refusals.after_one_step(runs.MindSpore, **{name: math.nan})
        measured.equal(f"NaN elements, {name}", int(np.isnan(value).sum()), value.size)


@claim(
    "validation.beta-integer",
    zh="整数写法的指数衰减率两者都拒绝，但异常类型不同：AdamWeightDecay 抛出 TypeError，"
    "AdamW 抛出 ValueError，因为两个指数衰减率必须同为浮点数。",
    en="Both refuse a decay rate written as an integer, with different exceptions: TypeError in "
    "AdamWeightDecay, ValueError in AdamW, where both rates must be floats.",
    failure_zh="按异常类型捕获的代码在迁移后行为会不同，或者其中一方开始接受整数。",
    failure_en="One of them would accept integers, or code that catches one type would "
    "behave differently after the move.",
)
def beta_integer(measured: Measurements) -> None:
    """Construct both with each decay rate as the integer zero."""
    _compare(measured, 0, TypeError, ValueError)
