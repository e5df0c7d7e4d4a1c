"""Claims on the update rule: no bias correction, its size over time and for common betas."""

from typing import Any

import numpy as np

from adamwd.claims import single_steps
from adamwd.claims.claim import Measurements, claim
from adamwd.claims.single_steps import ratio

# float32: 1 - beta2 alone is off by 1.3e-5, its root by half of that.
RELATIVE = 2e-5


@claim(
    "update-rule.no-bias-correction",
    zh="AdamWeightDecay 没有偏差修正：梯度不变、没有权重衰减、eps 可忽略时，它每一步的更新量都等"
    "于未修正的一阶矩估计除以二阶矩估计的平方根；AdamW 的更新量则始终等于学习率。",
    en="AdamWeightDecay has no bias correction: with a constant gradient, no weight decay and a "
    "negligible eps, each of its updates is the uncorrected first moment over the root of the "
    "uncorrected second moment, while every update of AdamW equals the learning rate.",
    failure_zh="这个版本的 AdamWeightDecay 修正了偏差，或者 AdamW 不再修正：本站关于两者步长之比"
    "的结论都不适用。",
    failure_en="AdamWeightDecay corrects the bias in this version, or AdamW no longer does: "
    "nothing that this site says about the ratio of their steps applies.",
)
def _no_bias_correction(measurements: Measurements) -> None:
    gradient = np.array([1e-3, -2.0, 0.5, 100.0], np.float32)
    torch, mindspore = single_steps.pair(len(gradient))
    errors = []
    for step in range(1, 101):
        sign = np.sign(gradient)
        theirs = single_steps.update(mindspore, gradient) * sign / ratio(step)
        errors.append((np.abs(single_steps.update(torch, gradient) * sign - 1), abs(theirs - 1)))
    torch_error, mindspore_error = np.max(errors, axis=(0, 2))
    measurements.below("AdamWeightDecay from the closed form", mindspore_error, RELATIVE)
    measurements.below("AdamW from the learning rate", torch_error, RELATIVE)


@claim(
    "update-rule.ratio-over-time",
    zh="指数衰减率取默认值时，AdamWeightDecay 的更新量从第一步起就大于 AdamW 的，先继续升到峰值，"
    "再缓慢回落，很多步之后仍然明显更大。",
    en="With the default betas, the update of AdamWeightDecay is larger than that of AdamW from "
    "the first step on; it first grows to a peak, then falls slowly, and is still clearly larger "
    "many steps later.",
    failure_zh="默认设置下的放大倍数与本站所列不同，按它换算的学习率也就不对。",
    failure_en="The amplification under the defaults is not what this site lists, so a learning "
    "rate converted with it is wrong.",
)
def _ratio_over_time(measurements: Measurements) -> None:
    torch, mindspore = single_steps.pair()
    measured = single_steps.measured_ratios(torch, mindspore, 100)
    for step in (1, 2, 5, 10, 12, 20, 50, 100):
        measurements.close(f"ratio at step {step}", measured[step - 1], ratio(step), RELATIVE)
    for step in (500, 1000):
        late = single_steps.resumed_ratio(torch, mindspore, step)
        measurements.close(f"ratio at step {step}", late, ratio(step), RELATIVE)
    measurements.equal("step of the peak", int(np.argmax(measured)) + 1, 12)


@claim(
    "update-rule.ratio-any-gradient",
    zh="更新量之比与梯度无关：换成随机梯度，每个元素在每一步的比都是同一个闭式解。",
    en="The ratio of the updates does not depend on the gradient: with random gradients it is "
    "the same closed form for every element at every step.",
    failure_zh="更新量之比取决于梯度，就不能只靠学习率调度把它补上。",
    failure_en="If the ratio depended on the gradient, no learning-rate schedule could make up "
    "for it.",
)
def _ratio_any_gradient(measurements: Measurements) -> None:
    random = np.random.default_rng(1)
    torch, mindspore = single_steps.pair(1000)
    scales = 10 ** random.uniform(-6, 2, 1000)
    error = 0.0
    for step in range(1, 21):
        gradient = (random.standard_normal(1000) * scales).astype(np.float32)
        theirs = single_steps.update(mindspore, gradient) / ratio(step)
        error = max(error, np.abs(theirs - single_steps.update(torch, gradient)).max())
    measurements.below("largest deviation from the closed form", error, RELATIVE)


@claim(
    "update-rule.mean-ratio",
    zh="梯度不变时，AdamWeightDecay 在训练开头走过的总路程是 AdamW 的好几倍；训练越长，这个倍数越"
    "接近一，但即使走很多步，总路程仍然长得多。",
    en="With a constant gradient, AdamWeightDecay travels several times as far as AdamW at the "
    "start of training; over a longer training that factor falls towards one, but even over many "
    "steps the way is much longer.",
    failure_zh="开头多走的路程与本站所列不同，按它估计的短训练的偏离也就不对。",
    failure_en="The extra way at the start is not what this site lists, so estimates of the "
    "deviation of a short training are wrong.",
)
def _mean_ratio(measurements: Measurements) -> None:
    torch, mindspore = single_steps.pair()
    for step in range(1, 1001):
        torch.step(np.ones(1, np.float32))
        mindspore.step(np.ones(1, np.float32))
        if step in (10, 100, 1000):
            measured = float(mindspore.value()[0]) / float(torch.value()[0])
            expected = ratio(np.arange(1, step + 1)).mean()
            measurements.close(f"mean ratio over {step} steps", measured, expected, 1e-4)


@claim(
    "update-rule.ratio-near-one",
    zh="指数衰减率取默认值时，更新量之比要过几千步才接近一。",
    en="With the default betas, the ratio of the updates comes close to one only after thousands "
    "of steps.",
    failure_zh="两者接近的步数与本站所列不同：短训练受到的影响要重新估计。",
    failure_en="The step from which both are close is not the one listed here: the effect on "
    "short trainings must be estimated anew.",
)
def _ratio_near_one(measurements: Measurements) -> None:
    torch, mindspore = single_steps.pair()
    single_steps.measured_ratios(torch, mindspore, 1)
    for within, expected in ((0.05, 2375), (0.01, 3925)):
        window = range(expected - 10, expected + 10)
        ratios = [single_steps.resumed_ratio(torch, mindspore, step) for step in window]
        near = [step for step, value in zip(window, ratios, strict=True) if value <= 1 + within]
        # The ratio falls by 1e-5 a step there: float32 leaves an uncertainty of one or two steps.
        name = f"first step within {within:.0%}"
        measurements.close(name, near[0] if near else 0, expected, 1e-3)
        measurements.above(f"{name}, ratio ten steps before", ratios[0], 1 + within)


@claim(
    "update-rule.warmup-keeps-ratio",
    zh="学习率预热不能代替偏差修正：线性预热把两边的更新量乘以同一个系数，更新量之比不变；预热结"
    "束时，AdamWeightDecay 的更新量仍是 AdamW 的好几倍。",
    en="A warm-up does not replace bias correction: a linear warm-up multiplies the updates of "
    "both by the same factor and leaves their ratio as it is; when it ends, the update of "
    "AdamWeightDecay is still several times that of AdamW.",
    failure_zh="如果比值变了，预热就掩盖了一部分差别，本站按闭式解给出的倍数偏大。",
    failure_en="If the ratio changed, warm-up would hide part of the difference, and the factors "
    "that this site gives would be too large.",
)
def _warmup_keeps_ratio(measurements: Measurements) -> None:
    rates = [float(np.float32(step / 100)) for step in range(1, 101)]
    start = np.zeros(1, np.float32)
    eps = single_steps.TINY_EPS
    torch = single_steps.Torch(start, lr=1.0, eps=eps, weight_decay=0.0)
    mindspore = single_steps.MindSpore(start, learning_rate=rates, eps=eps)
    updates: list[tuple[float, float]] = []
    for rate in rates:
        torch.run.optimizer.param_groups[0]["lr"] = rate
        given = np.ones(1, np.float32)
        updates.append(
            (
                float(single_steps.update(torch, given)[0]),
                float(single_steps.update(mindspore, given)[0]),
            )
        )
    (first, second), (last, late) = updates[0], updates[-1]
    measurements.close("ratio at the first step", second / first, ratio(1), RELATIVE)
    measurements.close("ratio at the last warm-up step", late / last, ratio(100), RELATIVE)
    ways = np.sum(updates, axis=0)
    expected = np.average(ratio(np.arange(1, 101)), weights=rates)
    measurements.close("ratio of the ways in the warm-up", ways[1] / ways[0], expected, 1e-4)


def _betas(measurements: Measurements, beta1: float, beta2: float) -> Any:
    """Measure the first step, the peak and the last step at which AdamWeightDecay is smaller."""
    measured = single_steps.measured_ratios(*single_steps.pair(1, beta1, beta2), 50)
    expected = ratio(np.arange(1, 51), beta1, beta2)
    measurements.close("ratio at step 1", measured[0], expected[0], RELATIVE)
    measurements.close("ratio at the peak", measured.max(), expected.max(), RELATIVE)
    peak = int(np.argmax(measured)) + 1
    # The curve is flat there: float32 may put the largest value on a neighbour.
    measurements.close("step of the peak", peak, int(np.argmax(expected)) + 1, 0.1)
    return measured


@claim(
    "update-rule.betas-90-99",
    zh="指数衰减率取 `(0.9, 0.99)` 时，两者的第一步一样大，随后 AdamWeightDecay 的更新量超过 "
    "AdamW，升到峰值再回落。",
    en="With betas `(0.9, 0.99)` both take the same first step; then the update of "
    "AdamWeightDecay outgrows that of AdamW, up to a peak, and falls again.",
    failure_zh="这组指数衰减率的放大倍数与本站所列不同。",
    failure_en="The amplification for this pair of betas is not what this site lists.",
)
def _betas_09_099(measurements: Measurements) -> None:
    _betas(measurements, 0.9, 0.99)


@claim(
    "update-rule.betas-90-95",
    zh="指数衰减率取 `(0.9, 0.95)`（大语言模型常用）时方向相反：AdamWeightDecay 的头几步比 AdamW "
    "的小，之后才略微超过。",
    en="With betas `(0.9, 0.95)`, common for large language models, the direction reverses: the "
    "first few steps of AdamWeightDecay are smaller than those of AdamW, and only then slightly "
    "larger.",
    failure_zh="如果方向没有反过来，就可以不看指数衰减率，一律说 AdamWeightDecay 开头走得更快；本"
    "站说不可以。",
    failure_en="If the direction did not reverse, one could say for any betas that "
    "AdamWeightDecay starts faster; this site says that one cannot.",
)
def _betas_09_095(measurements: Measurements) -> None:
    measured = _betas(measurements, 0.9, 0.95)
    measurements.below("ratio at step 1, reversed", measured[0], 1 - RELATIVE)
    measurements.equal("first step that is larger", int(np.argmax(measured > 1)) + 1, 9)


@claim(
    "update-rule.betas-95-98",
    zh="指数衰减率取 `(0.95, 0.98)` 时，AdamWeightDecay 的第一步只有 AdamW 的一小部分，十几步之后"
    "才超过。",
    en="With betas `(0.95, 0.98)` the first step of AdamWeightDecay is only a fraction of that "
    "of AdamW; it takes more than ten steps to become larger.",
    failure_zh="这组指数衰减率的放大倍数与本站所列不同。",
    failure_en="The amplification for this pair of betas is not what this site lists.",
)
def _betas_095_098(measurements: Measurements) -> None:
    measured = _betas(measurements, 0.95, 0.98)
    measurements.equal("first step that is larger", int(np.argmax(measured > 1)) + 1, 13)


@claim(
    "update-rule.betas-80-999",
    zh="减小 `beta1` 会放大差别：指数衰减率取 `(0.8, 0.999)` 时，AdamWeightDecay 第一步的倍数是取"
    "默认值时的两倍。",
    en="A smaller `beta1` makes the difference larger: with betas `(0.8, 0.999)`, the first step "
    "of AdamWeightDecay is amplified twice as much as with the defaults.",
    failure_zh="这组指数衰减率的放大倍数与本站所列不同。",
    failure_en="The amplification for this pair of betas is not what this site lists.",
)
def _betas_08_0999(measurements: Measurements) -> None:
    _betas(measurements, 0.8, 0.999)


@claim(
    "update-rule.direction-rule",
    zh="AdamWeightDecay 的第一步大于 AdamW 的，当且仅当 `(1-beta1)**2 > 1-beta2`。",
    en="The first step of AdamWeightDecay is larger than that of AdamW if and only if "
    "`(1-beta1)**2 > 1-beta2`.",
    failure_zh="不能再用这条规则判断迁移后开头是快了还是慢了。",
    failure_en="The rule can no longer tell whether training starts faster or slower after "
    "migration.",
)
def _direction_rule(measurements: Measurements) -> None:
    for beta1, beta2 in ((0.9, 0.9899), (0.9, 0.9901), (0.8, 0.959), (0.8, 0.961)):
        optimizers = single_steps.pair(1, beta1, beta2)
        larger = bool(single_steps.measured_ratios(*optimizers, 1)[0] > 1)
        name = f"larger for betas {beta1} and {beta2}"
        measurements.equal(name, larger, (1 - beta1) ** 2 > 1 - beta2)
