"""What the page calls: JSON in, JSON out, and a column of numbers where there are many.

A mistake in the request comes back as ``{"error": {...}, "errors": [...]}`` with the side and the
field that it concerns, so that the page can show the library's message beside that field.
"""

from adamwd.amplification import amplification
from adamwd.playground.catalogue import problems
from adamwd.playground.code_for_reader import source_code
from adamwd.playground.curves import curves
from adamwd.playground.inspection import inspection
from adamwd.playground.own_code import own_code_templates, own_curves
from adamwd.playground.plane import contour
from adamwd.playground.runs import run
from adamwd.playground.sweep import sweep
from adamwd.playground.verification import verification

__all__ = [
    "amplification",
    "contour",
    "curves",
    "inspection",
    "own_code_templates",
    "own_curves",
    "problems",
    "run",
    "source_code",
    "sweep",
    "verification",
]
