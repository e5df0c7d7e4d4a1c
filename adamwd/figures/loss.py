"""Loss against step, with each optimizer's defaults and with the same hyper-parameters."""

import numpy as np
from matplotlib.figure import Figure

from adamwd.figures.axes import fitting_ticks, log_axis, note
from adamwd.figures.problem_runs import PROBLEMS, SETTINGS, experiments, matched_values, pair
from adamwd.figures.runs import Runs
from adamwd.figures.sheet import name_axes, provenance, sheet
from adamwd.figures.style import IDENTITIES, THEMES, ThemeName, styled
from adamwd.figures.text import Language, number, text

NAME = "loss"
EXPERIMENTS = experiments(*SETTINGS)
STEP = 100
# Where a name stands: at which part of the run, how far from the curve in points, how aligned.
Label = tuple[float, tuple[int, int], str]
ABOVE: Label = (0.5, (2, 9), "left")
BELOW: Label = (0.78, (-8, -7), "right")
LABELS: dict[str, tuple[Label, Label]] = {
    "defaults-rosenbrock": ((0.06, (6, 0), "left"), (1, (0, -8), "right")),
    "defaults-beale": (ABOVE, BELOW),
    "defaults-quadratic": (ABOVE, BELOW),
    "matched-rosenbrock": (ABOVE, (0.7, (-3, -8), "right")),
    "matched-beale": (ABOVE, (0.72, (-2, -11), "right")),
    "matched-quadratic": ((0.5, (4, 8), "left"), (0.62, (0, -20), "right")),
}


@styled
def loss(runs: Runs, language: Language, theme: ThemeName) -> Figure:
    """Draw the figure; see `adamwd.figures.FIGURES`."""
    factors = []
    for experiment in EXPERIMENTS:
        ours, theirs = pair(runs, *experiment.split("-"))
        factors.append(float((ours.loss / theirs.loss)[ours.steps == STEP][0]))
    ahead = sum(factor > 1 for factor in factors)
    title = text(
        f"{NAME} title",
        language,
        step=STEP,
        ahead=text(
            "ahead in all" if ahead == len(factors) else "ahead in some",
            language,
            ahead=ahead,
            count=len(factors),
        ),
        low=number(min(factors), 2),
        high=number(max(factors), 2),
    )
    caption = matched_values(runs, language) + provenance(runs, language)
    figure, grid = sheet(
        title,
        caption,
        theme,
        heights=[1.65] * len(PROBLEMS),
        columns=len(SETTINGS),
        above=0.56,
        left=0.5,
        between=0.55,
    )
    for row, problem in zip(grid, PROBLEMS, strict=True):
        for axes, setting in zip(row, SETTINGS, strict=True):
            words = text(
                "panel loss",
                language,
                problem=text(f"{problem} short", language),
                setting=text(f"{setting} short", language),
            )
            name_axes(axes, text("step", language), text(f"{NAME} y", language), words)
            traces = pair(runs, setting, problem)
            values = np.concatenate([trace.loss for trace in traces])
            log_axis(axes.yaxis, fitting_ticks(values.min(), values.max()))
            axes.set_xticks(np.linspace(0, traces[0].spec.steps, 3))
            axes.margins(y=0.15)
            labels = LABELS[f"{setting}-{problem}"]
            for identity, trace, label in zip(IDENTITIES, traces, labels, strict=True):
                axes.plot(trace.steps, trace.loss, **identity.line(theme))
                last = len(trace.steps) - 1
                shown = np.linspace(0, last, 6).round().astype(int)
                axes.plot(trace.steps[shown], trace.loss[shown], **identity.points(theme, 4.5))
                at = round(label[0] * last)
                color = getattr(THEMES[theme], identity.key)
                point = (trace.steps[at], trace.loss[at])
                note(axes, point, identity.label, color, offset=label[1], ha=label[2], bold=True)
    return figure
