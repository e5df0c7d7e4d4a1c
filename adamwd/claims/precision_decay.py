"""Claims on precision: weight decay so small that float32 changes it or loses it."""

import numpy as np

from adamwd.claims import single_steps
from adamwd.claims.claim import Measurements, claim

STEPS, SIZE = 50, 20_000


@claim(
    "precision.torch-decay-factor",
    zh="AdamW 把衰减系数 `1-lr*weight_decay` 舍入到 float32：乘积越小，实际的衰减可能比名义值偏得"
    "越多；小到一定程度，系数等于一，完全不衰减。所有元素的偏差都相同，不会互相抵消。默认实现和 "
    "`foreach` 实现都如此。",
    en="AdamW rounds the factor `1-lr*weight_decay` to float32: the smaller the product, the "
    "further the actual decay may be from the nominal one; below a limit the factor is one and "
    "nothing decays. The error is the same for every element, so it does not average out. The "
    "default and the `foreach` implementation both do so.",
    failure_zh="AdamW 换了衰减的算法：很小的权重衰减也会起作用。",
    failure_en="AdamW decays in another way: very small weight decay takes effect too.",
    needs=("torch",),
)
def _torch_decay_factor(measurements: Measurements) -> None:
    for product in (1e-5, 1e-7, 3e-8, 2.9e-8):
        expected = (1 - float(np.float32(1 - product))) / product
        torch = single_steps.Torch(np.ones(1, np.float32), lr=1.0, weight_decay=product)
        torch.step([0.0])
        effective = (1 - float(torch.value()[0])) / product
        name = f"actual over nominal decay at {product:g}"
        measurements.close(name, effective, expected, 1e-5)
    measurements.equal("smallest of these vanishes", effective, 0.0)
    start = np.random.default_rng(6).uniform(0.5, 2, SIZE).astype(np.float32)
    for foreach in (False, True):
        torch = single_steps.Torch(start, lr=1.0, weight_decay=1e-5, foreach=foreach)
        torch.step(np.zeros(SIZE))
        mean = float(np.mean(1 - torch.value().astype(np.float64) / start)) / 1e-5
        measurements.close(f"mean over elements, foreach={foreach}", mean, 1.001358, 1e-4)


@claim(
    "precision.tiny-decay",
    zh="学习率与 `weight_decay` 的乘积很小时，AdamW 开不开权重衰减，训练结果每一位都相同。"
    "AdamWeightDecay 把衰减并入更新量再舍入，只要梯度不为零，各元素平均下来的衰减就接近名义值。",
    en="When the learning rate times `weight_decay` is very small, a training with AdamW is the "
    "same to the last bit with and without weight decay. AdamWeightDecay rounds only after the "
    "decay is in the update, so as long as gradients are not zero, the decay averaged over the "
    "elements is close to the nominal one.",
    failure_zh="很小的权重衰减在两者中的作用与本站所述不同。",
    failure_en="Very small weight decay acts in another way in one of them than this site says.",
    devices=("CPU",),
)
def _tiny_decay(measurements: Measurements) -> None:
    random = np.random.default_rng(7)
    start = random.uniform(0.5, 2, SIZE).astype(np.float32)
    rate, decay = 1e-4, 1e-4
    ours = [single_steps.Torch(start, lr=rate, weight_decay=value) for value in (0.0, decay)]
    theirs = [
        single_steps.MindSpore(start, learning_rate=rate, weight_decay=value)
        for value in (0.0, decay)
    ]
    for _ in range(STEPS):
        gradient = random.standard_normal(SIZE).astype(np.float32)
        for torch, mindspore in zip(ours, theirs, strict=True):
            torch.step(gradient)
            mindspore.step(gradient)
    same = np.array_equal(ours[0].value(), ours[1].value())
    measurements.equal("AdamW is the same with and without decay", same, True)
    without, decayed = (optimizer.value().astype(np.float64) for optimizer in theirs)
    effective = float(np.mean((without - decayed) / start)) / (STEPS * rate * decay)
    measurements.close("AdamWeightDecay, actual over nominal decay", effective, 1.0, 0.03)


@claim(
    "precision.tiny-decay-zero-gradient",
    zh="梯度为零时，很小的权重衰减在两者中都会消失：每一步要减去的量不到参数末位单位（ulp）的一"
    "半，舍入之后参数不变。",
    en="With zero gradients a very small weight decay vanishes in both: what each step should "
    "subtract is below half an ulp of the parameter, which rounding leaves as it is.",
    failure_zh="其中一个能累积小于半个末位单位的衰减。",
    failure_en="One of them accumulates decay below half an ulp.",
    devices=("CPU",),
)
def _tiny_decay_zero_gradient(measurements: Measurements) -> None:
    start = np.ones(1, np.float32)
    torch = single_steps.Torch(start, lr=1e-4, weight_decay=1e-4)
    mindspore = single_steps.MindSpore(start, learning_rate=1e-4, weight_decay=1e-4)
    for _ in range(100):
        torch.step([0.0])
        mindspore.step([0.0])
    measurements.equal("AdamW after 100 steps", float(torch.value()[0]), 1.0)
    measurements.equal("AdamWeightDecay after 100 steps", float(mindspore.value()[0]), 1.0)
