"""Build step: the figures, from the recorded traces.

In:  docs/data/traces (make traces).
Out: docs/<language>/assets/figures/<name>.<theme>.<format>, the same bytes each time.

    python scripts/figures.py                                   all of them
    python scripts/figures.py --only loss --language zh --theme dark --format png --output /tmp/f
    python scripts/figures.py --check                           exit 1 where a file is stale
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tqdm import tqdm

from adamwd.figures import FIGURES, FORMATS, LANGUAGES, THEMES, read_runs, render
from adamwd.trace import TraceError
from scripts.atomic import write

TRACES = Path("docs/data/traces")


def place_in(output: Path | None) -> Callable[[str, str], Path]:
    """Return where a file of a language goes.

    Args:
        output: A folder, which gets one folder a language; None for the pages' own.
    """
    if output is None:
        return lambda language, name: Path("docs") / language / "assets" / "figures" / name
    return lambda language, name: output / language / name


def draw(options: argparse.Namespace) -> dict[Path, bytes]:
    """Draw every figure asked for, in memory: what fails, fails before a file is touched.

    Args:
        options: The options of the command line.

    Returns:
        Contents by path.

    Raises:
        TraceError: If a trace cannot be read.
    """
    names = options.only or list(FIGURES)
    runs = {name: read_runs(options.traces, FIGURES[name].experiments) for name in names}
    languages, themes = options.language or LANGUAGES, options.theme or list(THEMES)
    place = place_in(options.output)
    files = {}
    todo = list(itertools.product(names, languages, themes))
    for name, language, theme in tqdm(todo, desc="figures", unit="figure", disable=None):
        figure = FIGURES[name].draw(runs[name], language, theme)
        for file_format in options.format or FORMATS:
            path = place(language, f"{name}.{theme}.{file_format}")
            files[path] = render(figure, theme, file_format)
    return files


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw or check the figures; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where stale")
    for option, choices in (
        ("--only", list(FIGURES)),
        ("--language", LANGUAGES),
        ("--theme", list(THEMES)),
        ("--format", FORMATS),
    ):
        parser.add_argument(
            option, choices=choices, action="append", help="all by default; may be repeated"
        )
    parser.add_argument("--traces", type=Path, default=TRACES, help="folder of the traces")
    parser.add_argument(
        "--output", type=Path, help="a folder to write to, instead of the pages' own"
    )
    options = parser.parse_args(arguments)
    try:
        files = draw(options)
    except TraceError as error:
        print(error, file=sys.stderr)
        return 1
    if options.check:
        stale = [p for p, data in files.items() if not p.is_file() or p.read_bytes() != data]
        print(*(f"{path}: stale" for path in stale), sep="\n", end="\n" if stale else "")
        print(f"{len(files)} figures drawn again, {len(stale)} files stale")
        return 1 if stale else 0
    changed = sum(write(path, data) for path, data in files.items())
    size = sum(map(len, files.values()))
    print(
        f"{len(files)} files of {len(options.only or FIGURES)} figures, {changed} written, "
        f"{size / 2**20:.1f} MiB"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
