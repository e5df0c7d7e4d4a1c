"""Which parameters of real layers decay: the names that MindSpore gives them decide."""

from collections import OrderedDict
from typing import Any

import numpy as np

from adamwd.claims.claim import Measurements, Skip, claim

WEIGHT_DECAY = 0.1


def decayed(cell: Any) -> dict[str, bool]:
    """Do one ungrouped step with gradient 0 and say which of a Cell's parameters decayed."""
    import mindspore

    parameters = cell.trainable_params()
    for parameter in parameters:
        # Before the first step: a bias that starts at 0 would not show that it decays.
        parameter.set_data(mindspore.Tensor(np.ones(parameter.shape, np.float32)))
    optimizer = mindspore.nn.AdamWeightDecay(
        parameters, learning_rate=1.0, weight_decay=WEIGHT_DECAY
    )
    optimizer(tuple(mindspore.Tensor(np.zeros(p.shape, np.float32)) for p in parameters))
    return {p.name: bool((np.array(p.asnumpy()) < 1).all()) for p in parameters}


@claim(
    "decay.cell-attribute-name",
    zh="MindSpore 用 Cell 的属性名拼出参数名，因此 self.gamma_block = nn.Dense(...) 这样一行"
    "普通代码，就会关掉这一层权重和偏置的衰减；换个属性名，衰减又回来了。",
    en="MindSpore builds parameter names from a Cell's attributes, so an ordinary line such as "
    "self.gamma_block = nn.Dense(...) switches decay off for that layer's weight and bias; "
    "under another attribute name the same layer decays.",
    failure_zh="说明属性名不再影响衰减，可以放心命名。",
    failure_en="Attribute names no longer decide about decay and can be chosen freely.",
    needs=("mindspore",),
)
def cell_attribute_name(m: Measurements) -> None:
    """Two equal layers of one network under two attribute names."""
    import mindspore

    class Net(mindspore.nn.Cell):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.gamma_block = mindspore.nn.Dense(2, 2)
            self.gate_block = mindspore.nn.Dense(2, 2)

    result = decayed(Net())
    for name in ("gamma_block.weight", "gamma_block.bias"):
        m.equal(f"{name} decays", result.get(name), False)
    for name in ("gate_block.weight", "gate_block.bias"):
        m.equal(f"{name} decays", result.get(name), True)


@claim(
    "decay.batch-norm-names",
    zh="nn.BatchNorm2d、nn.LayerNorm、nn.GroupNorm 的参数名为 gamma 和 beta，"
    "所以不分组的 AdamWeightDecay 不衰减它们；在 PyTorch 里同样的层照样衰减。",
    en="nn.BatchNorm2d, nn.LayerNorm and nn.GroupNorm call their parameters gamma and beta, so an "
    "ungrouped AdamWeightDecay does not decay them; the same layers do decay in PyTorch.",
    failure_zh="说明这些层的参数名或过滤规则变了，归一化层是否衰减要重新确认。",
    failure_en="Names or filter have changed; whether norm layers decay must be looked at again.",
)
def batch_norm_names(m: Measurements) -> None:
    """The three layers in both frameworks."""
    import torch
    from mindspore import nn

    cell = nn.SequentialCell(
        OrderedDict(
            batch_norm=nn.BatchNorm2d(4),
            layer_norm=nn.LayerNorm((4,)),
            group_norm=nn.GroupNorm(2, 4),
        )
    )
    result = decayed(cell)
    for layer in ("batch_norm", "layer_norm", "group_norm"):
        for name in ("gamma", "beta"):
            m.equal(f"{layer}.{name} decays", result.get(f"{layer}.{name}"), False)
    norm = torch.nn.BatchNorm2d(4)
    for parameter in norm.parameters():
        parameter.grad = torch.zeros_like(parameter)
    torch.optim.AdamW(norm.parameters(), lr=1.0, weight_decay=WEIGHT_DECAY).step()
    m.close("torch BatchNorm2d weight", norm.weight[0].item(), 1 - WEIGHT_DECAY, 1e-6)


@claim(
    "decay.mint-norm-names",
    zh="mindspore.mint.nn 的归一化层沿用 PyTorch 的命名 weight 和 bias，名称过滤找不到它们："
    "同一个网络从 nn 换到 mint.nn，归一化层就从不衰减变成衰减。",
    en="The norm layers of mindspore.mint.nn keep PyTorch's names weight and bias, which the "
    "filter does not find: moving a network from nn to mint.nn makes its norm layers decay.",
    failure_zh="说明 mint 的归一化层也会被过滤，从 nn 换过去不会改变衰减。",
    failure_en="The filter finds mint's norm layers; moving from nn does not change their decay.",
    needs=("mindspore",),
)
def mint_norm_names(m: Measurements) -> None:
    """The counterparts of the layers whose parameters are called gamma and beta in nn."""
    import mindspore

    mint = getattr(mindspore, "mint", None)
    layers = {
        name: make(*arguments)
        for name, arguments in (
            ("BatchNorm2d", (4,)),
            ("LayerNorm", ((4,),)),
            ("GroupNorm", (2, 4)),
        )
        if (make := getattr(getattr(mint, "nn", None), name, None)) is not None
    }
    if not layers:
        raise Skip("this MindSpore has no norm layer in mindspore.mint.nn")
    result = decayed(mindspore.nn.SequentialCell(OrderedDict(layers)))
    for layer in layers:
        for name in ("weight", "bias"):
            m.equal(f"{layer}.{name} decays", result.get(f"{layer}.{name}"), True)
