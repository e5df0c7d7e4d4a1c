"""The typeface of the figures: Latin, Greek and Chinese in one family that comes with the package.

``fonts/`` holds a subset of Noto Sans SC (SIL Open Font License, see ``fonts/OFL.txt``) with the
characters that the figures use; ``scripts/fonts.py`` makes it. The subset has a name of its own:
under the old one matplotlib might take a font of the system instead.
"""

import functools
import string
from pathlib import Path

from matplotlib import font_manager

from adamwd.figures.text import TEXT

FAMILY = "AdamWD Sans"
FOLDER = Path(__file__).parent / "fonts"
WEIGHTS = {400: "Regular", 600: "SemiBold"}
# What numbers, formulas and matplotlib's own labels use beyond ASCII.
SYMBOLS = "−×÷·≈≤≥…βε\u00a0"


def path(weight: int) -> Path:
    """Return the file of a weight, a key of `WEIGHTS`."""
    return FOLDER / f"AdamWDSans-{WEIGHTS[weight]}.ttf"


def characters() -> str:
    """Return every character that a figure may show, sorted."""
    strings = "".join(pair.zh + pair.en for pair in TEXT.values())
    printable = string.ascii_letters + string.digits + string.punctuation + " "
    return "".join(sorted(set(strings + printable + SYMBOLS) - {"\n"}))


@functools.cache
def register() -> None:
    """Make the family known to matplotlib, once in a process."""
    for weight in WEIGHTS:
        font_manager.fontManager.addfont(path(weight))
