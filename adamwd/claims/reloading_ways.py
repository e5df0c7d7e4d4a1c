"""Claims about the ways to load weights that do not freeze training."""

import numpy as np

from adamwd.claims import loading, runs
from adamwd.claims.claim import Measurements, claim
from adamwd.claims.modes import mindspore_mode


@claim(
    "reloading.safe-ways",
    zh="在 PyNative 模式下，第一步之后用 ops.assign 或切片赋值（p[:] = 新值）写入权重是安全的："
    "AdamWeightDecay 从新值继续更新。",
    en="In PyNative mode, ops.assign and assignment to a slice (p[:] = values) are safe ways to "
    "give weights after the first step: AdamWeightDecay goes on from the new values.",
    failure_zh="这两种写法也会让参数静止，要换别的办法。",
    failure_en="These ways would stop the parameter too, and another one would be needed.",
    needs=("mindspore",),
)
def safe_ways(measured: Measurements) -> None:
    """Load by ops.assign and by assignment to a slice after the first step."""
    import mindspore

    def assign(run: runs.MindSpore) -> None:
        mindspore.ops.assign(run.parameters["w"], loading.tensor())

    def slice_assignment(run: runs.MindSpore) -> None:
        run.parameters["w"][:] = loading.tensor()

    for name, load in (("ops.assign", assign), ("slice assignment", slice_assignment)):
        loading.measure(measured, loading.steps_after(load), moved=4, suffix=f", {name}")


@claim(
    "reloading.no-rescue",
    zh="在 PyNative 模式下，参数因 set_data 脱钩之后，再用 ops.assign 写入也接不回来："
    "值会变，后续步骤仍然不动它。",
    en="In PyNative mode, once set_data has disconnected a parameter, ops.assign does not connect "
    "it again: its values change, and later steps still do not move it.",
    failure_zh="误用 set_data 之后，用 ops.assign 重写一遍即可恢复训练。",
    failure_en="After a set_data by mistake, writing again by ops.assign would mend the run.",
    needs=("mindspore",),
)
def no_rescue(measured: Measurements) -> None:
    """Load by set_data after the first step, then by ops.assign."""
    import mindspore

    def load(run: runs.MindSpore) -> None:
        run.parameters["w"].set_data(mindspore.Tensor(np.full(4, 9.0, np.float32)))
        mindspore.ops.assign(run.parameters["w"], loading.tensor())

    loading.measure(measured, loading.steps_after(load), moved=0)


@claim(
    "reloading.before-first-step",
    zh="在优化器第一次被调用之前载入权重是安全的，即使优化器已经构造好："
    "set_data 与 load_param_into_net 写入的值都会被后续步骤更新。",
    en="Loading before the optimizer's first call is safe, even when the optimizer has been "
    "constructed: values given by set_data and load_param_into_net are updated by later steps.",
    failure_zh="载入权重必须放在构造优化器之前。",
    failure_en="Weights would have to be loaded before the optimizer is constructed.",
    needs=("mindspore",),
)
def before_first_step(measured: Measurements) -> None:
    """Load after construction and before the first step."""
    with mindspore_mode("PYNATIVE_MODE"):
        for load in (loading.set_data, loading.load_param_into_net):
            run = runs.MindSpore(loading.START)
            load(run)
            loaded = run.value("w")
            run.step(loading.GRADIENT)
            name = load.__name__
            measured.equal(f"elements loaded, {name}", int((loaded == loading.LOADED).sum()), 4)
            moved = int((run.value("w") != loaded).sum())
            measured.equal(f"elements that later steps move, {name}", moved, 4)


@claim(
    "reloading.new-optimizer",
    zh="参数脱钩之后，用同样的参数新建一个 AdamWeightDecay 即可继续训练，代价是矩估计从零开始。",
    en="After a disconnection, a new AdamWeightDecay over the same parameters trains on, at the "
    "price of moments that start from zero.",
    failure_zh="新建优化器也无法恢复训练，只能重新构建网络。",
    failure_en="A new optimizer would not mend the run: the network would have to be built again.",
    needs=("mindspore",),
)
def new_optimizer(measured: Measurements) -> None:
    """Load by set_data after the first step, make a new optimizer, and step."""
    import mindspore

    def load(run: runs.MindSpore) -> None:
        loading.set_data(run)
        run.optimizer = mindspore.nn.AdamWeightDecay([run.parameters["w"]])

    outcome = loading.steps_after(load)
    loading.measure(measured, outcome, moved=4)
    moments = outcome.state[0]["adam_m.w"]
    measured.equal("first moments that are zero after it was made", int((moments == 0).sum()), 4)
