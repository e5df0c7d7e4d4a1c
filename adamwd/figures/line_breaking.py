"""Breaking titles and captions into lines, in Chinese and English."""

from collections.abc import Iterable, Sequence

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

from adamwd.figures.typeface import FAMILY

# Punctuation that may not begin a line.
CLOSING = "，。；：！？、）”’%"


def wrap(words: str, room: float, size: float, weight: str, balanced: bool = False) -> list[str]:
    """Break text into lines: English between words, Chinese between characters.

    Args:
        words: The text; ``$...$`` is never broken.
        room: Width of a line in points.
        size: Size of the type in points.
        weight: Its weight.
        balanced: Whether the lines shall be about equally long.

    Returns:
        As few lines as there can be.
    """
    font = FontProperties(family=FAMILY, weight=weight, size=size)
    measure = TextToPath()

    def width(piece: str) -> float:
        # A space at the end is not measured, so a letter is put behind it and taken off again.
        measured = [
            measure.get_text_width_height_descent(part, font, "$" in part)[0]
            for part in (piece + "x", "x")
        ]
        return float(measured[0] - measured[1])

    sized = [(piece, width(piece)) for piece in pieces(words)]
    result = fill(sized, room)
    while balanced and len(narrower := fill(sized, room * 0.98)) == len(result) > 1:
        room, result = room * 0.98, narrower
    return result


def fill(sized: Sequence[tuple[str, float]], room: float) -> list[str]:
    """Put as many pieces on each line as fit."""
    result: list[str] = []
    used = room + 1
    for piece, width in sized:
        if used + width > room:
            result.append("")
            used = 0.0
        result[-1] += piece
        used += width
    return [line.strip() for line in result]


def pieces(words: str) -> Iterable[str]:
    """Yield the parts of a text between which a line may be broken."""
    piece, in_formula = "", False
    for character, following in zip(words, words[1:] + " ", strict=True):
        piece += character
        in_formula ^= character == "$"
        if in_formula or following in CLOSING:
            continue
        wide = ord(character) >= 0x2E80 and character != "（"
        if character == " " or wide or ord(following) >= 0x2E80:
            yield piece
            piece = ""
    if piece:
        yield piece
