"""Claims about the learning rates that each optimizer refuses."""

import math

import numpy as np

from adamwd.claims import refusals, runs
from adamwd.claims.claim import Measurements, claim


@claim(
    "validation.negative-learning-rate",
    zh="负的学习率，两者在构造时都拒绝。",
    en="Both refuse a negative learning rate at construction.",
    failure_zh="其中一方会接受负的学习率，训练沿梯度上升而没有任何提示。",
    failure_en="One of them would accept a negative rate and climb the gradient without a word.",
)
def negative_learning_rate(measured: Measurements) -> None:
    """Construct both with a negative learning rate."""
    refusals.compare(measured, ({"learning_rate": -1.0}, ValueError), ({"lr": -1.0}, ValueError))


@claim(
    "validation.infinite-learning-rate",
    zh="AdamWeightDecay 拒绝无穷大的学习率；AdamW 接受，第一步之后参数里就没有有限的数了。",
    en="AdamWeightDecay refuses an infinite learning rate; AdamW accepts it, "
    "and after the first step no element of the parameter is finite.",
    failure_zh="两者对无穷大学习率的检查会变得一致，对照表的这一行要改。",
    failure_en="The two would agree on infinite rates, and this row of the table would be wrong.",
)
def infinite_learning_rate(measured: Measurements) -> None:
    """Construct both with an infinite learning rate, and do one step where it is accepted."""
    as_expected = refusals.compare(
        measured, ({"learning_rate": math.inf}, ValueError), ({"lr": math.inf}, None)
    )
    if not as_expected:
        return
    value = refusals.after_one_step(runs.Torch, lr=math.inf)
    measured.equal("finite elements after a step of AdamW", int(np.isfinite(value).sum()), 0)


@claim(
    "validation.nan-learning-rate",
    zh="学习率为 NaN 时，两者在构造时都拒绝。",
    en="Both refuse a learning rate of NaN at construction.",
    failure_zh="其中一方会接受 NaN，第一步就把全部参数变成 NaN。",
    failure_en="One of them would accept NaN, and its first step would turn all parameters to NaN.",
)
def nan_learning_rate(measured: Measurements) -> None:
    """Construct both with a learning rate of NaN."""
    refusals.compare(
        measured, ({"learning_rate": math.nan}, ValueError), ({"lr": math.nan}, ValueError)
    )


@claim(
    "validation.tensor-learning-rate",
    zh="学习率写成标量 Tensor 时，AdamWeightDecay 不检查它的值：负数、无穷大与 NaN 都能通过，"
    "负的学习率让参数沿梯度上升。AdamW 照样拒绝负数与 NaN。",
    en="AdamWeightDecay does not check the value of a learning rate given as a scalar Tensor: "
    "negative, infinite and NaN all pass, and a negative one climbs the gradient. "
    "AdamW refuses negative and NaN Tensors as it refuses numbers.",
    failure_zh="Tensor 形式的学习率也会被检查，与数字形式一样安全。",
    failure_en="A rate given as a Tensor would be checked too, as safe as one given as a number.",
)
def tensor_learning_rate(measured: Measurements) -> None:
    """Construct both with Tensors for learning rates, and step with a negative one."""
    import mindspore
    import torch

    for name, rate, torch_error in (
        ("negative", -0.1, ValueError),
        ("infinite", math.inf, None),
        ("NaN", math.nan, ValueError),
    ):
        as_expected = refusals.compare(
            measured,
            ({"learning_rate": mindspore.Tensor(rate, mindspore.float32)}, None),
            ({"lr": torch.tensor(rate)}, torch_error),
            suffix=f", {name}",
        )
        if not as_expected:
            return
    value = refusals.after_one_step(
        runs.MindSpore, learning_rate=mindspore.Tensor(-0.1, mindspore.float32)
    )
    climbed = (value - refusals.START["w"]) * refusals.GRADIENT["w"] > 0
    measured.equal("elements that climb", int(climbed.sum()), climbed.size)


@claim(
    "validation.experimental",
    zh="experimental.optim.AdamW 的检查与 AdamW 不完全相同：它拒绝 AdamW 接受的无穷大学习率"
    "与无穷大权重衰减，却接受 AdamW 拒绝的 NaN 数值稳定项 eps。",
    en="experimental.optim.AdamW does not validate quite as AdamW does: it refuses the infinite "
    "learning rate and weight decay that AdamW accepts, and accepts the eps of NaN that AdamW "
    "refuses.",
    failure_zh="换用 experimental.optim.AdamW 后，检查会与 AdamW 一致。",
    failure_en="experimental.optim.AdamW would refuse exactly what AdamW refuses.",
)
def experimental(measured: Measurements) -> None:
    """Construct the experimental AdamW and torch's with the arguments they disagree on."""
    import mindspore.experimental.optim

    make = mindspore.experimental.optim.AdamW
    for name, options, error, torch_error in (
        ("infinite lr", {"lr": math.inf}, ValueError, None),
        ("infinite weight_decay", {"weight_decay": math.inf}, ValueError, None),
        ("NaN eps", {"eps": math.nan}, None, ValueError),
    ):
        measured.raises(
            f"experimental AdamW, {name}",
            error,
            lambda options=options: runs.MindSpore(refusals.START, make=make, **options),  # type: ignore[misc]
        )
        measured.raises(
            f"AdamW, {name}",
            torch_error,
            lambda options=options: runs.Torch(refusals.START, **options),  # type: ignore[misc]
        )
