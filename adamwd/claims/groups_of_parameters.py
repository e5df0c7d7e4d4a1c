"""Which parameters a group holds, in which order, and how groups come to be."""

from typing import Any

import numpy as np

from adamwd.claims import runs
from adamwd.claims.claim import Measurements, claim

Array = np.ndarray[Any, Any]
ONE, ZERO = np.ones(1, np.float32), np.zeros(1, np.float32)


@claim(
    "groups.generator-dropped",
    zh="组里的 params 若是生成器（例如没有用 list 包起来的 filter），AdamWeightDecay 在检查时"
    "就把它耗尽，这一组参数随后全部丢失，不报错，也不再训练；PyTorch 和 experimental 版会保留。",
    en="Where a group's params is a generator, such as filter without list, AdamWeightDecay uses "
    "it up in its checks and loses the whole group: no error, and its parameters are never "
    "trained. PyTorch and the experimental AdamW keep them.",
    failure_zh="说明生成器可以放心用了，或者会直接报错。",
    failure_en="A generator can be used now, or is refused with an error.",
)
def generator_dropped(m: Measurements) -> None:
    """Two groups, the first one a generator; then a step with as many gradients as are wanted."""
    import mindspore
    import torch
    from mindspore.experimental import optim

    def mindspore_values(make: Any) -> dict[str, float]:
        a, b = (mindspore.Parameter(mindspore.Tensor(ONE.copy()), name=name) for name in "ab")
        optimizer = make([{"params": (p for p in [a])}, {"params": [b]}])
        optimizer(tuple(mindspore.Tensor(ONE) for _ in optimizer.parameters))
        return {p.name: float(np.array(p.asnumpy())[0]) for p in (a, b)}

    values = mindspore_values(mindspore.nn.AdamWeightDecay)
    m.equal("AdamWeightDecay, the generator's parameter", values["a"], 1.0)
    m.below("AdamWeightDecay, the list's parameter", values["b"], 0.999)
    values = mindspore_values(optim.AdamW)
    m.below("experimental AdamW, the generator's parameter", values["a"], 0.9995)
    a, b = (torch.nn.Parameter(torch.ones(1)) for _ in "ab")
    a.grad = b.grad = torch.ones(1)
    torch.optim.AdamW([{"params": (p for p in [a])}, {"params": [b]}]).step()
    m.below("torch, the generator's parameter", a.item(), 0.9995)


@claim(
    "groups.empty-group",
    zh="参数组为空时（例如按名称筛选却一个也没匹配上），AdamWeightDecay 报 ValueError；"
    "PyTorch 和 experimental 版照收不误，错误的筛选条件不会暴露。",
    en="An empty group, say one selected by names that match nothing, is a ValueError in "
    "AdamWeightDecay; PyTorch and the experimental AdamW accept it, and the mistake stays hidden.",
    failure_zh="说明对空组的处理变了。",
    failure_en="Empty groups are treated in another way now.",
)
def empty_group(m: Measurements) -> None:
    """An empty group before one that is not empty."""
    from mindspore.experimental import optim

    groups: list[dict[str, Any]] = [{"params": []}, {"params": ["w"]}]
    m.raises("AdamWeightDecay", ValueError, lambda: runs.MindSpore({"w": ONE}, groups))
    m.raises(
        "experimental AdamW", None, lambda: runs.MindSpore({"w": ONE}, groups, make=optim.AdamW)
    )
    m.raises("torch", None, lambda: runs.Torch({"w": ONE}, groups))


def _three_steps(groups: list[dict[str, Any]]) -> tuple[str, Array]:
    """Do three steps with gradients by name; return the order of parameters and their values."""
    random = np.random.default_rng(5)
    names = ("a", "b", "c")
    starts = {name: random.standard_normal(4).astype(np.float32) for name in names}
    run = runs.MindSpore(starts, groups, learning_rate=0.1)
    for _ in range(3):
        run.step({name: random.standard_normal(4).astype(np.float32) for name in names})
    order = ", ".join(p.name for p in run.optimizer.parameters)
    return order, np.array([run.value(name) for name in names])


@claim(
    "groups.order-params-only-reorders",
    zh="order_params 只改变 optimizer.parameters 的排列顺序；"
    "只要梯度按这个顺序给，结果逐位不变。不写时，顺序是各组依次相接，而不是网络里的顺序。",
    en="order_params does no more than reorder optimizer.parameters; with gradients in that order "
    "the results are the same bits. Without it the order is group after group, not that of the "
    "network.",
    failure_zh="说明 order_params 会影响更新结果，或默认顺序变了。",
    failure_en="order_params changes results, or the order without it is another one.",
    needs=("mindspore",),
)
def order_params_only_reorders(m: Measurements) -> None:
    """Two groups with settings of their own, with and without order_params."""
    groups: list[dict[str, Any]] = [
        {"params": ["c", "a"], "lr": 0.05},
        {"params": ["b"], "weight_decay": 0.5},
    ]
    order, values = _three_steps(groups)
    ordered, reordered = _three_steps([*groups, {"order_params": ["a", "b", "c"]}])
    m.equal("order without order_params", order, "c, a, b")
    m.equal("order with order_params", ordered, "a, b, c")
    m.equal("same bits", np.array_equal(values, reordered), True)


@claim(
    "groups.gradients-by-position",
    zh="AdamWeightDecay 按位置而不是按名称对应梯度。分组会改变顺序：若仍按网络里的顺序给梯度，"
    "形状相同的参数会拿到彼此的梯度，不报错。求梯度时要传 optimizer.parameters。"
    "PyTorch 的梯度存在参数自己身上，不会对错。",
    en="AdamWeightDecay matches gradients by position, not by name. Grouping changes the order: "
    "with gradients still in the network's order, parameters of the same shape get each other's, "
    "without an error. Differentiate with respect to optimizer.parameters. In PyTorch a gradient "
    "is stored with its parameter and cannot be mistaken.",
    failure_zh="说明 AdamWeightDecay 能识别梯度属于哪个参数，顺序不再要紧。",
    failure_en="AdamWeightDecay knows whose gradient it is, so that the order does not matter.",
)
def gradients_by_position(m: Measurements) -> None:
    """A gradient up for a and down for b, in the network's order, with groups of b and a."""
    starts = {"a": ONE, "b": ONE}
    groups = [{"params": ["b"]}, {"params": ["a"]}]
    run = runs.MindSpore(starts, groups)
    in_order_of_network = (ONE, -ONE)
    run.optimizer(tuple(run.mindspore.Tensor(gradient) for gradient in in_order_of_network))
    m.above("AdamWeightDecay, a moves by", float(run.value("a")[0]) - 1, 1e-3)
    m.below("AdamWeightDecay, b moves by", float(run.value("b")[0]) - 1, -1e-3)
    torch_run = runs.Torch(starts, groups, weight_decay=0.0)
    torch_run.step({"a": ONE, "b": -ONE})
    m.close("torch, a moves by", float(torch_run.value("a")[0]) - 1, -1e-3, 1e-3)
    m.close("torch, b moves by", float(torch_run.value("b")[0]) - 1, 1e-3, 1e-3)


@claim(
    "groups.add-param-group",
    zh="训练途中解冻参数，PyTorch 用 add_param_group 即可；AdamWeightDecay 没有这个方法，"
    "只能重建优化器。experimental 版虽有这个方法，但加进去之后下一步就报 RuntimeError，"
    "因为它的矩估计在创建时已经分配好了。",
    en="To unfreeze parameters in mid-training PyTorch has add_param_group; AdamWeightDecay has no "
    "such method, one builds a new optimizer. The experimental AdamW has it, but its next step "
    "then fails with a RuntimeError, since its moments were allocated at construction.",
    failure_zh="说明 MindSpore 也能中途增加参数组了。",
    failure_en="Groups can be added in mid-training in MindSpore as well.",
)
def add_param_group(m: Measurements) -> None:
    """A second parameter, added after the first step."""
    import torch
    from mindspore.experimental import optim

    run = runs.Torch({"a": ONE}, lr=1.0, weight_decay=0.1)
    run.step({"a": ZERO})
    added = torch.nn.Parameter(torch.ones(1))
    added.grad = torch.zeros(1)
    run.optimizer.add_param_group({"params": [added]})
    run.optimizer.step()
    m.close("torch, added parameter after a step", added.item(), 0.9, 1e-6)

    ours = runs.MindSpore({"a": ONE})
    has = hasattr(ours.optimizer, "add_param_group")
    m.equal("AdamWeightDecay has add_param_group", has, False)

    experimental = runs.MindSpore({"a": ONE}, make=optim.AdamW)
    experimental.step({"a": ZERO})
    mindspore = experimental.mindspore
    late = mindspore.Parameter(mindspore.Tensor(ONE.copy()), name="late")
    m.raises(
        "experimental AdamW, adding",
        None,
        lambda: experimental.optimizer.add_param_group({"params": [late]}),
    )
    gradients = tuple(mindspore.Tensor(ZERO) for _ in range(2))
    m.raises(
        "experimental AdamW, the step after it",
        RuntimeError,
        lambda: experimental.optimizer(gradients),
    )
