"""Build step: the typeface of the figures, adamwd/figures/fonts, from Noto Sans SC.

In:  node_modules/@expo-google-fonts/noto-sans-sc (the unmodified fonts, SIL Open Font License).
Out: two weights with the characters that the figures use, under a name of their own, and OFL.txt.
     What it makes is committed, so that figures need no npm.

    python scripts/fonts.py            makes them
    python scripts/fonts.py --check    writes nothing; exit 1 where what is there is stale
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from adamwd.figures.typeface import FAMILY, FOLDER, WEIGHTS, characters, path
from scripts.atomic import stale, write_folder

SOURCE = Path("node_modules/@expo-google-fonts/noto-sans-sc")
LICENSE = "OFL.txt"
# Name records: 1 family, 2 style, 3 unique id, 4 full name, 6 PostScript name; the others
# (copyright, trademark, designers, licence) stay as they are.
FAMILY_NAME, STYLE, UNIQUE, FULL, POSTSCRIPT = 1, 2, 3, 4, 6
TYPOGRAPHIC = (16, 17, 21, 22, 25)


class FontError(Exception):
    """The fonts cannot be made; the message says what to do."""


def make(source: Path, weight: int) -> bytes:
    """Return a weight of the typeface.

    Args:
        source: The unmodified font.
        weight: A key of `WEIGHTS`.

    Raises:
        FontError: If the font is missing, or lacks a character that the figures use.
    """
    if not source.is_file():
        raise FontError(f"{source} is missing: run `npm ci` first (`make check` does).")
    # The date inside stays that of the source, so that the same input gives the same bytes.
    font = TTFont(source, recalcTimestamp=False)
    missing = [c for c in characters() if ord(c) not in font.getBestCmap()]
    if missing:
        raise FontError(f"{source} lacks {' '.join(missing)}, which the figures use.")
    options = subset.Options(
        hinting=False, layout_features=["kern", "mark"], name_IDs=["*"], notdef_outline=True
    )
    options.drop_tables += ["vhea", "vmtx", "BASE", "STAT"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=characters())
    subsetter.subset(font)
    rename(font, WEIGHTS[weight])
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def rename(font: TTFont, style: str) -> None:
    """Give a font the family name of the figures."""
    names = font["name"]
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    for identifier in TYPOGRAPHIC:
        names.removeNames(nameID=identifier)
    for record in list(names.names):
        new = {
            FAMILY_NAME: FAMILY,
            STYLE: style,
            UNIQUE: f"{postscript}; subset of {record.toUnicode()}",
            FULL: f"{FAMILY} {style}",
            POSTSCRIPT: postscript,
        }.get(record.nameID)
        if new:
            record.string = new


def main(arguments: Sequence[str] | None = None) -> int:
    """Make or check the fonts; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where stale")
    parser.add_argument("--source", type=Path, default=SOURCE, help="folder of the npm package")
    parser.add_argument("--output", type=Path, default=FOLDER, help="folder of the subsets")
    options = parser.parse_args(arguments)
    try:
        files = {
            path(weight).name: make(
                options.source / f"{weight}{style}" / f"NotoSansSC_{weight}{style}.ttf", weight
            )
            for weight, style in WEIGHTS.items()
        }
        license_text = options.source / "LICENSE_FONT"
        if not license_text.is_file():
            raise FontError(f"{license_text} is missing: run `npm ci` first (`make check` does).")
        files[LICENSE] = license_text.read_bytes()
    except FontError as error:
        print(error, file=sys.stderr)
        return 1
    if options.check:
        old = stale(options.output, files)
        print(
            *(f"{options.output / name}: stale" for name in old), sep="\n", end="\n" if old else ""
        )
        print(f"{len(files)} files of the typeface checked, {len(old)} stale")
        return 1 if old else 0
    write_folder(options.output, files, LICENSE)
    size = sum(map(len, files.values()))
    print(f"{len(characters())} characters, {size / 1024:.0f} KiB in {options.output}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
