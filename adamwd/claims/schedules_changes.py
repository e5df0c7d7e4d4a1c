"""Changing hyper-parameters in mid-training: what works, and what is ignored in silence.

Gradient 0 and weight decay 1 make each step multiply the parameter by 1 - learning rate.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from adamwd.claims import runs
from adamwd.claims.claim import Measurements, claim
from adamwd.claims.modes import mindspore_mode
from adamwd.claims.schedules import ONE, ZERO, applied

Array = np.ndarray[Any, Any]


def before_and_after(change: Callable[[Any], None]) -> tuple[float, float]:
    """Do a step, change the optimizer, do another; return the rates that were applied."""
    run = runs.MindSpore({"w": ONE}, learning_rate=0.1, weight_decay=1.0)
    first = applied(run, 1)[0]
    change(run.optimizer)
    return first, applied(run, 1)[0]


@claim(
    "schedules.change-rate-by-assign",
    zh="训练途中改学习率：PyTorch 改 param_groups，AdamWeightDecay 用 ops.assign 写"
    "optimizer.learning_rate；组里写了 lr 时，learning_rate 是每个参数一项的元组，"
    "同组各项是同一个 Parameter，改其中一项就改了整组。",
    en="To change the learning rate in mid-training, PyTorch has param_groups; for AdamWeightDecay "
    "use ops.assign on optimizer.learning_rate, which has one entry a parameter where groups set "
    "lr; the entries of a group are one Parameter, so assigning to any of them changes the group.",
    failure_zh="说明推荐的改法失效了，必须另找办法。",
    failure_en="The way that we recommend no longer works.",
)
def change_rate_by_assign(m: Measurements) -> None:
    """From 0.1 to 0.2 after the first step."""
    from mindspore import Tensor, ops

    torch_run = runs.Torch({"w": ONE}, lr=0.1, weight_decay=1.0)
    m.close("torch, before", applied(torch_run, 1)[0], 0.1, 1e-6)
    torch_run.optimizer.param_groups[0]["lr"] = 0.2
    m.close("torch, after", applied(torch_run, 1)[0], 0.2, 1e-6)

    new = Tensor(np.float32(0.2))
    first, second = before_and_after(lambda o: ops.assign(o.learning_rate, new))
    m.close("AdamWeightDecay, before", first, 0.1, 1e-6)
    m.close("AdamWeightDecay, after", second, 0.2, 1e-6)

    groups = [{"params": ["w", "v"], "lr": 0.1}]
    run = runs.MindSpore({"w": ONE, "v": ONE}, groups, learning_rate=0.5, weight_decay=1.0)
    m.equal("group of two parameters, entries", len(run.optimizer.learning_rate), 2)
    run.step({"w": ZERO, "v": ZERO})
    m.close("group, before", 1 - float(run.value("v")[0]), 0.1, 1e-6)
    before = float(run.value("v")[0])
    ops.assign(run.optimizer.learning_rate[0], new)
    run.step({"w": ZERO, "v": ZERO})
    m.close("group, after", 1 - float(run.value("v")[0]) / before, 0.2, 1e-6)


@claim(
    "schedules.set-data-on-rate-ignored",
    zh="在默认的 PyNative 模式下，优化器走过一步之后再用 set_data 改 learning_rate，"
    "读出来是新值，更新用的却还是旧值，没有任何提示；第一步之前改有效，Graph 模式下也有效。",
    en="In PyNative mode, the default, set_data on learning_rate after the optimizer's first step "
    "changes what one reads but not what is applied, without a word; before the first step, or in "
    "Graph mode, it works.",
    failure_zh="说明 set_data 对学习率重新生效。",
    failure_en="set_data on the learning rate takes effect.",
    needs=("mindspore",),
)
def set_data_on_rate_ignored(m: Measurements) -> None:
    """From 0.1 to 0.2 by set_data, after and before the first step, and in Graph mode."""
    from mindspore import Tensor

    new = Tensor(np.float32(0.2))
    with mindspore_mode("PYNATIVE_MODE"):
        run = runs.MindSpore({"w": ONE}, learning_rate=0.1, weight_decay=1.0)
        run.step({"w": ZERO})
        run.optimizer.learning_rate.set_data(new)
        read = float(np.array(run.optimizer.learning_rate.asnumpy()))
        m.close("rate that is read afterwards", read, 0.2, 1e-6)
        m.close("rate that is applied afterwards", applied(run, 1)[0], 0.1, 1e-6)
        early = runs.MindSpore({"w": ONE}, learning_rate=0.1, weight_decay=1.0)
        early.optimizer.learning_rate.set_data(new)
        m.close("set before the first step", applied(early, 1)[0], 0.2, 1e-6)
    with mindspore_mode("GRAPH_MODE"):
        second = before_and_after(lambda o: o.learning_rate.set_data(new))[1]
        m.close("set in Graph mode", second, 0.2, 1e-6)


@claim(
    "schedules.rate-attribute-ignored",
    zh="也不要直接给 optimizer.learning_rate 赋值：赋浮点数报 TypeError；"
    "赋 Tensor 不报错，但在默认的 PyNative 模式下，训练途中不起作用（Graph 模式下有效）。",
    en="Do not set optimizer.learning_rate as an attribute either: a float is a TypeError; a "
    "Tensor is taken without an error and, in PyNative mode, without effect in mid-training (in "
    "Graph mode it works).",
    failure_zh="说明直接赋值可以改学习率了。",
    failure_en="The attribute can be set to change the learning rate.",
    needs=("mindspore",),
)
def rate_attribute_ignored(m: Measurements) -> None:
    """From 0.1 to 0.2 after the first step."""
    from mindspore import Tensor

    def set_rate(optimizer: Any, rate: Any) -> None:
        optimizer.learning_rate = rate

    new = Tensor(np.float32(0.2))
    with mindspore_mode("PYNATIVE_MODE"):
        m.raises("a float", TypeError, lambda: before_and_after(lambda o: set_rate(o, 0.2)))
        first, second = before_and_after(lambda o: set_rate(o, new))
        m.close("applied before", first, 0.1, 1e-6)
        m.close("applied after setting a Tensor", second, 0.1, 1e-6)
    with mindspore_mode("GRAPH_MODE"):
        second = before_and_after(lambda o: set_rate(o, new))[1]
        m.close("applied after, in Graph mode", second, 0.2, 1e-6)


# A value that shows at once in an update by a gradient of 1.
CHANGES = {"weight_decay": 0.5, "beta1": 0.5, "beta2": 0.5, "eps": 1.0}


def _second_step(changes: dict[str, float], early: bool = False) -> float:
    """Do two steps, with attributes set before the first or the second, and return the value."""
    run = runs.MindSpore({"w": ONE}, learning_rate=0.1, weight_decay=0.1)
    for step in range(2):
        if step == (0 if early else 1):
            for name, value in changes.items():
                shape = () if name == "weight_decay" else (1,)
                tensor = run.mindspore.Tensor(np.full(shape, value, np.float32))
                setattr(run.optimizer, name, tensor)
        run.step({"w": ONE})
    return float(run.value("w")[0])


@claim(
    "schedules.hyperparameters-fixed-after-first-step",
    zh="AdamWeightDecay 走过第一步之后，再给 weight_decay、beta1、beta2、eps 赋值一概无效，"
    "也不报错，因为值已经编译进图里；第一步之前赋值则有效。"
    "PyTorch 每一步都从 param_groups 里重新读取。",
    en="After AdamWeightDecay's first step, setting weight_decay, beta1, beta2 or eps has no "
    "effect and raises nothing, since the values are compiled in; before the first step it works. "
    "PyTorch reads param_groups anew in every step.",
    failure_zh="说明训练途中可以直接改这些超参数。",
    failure_en="These hyper-parameters can be changed in mid-training.",
)
def hyperparameters_fixed_after_first_step(m: Measurements) -> None:
    """Each attribute between two steps; one of them before the first; and torch's."""
    plain = _second_step({})
    for name, value in CHANGES.items():
        m.equal(f"AdamWeightDecay, {name}: effect", _second_step({name: value}) - plain, 0.0)
    early = abs(_second_step({"eps": 1.0}, early=True) - plain)
    m.above("AdamWeightDecay, eps before the first step: effect", early, 0.1)

    def torch_value(changes: dict[str, Any]) -> float:
        run = runs.Torch({"w": ONE}, lr=0.1, weight_decay=0.1)
        run.step({"w": ONE})
        run.optimizer.param_groups[0].update(changes)
        run.step({"w": -ONE})
        return float(run.value("w")[0])

    plain = torch_value({})
    for name, changed in (
        ("weight_decay", 0.5),
        ("betas", (0.5, 0.5)),
        ("eps", 1.0),
    ):
        m.above(f"torch, {name}: effect", abs(torch_value({name: changed}) - plain), 1e-3)
