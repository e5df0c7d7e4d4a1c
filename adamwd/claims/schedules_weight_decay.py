"""Weight decay that changes with the step: a Cell in AdamWeightDecay."""

from typing import Any

import numpy as np

from adamwd.claims import runs
from adamwd.claims.claim import Measurements, claim

ONE, ZERO = np.ones(1, np.float32), np.zeros(1, np.float32)


@claim(
    "schedules.weight-decay-cell",
    zh="weight_decay 可以是以步数为输入的 Cell，第一步收到的步数是零；普通函数报 TypeError。"
    "PyTorch 没有对应的写法，要在每步之前改 param_groups。",
    en="weight_decay may be a Cell of the step, and the first step gives it zero; a plain function "
    "is a TypeError. PyTorch has nothing of the kind, one changes param_groups before each step.",
    failure_zh="说明步数的起点变了，衰减会整体错开一步，或不再接受 Cell。",
    failure_en="The count begins elsewhere, so that decay is off by one step, or no Cell is taken.",
    needs=("mindspore",),
)
def weight_decay_cell(m: Measurements) -> None:
    """A tenth of the step: nothing in the first one."""
    import mindspore

    class Decay(mindspore.nn.Cell):  # type: ignore[misc]
        def construct(self, global_step: Any) -> Any:
            return 0.1 * global_step

    run = runs.MindSpore({"w": ONE}, learning_rate=1.0, weight_decay=Decay())
    values = [1.0]
    for step in range(1, 4):
        run.step({"w": ZERO})
        values.append(float(run.value("w")[0]))
        kept, decay = values[-1] / values[-2], 0.1 * (step - 1)
        m.close(f"part kept in step {step}", kept, 1 - decay, 1e-6)
    m.raises(
        "function", TypeError, lambda: runs.MindSpore({"w": ONE}, weight_decay=lambda step: 0.1)
    )


@claim(
    "schedules.cell-construct-self",
    zh="这个 Cell 的 construct 会被编译成图，第一个参数必须叫 self：换成 this 之类的名字，"
    "在 Python 里完全合法，到第一次更新时却报 TypeError，说参数个数不对。步数参数叫什么都行。",
    en="The Cell's construct is compiled, and its first argument must be called self: under "
    "another name, which Python does not mind, the first update is a TypeError about the number of "
    "arguments. The step may be called anything.",
    failure_zh="说明图编译不再依赖 self 这个名字。",
    failure_en="The compiler no longer goes by the name self.",
    needs=("mindspore",),
)
def cell_construct_self(m: Measurements) -> None:
    """The same Cell with other names for its two arguments."""
    import mindspore

    class Usual(mindspore.nn.Cell):  # type: ignore[misc]
        def construct(self, anything: Any) -> Any:
            return 0.1 * (anything + 1)

    class Unusual(mindspore.nn.Cell):  # type: ignore[misc]
        def construct(this, global_step: Any) -> Any:  # noqa: N805
            return 0.1 * (global_step + 1)

    def step(cell: Any) -> None:
        runs.MindSpore({"w": ONE}, weight_decay=cell).step({"w": ZERO})

    m.raises("construct(self, anything)", None, lambda: step(Usual()))
    m.raises("construct(this, global_step)", TypeError, lambda: step(Unusual()))
