"""Claims about saving the optimizer state, loading it, and going on."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from adamwd.claims import checkpoints, runs
from adamwd.claims.claim import Measurements, claim
from adamwd.claims.state import GRADIENT, START

_RANDOM = np.random.default_rng(20261122)
GRADIENTS = [
    {name: _RANDOM.normal(size=value.shape).astype(np.float32) for name, value in START.items()}
    for _ in range(8)
]
ZEROS = {name: np.zeros_like(value) for name, value in START.items()}


def _steps(
    run: runs.Torch | runs.MindSpore, gradients: Sequence[dict[str, runs.Array]]
) -> dict[str, runs.Array]:
    for gradient in gradients:
        run.step(gradient)
    return {name: run.value(name) for name in START}


def _different(one: dict[str, runs.Array], other: dict[str, runs.Array]) -> int:
    return sum(int((one[name] != other[name]).sum()) for name in one)


@claim(
    "state.round-trip",
    zh="用 save_checkpoint 保存 AdamWeightDecay，用 load_checkpoint 与 load_param_into_net "
    "载入新的优化器（还没有调用过），继续训练与不中断的训练逐位相同。",
    en="AdamWeightDecay saved by save_checkpoint and loaded by load_checkpoint and "
    "load_param_into_net into a new optimizer, not called yet, goes on bit for bit as if it had "
    "never stopped.",
    failure_zh="断点续训会改变训练结果。",
    failure_en="Resuming from a checkpoint would change the run.",
    needs=("mindspore",),
)
def round_trip(measured: Measurements) -> None:
    """Compare a run with one that is saved and loaded half-way."""
    import mindspore

    options: dict[str, Any] = {"learning_rate": 0.01, "weight_decay": 0.1}
    whole = _steps(runs.MindSpore(START, **options), GRADIENTS)
    first = runs.MindSpore(START, **options)
    halfway = _steps(first, GRADIENTS[:4])
    saved = checkpoints.mindspore_file(first.optimizer)
    second = runs.MindSpore(ZEROS, **options)
    mindspore.load_param_into_net(second.optimizer, saved)
    resumed = _steps(second, GRADIENTS[4:])
    measured.equal("elements that differ at the end", _different(resumed, whole), 0)
    measured.above("elements changed after resuming", _different(resumed, halfway), 0)


@claim(
    "state.torch-round-trip",
    zh="用 torch.save 保存模型与 AdamW 的 state_dict，用 torch.load 与 load_state_dict 载入，"
    "继续训练与不中断的训练逐位相同。",
    en="AdamW saved with its model by torch.save and loaded by torch.load and load_state_dict goes "
    "on bit for bit as if it had never stopped.",
    failure_zh="断点续训会改变训练结果。",
    failure_en="Resuming from a checkpoint would change the run.",
    needs=("torch",),
)
def torch_round_trip(measured: Measurements) -> None:
    """Compare a run with one that is saved and loaded half-way."""
    options: dict[str, Any] = {"lr": 0.01, "weight_decay": 0.1}
    whole = _steps(runs.Torch(START, **options), GRADIENTS)
    first = runs.Torch(START, **options)
    halfway = _steps(first, GRADIENTS[:4])
    saved = checkpoints.torch_file(
        [checkpoints.module(first).state_dict(), first.optimizer.state_dict()]
    )
    second = runs.Torch(ZEROS, **options)
    checkpoints.module(second).load_state_dict(saved[0])
    second.optimizer.load_state_dict(saved[1])
    resumed = _steps(second, GRADIENTS[4:])
    measured.equal("elements that differ at the end", _different(resumed, whole), 0)
    measured.above("elements changed after resuming", _different(resumed, halfway), 0)


@claim(
    "state.loaded-learning-rate",
    zh="载入 AdamWeightDecay 的检查点会用存下的学习率覆盖新优化器的学习率，没有提示；"
    "之后每一步都按旧的学习率走。",
    en="Loading a checkpoint of AdamWeightDecay overwrites the new optimizer's learning rate with "
    "the stored one, without a word, and every later step uses the old rate.",
    failure_zh="续训时新设的学习率会生效，不必在载入之后再设一次。",
    failure_en="A new rate set for the resumed run would count, and need not be set again.",
    needs=("mindspore",),
)
def loaded_learning_rate(measured: Measurements) -> None:
    """Load a checkpoint of one rate into an optimizer of another, and step."""
    import mindspore

    first = runs.MindSpore(START, learning_rate=0.25)
    first.step(GRADIENT)
    saved = checkpoints.mindspore_file(first.optimizer)
    second = runs.MindSpore(ZEROS, learning_rate=0.5)
    rate = second.optimizer.learning_rate
    measured.equal("learning rate before loading", float(rate.asnumpy()), 0.5)
    mindspore.load_param_into_net(second.optimizer, saved)
    measured.equal("learning rate after loading", float(rate.asnumpy()), 0.25)
    first.step(GRADIENT)
    second.step(GRADIENT)
    ends = [{name: run.value(name) for name in START} for run in (first, second)]
    measured.equal("elements that differ from a run of the old rate", _different(*ends), 0)


@claim(
    "state.loaded-hyperparameters",
    zh="AdamW 的 load_state_dict 用存下的值覆盖全部超参数：学习率、指数衰减率、eps 与权重衰减；"
    "AdamWeightDecay 的检查点只带学习率，其余仍是新优化器的。",
    en="load_state_dict of AdamW overwrites every hyper-parameter with the stored one: learning "
    "rate, decay rates, eps and weight decay. A checkpoint of AdamWeightDecay carries the learning "
    "rate only; the others stay those of the new optimizer.",
    failure_zh="续训时哪些超参数以检查点为准，两个框架会变得一样。",
    failure_en="Both would agree on which settings a resumed run takes from its checkpoint.",
)
def loaded_hyperparameters(measured: Measurements) -> None:
    """Load a state of default settings into optimizers of other settings."""
    import mindspore

    old: dict[str, Any] = {"eps": 1e-7, "weight_decay": 0.25}
    new: dict[str, Any] = {"eps": 1e-3, "weight_decay": 0.5}
    torch_first = runs.Torch(START, lr=0.25, betas=(0.8, 0.9), **old)
    torch_second = runs.Torch(START, lr=0.5, betas=(0.5, 0.6), **new)
    torch_second.optimizer.load_state_dict(torch_first.optimizer.state_dict())
    group = torch_second.optimizer.param_groups[0]
    measured.equal("lr of AdamW", group["lr"], 0.25)
    measured.equal("betas of AdamW", str(group["betas"]), "(0.8, 0.9)")
    measured.equal("eps of AdamW", group["eps"], 1e-7)
    measured.equal("weight_decay of AdamW", group["weight_decay"], 0.25)
    first = runs.MindSpore(START, learning_rate=0.25, beta1=0.8, beta2=0.9, **old)
    options: dict[str, Any] = {"beta1": 0.5, "beta2": 0.6, **new}
    second = runs.MindSpore(ZEROS, learning_rate=0.5, **options)
    mindspore.load_param_into_net(second.optimizer, checkpoints.mindspore_file(first.optimizer))
    # What it does is what an optimizer made with the old rate and the new others does.
    mixed = runs.MindSpore(START, learning_rate=0.25, **options)
    loaded, as_new, as_old = (_steps(run, GRADIENTS[:2]) for run in (second, mixed, first))
    measured.equal("elements unlike the new settings", _different(loaded, as_new), 0)
    measured.above("elements unlike the old settings", _different(loaded, as_old), 0)


@claim(
    "state.schedule-shape",
    zh="AdamWeightDecay 的学习率列表长度变了，或者在列表与单个数之间改换，旧检查点就载不进去："
    "load_param_into_net 抛出 RuntimeError。长度相同则旧列表覆盖新列表。",
    en="When a list of learning rates has changed its length, or given way to a number, the old "
    "checkpoint of AdamWeightDecay cannot be loaded: load_param_into_net raises RuntimeError. "
    "With equal lengths the old list overwrites the new one.",
    failure_zh="可以延长训练、换用更长的学习率列表，再从旧检查点继续。",
    failure_en="A run could be prolonged with a longer list and go on from its old checkpoint.",
    needs=("mindspore",),
)
def schedule_shape(measured: Measurements) -> None:
    """Load a checkpoint with a list of rates into optimizers of other rates."""
    import mindspore

    saved = checkpoints.mindspore_file(runs.MindSpore(START, learning_rate=[0.25] * 5).optimizer)
    for name, rate in (("a longer list", [0.5] * 6), ("a number", 0.5)):
        other = runs.MindSpore(START, learning_rate=rate)
        measured.raises(
            f"into {name}",
            RuntimeError,
            lambda other=other: mindspore.load_param_into_net(other.optimizer, saved),  # type: ignore[misc]
        )
    same = runs.MindSpore(START, learning_rate=[0.5] * 5)
    mindspore.load_param_into_net(same.optimizer, saved)
    measured.equal(
        "first rate after loading", float(checkpoints.state(same)["learning_rate"][0]), 0.25
    )


@claim(
    "state.parameter-order",
    zh="参数顺序变了再载入：AdamWeightDecay 按名称找回各自的矩估计；AdamW 按序号对应，"
    "形状相同时把矩估计悄悄配给别的参数。",
    en="Loading after the order of the parameters has changed: AdamWeightDecay finds each moment "
    "by its name; AdamW goes by the index and, where shapes agree, silently gives the moments to "
    "other parameters.",
    failure_zh="torch 里改变参数顺序也能安全载入，或者 MindSpore 里不再安全。",
    failure_en="Reordering would be safe in torch too, or no longer be safe in MindSpore.",
)
def parameter_order(measured: Measurements) -> None:
    """Save the moments of two parameters, and load them with the order reversed."""
    import mindspore

    start = {"w": np.ones(2, np.float32), "b": np.ones(2, np.float32)}
    gradient = {"w": np.full(2, 1.0, np.float32), "b": np.full(2, 4.0, np.float32)}
    reverse = dict(reversed(start.items()))
    first, second = runs.MindSpore(start), runs.MindSpore(reverse)
    first.step(gradient)
    mindspore.load_param_into_net(second.optimizer, checkpoints.mindspore_file(first.optimizer))
    state = checkpoints.state(second)
    # The first moment after one step is (1 - beta1) times the gradient.
    measured.close("first moment of w in AdamWeightDecay", state["adam_m.w"][0], 0.1, 1e-5)
    measured.close("first moment of b in AdamWeightDecay", state["adam_m.b"][0], 0.4, 1e-5)
    torch_first, torch_second = runs.Torch(start), runs.Torch(reverse)
    torch_first.step(gradient)
    torch_second.optimizer.load_state_dict(
        checkpoints.torch_file(torch_first.optimizer.state_dict())
    )
    moments = {
        name: torch_second.optimizer.state[parameter]["exp_avg"][0].item()
        for name, parameter in torch_second.parameters.items()
    }
    measured.close("first moment of w in AdamW", moments["w"], 0.4, 1e-5)
    measured.close("first moment of b in AdamW", moments["b"], 0.1, 1e-5)


@claim(
    "state.torch-shared",
    zh="AdamW 的 load_state_dict 不复制矩估计：直接载入另一个优化器的 state_dict，"
    "两个优化器从此共用同一块矩估计，一方每走一步都会改动另一方的。"
    "经 torch.save 与 torch.load 得到的就不共用。",
    en="load_state_dict of AdamW does not copy the moments: after one optimizer has loaded the "
    "state_dict of another directly, both share their moments, and each step of one changes those "
    "of the other. What torch.save and torch.load bring back is not shared.",
    failure_zh="在内存里传递 state_dict 就不必先做深拷贝。",
    failure_en="A state_dict handed over in memory would need no deep copy.",
    needs=("torch",),
)
def torch_shared(measured: Measurements) -> None:
    """Load a state directly and from a file, step, and look at the first optimizer's moment."""
    for name, through_file, changed in (("directly", False, 4), ("from a file", True, 0)):
        first, second = runs.Torch(START), runs.Torch(START)
        first.step(GRADIENT)
        saved = first.optimizer.state_dict()
        second.optimizer.load_state_dict(checkpoints.torch_file(saved) if through_file else saved)
        moment = first.optimizer.state[first.parameters["w"]]["exp_avg"]
        before = moment.clone()
        second.step(GRADIENT)
        measured.equal(
            f"moment elements changed by the other, loaded {name}",
            int((moment != before).sum()),
            changed,
        )
