"""Claims about loading weights after the first step: when it freezes training."""

from typing import Any

from adamwd.claims import loading
from adamwd.claims.claim import Measurements, claim


def _frozen(measured: Measurements, outcome: loading.Afterwards) -> None:
    loading.measure(measured, outcome, moved=0)
    measured.equal("first moments that go on", outcome.changed("adam_m.w"), 4)
    measured.equal("second moments that go on", outcome.changed("adam_v.w"), 4)
    before, after = (int(state["global_step"][0]) for state in outcome.state)
    measured.equal("steps counted meanwhile", after - before, 2)


@claim(
    "reloading.set-data",
    zh="在 PyNative 模式下，AdamWeightDecay 调用过一次之后，用 set_data 写入新值"
    "会让参数与优化器脱钩：之后的每一步都不再改变它，也不报错，而矩估计与步数照常前进。",
    en="In PyNative mode, once AdamWeightDecay has been called, set_data disconnects the parameter "
    "from the optimizer: no later step changes it and no error is raised, while the moments and "
    "the step counter go on.",
    failure_zh="训练中途用 set_data 换权重是安全的。",
    failure_en="Replacing weights by set_data in mid-training would be safe.",
    needs=("mindspore",),
)
def set_data(measured: Measurements) -> None:
    """Load by set_data after the first step."""
    _frozen(measured, loading.steps_after(loading.set_data))


@claim(
    "reloading.assign-value",
    zh="assign_value 与 set_data 一样：在 PyNative 模式下，AdamWeightDecay 调用过一次之后，"
    "它会让参数静止，矩估计与步数照常前进，没有报错。",
    en="assign_value does as set_data does: in PyNative mode, once AdamWeightDecay has been "
    "called, it stops the parameter without an error, while moments and step counter go on.",
    failure_zh="训练中途用 assign_value 换权重是安全的。",
    failure_en="Replacing weights by assign_value in mid-training would be safe.",
    needs=("mindspore",),
)
def assign_value(measured: Measurements) -> None:
    """Load by assign_value after the first step."""
    _frozen(measured, loading.steps_after(loading.assign_value))


@claim(
    "reloading.load-param-into-net",
    zh="在 PyNative 模式下，AdamWeightDecay 调用过一次之后再用 load_param_into_net 载入网络权重"
    "（例如回到验证集上最好的检查点），训练就此静止：没有报错，矩估计与步数照常前进。",
    en="In PyNative mode, loading the weights of a network by load_param_into_net once "
    "AdamWeightDecay has been called, for instance to go back to the best checkpoint, stops "
    "training: there is no error, and the moments and the step counter go on.",
    failure_zh="训练中途载入检查点是安全的。",
    failure_en="Loading a checkpoint in mid-training would be safe.",
    needs=("mindspore",),
)
def load_param_into_net(measured: Measurements) -> None:
    """Load by load_param_into_net after the first step."""
    _frozen(measured, loading.steps_after(loading.load_param_into_net))


@claim(
    "reloading.other-optimizers",
    zh="这不是 AdamWeightDecay 独有的：在 PyNative 模式下，nn.Adam、nn.Momentum 与 nn.SGD "
    "调用过一次之后，set_data 与 load_param_into_net 同样让参数静止。",
    en="AdamWeightDecay is not alone: in PyNative mode, set_data and load_param_into_net stop the "
    "parameters of nn.Adam, nn.Momentum and nn.SGD too, once these have been called.",
    failure_zh="其中某个优化器在载入权重之后会正常训练。",
    failure_en="One of these optimizers would train on after its weights were loaded.",
    needs=("mindspore",),
)
def other_optimizers(measured: Measurements) -> None:
    """Load after the first step of three other optimizers."""
    import mindspore

    optimizers: list[tuple[Any, dict[str, Any]]] = [
        (mindspore.nn.Adam, {}),
        (mindspore.nn.Momentum, {"learning_rate": 0.125, "momentum": 0.9}),
        (mindspore.nn.SGD, {"learning_rate": 0.125}),
    ]
    for make, options in optimizers:
        for load in (loading.set_data, loading.load_param_into_net):
            outcome = loading.steps_after(load, make, **options)
            suffix = f", nn.{make.__name__}, {load.__name__}"
            loading.measure(measured, outcome, moved=0, suffix=suffix)


@claim(
    "reloading.experimental",
    zh="experimental.optim.AdamW 没有这个陷阱：第一步之后用 set_data、assign_value 或 "
    "load_param_into_net 写入的参数，后续步骤照常更新。",
    en="experimental.optim.AdamW does not have this trap: after its first step, a parameter loaded "
    "by set_data, assign_value or load_param_into_net is updated by later steps as before.",
    failure_zh="换用 experimental.optim.AdamW 也躲不开这个陷阱。",
    failure_en="Moving to experimental.optim.AdamW would not avoid the trap.",
    needs=("mindspore",),
)
def experimental(measured: Measurements) -> None:
    """Load in three ways after the first step of the experimental AdamW."""
    import mindspore.experimental.optim

    for load in (loading.set_data, loading.assign_value, loading.load_param_into_net):
        outcome = loading.steps_after(load, mindspore.experimental.optim.AdamW)
        loading.measure(measured, outcome, moved=4, suffix=f", {load.__name__}")


@claim(
    "reloading.graph-mode",
    zh="图模式下没有这个陷阱：AdamWeightDecay 第一步之后用 set_data、assign_value 或 "
    "load_param_into_net 写入的参数，后续步骤照常更新。",
    en="In graph mode there is no trap: after the first step of AdamWeightDecay, a parameter "
    "loaded by set_data, assign_value or load_param_into_net is updated by later steps as before.",
    failure_zh="切换到图模式也躲不开这个陷阱。",
    failure_en="Graph mode would not avoid the trap either.",
    needs=("mindspore",),
)
def graph_mode(measured: Measurements) -> None:
    """Load in three ways after the first step in graph mode."""
    for load in (loading.set_data, loading.assign_value, loading.load_param_into_net):
        outcome = loading.steps_after(load, mode="GRAPH_MODE")
        loading.measure(measured, outcome, moved=4, suffix=f", {load.__name__}")
