"""Both trajectories on the contours of three problems, with the same hyper-parameters."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from adamwd.figures.axes import note
from adamwd.figures.problem_runs import PROBLEMS, experiments, matched_values, pair
from adamwd.figures.runs import Runs
from adamwd.figures.sheet import name_axes, provenance, sheet
from adamwd.figures.style import IDENTITIES, NORMAL, THEMES, ThemeName, styled
from adamwd.figures.text import Language, number, text
from adamwd.problems import Problem, make_problem
from adamwd.trace import Trace

NAME = "trajectories"
EXPERIMENTS = experiments("matched")
# Steps between two markers: few enough to be told apart.
MARKER_EVERY = {"rosenbrock": 200, "beale": 25, "quadratic": 25}
LEVELS, COLUMNS, ROWS = 10, 150, 110
# Where the labels stand: at which step, how far from the curve in points, and how aligned.
LABELS: dict[str, dict[str, tuple[int, tuple[int, int], str]]] = {
    "rosenbrock": {"adamw": (1000, (0, 14), "center"), "adam_weight_decay": (800, (8, -8), "left")},
    "beale": {"adamw": (100, (8, 8), "left"), "adam_weight_decay": (15, (-8, -8), "right")},
    "quadratic": {"adamw": (50, (10, -6), "left"), "adam_weight_decay": (10, (-10, 6), "right")},
}

# Where "start" and "minimum" stand, in points from their marks.
MARKS = {
    "rosenbrock": ((0, -14), (0, -14)),
    "beale": ((0, 13), (0, 16)),
    "quadratic": ((0, 13), (14, -11)),
}

Array = np.ndarray[Any, Any]


def path(trace: Trace) -> Array:
    """Return the points of a trajectory, float64, shape (n, 2)."""
    return np.asarray(trace.parameters["w"], np.float64)


def overshoot(trace: Trace, minimum: Array) -> float:
    """Return how far a trajectory goes beyond the minimum, seen from its start."""
    points = path(trace)
    direction = (minimum - points[0]) / np.linalg.norm(minimum - points[0])
    return max(0.0, float(((points - minimum) @ direction).max()))


def problem_of(trace: Trace) -> Problem:
    """Return the problem that a trace ran on."""
    return make_problem(trace.spec.problem, trace.spec.problem_options, trace.spec.seed)


def contours(axes: Axes, problem: Problem, points: Array, color: str) -> None:
    """Draw contours, evenly spaced in the logarithm, around some points."""
    assert problem.surface is not None
    low, high = points.min(axis=0), points.max(axis=0)
    pad = 0.12 * (high - low)
    axes.set(xlim=(low[0] - pad[0], high[0] + pad[0]), ylim=(low[1] - pad[1], high[1] + pad[1]))
    x, y = np.linspace(*axes.get_xlim(), COLUMNS), np.linspace(*axes.get_ylim(), ROWS)
    z = problem.surface(*np.meshgrid(x, y))
    levels = np.geomspace(max(z.min(), z.max() * 1e-3), z.max(), LEVELS)[:-1]
    axes.contour(x, y, z, levels=levels, colors=color, linewidths=0.6, zorder=1)


@styled
def trajectories(runs: Runs, language: Language, theme: ThemeName) -> Figure:
    """Draw the figure; see `adamwd.figures.FIGURES`."""
    colors = THEMES[theme]
    far, near = (
        float(np.linalg.norm(path(trace)[-1] - np.array(problem_of(trace).minimum)))
        for trace in pair(runs, "matched", "rosenbrock")
    )
    theirs = pair(runs, "matched", "quadratic")[1]
    title = text(
        f"{NAME} title",
        language,
        overshoot=number(overshoot(theirs, np.array(problem_of(theirs).minimum)), 2),
        steps=number(pair(runs, "matched", "rosenbrock")[0].spec.steps),
        near=number(near),
        far=number(far),
    )
    caption = text(f"{NAME} contours", language) + matched_values(runs, language)
    figure, grid = sheet(
        title,
        caption + provenance(runs, language),
        theme,
        heights=[2.5] * len(PROBLEMS),
        left=0.55,
        above=0.58,
    )
    for [axes], name in zip(grid, PROBLEMS, strict=True):
        traces = pair(runs, "matched", name)
        problem = problem_of(traces[0])
        minimum = np.array(problem.minimum)
        every = MARKER_EVERY[name]
        markers = text(f"{NAME} markers", language, every=every)
        heading = text("panel", language, problem=text(name, language), setting=markers)
        name_axes(axes, "$w_0$", "$w_1$", heading)
        axes.grid(visible=False)
        contours(axes, problem, np.vstack([*map(path, traces), minimum]), colors.line)
        for identity, trace in zip(IDENTITIES, traces, strict=True):
            points = path(trace)
            axes.plot(*points.T, **identity.line(theme), zorder=3)
            marked = points[(trace.steps % every == 0) & (trace.steps > 0)]
            axes.plot(*marked.T, **identity.points(theme), zorder=4)
            step, offset, aligned = LABELS[name][identity.key]
            x, y = points[trace.steps == step][0]
            color = getattr(colors, identity.key)
            place: Any = {"ha": aligned, "size": NORMAL, "bold": True, "patch": True}
            note(axes, (x, y), identity.label, color, offset=offset, **place)
        begin = path(traces[0])[0]
        for (x, y), word, marker, size, offset in zip(
            (begin, minimum), ("start", "minimum"), "o*", (8, 12), MARKS[name], strict=True
        ):
            axes.plot(x, y, marker, ms=size, mfc=colors.paper, mec=colors.ink, zorder=5)
            aligned = "left" if offset[0] else "center"
            words = text(word, language)
            note(axes, (x, y), words, colors.ink, offset=offset, ha=aligned, patch=True)
    return figure
