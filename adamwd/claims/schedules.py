"""Learning rates that change with the step: kinds, first value, last value, values refused.

Gradient 0 and weight decay 1 make each step multiply the parameter by 1 - learning rate, so the
rate that was applied can be read off the parameter.
"""

from itertools import pairwise
from typing import Any

import numpy as np

from adamwd.claims import runs
from adamwd.claims.claim import Measurements, claim
from adamwd.claims.modes import mindspore_mode

Array = np.ndarray[Any, Any]
ONE, ZERO = np.ones(1, np.float32), np.zeros(1, np.float32)
RATES = (0.1, 0.3, 0.2)


def applied(run: runs.Torch | runs.MindSpore, steps: int) -> list[float]:
    """Do steps with gradient 0 and return the learning rates that they applied."""
    values = [float(run.value("w")[0])]
    for _ in range(steps):
        run.step({"w": ZERO})
        values.append(float(run.value("w")[0]))
    return [1 - after / before for before, after in pairwise(values)]


def largest_difference(first: Any, second: Any) -> float:
    """Return how far two lists of learning rates are apart, at most."""
    return float(np.abs(np.array(first) - np.array(second)).max())


@claim(
    "schedules.kinds",
    zh="AdamWeightDecay 的学习率可以直接给列表、元组、NumPy 数组、一维 Tensor、生成器"
    "或 LearningRateSchedule，每步取一个值；普通 Python 函数不行，报 TypeError。",
    en="AdamWeightDecay takes a list, tuple, NumPy array, one-dimensional Tensor, generator or "
    "LearningRateSchedule as its learning rate, one value a step; a plain Python function is a "
    "TypeError.",
    failure_zh="说明可以传入的学习率种类变了。",
    failure_en="Other kinds of learning rates are accepted now.",
    needs=("mindspore",),
)
def kinds(m: Measurements) -> None:
    """The same rates in every form."""
    import mindspore
    from mindspore.nn import learning_rate_schedule

    class Schedule(learning_rate_schedule.LearningRateSchedule):  # type: ignore[misc]
        def construct(self, global_step: Any) -> Any:
            # 0.1, 0.3, 0.2 at 0, 1, 2
            return 0.1 + 0.35 * global_step - 0.15 * global_step * global_step

    forms = {
        "list": list(RATES),
        "tuple": RATES,
        "array": np.array(RATES),
        "Tensor": mindspore.Tensor(np.array(RATES, np.float32)),
        "generator": (rate for rate in RATES),
        "LearningRateSchedule": Schedule(),
    }
    for name, form in forms.items():
        run = runs.MindSpore({"w": ONE}, learning_rate=form, weight_decay=1.0)
        apart = largest_difference(applied(run, len(RATES)), RATES)
        m.below(f"{name}: difference from the rates given", apart, 1e-6)
    m.raises(
        "function", TypeError, lambda: runs.MindSpore({"w": ONE}, learning_rate=lambda step: 0.1)
    )


@claim(
    "schedules.first-step-first-entry",
    zh="第一步用列表的第一个元素，LearningRateSchedule 收到的步数也从零数起；"
    "PyTorch 的 LambdaLR 同样从零数起。迁移时列表不必错位。",
    en="The first step uses the first entry of the list, and a LearningRateSchedule is given steps "
    "counted from zero; so is torch's LambdaLR. A list needs no shift when it is moved.",
    failure_zh="说明有一边的计数起点变了，学习率会整体错开一步。",
    failure_en="One side counts from elsewhere, so that all rates are off by one step.",
)
def first_step_first_entry(m: Measurements) -> None:
    """The first two steps with the same rates on both sides."""
    import torch

    run = runs.MindSpore({"w": ONE}, learning_rate=list(RATES), weight_decay=1.0)
    m.close("AdamWeightDecay, first step", applied(run, 1)[0], RATES[0], 1e-6)
    m.close("AdamWeightDecay, second step", applied(run, 1)[0], RATES[1], 1e-6)
    torch_run = runs.Torch({"w": ONE}, lr=1.0, weight_decay=1.0)
    scheduler = torch.optim.lr_scheduler.LambdaLR(torch_run.optimizer, lambda step: RATES[step])
    m.close("torch, first step", applied(torch_run, 1)[0], RATES[0], 1e-6)
    scheduler.step()
    m.close("torch, second step", applied(torch_run, 1)[0], RATES[1], 1e-6)


@claim(
    "schedules.torch-takes-no-list",
    zh="torch.optim.AdamW 的 lr 只接受一个数：列表和函数都报 TypeError，"
    "多个元素的 Tensor 报 ValueError；随步数变化的学习率要另配 lr_scheduler。",
    en="torch.optim.AdamW takes a single number as lr: a list or a function is a TypeError, a "
    "Tensor of several elements a ValueError; rates that change need an lr_scheduler beside it.",
    failure_zh="说明 PyTorch 也能直接接受一串学习率了。",
    failure_en="PyTorch takes a series of learning rates as well.",
    needs=("torch",),
)
def torch_takes_no_list(m: Measurements) -> None:
    """The forms that AdamWeightDecay takes, and a function."""
    import torch

    m.raises("list", TypeError, lambda: runs.Torch({"w": ONE}, lr=list(RATES)))
    m.raises("function", TypeError, lambda: runs.Torch({"w": ONE}, lr=lambda step: 0.1))
    m.raises("Tensor", ValueError, lambda: runs.Torch({"w": ONE}, lr=torch.tensor(RATES)))


@claim(
    "schedules.end-of-list-pynative",
    zh="在默认的 PyNative 模式下，学习率列表用完之后，那一步的调用照常返回；"
    "RuntimeError 要等到下一次读取参数值时才冒出来，报错位置与原因不在一处，"
    "参数停在上一步的值。",
    en="In PyNative mode, the default, the call past the end of a list of learning rates returns "
    "as if nothing were wrong; the RuntimeError comes up where a parameter is next read, away from "
    "its cause, and the parameter keeps the value of the step before.",
    failure_zh="说明错误会在出错的那一步直接报出，或者列表用完后另有处理。",
    failure_en="The error shows in the step that causes it, or the end of a list is handled.",
    needs=("mindspore",),
    devices=("CPU",),
)
def end_of_list_pynative(m: Measurements) -> None:
    """A list of one entry and two steps."""
    with mindspore_mode("PYNATIVE_MODE"):
        run = runs.MindSpore({"w": ONE}, learning_rate=[0.1], weight_decay=1.0)
        run.step({"w": ZERO})
        before = float(run.value("w")[0])
        m.raises("the call past the end", None, lambda: run.step({"w": ZERO}))
        m.raises("reading the parameter after it", RuntimeError, lambda: run.value("w"))
        m.equal("the parameter is as before", float(run.value("w")[0]) == before, True)


@claim(
    "schedules.end-of-list-graph",
    zh="在 Graph 模式下，学习率列表用完之后，下一步调用当场报 RuntimeError。"
    "两种模式都不会沿用最后一个值，列表长度要不少于总步数。",
    en="In Graph mode the call past the end of a list of learning rates raises the RuntimeError "
    "itself. Neither mode goes on with the last value: the list must be as long as the run.",
    failure_zh="说明 Graph 模式下列表用完后不再当场报错。",
    failure_en="In Graph mode the end of a list no longer raises at the call.",
    needs=("mindspore",),
    devices=("CPU",),
)
def end_of_list_graph(m: Measurements) -> None:
    """A list of one entry and two steps."""
    with mindspore_mode("GRAPH_MODE"):
        run = runs.MindSpore({"w": ONE}, learning_rate=[0.1], weight_decay=1.0)
        m.raises("the call within the list", None, lambda: run.step({"w": ZERO}))
        m.raises("the call past the end", RuntimeError, lambda: run.step({"w": ZERO}))


@claim(
    "schedules.entries-not-validated",
    zh="单个学习率为负会报 ValueError，列表里的负数却不受检查：轮到它的那一步，"
    "参数沿梯度方向上升。列表由公式算出时，末尾算成负数很容易发生。",
    en="A single negative learning rate is a ValueError, a negative entry of a list is not looked "
    "at: in its step the parameter climbs the gradient. A list computed by a formula easily ends "
    "below zero.",
    failure_zh="说明列表里的值也受检查了。",
    failure_en="The entries of a list are validated.",
    needs=("mindspore",),
)
def entries_not_validated(m: Measurements) -> None:
    """A list whose second entry is negative, with a constant positive gradient."""
    m.raises("lr=-0.1", ValueError, lambda: runs.MindSpore({"w": ONE}, learning_rate=-0.1))
    m.raises("list", None, lambda: runs.MindSpore({"w": ONE}, learning_rate=[0.1, -0.1]))
    run = runs.MindSpore({"w": ONE}, learning_rate=[0.1, -0.1])
    values = [1.0]
    for _ in range(2):
        run.step({"w": ONE})
        values.append(float(run.value("w")[0]))
    m.below("change at the positive entry", values[1] - values[0], -0.1)
    m.above("change at the negative entry", values[2] - values[1], 0.1)


@claim(
    "schedules.lists-of-one-length",
    zh="各组的学习率列表必须与全局列表等长，否则在创建时报 ValueError；权重衰减不能给列表。",
    en="Lists of learning rates in groups must be as long as each other and as the global one, "
    "else there is a ValueError at construction; weight decay cannot be a list at all.",
    failure_zh="说明列表长度不同也能用，或权重衰减可以给列表了。",
    failure_en="Lists of other lengths work, or weight decay can be a list.",
    needs=("mindspore",),
)
def lists_of_one_length(m: Measurements) -> None:
    """Two groups, or a group and the argument, with lists of two and three."""
    starts = {"a": ONE, "b": ONE}

    def build(first: list[float], second: list[float] | None, **options: Any) -> None:
        groups: list[dict[str, Any]] = [{"params": ["a"], "lr": first}, {"params": ["b"]}]
        if second is not None:
            groups[1]["lr"] = second
        runs.MindSpore(starts, groups, **options)

    two, three = [0.1, 0.1], [0.1, 0.1, 0.1]
    m.raises("groups of 2 and 3", ValueError, lambda: build(two, three))
    m.raises("group of 2, argument of 3", ValueError, lambda: build(two, None, learning_rate=three))
    m.raises("groups of 2 and 2", None, lambda: build(two, two))
    m.raises(
        "weight decay as a list", TypeError, lambda: runs.MindSpore({"w": ONE}, weight_decay=two)
    )
