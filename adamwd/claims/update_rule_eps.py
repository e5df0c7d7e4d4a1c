"""Claims on the update rule: where eps is added, and what extreme gradients and settings do."""

import numpy as np

from adamwd.claims import single_steps
from adamwd.claims.claim import Measurements, claim


@claim(
    "update-rule.eps-place",
    zh="eps 加的位置不同：AdamWeightDecay 加在未修正的二阶矩估计的平方根上，AdamW 在偏差修正之后"
    "才加。因此同样大小的 eps，在第一步对 AdamWeightDecay 的作用要大得多。",
    en="eps stands in another place: AdamWeightDecay adds it to the root of the uncorrected "
    "second moment, AdamW adds it after the bias correction. So the same eps weighs far more in "
    "the first step of AdamWeightDecay.",
    failure_zh="两者的 eps 含义相同，只换算学习率就能让小梯度的更新量也一致；本站说这样不够。",
    failure_en="The eps of both would mean the same, and converting the learning rate would be "
    "enough for small gradients too; this site says that it is not.",
)
def _eps_place(measurements: Measurements) -> None:
    eps, gradient = 1e-6, np.array([1e-4, 1e-5, 1e-6, 1e-7], np.float32)
    torch, mindspore = single_steps.pair(len(gradient), eps=eps)
    theirs = single_steps.update(mindspore, gradient)
    expected = 0.1 * gradient / (np.sqrt(1e-3) * gradient + eps)
    measurements.below(
        "AdamWeightDecay from its closed form", np.abs(theirs / expected - 1).max(), 2e-5
    )
    ours = single_steps.update(torch, gradient)
    expected = gradient / (gradient + eps)
    measurements.below("AdamW from its closed form", np.abs(ours / expected - 1).max(), 2e-5)
    # u = r g / (g + E), solved for E: the eps that AdamW would need to do the same.
    equivalent = float(gradient[2] * (single_steps.ratio(1) / theirs[2] - 1))
    measurements.close("factor on eps at the first step", equivalent / eps, 1 / np.sqrt(1e-3), 1e-4)


@claim(
    "update-rule.eps-zero-torch",
    zh="AdamW 接受等于零的 eps，但梯度恰好为零的元素随即变成 NaN，其他元素不受影响。",
    en="AdamW accepts an eps of zero, and then any element whose gradient is exactly zero "
    "becomes NaN at once; the other elements are not touched.",
    failure_zh="AdamW 拒绝了等于零的 eps，或者自己避开了零除以零：可以不再警告。",
    failure_en="AdamW refuses an eps of zero, or avoids zero over zero by itself: the warning "
    "can go.",
    needs=("torch",),
)
def _eps_zero_torch(measurements: Measurements) -> None:
    torch = single_steps.Torch(np.ones(2, np.float32), eps=0.0)
    torch.step([0.0, 1.0])
    measurements.equal("zero gradient", float(torch.value()[0]), float("nan"))
    measurements.equal("other element is finite", bool(np.isfinite(torch.value()[1])), True)


@claim(
    "update-rule.overflow-nan",
    zh="梯度的平方超出 float32 的范围时，AdamWeightDecay 在这一步不更新，下一步变成 NaN，即使下一"
    "步的梯度正常。AdamW 先把梯度乘以 `1-beta2` 再平方，遇到同样的梯度照常更新。",
    en="When the square of a gradient exceeds float32, AdamWeightDecay does not move in that "
    "step and becomes NaN in the next, even if the next gradient is an ordinary one. AdamW "
    "multiplies the gradient by `1-beta2` before it squares it, and takes an ordinary step with "
    "the same gradient.",
    failure_zh="两者对过大梯度的处理与本站所述不同：没有梯度裁剪时的风险要重新判断。",
    failure_en="The two treat huge gradients in another way than this site says: judge the risk "
    "of training without gradient clipping anew.",
    devices=("CPU",),
)
def _overflow_nan(measurements: Measurements) -> None:
    start = np.ones(2, np.float32)
    torch = single_steps.Torch(start, weight_decay=0.0)
    mindspore = single_steps.MindSpore(start)
    for optimizer in (torch, mindspore):
        optimizer.step([2e19, 1.0])
    measurements.equal("AdamWeightDecay in that step", float(mindspore.value()[0]), 1.0)
    measurements.close("AdamW in that step", float(torch.value()[0]), 0.999, 1e-6)
    for optimizer in (torch, mindspore):
        optimizer.step([1.0, 1.0])
    measurements.equal("AdamWeightDecay a step later", float(mindspore.value()[0]), float("nan"))
    moved = bool(0.9 < torch.value()[0] < 0.999)
    measurements.equal("AdamW goes on a step later", moved, True)
    finite = bool(np.isfinite(mindspore.value()[1]))
    measurements.equal("other element of AdamWeightDecay is finite", finite, True)


@claim(
    "update-rule.overflow-torch-freezes",
    zh="梯度再大一些，AdamW 的二阶矩估计也会变成无穷大，并且不再恢复：该元素保持有限，但从此不再"
    "更新，也不报错；只有权重衰减还起作用。",
    en="With a still larger gradient the second moment of AdamW becomes infinite as well and "
    "does not recover: the element stays finite but is never updated again, without an error; "
    "only weight decay still acts on it.",
    failure_zh="AdamW 能从溢出中恢复，或者变成了 NaN。",
    failure_en="AdamW recovers from the overflow, or becomes NaN.",
    needs=("torch",),
)
def _overflow_torch_freezes(measurements: Measurements) -> None:
    plain = single_steps.Torch(np.ones(1, np.float32), weight_decay=0.0)
    decayed = single_steps.Torch(np.ones(1, np.float32), lr=0.1, weight_decay=0.1)
    for optimizer in (plain, decayed):
        optimizer.step([1e21])
        for _ in range(10):
            optimizer.step([1.0])
    measurements.equal("second moment", float(plain.moments()[1][0]), float("inf"))
    measurements.equal("parameter after eleven steps", float(plain.value()[0]), 1.0)
    measurements.close("with weight decay", float(decayed.value()[0]), 0.99**11, 1e-5)


@claim(
    "update-rule.beta2-rounds-to-one",
    zh="AdamWeightDecay 接受略小于一、舍入到 float32 后等于一的 `beta2`；这时二阶矩估计永远是零，"
    "更新量等于一阶矩估计除以 eps，大得离谱。AdamW 用双精度算 `1-beta2`，第一步仍等于学习率。",
    en="AdamWeightDecay accepts a `beta2` just below one that rounds to one in float32; then the "
    "second moment stays zero for ever and the update is the first moment over eps, absurdly "
    "large. AdamW forms `1-beta2` in double precision, and its first step still equals the "
    "learning rate.",
    failure_zh="这样的 `beta2` 被拒绝了，或者不再在相减之前舍入。",
    failure_en="Such a `beta2` is refused, or is no longer rounded before the subtraction.",
    devices=("CPU",),
)
def _beta2_rounds_to_one(measurements: Measurements) -> None:
    torch, mindspore = single_steps.pair(beta2=1 - 1e-9, eps=1e-6)
    ours, theirs = (single_steps.update(optimizer, [1.0])[0] for optimizer in (torch, mindspore))
    measurements.equal("second moment of AdamWeightDecay", float(mindspore.moments()[1][0]), 0.0)
    measurements.close("update of AdamWeightDecay", theirs, 0.1 / 1e-6, 1e-5)
    measurements.close("update of AdamW", ours, 1.0, 1e-5)


@claim(
    "update-rule.tiny-gradient-second-moment",
    zh="梯度很小时，它的平方成为 float32 的次正规数：AdamWeightDecay 的 CPU 算子把它当作零，"
    "AdamW 保留。",
    en="The square of a very small gradient is a subnormal number of float32: the CPU kernel of "
    "AdamWeightDecay takes it for zero, AdamW keeps it.",
    failure_zh="算子不再把次正规数清零：二阶矩估计在极小梯度下也与 AdamW 一致。",
    failure_en="The kernel no longer flushes subnormal numbers: the second moment agrees with "
    "that of AdamW for tiny gradients too.",
    devices=("CPU",),
)
def _tiny_gradient_second_moment(measurements: Measurements) -> None:
    start, gradient = np.zeros(20, np.float32), np.full(20, 3e-18, np.float32)
    torch, mindspore = single_steps.Torch(start), single_steps.MindSpore(start)
    for optimizer in (torch, mindspore):
        optimizer.step(gradient)
    measurements.equal("largest of AdamWeightDecay", float(mindspore.moments()[1].max()), 0.0)
    measurements.close("smallest of AdamW", float(torch.moments()[1].min()), 9e-39, 1e-5)
