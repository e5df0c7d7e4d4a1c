"""The size of the first step against the size of the gradient: what eps does, and where."""

import math

import numpy as np
from matplotlib.figure import Figure

from adamwd.experiments import GRADIENT_SIZES
from adamwd.figures.axes import log_axis, note
from adamwd.figures.closed_form import first_step_adam_weight_decay, first_step_adamw
from adamwd.figures.runs import Runs
from adamwd.figures.sheet import name_axes, provenance, sheet
from adamwd.figures.style import (
    ADAM_WEIGHT_DECAY,
    ADAMW,
    IDENTITIES,
    NORMAL,
    THEMES,
    ThemeName,
    styled,
)
from adamwd.figures.text import Language, number, text

NAME = "first-step"
SMALL_GRADIENT = 1e-8
# The defaults of the two optimizers, which the recorded runs did not set; a test compares them.
EPS = {"adamw": 1e-8, "adam_weight_decay": 1e-6}
BETA1, BETA2 = 0.9, 0.999


@styled
def first_step(runs: Runs, language: Language, theme: ThemeName) -> Figure:
    """Draw the figure; see `adamwd.figures.FIGURES`."""
    sizes = np.array(GRADIENT_SIZES)
    measured = {
        identity.key: np.abs(np.asarray(runs[NAME][identity.key].update["w"][1], np.float64))
        for identity in IDENTITIES
    }
    ratios = measured["adam_weight_decay"] / measured["adamw"]
    title = text(
        f"{NAME} title",
        language,
        large=number(ratios[-1]),
        small=number(1 / ratios[np.isclose(sizes, SMALL_GRADIENT, rtol=1e-6, atol=0)][0]),
        size=number(SMALL_GRADIENT),
    )
    caption = text("lines and points", language) + text(f"{NAME} caption", language)
    figure, [[axes]] = sheet(
        title, caption + provenance(runs, language), theme, heights=[3.5], left=0.52
    )
    name_axes(axes, text(f"{NAME} x", language), text(f"{NAME} y", language))
    axes.set(xlim=(4e-11, 3e2), ylim=(3e-6, 16))
    log_axis(axes.xaxis, [1e-10, 1e-8, 1e-6, 1e-4, 1e-2, 1, 100])
    log_axis(axes.yaxis, [1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10])

    smooth = np.geomspace(sizes[0], sizes[-1], 300)
    lines = {
        "adamw": first_step_adamw(smooth, EPS["adamw"]),
        "adam_weight_decay": first_step_adam_weight_decay(
            smooth, BETA1, BETA2, EPS["adam_weight_decay"]
        ),
    }
    # Where eps takes half of the step: at eps itself, or at eps over the uncorrected root's factor.
    half = {
        "adamw": EPS["adamw"],
        "adam_weight_decay": EPS["adam_weight_decay"] / math.sqrt(1 - BETA2),
    }
    for identity in IDENTITIES:
        color = getattr(THEMES[theme], identity.key)
        axes.plot(smooth, lines[identity.key], **identity.line(theme))
        axes.plot(sizes, measured[identity.key], **identity.points(theme, 6))
        floor = half[identity.key]
        height = float(np.interp(np.log(floor), np.log(smooth), lines[identity.key]))
        bottom = axes.get_ylim()[0]
        axes.plot([floor, floor], [bottom, height], color=color, linewidth=0.8, dashes=(1, 2))
        words = text(f"{NAME} floor", language, size=number(floor))
        bottom *= 2 if identity is ADAMW else 14
        note(axes, (floor, bottom), words, color, offset=(4, 0), patch=True)
        words = text(
            f"{NAME} label", language, optimizer=identity.label, eps=number(EPS[identity.key])
        )
        # On the level part: AdamWeightDecay above its curve, AdamW below.
        offset = (0, 11 if identity is ADAM_WEIGHT_DECAY else -12)
        level = (float(sizes[-1]), float(lines[identity.key][-1]))
        note(axes, level, words, color, offset=offset, ha="right", size=NORMAL, bold=True)
    return figure
