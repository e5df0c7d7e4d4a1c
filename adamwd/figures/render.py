"""From a figure to the bytes of a file: the same figure gives the same bytes, on any day."""

import io

import matplotlib
from matplotlib.figure import Figure

from adamwd.figures.style import ThemeName, parameters

FORMATS = ("svg", "png")
PNG_DPI = 220


def render(figure: Figure, theme: ThemeName, file_format: str) -> bytes:
    """Return a figure as SVG or PNG.

    Args:
        figure: The figure.
        theme: The theme that it was drawn in.
        file_format: ``"svg"`` or ``"png"``.

    Returns:
        The file's bytes, without date, program name or random identifiers.
    """
    metadata = {"Date": None, "Creator": None} if file_format == "svg" else {"Software": None}
    buffer = io.BytesIO()
    with matplotlib.rc_context(parameters(theme)):
        figure.savefig(buffer, format=file_format, dpi=PNG_DPI, metadata=metadata)
    return buffer.getvalue()
