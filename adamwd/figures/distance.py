"""How far apart the two parameter vectors are, over time."""

from typing import Any

from matplotlib.figure import Figure

from adamwd.compare import distance as between
from adamwd.figures.axes import note
from adamwd.figures.problem_runs import PROBLEMS, SETTINGS, experiments, matched_values, pair
from adamwd.figures.runs import Runs
from adamwd.figures.sheet import name_axes, provenance, sheet
from adamwd.figures.style import THEMES, ThemeName, styled
from adamwd.figures.text import Language, number, text

NAME = "distance"
EXPERIMENTS = experiments(*SETTINGS)
LOOKS: dict[str, dict[str, Any]] = {
    "rosenbrock": {"linestyle": "-", "marker": "o"},
    "beale": {"linestyle": (0, (5, 1.5)), "marker": "^"},
    "quadratic": {"linestyle": (0, (1, 1.2)), "marker": "D"},
}

# Where a label stands: at the end of its curve, or where two ends meet, at a step before; and by
# how many points it is moved from there.
PLACES: dict[tuple[str, str], tuple[int, tuple[float, float]]] = {
    ("defaults", "beale"): (150, (-42, 4)),
    ("defaults", "quadratic"): (180, (10, -14)),
    ("matched", "quadratic"): (500, (6, 8)),
}


def farthest(runs: Runs, setting: str) -> tuple[float, str, int]:
    """Return the largest distance of a setting, the problem, and the step where it is reached."""
    found = []
    for problem in PROBLEMS:
        traces = pair(runs, setting, problem)
        apart = between(*traces)
        peak = int(apart.argmax())
        found.append((float(apart[peak]), problem, int(traces[0].steps[peak])))
    return max(found)


@styled
def distance(runs: Runs, language: Language, theme: ThemeName) -> Figure:
    """Draw the figure; see `adamwd.figures.FIGURES`."""
    colors = THEMES[theme]
    matched, problem, step = farthest(runs, "matched")
    title = text(
        f"{NAME} title",
        language,
        matched=number(matched, 2),
        matched_problem=text(f"{problem} short", language),
        matched_step=step,
        default=number(farthest(runs, "defaults")[0], 2),
    )
    caption = matched_values(runs, language) + provenance(runs, language)
    figure, grid = sheet(title, caption, theme, heights=[2.3, 2.3], left=0.45, above=0.58)
    for [axes], setting in zip(grid, SETTINGS, strict=True):
        name_axes(
            axes, text("step", language), text(f"{NAME} y", language), text(setting, language)
        )
        for name in PROBLEMS:
            traces = pair(runs, setting, name)
            steps, apart = traces[0].steps, between(*traces)
            axes.plot(
                steps,
                apart,
                color=colors.ink,
                linewidth=1.4,
                markersize=5,
                markevery=0.12,
                markeredgecolor=colors.paper,
                markeredgewidth=0.6,
                **LOOKS[name],
            )
            words = text(f"{name} short", language)
            step, offset = PLACES.get((setting, name), (int(steps[-1]), (6, 0)))
            height = float(apart[list(steps).index(step)])
            note(axes, (step, height), words, colors.ink, offset=offset)
        axes.set(xlim=(0, 1250), ylim=(0, None))
        axes.set_xticks([0, 250, 500, 750, 1000])
    return figure
