"""Names of arguments, options of one optimizer only, and how each one is called."""

from functools import partial
from typing import Any

import numpy as np

from adamwd.claims import runs
from adamwd.claims.claim import Measurements, claim

Array = np.ndarray[Any, Any]
ONE, ZERO = np.ones(1, np.float32), np.zeros(1, np.float32)


@claim(
    "calls.argument-names",
    zh="参数名互不通用：PyTorch 用 lr 和 betas，AdamWeightDecay 用 learning_rate、beta1 和 beta2，"
    "写成对方的名字都报 TypeError；mindspore.experimental.optim.AdamW 用 PyTorch 的名字。",
    en="Argument names are not shared: PyTorch has lr and betas, AdamWeightDecay learning_rate, "
    "beta1 and beta2, and each refuses the other's by TypeError; "
    "mindspore.experimental.optim.AdamW has PyTorch's.",
    failure_zh="说明其中一边开始接受对方的参数名。",
    failure_en="One of them takes the other's names.",
)
def argument_names(m: Measurements) -> None:
    """Each optimizer with its own names and with the other's."""
    from mindspore.experimental import optim

    theirs: dict[str, Any] = {"lr": 0.1, "betas": (0.9, 0.99)}
    ours: dict[str, Any] = {"learning_rate": 0.1, "beta1": 0.9, "beta2": 0.99}
    start = {"w": ONE}
    m.raises("torch, its own", None, lambda: runs.Torch(start, **theirs))
    m.raises("AdamWeightDecay, its own", None, lambda: runs.MindSpore(start, **ours))
    m.raises(
        "experimental AdamW, torch's",
        None,
        lambda: runs.MindSpore(start, make=optim.AdamW, **theirs),
    )
    for name, value in ours.items():
        wrong: dict[str, Any] = {name: value}
        m.raises(f"torch, {name}", TypeError, partial(runs.Torch, start, **wrong))
    for name, value in theirs.items():
        wrong = {name: value}
        m.raises(
            f"AdamWeightDecay, {name}",
            TypeError,
            partial(runs.MindSpore, start, **wrong),
        )


@claim(
    "calls.options-of-torch",
    zh="AdamWeightDecay 没有 amsgrad、maximize，也没有 foreach、capturable、differentiable、fused，"
    "传入即 TypeError，哪怕值是 False；experimental 版只有前两个。",
    en="AdamWeightDecay has neither amsgrad and maximize nor foreach, capturable, differentiable "
    "and fused: each is a TypeError, even as False. The experimental AdamW has the first two only.",
    failure_zh="说明 MindSpore 增加了这些选项中的某一个。",
    failure_en="MindSpore has got one of these options.",
    needs=("mindspore",),
)
def options_of_torch(m: Measurements) -> None:
    """One option at a time."""
    from mindspore.experimental import optim

    for name in ("amsgrad", "maximize", "foreach", "capturable", "differentiable", "fused"):
        off: dict[str, Any] = {name: False}
        m.raises(
            f"AdamWeightDecay, {name}",
            TypeError,
            partial(runs.MindSpore, {"w": ONE}, **off),
        )
        m.raises(
            f"experimental AdamW, {name}",
            None if name in ("amsgrad", "maximize") else TypeError,
            partial(runs.MindSpore, {"w": ONE}, make=optim.AdamW, **off),
        )


@claim(
    "calls.experimental-amsgrad-and-maximize",
    zh="需要 amsgrad 或 maximize 时，可以改用 mindspore.experimental.optim.AdamW："
    "打开这两个选项，逐步结果都与 torch.optim.AdamW 一致。",
    en="For amsgrad or maximize there is mindspore.experimental.optim.AdamW: with either option on "
    "it agrees with torch.optim.AdamW step by step.",
    failure_zh="说明 experimental 版的 amsgrad 或 maximize 与 PyTorch 不再一致。",
    failure_en="amsgrad or maximize of the experimental AdamW no longer agree with PyTorch.",
)
def experimental_amsgrad_and_maximize(m: Measurements) -> None:
    """The largest difference in ten steps, and how far the option moves the result."""
    from mindspore.experimental import optim

    random = np.random.default_rng(11)
    start = random.standard_normal(20).astype(np.float32)
    sizes = (1, 0.01, 0.01, 1, 0.01, 0.01, 0.01, 1, 0.01, 0.01)
    gradients = [(s * random.standard_normal(20)).astype(np.float32) for s in sizes]
    options: dict[str, Any] = {"lr": 0.01, "betas": (0.9, 0.5)}
    plain = runs.Torch({"w": start}, **options)
    for gradient in gradients:
        plain.step({"w": gradient})
    for name in ("amsgrad", "maximize"):
        on = {**options, name: True}
        torch_run = runs.Torch({"w": start}, **on)
        run = runs.MindSpore({"w": start}, make=optim.AdamW, **on)
        apart = 0.0
        for gradient in gradients:
            torch_run.step({"w": gradient})
            run.step({"w": gradient})
            apart = max(apart, float(np.abs(torch_run.value("w") - run.value("w")).max()))
        m.below(f"{name}: difference", apart, 1e-6)
        m.above(f"{name}: effect", np.abs(torch_run.value("w") - plain.value("w")).max(), 1e-3)


@claim(
    "calls.convention",
    zh="AdamWeightDecay 是一个 Cell：把梯度元组传给它来更新，返回每个参数一个 True 的元组，"
    "没有 step 和 zero_grad；PyTorch 从 .grad 取梯度，调用 step()，返回 None，"
    "给了 closure 则返回它的损失，本身不可调用。",
    en="AdamWeightDecay is a Cell: it is called with a tuple of gradients and returns a tuple of "
    "True, one a parameter; there is no step and no zero_grad. PyTorch takes gradients from .grad "
    "in step(), which returns None, or the loss of its closure, and cannot be called itself.",
    failure_zh="说明其中一边的调用方式变了。",
    failure_en="One of them is called in another way.",
)
def convention(m: Measurements) -> None:
    """The calls, and the methods that there are."""
    starts = {"a": ONE, "b": ONE}
    run = runs.MindSpore(starts)
    gradients = tuple(run.mindspore.Tensor(ONE) for _ in starts)
    m.equal("AdamWeightDecay returns", str(run.optimizer(gradients)), "(True, True)")
    for name in ("step", "zero_grad"):
        m.equal(f"AdamWeightDecay has {name}", hasattr(run.optimizer, name), False)
    torch_run = runs.Torch(starts)
    m.equal("torch, step() returns", str(torch_run.optimizer.step()), "None")
    m.equal("torch, step(closure) returns", torch_run.optimizer.step(lambda: 3.5), 3.5)
    call: Any = torch_run.optimizer
    m.raises("torch, called with gradients", TypeError, lambda: call((ONE, ONE)))


@claim(
    "calls.torch-gradients-accumulate",
    zh="PyTorch 的 .grad 会累加，每步之间要 zero_grad；MindSpore 的 value_and_grad "
    "每次返回新的梯度，不累加，需要梯度累积时得自己加。",
    en="PyTorch's .grad accumulates, so zero_grad belongs between steps; MindSpore's "
    "value_and_grad returns new gradients each time, and whoever wants them added adds them.",
    failure_zh="说明某一边的梯度累加规则变了，有效梯度会成倍变化。",
    failure_en="Accumulation differs now on one side, which multiplies the gradients.",
)
def torch_gradients_accumulate(m: Measurements) -> None:
    """The gradient of 3 w, taken twice in a row."""
    import mindspore
    import torch

    weight = torch.nn.Parameter(torch.ones(1))
    for _ in range(2):
        (3 * weight).sum().backward()
    m.equal("torch, after two backward passes", _number(weight.grad), 6.0)
    torch.optim.AdamW([weight]).zero_grad()
    (3 * weight).sum().backward()
    m.equal("torch, after zero_grad and one more", _number(weight.grad), 3.0)

    parameter = mindspore.Parameter(mindspore.Tensor(ONE.copy()), name="w")

    def forward() -> Any:
        return (3 * parameter).sum()

    gradient = mindspore.value_and_grad(forward, None, mindspore.ParameterTuple([parameter]))
    for name in ("first", "second"):
        m.equal(f"MindSpore, {name} time", float(gradient()[1][0].asnumpy()[0]), 3.0)


def _number(gradient: Any) -> float:
    return float("nan") if gradient is None else float(gradient.item())
