"""Keys and values of parameter groups: what each optimizer reads, refuses or ignores."""

from typing import Any

import numpy as np

from adamwd.adamw import AdamW
from adamwd.claims import runs
from adamwd.claims.claim import Measurements, claim

Array = np.ndarray[Any, Any]
ONE, ZERO = np.ones(1, np.float32), np.zeros(1, np.float32)


@claim(
    "groups.keys",
    zh="AdamWeightDecay 的参数组只认 params、lr、weight_decay、grad_centralization，"
    "以及单独成组的 order_params；其余的键，包括 betas、eps 和拼错的键，一律报 KeyError。",
    en="A group of AdamWeightDecay knows params, lr, weight_decay and grad_centralization, and "
    "order_params in a group of its own; any other key, be it betas, eps or a misspelt one, is a "
    "KeyError.",
    failure_zh="说明可用的键变了：可能多了按组设置的超参数，也可能不再检查拼写。",
    failure_en="The keys have changed: more can be set by group, or misspelt keys go unnoticed.",
    needs=("mindspore",),
)
def keys(m: Measurements) -> None:
    """One key at a time, beside params."""

    def build(*extra: dict[str, Any]) -> runs.MindSpore:
        return runs.MindSpore({"w": ONE}, [{"params": ["w"], **extra[0]}, *extra[1:]])

    m.raises("lr", None, lambda: build({"lr": 0.1}))
    m.raises("weight_decay", None, lambda: build({"weight_decay": 0.1}))
    m.raises("grad_centralization", None, lambda: build({"grad_centralization": True}))
    m.raises("order_params", None, lambda: build({}, {"order_params": ["w"]}))
    m.raises("betas", KeyError, lambda: build({"betas": (0.9, 0.99)}))
    m.raises("beta1", KeyError, lambda: build({"beta1": 0.9}))
    m.raises("eps", KeyError, lambda: build({"eps": 1e-6}))
    m.raises("learning_rate", KeyError, lambda: build({"learning_rate": 0.1}))
    m.raises("weigth_decay, misspelt", KeyError, lambda: build({"weigth_decay": 0.1}))


@claim(
    "groups.torch-keeps-unknown-keys",
    zh="torch.optim.AdamW 对组里不认识的键一声不响：weigth_decay 这样的拼写错误、"
    "照搬自 MindSpore 的 learning_rate，都原样留在 param_groups 里，"
    "真正起作用的仍是默认值。mindspore.experimental.optim.AdamW 也是如此。",
    en="torch.optim.AdamW says nothing about a key that it does not know: a misspelt "
    "weigth_decay, or learning_rate brought from MindSpore, stays in param_groups, and what works "
    "is the default. mindspore.experimental.optim.AdamW does the same.",
    failure_zh="说明 PyTorch 开始检查组里的键，拼写错误会报出来。",
    failure_en="Keys of groups are checked now, so a misspelt one is reported.",
)
def torch_keeps_unknown_keys(m: Measurements) -> None:
    """A step with gradient 0: the rate and the decay that worked can be read off the parameter."""
    from mindspore.experimental import optim

    groups = [{"params": ["w"], "weigth_decay": 0.5, "learning_rate": 0.25}]
    options: dict[str, Any] = {"lr": 1.0, "weight_decay": 0.1}
    run = runs.Torch({"w": ONE}, groups, **options)
    run.step({"w": ZERO})
    m.equal("weigth_decay that is kept", run.optimizer.param_groups[0].get("weigth_decay"), 0.5)
    m.equal("learning_rate that is kept", run.optimizer.param_groups[0].get("learning_rate"), 0.25)
    m.close("w in torch", float(run.value("w")[0]), 0.9, 1e-6)
    experimental = runs.MindSpore({"w": ONE}, groups, make=optim.AdamW, **options)
    experimental.step({"w": ZERO})
    m.close("w in the experimental AdamW", float(experimental.value("w")[0]), 0.9, 1e-6)


@claim(
    "groups.torch-does-not-validate-values",
    zh="torch.optim.AdamW 只检查写在参数里的超参数，不检查组里的值：负的学习率写在组里照单全收，"
    "参数沿梯度方向上升。AdamWeightDecay 对组里的负学习率、负权重衰减都报 ValueError。",
    en="torch.optim.AdamW validates its arguments but not the values in a group: a negative "
    "learning rate is accepted there, and the parameter climbs. AdamWeightDecay refuses a negative "
    "learning rate or weight decay in a group by ValueError.",
    failure_zh="说明组里的值也受检查，或 MindSpore 不再检查。",
    failure_en="Values in groups are validated by torch as well, or no longer by MindSpore.",
)
def torch_does_not_validate_values(m: Measurements) -> None:
    """The same bad value as an argument and in a group."""
    groups = [{"params": ["w"], "lr": -1.0}]
    m.raises("torch, argument lr=-1", ValueError, lambda: runs.Torch({"w": ONE}, lr=-1.0))
    m.raises("torch, group lr=-1", None, lambda: runs.Torch({"w": ONE}, groups))
    run = runs.Torch({"w": ONE}, groups, weight_decay=0.0)
    run.step({"w": ONE})
    m.close("torch, w after a step up", float(run.value("w")[0]), 2.0, 1e-6)
    m.raises("MindSpore, group lr=-1", ValueError, lambda: runs.MindSpore({"w": ONE}, groups))
    decay = [{"params": ["w"], "weight_decay": -0.1}]
    m.raises(
        "MindSpore, group weight_decay=-0.1",
        ValueError,
        lambda: runs.MindSpore({"w": ONE}, decay),
    )


@claim(
    "groups.torch-betas-and-eps-by-group",
    zh="torch.optim.AdamW 的 betas、eps、amsgrad 可以按组设置，而且确实生效；"
    "AdamWeightDecay 全体参数只能共用一套 beta1、beta2 和 eps。",
    en="In torch.optim.AdamW betas, eps and amsgrad can be set by group and do take effect; in "
    "AdamWeightDecay all parameters share one beta1, beta2 and eps.",
    failure_zh="说明 PyTorch 不再按组读取这些超参数。",
    failure_en="PyTorch no longer reads these hyper-parameters from the group.",
    needs=("torch",),
)
def torch_betas_and_eps_by_group(m: Measurements) -> None:
    """Each group against a NumPy reference that has the group's values as its arguments."""
    own: dict[str, dict[str, Any]] = {
        "betas": {"betas": (0.5, 0.9)},
        "eps": {"eps": 0.1},
        "amsgrad": {"amsgrad": True},
    }
    random = np.random.default_rng(3)
    start = random.standard_normal(50).astype(np.float32)
    scales = (1.0, 0.1, 1.0, 0.01)  # so that the largest second moment is not the last one
    options: dict[str, Any] = {"lr": 0.1, "betas": (0.9, 0.5)}
    gradients = [(s * random.standard_normal(50)).astype(np.float32) for s in scales]
    groups = [{"params": [key], **own[key]} for key in own]
    run = runs.Torch(dict.fromkeys(own, start), groups, **options)
    arrays = {key: start.copy() for key in own}
    references = {key: AdamW([arrays[key]], **{**options, **own[key]}) for key in own}
    plain = start.copy()
    default = AdamW([plain], **options)
    for gradient in gradients:
        run.step(dict.fromkeys(own, gradient))
        default.step([gradient])
        for reference in references.values():
            reference.step([gradient])
    for key in own:
        apart = np.abs(run.value(key) - arrays[key]).max()
        m.below(f"{key}: difference from the reference", apart, 1e-6)
        m.above(f"{key}: difference from the default", np.abs(run.value(key) - plain).max(), 1e-3)


def _centralization(make: Any, flag: bool | None, shape: tuple[int, ...]) -> Array:
    """Do three steps, with the key set or absent, and return the parameter."""
    random = np.random.default_rng(7)
    group: dict[str, Any] = {"params": ["w"]}
    if flag is not None:
        group["grad_centralization"] = flag
    start = random.standard_normal(shape).astype(np.float32)
    run = runs.MindSpore({"w": start}, [group], make=make, learning_rate=0.1)
    for _ in range(3):
        run.step({"w": (random.standard_normal(shape) + 1).astype(np.float32)})
    return run.value("w")


@claim(
    "groups.grad-centralization-ignored",
    zh="AdamWeightDecay 接受 grad_centralization，却从不做梯度中心化：设为 True、False 或不写，"
    "结果逐位相同，卷积核与全连接权重都一样。官方示例里恰恰设了它。"
    "同样的设置交给 nn.Adam，它会真的去调用中心化算子（CPU 上没有这个算子，因此报错）。",
    en="AdamWeightDecay accepts grad_centralization and never centralizes a gradient: True, False "
    "and absent give the same bits, for convolution and dense weights alike. The official example "
    "sets it. nn.Adam, given the same, does call the operator (which a CPU lacks, so it fails).",
    failure_zh="说明 AdamWeightDecay 开始做梯度中心化，沿用官方示例的代码结果会变。",
    failure_en="AdamWeightDecay centralizes now; code after the official example changes results.",
    needs=("mindspore",),
)
def grad_centralization_ignored(m: Measurements) -> None:
    """Shapes whose second dimension is a multiple of 16: MindSpore centralizes no others."""
    import mindspore

    for name, shape in (("conv", (4, 16, 3, 3)), ("dense", (8, 16))):
        absent = _centralization(None, None, shape)
        for flag in (True, False):
            same = np.array_equal(_centralization(None, flag, shape), absent)
            m.equal(f"{name}: {flag} and absent, same bits", same, True)
    try:
        adam = _centralization(mindspore.nn.Adam, True, (8, 16))
        acts = not np.array_equal(adam, _centralization(mindspore.nn.Adam, False, (8, 16)))
    except RuntimeError as error:
        acts = "Centralization" in str(error)
    m.equal("nn.Adam centralizes", acts, True)
