"""How much larger AdamWeightDecay's step is than AdamW's, over time, for several pairs of betas."""

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from adamwd.experiments import BETA_PAIRS
from adamwd.figures.axes import log_axis, note
from adamwd.figures.closed_form import step_ratio as closed_form
from adamwd.figures.runs import Runs
from adamwd.figures.sheet import name_axes, provenance, sheet
from adamwd.figures.style import THEMES, ThemeName, styled
from adamwd.figures.text import Language, number, text

NAME = "step-ratio"
DEFAULT = BETA_PAIRS[0]
LATE_STEP = 1000
MARKERS = dict(zip(BETA_PAIRS, "oD^vs", strict=True))
POINTS_A_DECADE = 9
LABELLED_PEAK = 3

Array = np.ndarray[Any, Any]


def measured(runs: Runs, beta1: float, beta2: float) -> tuple[Array, Array]:
    """Return the steps and the measured ratios of a pair of betas, both recordings in one.

    Args:
        runs: The traces of this figure.
        beta1: Decay rate of the first moment.
        beta2: Decay rate of the second moment.

    Returns:
        Step numbers, ascending and each once, and the ratios there.
    """
    steps, ratios = [], []
    for part in ("early", "late"):
        ours = runs[NAME][f"adamw_{beta1}_{beta2}_{part}"]
        theirs = runs[NAME][f"adam_weight_decay_{beta1}_{beta2}_{part}"]
        later = ours.steps > 0
        steps.append(ours.steps[later])
        updates = [np.asarray(t.update["w"][later, 0], np.float64) for t in (ours, theirs)]
        ratios.append(updates[1] / updates[0])
    unique, first = np.unique(np.concatenate(steps), return_index=True)
    return unique, np.concatenate(ratios)[first]


def thinned(steps: Array, keep: int) -> Array:
    """Return which steps to draw on a logarithmic axis: as many in each decade, and `keep`."""
    wanted = np.unique(np.round(np.log10(steps) * POINTS_A_DECADE), return_index=True)[1]
    return np.union1d(wanted, np.flatnonzero(steps == keep))


@styled
def step_ratio(runs: Runs, language: Language, theme: ThemeName) -> Figure:
    """Draw the figure; see `adamwd.figures.FIGURES`."""
    colors = THEMES[theme]
    steps, ratios = measured(runs, *DEFAULT)
    peak = int(ratios.argmax())
    title = text(
        f"{NAME} title",
        language,
        first=number(ratios[0]),
        peak=number(ratios[peak]),
        peak_step=steps[peak],
        late=number(ratios[steps == LATE_STEP][0]),
        late_step=number(LATE_STEP),
    )
    caption = text(f"{NAME} formula", language) + provenance(runs, language)
    figure, [[axes]] = sheet(title, caption, theme, heights=[3.6], left=0.42)
    name_axes(axes, text("step", language), text(f"{NAME} y", language))
    last = int(steps[-1])
    axes.set(xlim=(0.085, last * 1.15), ylim=(0.29, 13))
    log_axis(axes.xaxis, [1, 10, 100, 1000])
    log_axis(axes.yaxis, [0.3, 0.5, 1, 2, 5, 10])
    axes.axhspan(1, 13, color=colors.adam_weight_decay, alpha=0.06, linewidth=0)
    axes.axhspan(0.29, 1, color=colors.adamw, alpha=0.07, linewidth=0)
    axes.axhline(1, color=colors.ink, linewidth=1)
    words = text(f"{NAME} larger", language)
    note(axes, (last, 11), words, colors.adam_weight_decay, ha="right")
    note(axes, (last, 0.34), text(f"{NAME} smaller", language), colors.adamw, ha="right")
    smooth = np.geomspace(1, last, 300)
    for pair in BETA_PAIRS:
        steps, ratios = measured(runs, *pair)
        peak = int(ratios.argmax())
        color = colors.ink if pair == DEFAULT else colors.muted
        drawn = thinned(steps, int(steps[peak]))
        axes.plot(smooth, closed_form(*pair, smooth), color=color, linewidth=1)
        axes.plot(
            steps[drawn],
            ratios[drawn],
            MARKERS[pair],
            color=color,
            markersize=4.5,
            markeredgecolor=colors.paper,
            markeredgewidth=0.5,
        )
        words = text(f"{NAME} pair", language, beta1=pair[0], beta2=pair[1])
        bold = pair == DEFAULT
        # A curve that starts at 1 would have its label on the line of 1.
        lift = 8 if abs(ratios[0] - 1) < 0.05 else 0
        note(axes, (1, ratios[0]), words, color, offset=(-7, lift), ha="right", bold=bold)
        if ratios[peak] > LABELLED_PEAK:
            words = text(f"{NAME} peak", language, step=steps[peak], ratio=number(ratios[peak]))
            at = (steps[peak], ratios[peak])
            if pair == DEFAULT:
                note(axes, at, words, color, offset=(0, -31), ha="center", bold=bold, leader=True)
            else:
                note(axes, at, words, color, offset=(12, 4), ha="right", va="bottom")
    return figure
