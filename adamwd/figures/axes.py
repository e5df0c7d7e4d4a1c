"""What is put on a panel: labels at the curves, and logarithmic axes with readable ticks."""

import math
from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, NullLocator

from adamwd.figures.style import SMALL
from adamwd.figures.text import number

MANY_DECADES = 2


def note(
    axes: Axes,
    at: tuple[float, float],
    words: str,
    color: str,
    *,
    offset: tuple[float, float] = (0, 0),
    ha: str = "left",
    va: str = "center",
    size: float = SMALL,
    bold: bool = False,
    patch: bool = False,
    leader: bool = False,
) -> None:
    """Write a label at a point of the data.

    Args:
        axes: Where.
        at: The point.
        words: The label.
        color: Its colour.
        offset: From the point to the label's anchor, in points.
        ha: Which side of the label is the anchor.
        va: Likewise.
        size: Size of the type in points.
        bold: Whether it is the name of an optimizer, or else stands out.
        patch: Whether it lies on a patch of paper, which keeps lines from crossing it.
        leader: Whether a thin line leads from the point to it.
    """
    paper = {"boxstyle": "square,pad=0.12", "facecolor": axes.get_facecolor(), "edgecolor": "none"}
    thin = {"arrowstyle": "-", "color": color, "linewidth": 0.8, "shrinkA": 0, "shrinkB": 4}
    axes.annotate(
        words,
        at,
        xytext=offset,
        textcoords="offset points",
        color=color,
        ha=ha,
        va=va,
        fontsize=size,
        weight="semibold" if bold else "normal",
        bbox=paper if patch else None,
        zorder=6,
        arrowprops=thin if leader else None,
    )


def log_axis(axis: Any, ticks: list[float]) -> None:
    """Make an axis logarithmic, with these ticks only, written as 0.5, 100 or a power of ten."""
    axis.axes.set(**{f"{axis.axis_name}scale": "log"})
    axis.set_ticks(ticks)
    axis.set_minor_locator(NullLocator())
    axis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))


def fitting_ticks(low: float, high: float) -> list[float]:
    """Return ticks for a logarithmic axis: 1, 2, 5 in each decade, or powers of ten if it is long.

    Args:
        low: The smallest value to be shown, above 0.
        high: The largest.

    Returns:
        At most eight ticks.
    """
    decades = math.log10(high / low)
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    if decades < MANY_DECADES:
        ticks = [digit * 10.0**power for power in range(first, last + 1) for digit in (1, 2, 5)]
    else:
        stride = math.ceil(decades / 6)
        ticks = [10.0**power for power in range(first - first % stride, last + 1, stride)]
    return [tick for tick in ticks if low <= tick <= high]
