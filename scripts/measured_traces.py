"""The numbers of the prose that come from recorded traces of the real optimizers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from adamwd.compare import distance
from adamwd.trace import Trace
from scripts.fact import Fact

TRACES = Path("docs/data/traces")


class _Pair:
    """The recorded runs of both real optimizers under one label."""

    def __init__(self, root: Path, experiment: str, suffix: str = "") -> None:
        names = [
            f"{experiment}/adamw{suffix}.torch.json",
            f"{experiment}/adam_weight_decay{suffix}.mindspore.json",
        ]
        self.source = [(TRACES / name).as_posix() for name in names]
        self.adamw, self.adam_weight_decay = (Trace.read(root / TRACES / name) for name in names)

    @property
    def versions(self) -> dict[str, str]:
        both = (self.adamw.provenance, self.adam_weight_decay.provenance)
        versions = {p.library: p.library_version for p in both}
        return {**versions, "device": both[1].device, "date": both[1].date}

    def row(self, step: int) -> int:
        """Return the row of a recorded step; a step that was not recorded is an error."""
        found = np.flatnonzero(self.adamw.steps == step)
        if len(found) != 1:
            raise ValueError(f"step {step} is not recorded in {self.source[0]}")
        return int(found[0])

    def fact(
        self, name: str, value: float, form: str, chinese: str, english: str, unit: str = ""
    ) -> Fact:
        how = {"zh": chinese, "en": english}
        number = int(value) if form == "d" else float(value)
        return Fact(name, number, format(number, form), unit, how, self.source, self.versions)


def _ratio(pair: _Pair) -> Any:
    """AdamWeightDecay's update over AdamW's, from step 1 on."""
    updates = [
        np.asarray(trace.update["w"][1:, 0], np.float64)
        for trace in (pair.adam_weight_decay, pair.adamw)
    ]
    return updates[0] / updates[1]


def step_ratio(root: Path) -> Iterator[Fact]:
    """Yield the ratio of the two updates: at first, at its peak, and later."""
    pair = _Pair(root, "step-ratio", "_0.9_0.999_early")
    ratio = _ratio(pair)
    chinese = "梯度恒为 1、无权重衰减、β 为 0.9 与 0.999，两者更新量之比："
    english = "Constant gradient 1, no decay, betas 0.9 and 0.999, ratio of the two updates: "
    yield pair.fact("step-ratio-first", ratio[0], ".3f", f"{chinese}第 1 步", f"{english}step 1")
    peak = int(ratio.argmax())
    yield pair.fact("step-ratio-peak", ratio[peak], ".2f", f"{chinese}最大值", f"{english}largest")
    yield pair.fact(
        "step-ratio-peak-step",
        pair.adamw.steps[1 + peak],
        "d",
        f"{chinese}最大值所在的步",
        f"{english}the step of the largest",
    )
    late = _Pair(root, "step-ratio", "_0.9_0.999_late")
    ratio = _ratio(late)
    for step in (100, 1000, 4000):
        yield late.fact(
            f"step-ratio-{step}",
            ratio[late.row(step) - 1],
            ".2f",
            f"{chinese}第 {step} 步",
            f"{english}step {step}",
        )
    for name, betas in (("step-ratio-first-beta2-95", "0.9_0.95"),):
        pair = _Pair(root, "step-ratio", f"_{betas}_early")
        first, second = betas.split("_")
        yield pair.fact(
            name,
            _ratio(pair)[0],
            ".3f",
            f"同上，β 为 {first} 与 {second}，第 1 步",
            f"The same with betas {first} and {second}, step 1",
        )


def first_step(root: Path) -> Iterator[Fact]:
    """Yield the size of the first step for large and small gradients."""
    pair = _Pair(root, "first-step")
    sizes = np.abs(np.array(pair.adamw.spec.problem_options["gradients"]["w"][0]))
    for size in (1e-2, 1e-6, 1e-8):
        column = int(np.argmin(np.abs(sizes / size - 1)))
        for name, label in (("adamw", "AdamW"), ("adam_weight_decay", "AdamWeightDecay")):
            yield pair.fact(
                f"first-step-{name.replace('_', '-')}-{size:.0e}".replace("e-0", "e-"),
                abs(getattr(pair, name).update["w"][1, column]),
                ".3f",
                f"{label} 学习率 1、默认 eps、无衰减，梯度为 {size:g} 时第一步的大小",
                f"Size of {label}'s first step, learning rate 1, default eps, no decay, "
                f"gradient {size:g}",
                "learning rate",
            )


def decay(root: Path) -> Iterator[Fact]:
    """Yield what decay alone leaves of a weight; that both leave the same is part of the fact."""
    for name, lr, weight_decay in (("default", 0.001, 0.01), ("tiny", 0.0001, 0.0001)):
        pair = _Pair(root, "decay", f"_{lr}_{weight_decay}")
        both = [_left(trace, "dense.weight") for trace in (pair.adamw, pair.adam_weight_decay)]
        if len({f"{value:.4g}" for value in both}) != 1:
            raise ValueError(f"dense.weight does not decay alike in {pair.source}: {both}")
        chinese = f"学习率 {lr}、权重衰减 {weight_decay}、梯度恒为 0，从 1 出发"
        english = f"Learning rate {lr}, weight decay {weight_decay}, gradient 0, from 1: "
        steps = pair.adamw.steps[-1]
        yield pair.fact(
            f"decay-{name}",
            both[0],
            ".4g",
            f"{chinese}，{steps} 步后 dense.weight 在 AdamW 与 AdamWeightDecay 中的值",
            f"{english}dense.weight in AdamW and in AdamWeightDecay after {steps} steps",
        )
        if name == "default":
            yield pair.fact(
                f"decay-{name}-adam-weight-decay-gamma",
                _left(pair.adam_weight_decay, "norm.gamma"),
                ".4g",
                f"{chinese}，{steps} 步后 norm.gamma 在 AdamWeightDecay 中的值",
                f"{english}norm.gamma in AdamWeightDecay after {steps} steps",
            )


def _left(trace: Trace, parameter: str) -> float:
    return float(trace.parameters[parameter][-1, 0])


def losses(root: Path) -> Iterator[Fact]:
    """Yield losses and distance on Beale's function."""
    for kind, chinese, english in (
        ("matched", "超参数相同", "the same hyper-parameters"),
        ("defaults", "各用默认超参数", "each with its defaults"),
    ):
        pair = _Pair(root, f"{kind}-beale")
        step = 50 if kind == "matched" else int(pair.adamw.steps[-1])
        for name, label in (("adamw", "AdamW"), ("adam_weight_decay", "AdamWeightDecay")):
            yield pair.fact(
                f"loss-beale-{kind}-{name.replace('_', '-')}",
                getattr(pair, name).loss[pair.row(step)],
                ".2f",
                f"Beale 函数，{chinese}，{label} 第 {step} 步的损失",
                f"Beale's function, {english}: loss of {label} at step {step}",
            )
    pair = _Pair(root, "matched-beale")
    yield pair.fact(
        "distance-beale-matched-peak",
        distance(pair.adamw, pair.adam_weight_decay).max(),
        ".2f",
        "Beale 函数，超参数相同，两个参数向量距离的最大值",
        "Beale's function, the same hyper-parameters: largest distance of the parameter vectors",
    )
