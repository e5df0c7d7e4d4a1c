"""Claims about the parameter lists that each optimizer refuses."""

import warnings

from adamwd.claims import refusals, runs
from adamwd.claims.claim import Measurements, Skip, claim


@claim(
    "validation.duplicate-in-list",
    zh="列表里同一个参数出现两次：AdamWeightDecay 抛出 ValueError；AdamW 只给出一条警告，"
    "之后每次调用都把这个参数更新两遍，它的步数也加两次。",
    en="The same parameter twice in the list: AdamWeightDecay raises ValueError; AdamW only warns, "
    "and then updates the parameter twice in each call and counts two steps for it.",
    failure_zh="两者对重复参数的处理会一致；或者 AdamW 不再把它更新两遍。",
    failure_en="The two would agree on duplicates, or AdamW would no longer update them twice.",
)
def duplicate_in_list(measured: Measurements) -> None:
    """Give both a list that names one parameter twice, and step once in torch."""
    import mindspore
    import torch

    parameter = mindspore.Parameter(mindspore.Tensor(refusals.START["w"]), name="w")
    measured.raises(
        "AdamWeightDecay", ValueError, lambda: mindspore.nn.AdamWeightDecay([parameter] * 2)
    )
    twice = torch.nn.Parameter(torch.ones(4))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        optimizer = torch.optim.AdamW([twice, twice], lr=0.125, weight_decay=0.0)
    duplicates = [w for w in caught if "duplicate parameters" in str(w.message)]
    measured.equal("warnings of AdamW", len(duplicates), 1)
    twice.grad = torch.ones(4)
    optimizer.step()
    measured.equal("steps counted after one call", float(optimizer.state[twice]["step"]), 2.0)
    travelled = (1.0 - twice[0].item()) / 0.125
    measured.close("learning rates travelled in one call", travelled, 2.0, 1e-5)


@claim(
    "validation.duplicate-in-group",
    zh="同一个参数组里参数出现两次：AdamWeightDecay 抛出 RuntimeError，AdamW 只给出一条警告。",
    en="The same parameter twice in one group: AdamWeightDecay raises RuntimeError, "
    "AdamW only warns.",
    failure_zh="两者对组内重复参数的处理会一致，或者异常类型变了。",
    failure_en="The two would agree on duplicates in a group, or the exception would be another.",
)
def duplicate_in_group(measured: Measurements) -> None:
    """Give both one group that names a parameter twice."""
    groups = [{"params": ["w", "w"]}]
    measured.raises("AdamWeightDecay", RuntimeError, lambda: runs.MindSpore(refusals.START, groups))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        measured.raises("AdamW", None, lambda: runs.Torch(refusals.START, groups))
    duplicates = [w for w in caught if "duplicate parameters" in str(w.message)]
    measured.equal("warnings of AdamW", len(duplicates), 1)


@claim(
    "validation.duplicate-across-groups",
    zh="同一个参数出现在两个参数组里，两者都拒绝，异常类型不同："
    "AdamWeightDecay 抛出 RuntimeError，AdamW 抛出 ValueError。",
    en="Both refuse a parameter that stands in two groups, with different exceptions: "
    "RuntimeError in AdamWeightDecay, ValueError in AdamW.",
    failure_zh="其中一方会对同一个参数套用两组设置，或者异常类型变了。",
    failure_en="One of them would apply two settings to one parameter, "
    "or the exception would be another.",
)
def duplicate_across_groups(measured: Measurements) -> None:
    """Give both two groups that share a parameter."""
    refusals.compare(
        measured,
        ({"groups": [{"params": ["w"]}, {"params": ["w"]}]}, RuntimeError),
        ({"groups": [{"params": ["w"]}, {"params": ["w"]}]}, ValueError),
    )


@claim(
    "validation.empty-parameters",
    zh="空的参数列表，两者都以 ValueError 拒绝。",
    en="Both refuse an empty list of parameters with a ValueError.",
    failure_zh="其中一方会构造出一个什么都不更新的优化器。",
    failure_en="One of them would make an optimizer that updates nothing.",
)
def empty_parameters(measured: Measurements) -> None:
    """Give both an empty list."""
    measured.raises("AdamWeightDecay", ValueError, lambda: runs.MindSpore({}))
    measured.raises("AdamW", ValueError, lambda: runs.Torch({}))


@claim(
    "validation.same-name",
    zh="AdamWeightDecay 按名称管理状态，拒绝两个同名的参数；AdamW 按位置管理，"
    "即便连同名称一起传入，两个名称相同也照样接受。",
    en="AdamWeightDecay keeps its state by name and refuses two parameters of one name; AdamW "
    "keeps it by position and accepts equal names, even when they are given with the parameters.",
    failure_zh="MindSpore 里同名参数不再冲突，或者 AdamW 开始检查名称。",
    failure_en="Equal names would no longer collide in MindSpore, or AdamW would look at names.",
)
def same_name(measured: Measurements) -> None:
    """Give both two parameters of one name."""
    import mindspore
    import torch

    pair = [mindspore.Parameter(mindspore.Tensor(refusals.START["w"]), name="w") for _ in range(2)]
    measured.raises("AdamWeightDecay", ValueError, lambda: mindspore.nn.AdamWeightDecay(pair))
    named = [("w", torch.nn.Parameter(torch.ones(4))) for _ in range(2)]
    try:
        torch.optim.AdamW(named[:1])
    except TypeError as error:
        raise Skip(f"this torch takes no names with the parameters ({error})") from error
    measured.raises("AdamW", None, lambda: torch.optim.AdamW(named))
