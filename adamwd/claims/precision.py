"""Claims on precision in float32 and float64: what each kernel rounds, and when."""

import platform
from typing import Any

import numpy as np

from adamwd import AdamW, AdamWeightDecay
from adamwd.claims import single_steps
from adamwd.claims.claim import Measurements, Skip, claim
from adamwd.claims.runs import Array

SIZE, STEPS = 10_000, 10


def random_problem(dtype: Any, seed: int = 4) -> tuple[Array, Array]:
    """Return start values and gradients of every size, (steps, elements)."""
    random = np.random.default_rng(seed)
    sizes = 10 ** random.uniform(-3 if dtype == np.float16 else -6, 1, SIZE)
    gradients = (random.standard_normal((STEPS, SIZE)) * sizes).astype(dtype)
    return random.standard_normal(SIZE).astype(dtype), gradients


def fused_torch(start: Array, **options: Any) -> single_steps.Torch:
    """Return AdamW with its fused kernel; older versions have none on a CPU."""
    try:
        single_steps.Torch(start, fused=True, **options).step(np.zeros_like(start))
    except (RuntimeError, TypeError) as error:
        raise Skip(f"this version of torch has no fused AdamW on a CPU ({error})") from error
    return single_steps.Torch(start, fused=True, **options)


def only_where_measured() -> None:
    """Bits depend on fused multiply-add; the references speak of x86-64."""
    if platform.machine() not in ("x86_64", "AMD64"):
        raise Skip(f"is about x86-64 processors, and this one is {platform.machine()}")


@claim(
    "precision.mindspore-bit-for-bit",
    zh="AdamWeightDecay 的 CPU 算子只在几处舍入：两个矩估计各用一次融合乘加，权重衰减项舍入到 "
    "float32，其余用双精度算完才舍入一次。照此书写的 NumPy 参考实现每一位都相同；通篇用 float32 "
    "计算则不同。",
    en="The CPU kernel of AdamWeightDecay rounds in few places: one fused multiply-add for each "
    "moment, the decay term to float32, the rest computed in double precision and rounded once. "
    "The NumPy reference that does so agrees to the last bit; computing in float32 throughout "
    "does not.",
    failure_zh="这个版本的算子换了舍入方式：参考实现与它只在舍入误差内一致。",
    failure_en="The kernel rounds differently in this version: the reference agrees with it only "
    "within rounding.",
    devices=("CPU",),
)
def _mindspore_bit_for_bit(measurements: Measurements) -> None:
    only_where_measured()
    start, gradients = random_problem(np.float32)
    settings: Any = {"learning_rate": 1e-2, "weight_decay": 0.1}
    mindspore = single_steps.MindSpore(start, **settings)
    ours = start.copy()
    reference = AdamWeightDecay([ours], **settings)
    naive = start.copy()
    m, v = np.zeros((2, SIZE), np.float32)
    beta1, beta2, eps, rate, decay = map(np.float32, (0.9, 0.999, 1e-6, 1e-2, 0.1))
    for gradient in gradients:
        mindspore.step(gradient)
        reference((gradient,))
        m = beta1 * m + (1 - beta1) * gradient
        v = beta2 * v + (1 - beta2) * gradient * gradient
        naive = naive - rate * (m / (np.sqrt(v) + eps) + decay * naive)
    theirs = mindspore.value()
    measurements.equal("share that differs from the reference", float(np.mean(theirs != ours)), 0.0)
    for name, moment, expected in zip(
        ("first", "second"),
        mindspore.moments(),
        (reference.moments1[0].data, reference.moments2[0].data),
        strict=True,
    ):
        measurements.equal(
            f"share of {name} moments that differs", float(np.mean(moment != expected)), 0.0
        )
    measurements.above(
        "share that differs from plain float32", float(np.mean(theirs != naive)), 0.1
    )


@claim(
    "precision.torch-fused-bit-for-bit",
    zh="AdamW 取 `fused=True` 时，NumPy 参考实现与它每一位都相同。",
    en="With `fused=True`, AdamW and the NumPy reference agree to the last bit.",
    failure_zh="这个版本的融合算子换了舍入方式：参考实现与它只在舍入误差内一致。",
    failure_en="The fused kernel rounds differently in this version: the reference agrees with "
    "it only within rounding.",
    needs=("torch",),
)
def _torch_fused_bit_for_bit(measurements: Measurements) -> None:
    only_where_measured()
    for dtype in (np.float32, np.float64):
        start, gradients = random_problem(dtype)
        settings: Any = {"lr": 1e-2, "weight_decay": 0.1}
        torch = fused_torch(start, **settings)
        ours = start.copy()
        reference = AdamW([ours], **settings)
        for gradient in gradients:
            torch.step(gradient)
            reference.step([gradient])
        differs = float(np.mean(torch.value() != ours))
        measurements.equal(f"share that differs in {np.dtype(dtype).name}", differs, 0.0)


@claim(
    "precision.torch-square-root",
    zh="AdamW 的默认实现和 `foreach` 实现用向量化的平方根，少数元素的末位没有正确舍入，因此与参考"
    "实现相差几个末位单位（ulp）；两个矩估计仍然每一位都相同。",
    en="The default and the `foreach` implementation of AdamW use a vectorised square root that "
    "is not correctly rounded for a few elements, so they differ from the reference by a few "
    "ulp; the moments still agree to the last bit.",
    failure_zh="平方根已经正确舍入（换了数学库或处理器），或者差别不止在平方根。",
    failure_en="The square root is correctly rounded now (another maths library or processor), "
    "or the difference is not the root's alone.",
    needs=("torch",),
)
def _torch_square_root(measurements: Measurements) -> None:
    import torch as library

    only_where_measured()
    if not library.backends.mkl.is_available():
        raise Skip("this build of torch has no MKL, whose square root the claim is about")
    values = np.random.default_rng(5).uniform(0.25, 4, 50_000).astype(np.float32)
    root = np.array(library.sqrt(library.from_numpy(values)).numpy())
    if np.array_equal(root, np.sqrt(values)):
        raise Skip("torch.sqrt is correctly rounded on this processor")
    measurements.above("share of roots that differ", float(np.mean(root != np.sqrt(values))), 0)
    start, gradients = random_problem(np.float32)
    settings: Any = {"lr": 1e-2, "weight_decay": 0.1}
    optimizers = [single_steps.Torch(start, foreach=value, **settings) for value in (False, True)]
    ours = start.copy()
    reference = AdamW([ours], **settings)
    scale = np.abs(start)
    for gradient in gradients:
        reference.step([gradient])
        scale = np.maximum(scale, np.abs(ours))
        for optimizer in optimizers:
            optimizer.step(gradient)
    state = next(iter(reference.state.values()))
    for name, optimizer in zip(("default", "foreach"), optimizers, strict=True):
        error = np.abs(optimizer.value().astype(np.float64) - ours) / np.spacing(scale)
        measurements.above(f"share that differs, {name}", float(np.mean(error > 0)), 0)
        measurements.below(f"largest difference in ulp, {name}", error.max(), 4)
        same = all(
            map(np.array_equal, optimizer.moments(), (state["exp_avg"], state["exp_avg_sq"]))
        )
        measurements.equal(f"moments are the same, {name}", same, True)


@claim(
    "precision.betas-rounded-first",
    zh="AdamWeightDecay 先把指数衰减率舍入到 float32，再算 `1-beta`，所以默认的 `1-beta2` 偏小；"
    "AdamW 先用双精度相减，再舍入，没有这个偏差。",
    en="AdamWeightDecay rounds the betas to float32 before it forms `1-beta`, so the default "
    "`1-beta2` is too small; AdamW subtracts in double precision and rounds afterwards, without "
    "that error.",
    failure_zh="舍入次序变了：逐位比较的参考实现要改。",
    failure_en="The order of the rounding has changed: a reference that compares bits must follow.",
    devices=("CPU",),
)
def _betas_rounded_first(measurements: Measurements) -> None:
    start = np.ones(1, np.float32)
    torch, mindspore = single_steps.Torch(start), single_steps.MindSpore(start)
    for optimizer in (torch, mindspore):
        optimizer.step([1.0])
    ours, theirs = (float(optimizer.moments()[1][0]) for optimizer in (torch, mindspore))
    expected = float(np.float32(1) - np.float32(0.999))
    measurements.equal("second moment of AdamWeightDecay", theirs, expected)
    measurements.equal("second moment of AdamW", ours, float(np.float32(1 - 0.999)))
    measurements.close("relative error of AdamWeightDecay", theirs / 1e-3 - 1, -1.29e-5, 1e-2)


@claim(
    "precision.float64-in-float32",
    zh="参数是 float64 时，AdamWeightDecay 仍用 float32 计算：哪怕梯度为零、没有衰减，走一步之后"
    "参数也只剩 float32 的精度，dtype 却还是 float64。AdamW 用双精度计算。",
    en="AdamWeightDecay computes float64 parameters in float32: even with a zero gradient and no "
    "decay, one step leaves them with the precision of float32, though their dtype is still "
    "float64. AdamW computes in double precision.",
    failure_zh="AdamWeightDecay 已用双精度计算 float64：可以用它做数值对照。",
    failure_en="AdamWeightDecay now computes float64 in double precision: it may be used for "
    "numerical comparisons.",
    devices=("CPU",),
)
def _float64_in_float32(measurements: Measurements) -> None:
    start, zero = np.array([1 + 1e-12, 1 / 3]), np.zeros(2)
    torch = single_steps.Torch(start, weight_decay=0.0)
    mindspore = single_steps.MindSpore(start)
    for optimizer in (torch, mindspore):
        optimizer.step(zero)
    measurements.equal("dtype of AdamWeightDecay", str(mindspore.value().dtype), "float64")
    lost = float(np.abs(mindspore.value() - start).max())
    measurements.close("error of AdamWeightDecay", lost, float(np.float32(1 / 3)) - 1 / 3, 1e-3)
    measurements.equal("error of AdamW", float(np.abs(torch.value() - start).max()), 0.0)
    double, gradients = random_problem(np.float32)
    wide, narrow = (single_steps.MindSpore(double.astype(d)) for d in (np.float64, np.float32))
    for gradient in gradients[:5]:
        wide.step(gradient)
        narrow.step(gradient)
    same = np.array_equal(wide.value(), narrow.value().astype(np.float64))
    measurements.equal("float64 run equals the float32 run", same, True)


@claim(
    "precision.nan-stays-in-its-element",
    zh="梯度中的 NaN 或无穷大在两者中都只破坏它所在的元素，其他元素每一位都不变。",
    en="A NaN or an infinity in a gradient destroys only its own element in both; all others "
    "keep every bit.",
    failure_zh="一个坏元素会影响别的元素：排查 NaN 时不能只看它出现的位置。",
    failure_en="One bad element reaches others: the place where a NaN shows no longer tells "
    "where it came from.",
)
def _nan_stays_in_its_element(measurements: Measurements) -> None:
    clean = np.ones(40, np.float32)
    bad = clean.copy()
    places = [3, 5, 39]
    bad[places] = np.nan, np.inf, -np.inf
    for name, make in (("AdamW", single_steps.Torch), ("AdamWeightDecay", single_steps.MindSpore)):
        poisoned, intact = make(clean), make(clean)
        for _ in range(2):
            poisoned.step(bad)
            intact.step(clean)
        touched = np.nonzero(poisoned.value() != intact.value())[0].tolist()
        measurements.equal(f"elements touched in {name}", str(touched), str(places))
        all_nan = bool(np.isnan(poisoned.value()[places]).all())
        measurements.equal(f"they are NaN in {name}", all_nan, True)


@claim(
    "precision.experimental-float32-correction",
    zh="`mindspore.experimental.optim.AdamW` 有偏差修正，但用 float32 算 `1-beta**t`，所以头几步"
    "的更新量与 `torch.optim.AdamW` 相差几十个末位单位（ulp）；torch 用双精度算，几乎没有误差。",
    en="`mindspore.experimental.optim.AdamW` does correct the bias, but forms `1-beta**t` in "
    "float32, so its first updates differ from those of `torch.optim.AdamW` by some tens of ulp; "
    "torch forms it in double precision, with hardly any error.",
    failure_zh="它已改用双精度做偏差修正，或者不再修正。",
    failure_en="It now corrects the bias in double precision, or no longer corrects it.",
    devices=("CPU",),
)
def _experimental_float32_correction(measurements: Measurements) -> None:
    import mindspore.experimental.optim

    start = np.zeros(1, np.float32)
    settings: Any = {"lr": 1.0, "eps": single_steps.TINY_EPS, "weight_decay": 0.0}
    torch = single_steps.Torch(start, **settings)
    theirs = single_steps.MindSpore(start, make=mindspore.experimental.optim.AdamW, **settings)
    updates = [
        [float(single_steps.update(optimizer, [1.0])[0]) for _ in range(20)]
        for optimizer in (torch, theirs)
    ]
    ours, experimental = np.abs(np.array(updates) - 1).max(axis=1)
    measurements.below("largest error of torch", ours, 5e-7)
    measurements.above("largest error of the experimental AdamW", experimental, 1e-6)
    measurements.below("largest error of the experimental AdamW, bound", experimental, 2e-5)
