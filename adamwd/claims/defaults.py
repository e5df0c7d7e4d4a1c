"""Claims on the defaults: what a call that names nothing but the parameters gets."""

import inspect
from typing import Any

import numpy as np

from adamwd.claims import single_steps
from adamwd.claims.claim import Measurements, claim


def _default(optimizer: Any, argument: str) -> Any:
    return inspect.signature(optimizer).parameters[argument].default


@claim(
    "defaults.learning-rate",
    zh="两者的学习率默认值相同。官方旧文档说它们不同，不对。",
    en="The default learning rate is the same in both. An old official page says that they "
    "differ, which is wrong.",
    failure_zh="其中一个改了默认学习率：不写学习率的代码迁移后步长不同。",
    failure_en="One of them has changed its default: code that names no learning rate has other "
    "steps after migration.",
)
def _learning_rate(measurements: Measurements) -> None:
    torch = single_steps.Torch(np.ones(1, np.float32)).run.optimizer
    mindspore = single_steps.MindSpore(np.ones(1, np.float32)).run.optimizer
    measurements.equal("AdamW", torch.param_groups[0]["lr"], 1e-3)
    measurements.close("AdamWeightDecay", float(mindspore.learning_rate.asnumpy()), 1e-3, 1e-7)


@claim(
    "defaults.learning-rate-storage",
    zh="AdamWeightDecay 把学习率存成 float32 的参数，读回来的不是写进去的双精度数；AdamW 原样保"
    "存 Python 浮点数。",
    en="AdamWeightDecay stores the learning rate as a float32 parameter, so what is read back is "
    "not the double that was given; AdamW keeps the Python float as it is.",
    failure_zh="学习率的存储方式变了：按相等比较学习率的代码要重新检查。",
    failure_en="The learning rate is stored in another way: check code that compares rates for "
    "equality.",
)
def _learning_rate_storage(measurements: Measurements) -> None:
    torch = single_steps.Torch(np.ones(1, np.float32)).run.optimizer
    mindspore = single_steps.MindSpore(np.ones(1, np.float32)).run.optimizer
    stored = mindspore.learning_rate.asnumpy()
    measurements.equal("type of AdamW", type(torch.param_groups[0]["lr"]).__name__, "float")
    measurements.equal("type of AdamWeightDecay", str(stored.dtype), "float32")
    error = float(np.float64(stored) / 1e-3 - 1)
    measurements.close("relative error of AdamWeightDecay", error, 4.75e-8, 1e-2)


@claim(
    "defaults.betas",
    zh="两者的指数衰减率默认值相同。",
    en="The default betas are the same in both.",
    failure_zh="其中一个改了默认的指数衰减率。",
    failure_en="One of them has changed its default betas.",
)
def _betas(measurements: Measurements) -> None:
    import mindspore
    import torch

    measurements.equal("AdamW", _default(torch.optim.AdamW, "betas"), (0.9, 0.999))
    theirs = tuple(_default(mindspore.nn.AdamWeightDecay, name) for name in ("beta1", "beta2"))
    measurements.equal("AdamWeightDecay", theirs, (0.9, 0.999))


@claim(
    "defaults.eps",
    zh="eps 的默认值不同：AdamWeightDecay 的比 AdamW 的大两个数量级。",
    en="The default eps differs: that of AdamWeightDecay is two orders of magnitude larger than "
    "that of AdamW.",
    failure_zh="其中一个改了默认的 eps：迁移时是否还要写明 eps，要重新判断。",
    failure_en="One of them has changed its default eps: judge anew whether it must be named on "
    "migration.",
)
def _eps(measurements: Measurements) -> None:
    import mindspore
    import torch

    measurements.equal("AdamW", _default(torch.optim.AdamW, "eps"), 1e-8)
    measurements.equal("AdamWeightDecay", _default(mindspore.nn.AdamWeightDecay, "eps"), 1e-6)


@claim(
    "defaults.eps-first-step",
    zh="eps 的默认值和位置合在一起，决定了小梯度的第一步：梯度越小，AdamWeightDecay 的第一步比 "
    "AdamW 的小得越多；梯度大时则相反。",
    en="Default and place of eps together decide the first step for small gradients: the smaller "
    "the gradient, the further the first step of AdamWeightDecay falls below that of AdamW; for "
    "large gradients it is the other way round.",
    failure_zh="小梯度第一步的大小与本站所列不同。",
    failure_en="The first steps for small gradients are not what this site lists.",
)
def _eps_first_step(measurements: Measurements) -> None:
    sizes = (1e-1, 1e-2, 1e-5, 1e-6, 1e-8)
    gradient = np.array(sizes, np.float32)
    start = np.zeros(len(sizes), np.float32)
    torch = single_steps.Torch(start, lr=1.0, weight_decay=0.0)
    mindspore = single_steps.MindSpore(start, learning_rate=1.0)
    ours = single_steps.update(torch, gradient)
    theirs = single_steps.update(mindspore, gradient)
    for index, size in enumerate(sizes):
        measurements.close(f"AdamW at {size:g}", ours[index], size / (size + 1e-8), 2e-5)
        expected = 0.1 * size / (np.sqrt(1e-3) * size + 1e-6)
        measurements.close(f"AdamWeightDecay at {size:g}", theirs[index], expected, 2e-5)


@claim(
    "defaults.weight-decay",
    zh="`weight_decay` 的默认值不同：AdamWeightDecay 默认不衰减，AdamW 默认衰减。",
    en="The default `weight_decay` differs: AdamWeightDecay does not decay unless told to, AdamW "
    "does.",
    failure_zh="其中一个改了默认的权重衰减：迁移时是否还要写明，要重新判断。",
    failure_en="One of them has changed its default weight decay: judge anew whether it must be "
    "named on migration.",
)
def _weight_decay(measurements: Measurements) -> None:
    import mindspore
    import torch

    measurements.equal("AdamW", _default(torch.optim.AdamW, "weight_decay"), 1e-2)
    theirs = _default(mindspore.nn.AdamWeightDecay, "weight_decay")
    measurements.equal("AdamWeightDecay", theirs, 0.0)


@claim(
    "defaults.weight-decay-over-time",
    zh="全部取默认值、梯度为零时，AdamWeightDecay 的权重始终不变，AdamW 的权重逐步缩小。缩小的量"
    "比名义值略多，主要因为 AdamW 把衰减系数舍入到 float32。",
    en="With all defaults and zero gradients, the weight of AdamWeightDecay never changes, and "
    "that of AdamW shrinks step by step: slightly more than nominally, mostly since AdamW rounds "
    "the decay factor to float32.",
    failure_zh="默认设置下的衰减与本站所列不同。",
    failure_en="The decay under the defaults is not what this site lists.",
    devices=("CPU",),
)
def _weight_decay_over_time(measurements: Measurements) -> None:
    torch = single_steps.Torch(np.ones(1, np.float32))
    mindspore = single_steps.MindSpore(np.ones(1, np.float32))
    for _ in range(1000):
        torch.step([0.0])
    for _ in range(100):
        mindspore.step([0.0])
    measurements.equal("AdamWeightDecay after 100 steps", float(mindspore.value()[0]), 1.0)
    # With moments of zero, all further steps are the same as those.
    moments = float(np.max(mindspore.moments()))
    measurements.equal("moments of AdamWeightDecay", moments, 0.0)
    left = float(torch.value()[0])
    factor = float(np.float32(1 - 1e-3 * 1e-2))
    measurements.close("AdamW after 1000 steps", left, factor**1000, 2e-6)
    nominal = (1 - 1e-3 * 1e-2) ** 1000
    measurements.close(
        "decay of AdamW over the nominal one", (1 - left) / (1 - nominal), 1.0015, 5e-4
    )


@claim(
    "defaults.experimental-equals-torch",
    zh="`mindspore.experimental.optim.AdamW` 的参数名和默认值都与 `torch.optim.AdamW` 的相同。",
    en="`mindspore.experimental.optim.AdamW` has the argument names and the defaults of "
    "`torch.optim.AdamW`.",
    failure_zh="不能再用它原样替换 AdamW 的调用。",
    failure_en="It can no longer take the place of AdamW with the call unchanged.",
)
def _experimental_equals_torch(measurements: Measurements) -> None:
    import mindspore.experimental.optim
    import torch

    theirs = mindspore.experimental.optim.AdamW
    for name in ("lr", "betas", "eps", "weight_decay", "amsgrad", "maximize"):
        expected = _default(torch.optim.AdamW, name)
        measurements.equal(name, _default(theirs, name), expected)
