"""Weights under zero gradient: what decay alone does, to which names, and in float32."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from adamwd.experiments import EXPERIMENTS
from adamwd.figures.axes import log_axis, note
from adamwd.figures.closed_form import lost_weight
from adamwd.figures.runs import Runs
from adamwd.figures.sheet import name_axes, provenance, sheet
from adamwd.figures.style import ADAM_WEIGHT_DECAY, ADAMW, IDENTITIES, THEMES, ThemeName, styled
from adamwd.figures.text import Language, number, text
from adamwd.trace import Trace

NAME = "decay"
DENSE, NORMS = "dense.weight", ("norm.gamma", "norm.beta")
# Pairs (lr, weight_decay), largest product first.
PAIRS = tuple(
    (float(spec.hyperparameters["lr"]), float(spec.hyperparameters["weight_decay"]))
    for label, spec in EXPERIMENTS[NAME].specs.items()
    if label.startswith("adamw_")
)
# On a logarithmic axis there is no 0: it has a row of its own below.
ZERO = 3e-8
# From this factor on, points stand visibly above their closed form.
VISIBLE = 1.1
DRAWN_STEPS = (50, 100, 200, 400, 800, 1400, 2000)

Array = np.ndarray[Any, Any]


def trace_of(runs: Runs, key: str, lr: float, weight_decay: float) -> Trace:
    """Return the trace of an optimizer with a learning rate and a weight decay."""
    return runs[NAME][f"{key}_{lr:g}_{weight_decay:g}"]


def weights(trace: Trace, name: str) -> Array:
    """Return a weight at the recorded steps, float64."""
    return np.asarray(trace.parameters[name][:, 0], np.float64)


def stuck_product(runs: Runs) -> float:
    """Return the largest lr x weight_decay at which neither optimizer moves dense.weight at all."""
    stuck = [
        lr * weight_decay
        for lr, weight_decay in PAIRS
        if all(
            np.all(weights(trace_of(runs, identity.key, lr, weight_decay), DENSE) == 1)
            for identity in IDENTITIES
        )
    ]
    return max(stuck, default=0.0)


def draw_names(axes: Axes, runs: Runs, language: Language, theme: ThemeName) -> None:
    """Draw the weights of all three names for the strongest decay."""
    colors = THEMES[theme]
    ours, theirs = (trace_of(runs, identity.key, *PAIRS[0]) for identity in IDENTITIES)
    steps = ours.steps
    axes.plot(steps, 1 - lost_weight(*PAIRS[0], steps), color=colors.muted, linewidth=1)
    shown = slice(None, None, 4)
    for name in (DENSE, *NORMS):
        axes.plot(steps[shown], weights(ours, name)[shown], **ADAMW.points(theme, 7.5))
    for name in (DENSE, *NORMS):
        axes.plot(steps[shown], weights(theirs, name)[shown], **ADAM_WEIGHT_DECAY.points(theme, 4))
    axes.set(xlim=(0, 2080), ylim=(0, 1.12), xticks=[0, 500, 1000, 1500, 2000])
    axes.set_yticks([0, 0.5, 1])
    blue, orange = colors.adamw, colors.adam_weight_decay
    words = text(f"{NAME} norm", language)
    note(axes, (2000, 1), words, orange, offset=(0, -12), ha="right", bold=True)
    at = 600
    point = (at, float(1 - lost_weight(*PAIRS[0], at)))
    note(axes, point, text(f"{NAME} all", language), blue, offset=(14, 15), bold=True)
    note(axes, point, text(f"{NAME} dense", language), orange, offset=(14, 2), bold=True)


def draw_rounding(axes: Axes, runs: Runs, language: Language, theme: ThemeName) -> None:
    """Draw what dense.weight has lost, for all products of learning rate and weight decay."""
    colors = THEMES[theme]
    axes.set(xlim=(42, 9500), ylim=(1.6e-8, 1.6))
    log_axis(axes.xaxis, [50, 100, 200, 500, 1000, 2000])
    log_axis(axes.yaxis, [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1])
    axes.set_yticks([ZERO, *axes.get_yticks()])
    axes.yaxis.set_major_formatter(lambda value, _: number(value) if value > ZERO else "0")
    axes.axhline(ZERO * 3.5, color=colors.muted, linewidth=0.8, dashes=(1, 2))
    smooth = np.geomspace(DRAWN_STEPS[0], DRAWN_STEPS[-1], 60)
    for pair in PAIRS:
        axes.plot(smooth, lost_weight(*pair, smooth), color=colors.muted, linewidth=1)
        lost = []
        for identity, size in ((ADAMW, 7.5), (ADAM_WEIGHT_DECAY, 4)):
            trace = trace_of(runs, identity.key, *pair)
            drawn = np.isin(trace.steps, DRAWN_STEPS)
            lost.append(1 - weights(trace, DENSE)[drawn])
            heights = np.where(lost[-1] > 0, lost[-1], ZERO)
            axes.plot(trace.steps[drawn], heights, **identity.points(theme, size), clip_on=False)
        end = float(lost_weight(*pair, DRAWN_STEPS[-1]))
        words = f"{number(pair[0])} × {number(pair[1])}"
        factors = [float(values[-1]) / end for values in lost]
        if min(factors) > VISIBLE:
            words += "\n" + text(f"{NAME} factor", language, factor=number(factors[0]))
        note(axes, (DRAWN_STEPS[-1], end), words, colors.ink, offset=(8, 0))
        if not np.any(lost):
            words = text(f"{NAME} zero", language)
            note(axes, (DRAWN_STEPS[-1], ZERO), words, colors.ink, offset=(8, 0))


@styled
def decay(runs: Runs, language: Language, theme: ThemeName) -> Figure:
    """Draw the figure; see `adamwd.figures.FIGURES`."""
    norms = [weights(trace_of(runs, "adam_weight_decay", *PAIRS[0]), name)[-1] for name in NORMS]
    title = text(
        f"{NAME} title",
        language,
        kept=number(max(norms)),
        decayed=number(weights(trace_of(runs, "adam_weight_decay", *PAIRS[0]), DENSE)[-1]),
        stuck=number(stuck_product(runs)),
    )
    caption = text(f"{NAME} formula", language) + provenance(runs, language)
    figure, [[names], [rounding]] = sheet(
        title, caption, theme, heights=[1.9, 3.2], left=0.55, above=0.58
    )
    lr, weight_decay = map(number, PAIRS[0])
    heading = text(f"{NAME} names", language, lr=lr, weight_decay=weight_decay)
    name_axes(names, text("step", language), text(f"{NAME} w", language), heading)
    draw_names(names, runs, language, theme)
    heading = text(f"{NAME} rounding", language)
    name_axes(rounding, text("step", language), text(f"{NAME} lost", language), heading)
    draw_rounding(rounding, runs, language, theme)
    return figure
