"""Which parameters decay: AdamWeightDecay's name filter, and what switches it off.

Every check does one step of learning rate 1 from 1 with gradient 0: what decays becomes
1 - weight_decay, what does not stays 1.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from adamwd.claims import runs
from adamwd.claims.claim import Measurements, claim

Array = np.ndarray[Any, Any]
WEIGHT_DECAY = 0.1
SETTINGS: dict[str, Any] = {"weight_decay": WEIGHT_DECAY}


def ones(names: Sequence[str]) -> dict[str, Array]:
    """Return one parameter of value 1 for each name."""
    return {name: np.ones(1, np.float32) for name in names}


def after_a_step(run: runs.Torch | runs.MindSpore, names: Sequence[str]) -> dict[str, float]:
    """Do a step with gradient 0 and return each parameter's value."""
    run.step({name: np.zeros(1, np.float32) for name in names})
    return {name: float(run.value(name)[0]) for name in names}


def expect(m: Measurements, values: Mapping[str, float], decayed: Sequence[str]) -> None:
    """Add each parameter's value: decayed if it is named, else untouched."""
    for name, value in values.items():
        if name in decayed:
            m.close(name, value, 1 - WEIGHT_DECAY, 1e-6)
        else:
            m.equal(name, value, 1.0)


@claim(
    "decay.name-filter",
    zh="不分组时，AdamWeightDecay 跳过名称含小写 beta 或 gamma 的参数，不对它们做权重衰减；"
    "偏置不在其列，大写的 Beta、GAMMA 也不算，都照常衰减。",
    en="Without groups, AdamWeightDecay does not decay a parameter whose name contains beta or "
    "gamma in lower case; biases, and names with Beta or GAMMA in capitals, do decay.",
    failure_zh="说明名称过滤变了：哪些参数衰减，要以实测为准重新核对。",
    failure_en="The name filter has changed; which parameters decay must be looked at again.",
    needs=("mindspore",),
)
def name_filter(m: Measurements) -> None:
    """Names of normalization layers, a bias, and the same words in capitals."""
    names = ("dense.weight", "dense.bias", "norm.gamma", "norm.beta", "Beta_block", "GAMMA_block")
    run = runs.MindSpore(ones(names), learning_rate=1.0, **SETTINGS)
    values = after_a_step(run, names)
    expect(m, values, ("dense.weight", "dense.bias", "Beta_block", "GAMMA_block"))


@claim(
    "decay.name-filter-substring",
    zh="过滤看的是子串，而不是最后一段名称：gamma_net、beta_vae 这样的模块，"
    "里面的卷积核和全连接权重也不会衰减，而且没有任何提示。",
    en="The filter looks for a substring, not for the last part of the name: in a module called "
    "gamma_net or beta_vae, convolution and dense weights do not decay either, without a word.",
    failure_zh="说明过滤不再按子串匹配，模块名不会再误伤权重。",
    failure_en="The filter no longer matches substrings; a module's name cannot hit its weights.",
    needs=("mindspore",),
)
def name_filter_substring(m: Measurements) -> None:
    """The words at the beginning and in the middle of a name, and one that only comes near."""
    names = ("gamma_net.conv.weight", "beta_vae.dense.weight", "net.alphabeta", "alphabet.weight")
    run = runs.MindSpore(ones(names), learning_rate=1.0, **SETTINGS)
    expect(m, after_a_step(run, names), ("alphabet.weight",))


@claim(
    "decay.grouping-switches-filter-off",
    zh="只要分组，哪怕只分一组，名称过滤就整个失效：归一化层的 gamma 和 beta 也会衰减。",
    en="Any grouping, even into a single group, switches the name filter off altogether: a "
    "normalization layer's gamma and beta then decay too.",
    failure_zh="说明分组后过滤仍然有效，从不分组改为分组不会再改变哪些参数衰减。",
    failure_en="The filter works inside groups; grouping no longer changes which parameters decay.",
    needs=("mindspore",),
)
def grouping_switches_filter_off(m: Measurements) -> None:
    """One group that holds everything."""
    names = ("dense.weight", "norm.gamma", "norm.beta")
    groups = [{"params": list(names)}]
    run = runs.MindSpore(ones(names), groups, learning_rate=1.0, **SETTINGS)
    expect(m, after_a_step(run, names), names)


@claim(
    "decay.filter-with-dynamic-decay",
    zh="weight_decay 给成随步数变化的 Cell 时，名称过滤照样起作用。",
    en="The name filter also applies where weight_decay is a Cell that changes with the step.",
    failure_zh="说明动态权重衰减绕过了名称过滤，归一化层的参数也会被衰减。",
    failure_en="A dynamic weight decay goes past the filter, so that norm parameters decay.",
    needs=("mindspore",),
)
def filter_with_dynamic_decay(m: Measurements) -> None:
    """A Cell that always returns the same weight decay."""
    import mindspore

    class Decay(mindspore.nn.Cell):  # type: ignore[misc]
        def construct(self, global_step: Any) -> Any:
            return 0.0 * global_step + WEIGHT_DECAY

    names = ("dense.weight", "norm.gamma")
    run = runs.MindSpore(ones(names), learning_rate=1.0, weight_decay=Decay())
    expect(m, after_a_step(run, names), ("dense.weight",))


@claim(
    "decay.filter-fixed-at-construction",
    zh="哪些参数衰减，在创建优化器时就按当时的名称定下来了；之后再改参数名不起作用。",
    en="Which parameters decay is settled by their names when the optimizer is constructed; "
    "renaming them afterwards has no effect.",
    failure_zh="说明过滤按更新时的名称判断，改名会改变衰减。",
    failure_en="The filter reads names when it updates, so that renaming changes what decays.",
    needs=("mindspore",),
)
def filter_fixed_at_construction(m: Measurements) -> None:
    """Two parameters that change their names between construction and the first step."""
    run = runs.MindSpore(ones(("weight", "gamma")), learning_rate=1.0, **SETTINGS)
    renamed = {"weight": "new.gamma", "gamma": "new.weight"}
    for name, new in renamed.items():
        run.parameters[name].name = new
    run.step(dict.fromkeys(renamed.values(), np.zeros(1, np.float32)))
    m.close("from weight to gamma", float(run.value("weight")[0]), 1 - WEIGHT_DECAY, 1e-6)
    m.equal("from gamma to weight", float(run.value("gamma")[0]), 1.0)


@claim(
    "decay.torch-never-filters",
    zh="torch.optim.AdamW 从不看参数名，连归一化层的参数在内，全部衰减。",
    en="torch.optim.AdamW never looks at names: everything decays, norm parameters included.",
    failure_zh="说明 PyTorch 也开始按名称跳过衰减，两边的差异要重新测量。",
    failure_en="PyTorch skips parameters by name too; the difference must be measured again.",
    needs=("torch",),
)
def torch_never_filters(m: Measurements) -> None:
    """The names that AdamWeightDecay would skip, also where torch is told the names."""
    import torch

    names = ("dense.weight", "norm.gamma", "norm.beta")
    run = runs.Torch(ones(names), lr=1.0, **SETTINGS)
    expect(m, after_a_step(run, names), names)
    weight = torch.nn.Parameter(torch.ones(1))
    weight.grad = torch.zeros(1)
    try:
        optimizer = torch.optim.AdamW([("norm.gamma", weight)], lr=1.0, **SETTINGS)
    except TypeError:  # an older torch that cannot be told names, so cannot look at them either
        return
    optimizer.step()
    m.close("given by name", weight.item(), 1 - WEIGHT_DECAY, 1e-6)


@claim(
    "decay.experimental-never-filters",
    zh="mindspore.experimental.optim.AdamW 与 PyTorch 一样不看参数名：换用它之后，"
    "原先被 AdamWeightDecay 跳过的归一化层参数会开始衰减。",
    en="mindspore.experimental.optim.AdamW does not look at names either, as in PyTorch: norm "
    "parameters that AdamWeightDecay skipped begin to decay when one moves to it.",
    failure_zh="说明 experimental 版也有名称过滤，换用它不会改变哪些参数衰减。",
    failure_en="The experimental AdamW filters too; moving to it changes nothing about decay.",
    needs=("mindspore",),
)
def experimental_never_filters(m: Measurements) -> None:
    """The names that AdamWeightDecay would skip."""
    from mindspore.experimental import optim

    names = ("dense.weight", "norm.gamma", "norm.beta")
    run = runs.MindSpore(ones(names), make=optim.AdamW, lr=1.0, **SETTINGS)
    expect(m, after_a_step(run, names), names)
