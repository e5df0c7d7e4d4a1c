"""Claims on the update rule: how the two apply decoupled weight decay."""

import numpy as np

from adamwd.claims import single_steps
from adamwd.claims.claim import Measurements, claim


@claim(
    "update-rule.decoupled",
    zh="两者的权重衰减都是解耦的：有没有权重衰减，一阶矩估计和二阶矩估计每一位都相同。",
    en="Weight decay is decoupled in both: the first and second moments are the same to the last "
    "bit with and without it.",
    failure_zh="其中一个把权重衰减加进了梯度（L2 正则），那就是 Adam，不是 AdamW。",
    failure_en="One of them adds weight decay to the gradient (L2 regularisation): that is Adam, "
    "not AdamW.",
)
def _decoupled(measurements: Measurements) -> None:
    random = np.random.default_rng(2)
    start = random.standard_normal(1000).astype(np.float32)
    gradients = random.standard_normal((5, 1000)).astype(np.float32)
    for name, make in (("AdamW", single_steps.Torch), ("AdamWeightDecay", single_steps.MindSpore)):
        without, decayed = (make(start, weight_decay=decay) for decay in (0.0, 0.5))
        for gradient in gradients:
            without.step(gradient)
            decayed.step(gradient)
        same = all(map(np.array_equal, without.moments(), decayed.moments()))
        measurements.equal(f"moments of {name} are the same", same, True)
        apart = float(np.abs(without.value() - decayed.value()).max())
        measurements.above(f"parameters of {name} differ", apart, 1e-4)


@claim(
    "update-rule.decay-times-learning-rate",
    zh="两者每一步衰减的比例都是学习率与 `weight_decay` 的乘积：学习率调度同时也调度衰减。",
    en="In both, the fraction that decays in a step is the learning rate times `weight_decay`: a "
    "learning-rate schedule schedules the decay too.",
    failure_zh="其中一个的衰减不乘学习率，迁移时 `weight_decay` 必须换算。",
    failure_en="One of them does not multiply the decay by the learning rate, and `weight_decay` "
    "must be converted on migration.",
)
def _decay_times_learning_rate(measurements: Measurements) -> None:
    for rate in (0.1, 0.01):
        start = np.ones(1, np.float32)
        torch = single_steps.Torch(start, lr=rate, weight_decay=0.5)
        mindspore = single_steps.MindSpore(start, learning_rate=rate, weight_decay=0.5)
        for name, optimizer in (("AdamW", torch), ("AdamWeightDecay", mindspore)):
            optimizer.step([0.0])
            left = float(optimizer.value()[0])
            measurements.close(f"{name} at rate {rate}", left, 1 - rate * 0.5, 1e-6)


@claim(
    "update-rule.decay-order",
    zh="衰减的先后次序在代数上没有区别（AdamW 先让参数缩小，AdamWeightDecay 把衰减放进更新量），"
    "但在 float32 中舍入不同：走一步之后，有相当一部分元素的末位不同。",
    en="The order of the decay makes no difference in algebra (AdamW first shrinks the "
    "parameter, AdamWeightDecay puts the decay into the update), but float32 rounds differently: "
    "after one step a good part of the elements differ in the last place.",
    failure_zh="两者的衰减相差不止舍入，或者舍入已经完全相同。",
    failure_en="The two decays differ by more than rounding, or are now rounded in the same way.",
    devices=("CPU",),
)
def _decay_order(measurements: Measurements) -> None:
    random = np.random.default_rng(3)
    start, gradient = random.standard_normal((2, 20_000)).astype(np.float32)
    # With these betas the first updates of both are equal: the lack of bias correction is hidden.
    beta1, beta2, eps = 0.5, 0.75, single_steps.TINY_EPS
    shares = []
    for decay in (0.0, 0.01):
        torch = single_steps.Torch(start, betas=(beta1, beta2), eps=eps, weight_decay=decay)
        mindspore = single_steps.MindSpore(
            start, beta1=beta1, beta2=beta2, eps=eps, weight_decay=decay
        )
        for optimizer in (torch, mindspore):
            optimizer.step(gradient)
        ours, theirs = torch.value(), mindspore.value()
        shares.append(float(np.mean(ours != theirs)))
    unit = np.spacing(np.maximum(np.abs(start), np.abs(ours)))
    measurements.below("share that differs without decay", shares[0], 0.03)
    measurements.above("share that differs with decay", shares[1], 0.1)
    measurements.below("largest difference in ulp", (np.abs(ours - theirs) / unit).max(), 2)
