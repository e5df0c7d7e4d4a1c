"""The one style of all figures: themes, the two identities.

The colours are those of ``site_src/stylesheets/identity.css``; a test compares them.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import matplotlib
from matplotlib.figure import Figure

from adamwd.figures.runs import Runs
from adamwd.figures.text import Language
from adamwd.figures.typeface import FAMILY, register

ThemeName = Literal["light", "dark"]
Draw = Callable[[Runs, Language, ThemeName], Figure]

SMALL, NORMAL, TITLE = 9.0, 10.0, 12.5


@dataclass(frozen=True)
class Theme:
    """Colours of a theme.

    Attributes:
        paper: The background.
        ink: Text, and curves that belong to neither optimizer.
        muted: Axis labels, ticks, closed forms.
        line: Grid and contours.
        adamw: The colour of AdamW.
        adam_weight_decay: The colour of AdamWeightDecay.
    """

    paper: str
    ink: str
    muted: str
    line: str
    adamw: str
    adam_weight_decay: str


THEMES: dict[ThemeName, Theme] = {
    "light": Theme("#ffffff", "#1b1f24", "#59636e", "#d5dae0", "#0072b2", "#b34700"),
    "dark": Theme("#15191d", "#e4e7eb", "#a0a9b3", "#343b43", "#56b4e9", "#f0a04b"),
}


@dataclass(frozen=True)
class Identity:
    """How an optimizer looks: colour, line style and marker always go together.

    Attributes:
        label: Its name.
        key: The prefix of its labels in the experiments, and the name of its colour in `Theme`.
        linestyle: Its lines.
        marker: Its points.
    """

    label: str
    key: str
    linestyle: Any
    marker: str

    def line(self, theme: ThemeName) -> dict[str, Any]:
        """Return the arguments of `Axes.plot` for a curve of this optimizer."""
        color = getattr(THEMES[theme], self.key)
        return {"color": color, "linestyle": self.linestyle, "linewidth": 1.7}

    def points(self, theme: ThemeName, size: float = 5.0) -> dict[str, Any]:
        """Return the arguments of `Axes.plot` for measured points of this optimizer."""
        return {
            "color": getattr(THEMES[theme], self.key),
            "linestyle": "none",
            "marker": self.marker,
            "markersize": size,
            "markeredgecolor": THEMES[theme].paper,
            "markeredgewidth": 0.6,
        }


ADAMW = Identity("AdamW", "adamw", "-", "o")
ADAM_WEIGHT_DECAY = Identity("AdamWeightDecay", "adam_weight_decay", (0, (4, 1.6)), "s")
IDENTITIES = (ADAMW, ADAM_WEIGHT_DECAY)


def parameters(theme: ThemeName) -> dict[str, Any]:
    """Return the rcParams of a theme, which hold while a figure is drawn and while it is saved."""
    colors = THEMES[theme]
    return {
        "font.family": [FAMILY],
        "font.size": NORMAL,
        # Formulas in the same typeface: a second one would break labels that mix them with Chinese.
        "mathtext.fontset": "custom",
        **{f"mathtext.{name}": FAMILY for name in ("rm", "it", "bf", "sf", "cal", "tt", "bfit")},
        "mathtext.default": "regular",
        "mathtext.fallback": "None",
        "text.color": colors.ink,
        "figure.facecolor": colors.paper,
        "savefig.facecolor": colors.paper,
        "axes.facecolor": colors.paper,
        "axes.edgecolor": colors.muted,
        "axes.linewidth": 0.8,
        "axes.labelcolor": colors.muted,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "axes.axisbelow": True,
        "axes.titlesize": NORMAL,
        "axes.titleweight": "semibold",
        "axes.titlelocation": "left",
        "grid.color": colors.line,
        "grid.linewidth": 0.6,
        "xtick.color": colors.muted,
        "ytick.color": colors.muted,
        "xtick.labelsize": SMALL,
        "ytick.labelsize": SMALL,
        "lines.solid_capstyle": "round",
        "lines.dash_capstyle": "butt",
        "svg.fonttype": "path",
        "svg.hashsalt": "adamwd",
    }


def styled(draw: Draw) -> Draw:
    """Make a figure function draw in the style of its theme, whatever the rcParams are outside."""

    @functools.wraps(draw)
    def in_style(runs: Runs, language: Language, theme: ThemeName) -> Figure:
        register()
        with matplotlib.rc_context(parameters(theme)):
            return draw(runs, language, theme)

    return in_style
