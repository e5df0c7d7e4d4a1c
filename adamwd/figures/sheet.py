"""The sheet that every figure is drawn on: title above, panels, caption with versions below.

It is narrow (5 inches) and grows downwards, so that it can be read on a phone without zooming.
All distances are in inches, so that a longer title makes the sheet higher and nothing smaller.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from adamwd.figures.line_breaking import wrap
from adamwd.figures.runs import Runs
from adamwd.figures.style import NORMAL, SMALL, THEMES, TITLE, ThemeName
from adamwd.figures.text import Language, text

WIDTH, MARGIN = 5.0, 0.12
LEADING = 1.4
LIBRARIES = {"torch": "PyTorch", "mindspore": "MindSpore", "adamwd": "adamwd"}


def sheet(
    title: str,
    caption: str,
    theme: ThemeName,
    *,
    heights: Sequence[float],
    columns: int = 1,
    left: float = 0.62,
    above: float = 0.34,
    below: float = 0.48,
    between: float = 0.5,
) -> tuple[Figure, list[list[Axes]]]:
    """Make a figure with a title, a grid of panels and a caption.

    Args:
        title: What the figure shows; it is broken into lines.
        caption: How it was made; broken too.
        theme: ``"light"`` or ``"dark"``.
        heights: Height of each row of panels.
        columns: Number of columns.
        left: Room for tick labels on the left.
        above: Room above each row, for the panel's heading and the name of its y axis.
        below: Room below each row, for the name of the x axis.
        between: Room between columns.

    Returns:
        The figure and its axes, by row and column.
    """
    room = (WIDTH - 2 * MARGIN) * 72.0
    heading = wrap(title, room, TITLE, "semibold", balanced=True)
    footer = wrap(caption, room, SMALL, "normal")
    title_height = len(heading) * TITLE * LEADING / 72.0
    footer_height = len(footer) * SMALL * LEADING / 72.0
    height = (
        2 * MARGIN + title_height + sum(heights) + len(heights) * (above + below) + footer_height
    )
    figure = Figure(figsize=(WIDTH, height))
    lines(figure, heading, height - MARGIN, TITLE, weight="semibold")
    lines(figure, footer, MARGIN + footer_height, SMALL, color=THEMES[theme].muted)
    width = (WIDTH - left - MARGIN - (columns - 1) * between) / columns
    top = height - MARGIN - title_height
    grid = []
    for row in heights:
        bottom = top - above - row
        grid.append(
            [
                figure.add_axes(
                    (
                        (left + column * (width + between)) / WIDTH,
                        bottom / height,
                        width / WIDTH,
                        row / height,
                    )
                )
                for column in range(columns)
            ]
        )
        top = bottom - below
    return figure, grid


def lines(figure: Figure, words: Sequence[str], top: float, size: float, **options: Any) -> None:
    """Write lines of text from the left margin, the first one's top at `top` inches."""
    height = figure.get_figheight()
    for index, line in enumerate(words):
        # On a baseline each, so that a formula in one line does not move the others.
        baseline = top - (index + 0.78) * size * LEADING / 72.0
        figure.text(
            MARGIN / WIDTH, baseline / height, line, fontsize=size, va="baseline", **options
        )


def name_axes(axes: Axes, x: str, y: str, heading: str = "") -> None:
    """Name the axes of a panel: y across the top, where it needs no tilted head, x below.

    Args:
        axes: The panel.
        x: Name and unit of the x axis.
        y: Name and unit of the y axis.
        heading: What sets this panel apart, in bold before the name of the y axis.
    """
    axes.set_xlabel(x, fontsize=SMALL, loc="right", labelpad=2)
    color = axes.xaxis.label.get_color()
    # With a heading there are two lines: the heading, and the axis below it.
    axes.annotate(
        y,
        (0, 1),
        xytext=(0, 5),
        xycoords="axes fraction",
        textcoords="offset points",
        fontsize=SMALL,
        color=color,
        annotation_clip=False,
    )
    if heading:
        axes.set_title(heading, pad=19, fontsize=NORMAL)


def provenance(runs: Runs, language: Language) -> str:
    """Return the sentence that says with which libraries, on what and when the traces were made.

    Args:
        runs: The traces of a figure.
        language: ``"zh"`` or ``"en"``.

    Returns:
        The sentence; nothing in it is typed by hand.
    """
    traces = [trace for labels in runs.values() for trace in labels.values()]

    def all_of(values: Iterable[str]) -> str:
        return ("、" if language == "zh" else ", ").join(dict.fromkeys(values))

    made = [trace.provenance for trace in traces]
    return text(
        "provenance",
        language,
        libraries=all_of(
            f"{LIBRARIES.get(p.library, p.library)}\u00a0{p.library_version}" for p in made
        ),
        device=all_of(p.device for p in made),
        dtype=all_of(trace.spec.dtype for trace in traces),
        date=max(p.date for p in made),
    )
