"""Claims about loading weights in torch after the first step."""

from typing import Any

import numpy as np

from adamwd.claims import checkpoints, loading, runs
from adamwd.claims.claim import Measurements, Skip, claim


@claim(
    "reloading.torch",
    zh="torch 没有这个陷阱：AdamW 走过第一步之后，用 copy_ 或 load_state_dict 写入的参数照常更新。",
    en="torch does not have this trap: after the first step of AdamW, a parameter loaded by copy_ "
    "or load_state_dict is updated as before.",
    failure_zh="torch 里训练中途载入权重也会让参数静止。",
    failure_en="Loading weights in mid-training would stop training in torch too.",
    needs=("torch",),
)
def torch_loading(measured: Measurements) -> None:
    """Load in two ways after AdamW's first step."""
    import torch

    def copy(run: runs.Torch, weights: Any) -> None:
        with torch.no_grad():
            run.parameters["w"].copy_(weights)

    def load_state_dict(run: runs.Torch, weights: Any) -> None:
        checkpoints.module(run).load_state_dict({"w": weights})

    for name, load in (("copy_", copy), ("load_state_dict", load_state_dict)):
        run = runs.Torch(loading.START)
        run.step(loading.GRADIENT)
        load(run, torch.from_numpy(np.array(loading.LOADED)))
        loaded = run.value("w")
        run.step(loading.GRADIENT)
        measured.equal(f"elements loaded, {name}", int((loaded == loading.LOADED).sum()), 4)
        moved = int((run.value("w") != loaded).sum())
        measured.equal(f"elements that later steps move, {name}", moved, 4)


@claim(
    "reloading.torch-assign",
    zh="torch 也有自己的版本：load_state_dict 加上 assign=True 会换掉参数对象，"
    "构造在前的 AdamW 仍握着旧对象，网络里的参数从此静止，没有报错。",
    en="torch has a trap of its own: load_state_dict with assign=True replaces the parameter "
    "objects, an AdamW constructed before still holds the old ones, and the parameters in the "
    "network stand still without an error.",
    failure_zh="在 torch 里用 assign=True 载入之后不必重建优化器。",
    failure_en="After loading with assign=True the optimizer need not be made again in torch.",
    needs=("torch",),
)
def torch_assign(measured: Measurements) -> None:
    """Load with assign=True, let the network have a gradient, and step."""
    import torch

    run = runs.Torch(loading.START)
    module = checkpoints.module(run)
    run.step(loading.GRADIENT)
    values = {"w": torch.from_numpy(np.array(loading.LOADED))}
    try:
        module.load_state_dict(values, assign=True)
    except TypeError as error:
        raise Skip(f"load_state_dict of this torch has no assign ({error})") from error
    (module["w"] * torch.from_numpy(loading.GRADIENT["w"])).sum().backward()
    measured.equal("elements with a gradient", int((module["w"].grad != 0).sum()), 4)
    run.optimizer.step()
    loaded = int((module["w"].detach().numpy() == loading.LOADED).sum())
    measured.equal("elements still at the loaded values", loaded, 4)
    held = run.optimizer.param_groups[0]["params"][0] is module["w"]
    measured.equal("the optimizer holds the network's parameter", held, False)
