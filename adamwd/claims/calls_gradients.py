"""Gradients that are not plain: none at all, too few, of another shape or dtype, sparse."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from adamwd.claims import runs
from adamwd.claims.claim import Measurements, claim
from adamwd.claims.modes import mindspore_mode

Array = np.ndarray[Any, Any]
ONE, ZERO = np.ones(1, np.float32), np.zeros(1, np.float32)


def _call(gradients: Callable[[Callable[[int], Any]], Any]) -> Array:
    """Build an optimizer of two parameters, call it with what is made, and return the values."""
    run = runs.MindSpore({"a": np.ones(2, np.float32), "b": np.ones(2, np.float32)})
    tensor = run.mindspore.Tensor
    run.optimizer(gradients(lambda size: tensor(np.ones(size, np.float32))))
    return np.array([run.value("a"), run.value("b")])


@claim(
    "calls.gradients-as-tuple",
    zh="AdamWeightDecay 的梯度必须是元组，且与参数一样多：给列表、少给或多给一个，"
    "都报 RuntimeError。experimental 版也接受列表。",
    en="AdamWeightDecay wants a tuple of as many gradients as there are parameters: a list, or one "
    "too few or too many, is a RuntimeError. The experimental AdamW takes a list as well.",
    failure_zh="说明列表也能用，或个数不对时不再报错。",
    failure_en="A list can be given, or a wrong number of gradients goes unnoticed.",
    needs=("mindspore",),
)
def gradients_as_tuple(m: Measurements) -> None:
    """Two parameters."""
    from mindspore.experimental import optim

    m.raises("a tuple of two", None, lambda: _call(lambda make: (make(2), make(2))))
    m.raises("a list of two", RuntimeError, lambda: _call(lambda make: [make(2), make(2)]))
    m.raises("one too few", RuntimeError, lambda: _call(lambda make: (make(2),)))
    m.raises("one too many", RuntimeError, lambda: _call(lambda make: (make(2),) * 3))
    run = runs.MindSpore({"w": ONE}, make=optim.AdamW)
    gradients = [run.mindspore.Tensor(ONE)]
    m.raises("experimental AdamW, a list", None, lambda: run.optimizer(gradients))


@claim(
    "calls.gradient-shape",
    zh="梯度形状与参数不符，两边都拒绝，也都不做广播：AdamWeightDecay 在更新时报 ValueError，"
    "PyTorch 在赋给 .grad 时就报 RuntimeError。",
    en="A gradient of another shape than its parameter is refused on both sides, and none is "
    "broadcast: by AdamWeightDecay with a ValueError in the update, by PyTorch with a RuntimeError "
    "where it is assigned to .grad.",
    failure_zh="说明形状不符的梯度可能被悄悄广播。",
    failure_en="A gradient of another shape may be broadcast in silence.",
)
def gradient_shape(m: Measurements) -> None:
    """One element too many, and a single one that could be broadcast."""

    def in_torch(size: int) -> None:
        run = runs.Torch({"w": np.ones(2, np.float32)})
        run.step({"w": np.ones(size, np.float32)})

    def in_mindspore(size: int) -> None:
        _call(lambda make: (make(2), make(size)))

    for size in (3, 1):
        m.raises(f"AdamWeightDecay, {size} for 2", ValueError, partial(in_mindspore, size))
        m.raises(f"torch, {size} for 2", RuntimeError, partial(in_torch, size))


@claim(
    "calls.gradient-dtype",
    zh="梯度类型与参数不符时，AdamWeightDecay 会先转换成参数的类型再更新；"
    "PyTorch 在赋给 .grad 时报 RuntimeError。",
    en="A gradient of another dtype than its parameter is converted by AdamWeightDecay; PyTorch "
    "refuses it with a RuntimeError where it is assigned to .grad.",
    failure_zh="说明混合精度下的梯度要自己转换，或 PyTorch 也会转换。",
    failure_en="Gradients must be converted by the user, or torch converts them as well.",
)
def gradient_dtype(m: Measurements) -> None:
    """A float16 gradient for a float32 parameter."""
    values = []
    for dtype in (np.float32, np.float16):
        run = runs.MindSpore({"w": ONE})
        run.step({"w": np.full(1, 0.5, dtype)})
        values.append(float(run.value("w")[0]))
    m.below("AdamWeightDecay, w after a step", values[0], 0.999)
    m.equal("AdamWeightDecay, difference with float16", values[1] - values[0], 0.0)
    half = ONE.astype(np.float16)
    m.raises("torch", RuntimeError, lambda: runs.Torch({"w": ONE}).step({"w": half}))


@claim(
    "calls.unused-parameter-decays",
    zh="损失没有用到的参数，在 PyTorch 里 .grad 是 None，整个跳过，不衰减；"
    "MindSpore 的 value_and_grad 给出零梯度，这个参数照样衰减，越训越小。",
    en="A parameter that the loss does not use has .grad None in PyTorch and is skipped, decay and "
    "all; MindSpore's value_and_grad gives it a gradient of zeros, so it decays and shrinks.",
    failure_zh="说明没用到的参数在两边的处理已经一致。",
    failure_en="Both treat an unused parameter alike.",
)
def unused_parameter_decays(m: Measurements) -> None:
    """A real backward pass through one of two parameters, three steps."""
    starts = {"used": ONE, "unused": ONE}
    torch_run = runs.Torch(starts, lr=1.0, weight_decay=0.1)
    run = runs.MindSpore(starts, learning_rate=1.0, weight_decay=0.1)
    used = run.parameters["used"]

    def forward() -> Any:
        return used.sum()

    gradient = run.mindspore.value_and_grad(forward, None, run.optimizer.parameters)
    for _ in range(3):
        torch_run.optimizer.zero_grad()
        torch_run.parameters["used"].sum().backward()
        torch_run.optimizer.step()
        gradients = gradient()[1]
        run.optimizer(gradients)
    absent = torch_run.parameters["unused"].grad is None
    m.equal("torch, gradient of unused is None", absent, True)
    m.equal("torch, unused", float(torch_run.value("unused")[0]), 1.0)
    zero = float(np.array(gradients[1].asnumpy())[0])
    m.equal("MindSpore, gradient of unused", zero, 0.0)
    m.close("MindSpore, unused", float(run.value("unused")[0]), 0.9**3, 1e-6)


@claim(
    "calls.none-gradient",
    zh="梯度为 None 时，PyTorch 和 experimental 版都跳过该参数：不衰减，PyTorch 也不为它建立状态；"
    "梯度为零则照常衰减。AdamWeightDecay 不接受 None，报 TypeError。",
    en="Where a gradient is None, PyTorch and the experimental AdamW skip the parameter: no decay, "
    "and in PyTorch no state; where it is zero, the parameter decays. AdamWeightDecay refuses None "
    "with a TypeError.",
    failure_zh="说明 None 与零梯度的区别变了，冻结参数是否衰减要重新确认。",
    failure_en="None and zero are told apart in another way; look again at what frozen ones do.",
)
def none_gradient(m: Measurements) -> None:
    """None for one parameter, zero for the other."""
    from mindspore.experimental import optim

    starts = {"none": ONE, "zero": ONE}
    run = runs.Torch(starts, lr=1.0, weight_decay=0.1)
    run.step({"none": None, "zero": ZERO})
    m.equal("torch, None", float(run.value("none")[0]), 1.0)
    m.close("torch, zero", float(run.value("zero")[0]), 0.9, 1e-6)
    m.equal("torch, parameters with a state", len(run.optimizer.state), 1)
    experimental = runs.MindSpore(starts, make=optim.AdamW, lr=1.0, weight_decay=0.1)
    experimental.optimizer((None, experimental.mindspore.Tensor(ZERO)))
    m.equal("experimental AdamW, None", float(experimental.value("none")[0]), 1.0)
    m.close("experimental AdamW, zero", float(experimental.value("zero")[0]), 0.9, 1e-6)
    m.raises("AdamWeightDecay, None", TypeError, lambda: _call(lambda make: (make(2), None)))


@claim(
    "calls.sparse-gradients-refused",
    zh="两边都不支持稀疏梯度：PyTorch 报 RuntimeError，并建议改用 SparseAdam；"
    "AdamWeightDecay 收到 COOTensor 时报 TypeError。",
    en="Neither takes sparse gradients: PyTorch raises a RuntimeError that points to SparseAdam, "
    "AdamWeightDecay a TypeError when it is given a COOTensor.",
    failure_zh="说明其中一边开始支持稀疏梯度。",
    failure_en="One of them supports sparse gradients.",
)
def sparse_gradients_refused(m: Measurements) -> None:
    """An embedding in torch, and a COOTensor in MindSpore."""
    import torch

    embedding = torch.nn.Embedding(4, 2, sparse=True)
    embedding(torch.tensor([1, 2])).sum().backward()
    m.raises("torch", RuntimeError, lambda: torch.optim.AdamW(embedding.parameters()).step())

    run = runs.MindSpore({"w": np.ones((4, 2), np.float32)})
    indices = run.mindspore.Tensor(np.array([[1, 0], [2, 1]]))
    values = run.mindspore.Tensor(np.ones(2, np.float32))
    gradient = run.mindspore.COOTensor(indices, values, (4, 2))
    m.raises("AdamWeightDecay", TypeError, lambda: run.optimizer((gradient,)))


@claim(
    "calls.sparse-embedding-loses-indices",
    zh="PyNative 模式下，nn.EmbeddingLookup(sparse=True) 的梯度只剩取出来的那几行，行号丢了："
    "通常因形状不符报 ValueError；但若一批的词数恰好等于词表行数，形状对上了，"
    "AdamWeightDecay 就会不声不响地更新错误的行。不要在它前面用 sparse=True。",
    en="In PyNative mode the gradient of nn.EmbeddingLookup(sparse=True) holds the rows looked up "
    "and not their indices. Usually its shape is wrong and a ValueError says so; but where a batch "
    "has just as many words as the table has rows, AdamWeightDecay updates the wrong rows in "
    "silence. Do not use sparse=True with it.",
    failure_zh="说明稀疏嵌入的梯度不再丢失行号，或会被直接拒绝。",
    failure_en="The gradient of a sparse embedding keeps its indices, or is refused.",
    needs=("mindspore",),
    devices=("CPU",),
)
def sparse_embedding_loses_indices(m: Measurements) -> None:
    """The second row of a table looked up twice: tables of two and of four rows."""
    from mindspore import Tensor, nn, value_and_grad

    def moved(rows: int) -> Array:
        layer = nn.EmbeddingLookup(rows, 2, sparse=True)
        optimizer = nn.AdamWeightDecay(layer.trainable_params())
        (table,) = optimizer.parameters
        before = np.array(table.asnumpy())

        def forward(words: Any) -> Any:
            return layer(words).sum()

        gradient = value_and_grad(forward, None, optimizer.parameters)
        optimizer(gradient(Tensor(np.array([1, 1], np.int32)))[1])
        after: Array = np.array(table.asnumpy())
        return np.array(np.abs(after - before).max(axis=1))

    with mindspore_mode("PYNATIVE_MODE"):
        m.raises("a table of four rows", ValueError, lambda: moved(4))
        m.above("a table of two rows, change of the row not looked up", moved(2)[0], 1e-3)
