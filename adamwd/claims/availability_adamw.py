"""Claims about the classes named AdamW: mint, experimental, and torch's implementations."""

from typing import Any

import numpy as np

from adamwd.claims import refusals, runs
from adamwd.claims.claim import Measurements, Skip, claim

SIZE = 1000
STEPS = 20


def _start() -> tuple[dict[str, runs.Array], list[dict[str, runs.Array]]]:
    random = np.random.default_rng(7)
    start = {"w": random.normal(size=SIZE).astype(np.float32)}
    return start, [{"w": random.normal(size=SIZE).astype(np.float32)} for _ in range(STEPS)]


def _does_not_run(measured: Measurements, class_name: str) -> None:
    import mindspore.mint.optim

    make = getattr(mindspore.mint.optim, class_name, None)
    if make is None:
        raise Skip(f"MindSpore {mindspore.__version__} has no mint.optim.{class_name}")
    message = ""

    def step() -> None:
        nonlocal message
        try:
            # The call may return: the error shows, at the latest, when the values are read.
            refusals.after_one_step(runs.MindSpore, make=make)
        except Exception as error:
            message = str(error)
            raise

    measured.raises(
        f"constructing mint.optim.{class_name}",
        None,
        lambda: runs.MindSpore(refusals.START, make=make),
    )
    measured.raises(f"a step of mint.optim.{class_name}", RuntimeError, step)
    measured.equal("the message misses its kernel", "AdamW unregistered" in message, True)


@claim(
    "availability.mint-cpu",
    zh="mint.optim.AdamW 在 CPU 上不能运行：能构造，走一步就抛出 RuntimeError，说算子没有注册；"
    "调用本身可能正常返回，最迟在读取参数时报错。",
    en="mint.optim.AdamW does not run on a CPU: it can be constructed, and a step raises "
    "RuntimeError because its kernel is not registered. The call itself may return; the error "
    "shows when the parameter is read, at the latest.",
    failure_zh="mint.optim.AdamW 可以在 CPU 上使用，官方映射表的建议在 CPU 上成立。",
    failure_en="mint.optim.AdamW would run on a CPU, and the official mapping table would hold "
    "there.",
    needs=("mindspore",),
    devices=("CPU",),
)
def mint_cpu(measured: Measurements) -> None:
    """Do one step of mint.optim.AdamW and read the parameter."""
    _does_not_run(measured, "AdamW")


@claim(
    "availability.mint-fused-cpu",
    zh="mint.optim.FusedAdamW 在 CPU 上同样不能运行，走一步就抛出 RuntimeError，说算子没有注册。",
    en="mint.optim.FusedAdamW does not run on a CPU either: a step raises RuntimeError because its "
    "kernel is not registered.",
    failure_zh="mint.optim.FusedAdamW 可以在 CPU 上使用。",
    failure_en="mint.optim.FusedAdamW would run on a CPU.",
    needs=("mindspore",),
    devices=("CPU",),
)
def mint_fused_cpu(measured: Measurements) -> None:
    """Do one step of mint.optim.FusedAdamW and read the parameter."""
    _does_not_run(measured, "FusedAdamW")


@claim(
    "availability.experimental-follows",
    zh="experimental.optim.AdamW 每一步都与 torch 的 AdamW 一致，只差舍入误差；"
    "AdamWeightDecay 用同样的设置与同样的梯度则相去甚远。",
    en="experimental.optim.AdamW follows torch's AdamW at every step, to rounding error; "
    "AdamWeightDecay, with the same settings and gradients, ends up far away.",
    failure_zh="experimental.optim.AdamW 不能作为 torch AdamW 的替代。",
    failure_en="experimental.optim.AdamW could not stand in for torch's AdamW.",
)
def experimental_follows(measured: Measurements) -> None:
    """Give the three the same settings and gradients, and compare at every step."""
    import mindspore.experimental.optim

    start, gradients = _start()
    options: dict[str, Any] = {"eps": 1e-8, "weight_decay": 0.1}
    torch_run = runs.Torch(start, lr=0.01, **options)
    experimental = runs.MindSpore(
        start, make=mindspore.experimental.optim.AdamW, lr=0.01, **options
    )
    adam_weight_decay = runs.MindSpore(start, learning_rate=0.01, **options)
    followers = {"experimental AdamW": experimental, "AdamWeightDecay": adam_weight_decay}
    largest = dict.fromkeys(followers, 0.0)
    for gradient in gradients:
        torch_run.step(gradient)
        for name, run in followers.items():
            run.step(gradient)
            difference = float(np.abs(run.value("w") - torch_run.value("w")).max())
            largest[name] = max(largest[name], difference)
    measured.below("difference of experimental AdamW", largest["experimental AdamW"], 2e-6)
    measured.above("difference of AdamWeightDecay", largest["AdamWeightDecay"], 1e-2)


@claim(
    "availability.torch-implementations",
    zh="torch 的 AdamW 在 CPU 上有逐个更新、foreach 与 fused 几种实现：逐个更新、foreach 与"
    "不指定实现时逐位相同，fused 只差舍入误差。",
    en="torch's AdamW has several implementations on a CPU: one parameter at a time, foreach and "
    "fused. The first two give the same bits as an AdamW that is not told which to take, and fused "
    "agrees to rounding error.",
    failure_zh="换用另一种实现会改变训练结果，比较时必须指明是哪一种。",
    failure_en="Another implementation would change the run, and a comparison would have to say "
    "which one it used.",
    needs=("torch",),
)
def torch_implementations(measured: Measurements) -> None:
    """Give the implementations the same gradients, and compare with the default at every step."""
    start, gradients = _start()
    default = runs.Torch(start, lr=0.1)
    try:
        others = {
            "one at a time": runs.Torch(start, lr=0.1, foreach=False, fused=False),
            "foreach": runs.Torch(start, lr=0.1, foreach=True),
            "fused": runs.Torch(start, lr=0.1, fused=True),
        }
    except (RuntimeError, TypeError) as error:
        raise Skip(f"this torch has no fused AdamW on a CPU: {error}") from error
    different = dict.fromkeys(others, 0)
    largest = 0.0
    for gradient in gradients:
        default.step(gradient)
        for name, run in others.items():
            run.step(gradient)
            different[name] += int((run.value("w") != default.value("w")).sum())
        largest = max(largest, float(np.abs(others["fused"].value("w") - default.value("w")).max()))
    measured.equal("different elements, one at a time", different["one at a time"], 0)
    measured.equal("different elements, foreach", different["foreach"], 0)
    measured.below("difference of fused", largest, 1e-6)
    moved = int((default.value("w") != start["w"]).sum())
    measured.equal("elements moved", moved, SIZE)
