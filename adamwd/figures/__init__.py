"""Figures: recorded traces in, a matplotlib `Figure` out. Nothing here saves a file.

    from pathlib import Path
    from adamwd.figures import FIGURES, read_runs

    definition = FIGURES["step-ratio"]
    runs = read_runs(Path("docs/data/traces"), definition.experiments)
    figure = definition.draw(runs, "en", "light")

`scripts/figures.py` draws them all, in both languages and themes.
"""

from adamwd.figures.catalogue import FIGURES, Definition
from adamwd.figures.render import FORMATS, render
from adamwd.figures.runs import Runs, read_runs
from adamwd.figures.style import THEMES
from adamwd.figures.text import LANGUAGES

__all__ = [
    "FIGURES",
    "FORMATS",
    "LANGUAGES",
    "THEMES",
    "Definition",
    "Runs",
    "read_runs",
    "render",
]
