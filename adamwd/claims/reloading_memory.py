"""Claims about which memory a parameter, its optimizer, a view and a checkpoint share."""

import numpy as np

from adamwd.claims import checkpoints, loading, runs
from adamwd.claims.claim import Measurements, claim
from adamwd.claims.modes import mindspore_mode


@claim(
    "reloading.old-buffer",
    zh="脱钩之后，优化器还在更新参数原来的那块内存：换权重之前取得的 asnumpy 视图继续变化，"
    "与从未换过权重的训练逐位相同。",
    en="After the disconnection the optimizer goes on updating the parameter's former memory: a "
    "view that asnumpy gave before the weights were replaced goes on changing, bit for bit as in a "
    "run whose weights were never replaced.",
    failure_zh="参数静止另有原因，这里的解释不成立。",
    failure_en="The parameter would stand still for another reason than the one given here.",
    needs=("mindspore",),
    devices=("CPU",),
)
def old_buffer(measured: Measurements) -> None:
    """Keep a view of the former memory, load by set_data, and compare with an undisturbed run."""
    with mindspore_mode("PYNATIVE_MODE"):
        run, undisturbed = runs.MindSpore(loading.START), runs.MindSpore(loading.START)
        run.step(loading.GRADIENT)
        undisturbed.step(loading.GRADIENT)
        view = run.parameters["w"].asnumpy()
        before = view.copy()
        loading.set_data(run)
        run.step(loading.GRADIENT)
        undisturbed.step(loading.GRADIENT)
        # Reading the state waits for the step; the view alone does not.
        checkpoints.state(run)
        measured.equal("elements of the view that change", int((view != before).sum()), 4)
        different = int((view != undisturbed.value("w")).sum())
        measured.equal("elements unlike the undisturbed run", different, 0)


@claim(
    "reloading.optimizer-state",
    zh="在 PyNative 模式下，把检查点载入已经调用过的 AdamWeightDecay，看得见的一切都会静止："
    "参数、矩估计与步数都停在载入的值上，没有报错。",
    en="In PyNative mode, loading a checkpoint into an AdamWeightDecay that has been called stops "
    "everything that can be seen: parameters, moments and the step counter stay at the loaded "
    "values, without an error.",
    failure_zh="可以把检查点载入正在使用的优化器。",
    failure_en="A checkpoint could be loaded into an optimizer in use.",
    needs=("mindspore",),
)
def optimizer_state(measured: Measurements) -> None:
    """Load a checkpoint of five steps into an optimizer after its first step."""
    import mindspore

    source = runs.MindSpore({"w": loading.LOADED})
    saved_steps = 5
    for _ in range(saved_steps):
        source.step(loading.GRADIENT)
    saved = checkpoints.mindspore_file(source.optimizer)
    outcome = loading.steps_after(lambda run: mindspore.load_param_into_net(run.optimizer, saved))
    measured.equal("elements that later steps move", outcome.moved, 0)
    measured.equal("first moments that go on", outcome.changed("adam_m.w"), 0)
    measured.equal("second moments that go on", outcome.changed("adam_v.w"), 0)
    measured.equal(
        "step counter two steps after", int(outcome.state[1]["global_step"][0]), saved_steps
    )


@claim(
    "reloading.shared-memory",
    zh="load_param_into_net 不复制：把同一个 load_checkpoint 结果载入两个网络，它们共用一块内存，"
    "训练其中一个会同时改掉另一个。torch 的 load_state_dict 会复制网络权重，没有这个问题。",
    en="load_param_into_net does not copy: two networks that loaded one result of load_checkpoint "
    "share their memory, and training one of them changes the other. torch's load_state_dict "
    "copies the weights of a network.",
    failure_zh="一次读取的检查点可以放心载入多个网络。",
    failure_en="A checkpoint read once could be loaded into several networks safely.",
    devices=("CPU",),
)
def shared_memory(measured: Measurements) -> None:
    """Load one checkpoint into two networks, train the first, and look at the second."""
    import mindspore
    import torch

    with mindspore_mode("PYNATIVE_MODE"):
        source = checkpoints.network(runs.MindSpore({"w": loading.LOADED}))
        saved = checkpoints.mindspore_file(source)
        trained, other = runs.MindSpore(loading.START), runs.MindSpore(loading.START)
        for run in (trained, other):
            mindspore.load_param_into_net(checkpoints.network(run), saved)
        trained.step(loading.GRADIENT)
        # Reading the trained one waits for its step.
        same = int((trained.value("w") == other.value("w")).sum())
        measured.equal("elements of the other equal to the trained", same, 4)
        changed = int((other.value("w") != loading.LOADED).sum())
        measured.equal("elements of the other that change", changed, 4)
    weights = {"w": torch.from_numpy(np.array(loading.LOADED))}
    torch_runs = [runs.Torch(loading.START) for _ in range(2)]
    for torch_run in torch_runs:
        checkpoints.module(torch_run).load_state_dict(weights)
    torch_runs[0].step(loading.GRADIENT)
    changed = int((torch_runs[1].value("w") != loading.LOADED).sum())
    measured.equal("elements of the other that change in torch", changed, 0)


@claim(
    "reloading.live-view",
    zh="asnumpy 返回的是活动视图，不是副本：之后的每一步都会改变它，要保留数值必须先复制；"
    "torch 在 CPU 上的 numpy() 也是如此。",
    en="asnumpy returns a live view and no copy: each later step changes it, so copy what you want "
    "to keep. torch's numpy() is one too on a CPU.",
    failure_zh="记录训练过程时可以直接保存 asnumpy 的结果，不必复制。",
    failure_en="What asnumpy returns could be kept for the record without a copy.",
    devices=("CPU",),
)
def live_view(measured: Measurements) -> None:
    """Keep what asnumpy and numpy return, step, and compare with the values read afterwards."""
    run, torch_run = runs.MindSpore(loading.START), runs.Torch(loading.START)
    for name, either, view in (
        ("asnumpy", run, run.parameters["w"].asnumpy()),
        ("numpy", torch_run, torch_run.parameters["w"].detach().numpy()),
    ):
        before = view.copy()
        either.step(loading.GRADIENT)
        now = either.value("w")
        measured.equal(f"kept elements that change, {name}", int((view != before).sum()), 4)
        measured.equal(f"kept elements equal to the new, {name}", int((view == now).sum()), 4)
