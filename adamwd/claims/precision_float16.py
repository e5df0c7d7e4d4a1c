"""Claims on precision in float16 and bfloat16."""

from typing import Any

import numpy as np

from adamwd import AdamW, AdamWeightDecay
from adamwd.claims import single_steps
from adamwd.claims.claim import Measurements, claim
from adamwd.claims.precision import fused_torch, only_where_measured, random_problem


@claim(
    "precision.float16-first-step",
    zh="参数是 float16、梯度较小时，第一步就出错，三种实现各不相同：AdamWeightDecay 的二阶矩估计"
    "下溢为零，更新量大得离谱；AdamW 的默认实现变成负无穷；取 `fused=True` 才接近准确值。",
    en="With float16 parameters and a small gradient the first step already goes wrong, in three "
    "different ways: the second moment of AdamWeightDecay underflows to zero and its update is "
    "absurdly large; the default implementation of AdamW becomes minus infinity; only "
    "`fused=True` comes close to the exact value.",
    failure_zh="float16 参数的处理变了：重新判断能否直接训练 float16 参数。",
    failure_en="float16 parameters are treated in another way: judge anew whether they can be "
    "trained directly.",
    devices=("CPU",),
)
def _float16_first_step(measurements: Measurements) -> None:
    start, gradient = np.ones(1, np.float16), [1e-3]
    fused = fused_torch(start, lr=0.01)
    default = single_steps.Torch(start, lr=0.01)
    mindspore = single_steps.MindSpore(start, learning_rate=0.01)
    wide_torch = single_steps.Torch(start.astype(np.float64), lr=0.01)
    wide_mindspore = single_steps.MindSpore(start.astype(np.float32), learning_rate=0.01)
    for optimizer in (fused, default, mindspore, wide_torch, wide_mindspore):
        optimizer.step(gradient)
    measurements.equal("AdamW, default", float(default.value()[0]), float("-inf"))
    exact = float(wide_torch.value()[0])
    measurements.close("AdamW, fused", float(fused.value()[0]), exact, 1e-3)
    measurements.close("AdamW, float64", exact, 0.9899, 1e-5)
    measurements.below("AdamWeightDecay", float(mindspore.value()[0]), 0.1)
    measurements.close("AdamWeightDecay, float32", float(wide_mindspore.value()[0]), 0.969346, 1e-5)
    measurements.equal("second moment of AdamWeightDecay", float(mindspore.moments()[1][0]), 0.0)


@claim(
    "precision.float16-zero-gradient",
    zh="AdamW 的默认 eps 舍入到 float16 后为零：参数是 float16 时，默认实现遇到零梯度就成为 NaN，"
    "换一个在 float16 中不为零的 eps 就正常。取 `fused=True` 不受影响。AdamWeightDecay 的默认 "
    "eps 在 float16 中不为零，也不受影响。",
    en="The default eps of AdamW rounds to zero in float16: with float16 parameters its default "
    "implementation turns a zero gradient into NaN, and does not with an eps that is not zero in "
    "float16. `fused=True` is not concerned. The default eps of AdamWeightDecay is not zero in "
    "float16, so it is not concerned either.",
    failure_zh="AdamW 的默认实现不再把 eps 舍入到 float16。",
    failure_en="The default implementation of AdamW no longer rounds eps to float16.",
    devices=("CPU",),
)
def _float16_zero_gradient(measurements: Measurements) -> None:
    start = np.ones(1, np.float16)
    expected = float("nan")
    optimizers: dict[str, tuple[single_steps.Optimizer, float]] = {
        "AdamW, default": (single_steps.Torch(start, weight_decay=0.0), expected),
        "AdamW, larger eps": (single_steps.Torch(start, eps=1e-4, weight_decay=0.0), 1.0),
        "AdamW, fused": (fused_torch(start, weight_decay=0.0), 1.0),
        "AdamWeightDecay": (single_steps.MindSpore(start), 1.0),
    }
    for name, (optimizer, value) in optimizers.items():
        optimizer.step([0.0])
        measurements.equal(name, float(optimizer.value()[0]), value)


@claim(
    "precision.float16-roundings",
    zh="参数是 float16 时，两者的舍入各不相同：AdamWeightDecay 的每一次运算都舍入到 float16；"
    "AdamW 的默认实现用 float32 计算，在每个结果写回时舍入；取 `fused=True` 只在整步结束时舍入一"
    "次。照此书写的参考实现每一位都相同。",
    en="With float16 parameters each rounds in its own way: AdamWeightDecay rounds every "
    "operation to float16; the default implementation of AdamW computes in float32 and rounds "
    "each result that it stores; `fused=True` rounds once at the end of the step. References "
    "that do so agree to the last bit.",
    failure_zh="某个实现换了舍入方式：参考实现与它只在舍入误差内一致。",
    failure_en="One implementation rounds differently now: the reference agrees with it only "
    "within rounding.",
    devices=("CPU",),
)
def _float16_roundings(measurements: Measurements) -> None:
    only_where_measured()
    start, gradients = random_problem(np.float16)
    options: Any = {"lr": 1e-2, "eps": 1e-4, "weight_decay": 0.1}
    theirs: Any = {"learning_rate": 1e-2, "weight_decay": 0.1}
    default_array, fused_array, other_array = (start.copy() for _ in range(3))
    default = AdamW([default_array], **options)
    fused = AdamW([fused_array], fused=True, **options)
    other = AdamWeightDecay([other_array], **theirs)
    real_default = single_steps.Torch(start, **options)
    real_fused = fused_torch(start, **options)
    real_other = single_steps.MindSpore(start, **theirs)
    for gradient in gradients:
        default.step([gradient])
        fused.step([gradient])
        other((gradient,))
        for optimizer in (real_default, real_fused, real_other):
            optimizer.step(gradient)
    for name, optimizer, array in (
        ("AdamW, default", real_default, default_array),
        ("AdamW, fused", real_fused, fused_array),
        ("AdamWeightDecay", real_other, other_array),
    ):
        differs = float(np.mean(optimizer.value() != array))
        measurements.equal(f"share that differs, {name}", differs, 0.0)
    apart = float(np.mean(real_default.value() != real_fused.value()))
    measurements.above("share in which default and fused differ", apart, 0.01)


@claim(
    "precision.bfloat16-cpu",
    zh="参数是 bfloat16 时，MindSpore 在 CPU 上的 AdamWeightDecay 和 `experimental.optim.AdamW` "
    "都能建立，第一次调用才抛出 `TypeError`；`torch.optim.AdamW` 可以训练。",
    en="With bfloat16 parameters on a CPU, MindSpore's AdamWeightDecay and "
    "`experimental.optim.AdamW` can both be made and raise `TypeError` at their first call; "
    "`torch.optim.AdamW` trains.",
    failure_zh="MindSpore 的 CPU 算子已支持 bfloat16，或者 torch 不再支持。",
    failure_en="MindSpore's CPU kernels now take bfloat16, or torch no longer does.",
    devices=("CPU",),
)
def _bfloat16_cpu(measurements: Measurements) -> None:
    import mindspore
    import mindspore.experimental.optim
    import torch

    def call(make: Any) -> None:
        value = mindspore.Tensor(np.ones(4, np.float32)).astype(mindspore.bfloat16)
        optimizer = make([mindspore.Parameter(value, name="w")])
        gradient = mindspore.Tensor(np.ones(4, np.float32)).astype(mindspore.bfloat16)
        optimizer((gradient,))
        # A failing kernel may show only where its result is awaited.
        optimizer.parameters[0].float().asnumpy()

    measurements.raises("AdamWeightDecay", TypeError, lambda: call(mindspore.nn.AdamWeightDecay))
    measurements.raises(
        "experimental AdamW", TypeError, lambda: call(mindspore.experimental.optim.AdamW)
    )
    parameter = torch.nn.Parameter(torch.ones(4, dtype=torch.bfloat16))
    optimizer = torch.optim.AdamW([parameter], lr=0.1, weight_decay=0.0)
    parameter.grad = torch.ones_like(parameter)
    optimizer.step()
    measurements.close("torch after a step", float(parameter.detach().float()[0]), 0.9, 0.004)
