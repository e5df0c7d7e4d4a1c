"""Claims about the names, the allocation and the types of the optimizer state."""

from typing import Any

import numpy as np

from adamwd.claims import checkpoints, runs
from adamwd.claims.claim import Measurements, claim

START = {"w": np.ones(4, np.float32), "b": np.zeros(3, np.float32)}
GRADIENT = {
    "w": np.array([0.1, -0.2, 0.3, 0.4], np.float32),
    "b": np.array([-0.5, 0.6, -0.7], np.float32),
}
SIZE = sum(value.size for value in START.values())


def _elements(state: dict[str, Any]) -> int:
    return sum(value.size for value in state.values())


@claim(
    "state.names",
    zh="AdamWeightDecay 的检查点里有 global_step、learning_rate、参数本身，"
    "以及每个参数的 adam_m.<参数名> 与 adam_v.<参数名>。",
    en="A checkpoint of AdamWeightDecay holds global_step, learning_rate, the parameters "
    "themselves, and for each of them adam_m.<its name> and adam_v.<its name>.",
    failure_zh="按名称转换检查点的脚本会找不到状态。",
    failure_en="Scripts that convert checkpoints by these names would not find the state.",
    needs=("mindspore",),
)
def names(measured: Measurements) -> None:
    """Read the names in a file that ``save_checkpoint`` wrote."""
    run = runs.MindSpore(START)
    saved = checkpoints.mindspore_file(run.optimizer)
    measured.equal(
        "names",
        ", ".join(saved),
        "global_step, learning_rate, w, b, adam_m.w, adam_m.b, adam_v.w, adam_v.b",
    )


@claim(
    "state.torch-names",
    zh="AdamW 的 state_dict 按参数的序号存放，每个参数有 step、exp_avg、exp_avg_sq；"
    "只有打开 amsgrad 才多一个 max_exp_avg_sq。参数本身不在其中。",
    en="The state_dict of AdamW is keyed by the index of the parameter, with step, exp_avg and "
    "exp_avg_sq for each, and max_exp_avg_sq only with amsgrad. The parameters are not in it.",
    failure_zh="按这些键转换检查点的脚本会找不到状态。",
    failure_en="Scripts that convert checkpoints by these keys would not find the state.",
    needs=("torch",),
)
def torch_names(measured: Measurements) -> None:
    """Read the keys of the state_dict after one step, without and with amsgrad."""
    for suffix, amsgrad, expected in (
        ("", False, "step, exp_avg, exp_avg_sq"),
        (" with amsgrad", True, "step, exp_avg, exp_avg_sq, max_exp_avg_sq"),
    ):
        run = runs.Torch(START, amsgrad=amsgrad)
        run.step(GRADIENT)
        saved = run.optimizer.state_dict()["state"]
        measured.equal(f"keys{suffix}", ", ".join(map(str, saved)), "0, 1")
        measured.equal(f"entries{suffix}", ", ".join(saved[0]), expected)


@claim(
    "state.experimental-names",
    zh="experimental.optim.AdamW 用 torch 的名称加参数名存放状态：exp_avg.<参数名>、"
    "exp_avg_sq.<参数名>；不打开 amsgrad 也会分配 max_exp_avg_sq.<参数名>；"
    "所有参数共用一个 state_step。检查点里没有学习率。",
    en="experimental.optim.AdamW keeps torch's names before the parameter's: exp_avg.<name>, "
    "exp_avg_sq.<name>, and max_exp_avg_sq.<name> even without amsgrad; one state_step serves all "
    "parameters. The learning rate is not in its checkpoint.",
    failure_zh="从 AdamWeightDecay 或 torch 转换检查点到这个类时，名称对不上。",
    failure_en="Converting a checkpoint of AdamWeightDecay or torch to this class would need "
    "other names.",
    needs=("mindspore",),
)
def experimental_names(measured: Measurements) -> None:
    """Read the names in a file that ``save_checkpoint`` wrote for the experimental AdamW."""
    import mindspore.experimental.optim

    run = runs.MindSpore({"w": START["w"]}, make=mindspore.experimental.optim.AdamW)
    saved = checkpoints.mindspore_file(run.optimizer)
    measured.equal(
        "names", ", ".join(saved), "w, exp_avg.w, exp_avg_sq.w, max_exp_avg_sq.w, state_step"
    )


@claim(
    "state.allocation",
    zh="AdamWeightDecay 在构造时就分配好全部状态；AdamW 的状态在第一步之前是空的。",
    en="AdamWeightDecay allocates its whole state at construction; "
    "the state of AdamW is empty until the first step.",
    failure_zh="在第一步之前读取或载入状态的代码，行为会与现在不同；显存峰值出现的时刻也会变。",
    failure_en="Code that reads or loads the state before the first step would behave differently, "
    "and memory would peak at another moment.",
)
def allocation(measured: Measurements) -> None:
    """Count the elements of both states before the first step, and torch's after it."""
    run = runs.MindSpore(START)
    moments = {n: v for n, v in checkpoints.state(run).items() if n.startswith("adam_")}
    measured.equal(
        "moment elements of AdamWeightDecay at construction", _elements(moments), 2 * SIZE
    )
    torch_run = runs.Torch(START)
    measured.equal("entries of AdamW at construction", len(torch_run.optimizer.state), 0)
    torch_run.step(GRADIENT)
    after = sum(
        value.numel()
        for entries in torch_run.optimizer.state.values()
        for name, value in entries.items()
        if name != "step"
    )
    measured.equal("moment elements of AdamW after one step", after, 2 * SIZE)


@claim(
    "state.step-counter",
    zh="AdamWeightDecay 只有一个步数 global_step，是含一个元素的整数 Parameter，构造时为零；"
    "AdamW 为每个参数各存一个步数 step，是零维浮点 Tensor。调用相同次数之后两者的值相等。",
    en="AdamWeightDecay has one global_step, an integer Parameter of one element that is zero at "
    "construction; AdamW keeps a step for each parameter, a floating-point Tensor without "
    "dimensions. After the same number of calls their values are equal.",
    failure_zh="转换检查点时步数的类型、形状或数值需要另外处理。",
    failure_en="Converting a checkpoint would need another type, shape or value of the step.",
)
def step_counter(measured: Measurements) -> None:
    """Read the counters of both before and after three steps."""
    run, torch_run = runs.MindSpore(START), runs.Torch(START)
    counter = run.optimizer.global_step
    measured.equal("global_step at construction", int(counter.asnumpy()[0]), 0)
    for _ in range(3):
        run.step(GRADIENT)
        torch_run.step(GRADIENT)
    measured.equal("global_step after three steps", int(counter.asnumpy()[0]), 3)
    measured.equal("type of global_step", str(counter.dtype), "Int32")
    measured.equal("shape of global_step", str(tuple(counter.shape)), "(1,)")
    steps = [entries["step"] for entries in torch_run.optimizer.state.values()]
    measured.equal("number of steps kept by AdamW", len(steps), len(START))
    measured.equal("step after three steps", steps[0].item(), 3.0)
    measured.equal("type of step", str(steps[0].dtype), "torch.float32")
    measured.equal("dimensions of step", steps[0].dim(), 0)


@claim(
    "state.step-origin",
    zh="第一次调用时，AdamWeightDecay 用的步数是零：学习率列表从第零项取起；"
    "AdamW 先把步数加一再用，偏差修正从第一步算起。",
    en="In its first call AdamWeightDecay uses the step zero: a list of learning rates begins with "
    "its entry of index zero. AdamW adds one to its step before it uses it: bias correction begins "
    "with the first step.",
    failure_zh="按步数计算学习率的公式在迁移时会错开一步。",
    failure_en="Formulas of the step would be off by one after the move.",
)
def step_origin(measured: Measurements) -> None:
    """Give AdamWeightDecay a list that begins with zero; compare AdamW's first step with lr."""
    run = runs.MindSpore(START, learning_rate=[0.0, 0.125, 0.125])
    for call in ("first", "second"):
        before = run.value("w")
        run.step(GRADIENT)
        moved = int((run.value("w") != before).sum())
        measured.equal(
            f"elements moved by the {call} call", moved, 0 if call == "first" else before.size
        )
    torch_run = runs.Torch(START, lr=0.125, weight_decay=0.0)
    torch_run.step(GRADIENT)
    # Were t zero, the bias correction would divide zero by zero.
    first = abs(torch_run.value("w")[0] - START["w"][0]) / 0.125
    measured.close("first step of AdamW over the learning rate", first, 1.0, 1e-5)


@claim(
    "state.group-learning-rates",
    zh="参数组自带的学习率存为 learning_rate_group_<组序号>；没有自带学习率的组共用 learning_rate。"
    "学习率列表则整个存入检查点。",
    en="A group's own learning rate is stored as learning_rate_group_<index of the group>; groups "
    "without one share learning_rate. A list of learning rates is stored whole.",
    failure_zh="改变分组方式之后，旧检查点里的学习率会以另外的名称出现。",
    failure_en="The learning rates of grouped parameters would stand under other names.",
    needs=("mindspore",),
)
def group_learning_rates(measured: Measurements) -> None:
    """Read the stored learning rates of two groups, and of a list."""
    groups: list[dict[str, Any]] = [{"params": ["w"]}, {"params": ["b"], "lr": 0.5}]
    grouped = checkpoints.mindspore_file(runs.MindSpore(START, groups).optimizer)
    rates = sorted(name for name in grouped if name.startswith("learning_rate"))
    measured.equal("names with groups", ", ".join(rates), "learning_rate, learning_rate_group_1")
    listed = checkpoints.mindspore_file(runs.MindSpore(START, learning_rate=[0.5] * 7).optimizer)
    measured.equal("entries stored for a list", listed["learning_rate"].asnumpy().size, 7)
