"""Build step: what the pages load, in docs/assets/app.

In:  site_src (TypeScript and CSS), adamwd, docs/assets/pyodide.
Out: playground.js, figure.js, worker.js, evidence.js, amplification.js and their chunks;
     playground.json (problems, defaults, recorded runs, every file of the runtime with size and
     sha256); presets.json; a contour file for each problem of the plane.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from scripts.atomic import stale, write_folder

ROOT = Path(__file__).resolve().parent.parent
ENTRIES = (
    "playground=site_src/playground/playground.ts",
    "figure=site_src/playground/figure.ts",
    "evidence=site_src/evidence/evidence.ts",
    "amplification=site_src/amplification/amplification.ts",
)
# In one file, which the page keeps: a stopped worker's successor asks the network for nothing.
WORKER = ("worker=site_src/worker/worker.ts",)
SPLITTING = ("--splitting", "--chunk-names=chunk-[hash]")
OPTIONS = (
    "--bundle",
    "--minify",
    "--format=esm",
    "--target=es2022",
    "--charset=utf8",
    "--loader:.css=text",
    "--legal-comments=linked",
    "--log-level=warning",
)


class BundleError(Exception):
    """Something that the bundle needs is missing or wrong; the message says what to do."""


def scripts_and_chunks(esbuild: Path) -> dict[str, bytes]:
    """Run esbuild, and return what it wrote, by file name.

    Raises:
        BundleError: If esbuild is not installed or refuses the sources.
    """
    with tempfile.TemporaryDirectory() as folder:
        for options in ((*ENTRIES, *SPLITTING), WORKER):
            command = [str(esbuild), *options, *OPTIONS, f"--outdir={folder}"]
            try:
                done = subprocess.run(
                    command, cwd=ROOT, check=False, capture_output=True, text=True
                )
            except OSError:
                raise BundleError(
                    f"{esbuild} is missing: run `npm ci` first (`make site` does)."
                ) from None
            if done.returncode != 0:
                raise BundleError(f"esbuild refuses the sources:\n{done.stderr.strip()}")
        return {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}


def build(esbuild: Path, pyodide: Path) -> dict[str, bytes]:
    """Gather every file of the bundle in memory.

    Raises:
        BundleError: If an input is missing or wrong.
    """
    if not (pyodide / "runtime.json").is_file():
        raise BundleError(
            f"{pyodide} has no runtime: run `python -m scripts.page_python` first "
            "(`make site` does)."
        )
    from scripts.page_data import page_data

    return scripts_and_chunks(esbuild) | page_data(pyodide)


def parser() -> argparse.ArgumentParser:
    """Return the command line."""
    p = argparse.ArgumentParser(prog="python -m scripts.bundle", description=__doc__)
    p.add_argument("--esbuild", type=Path, default=ROOT / "node_modules/.bin/esbuild")
    p.add_argument("--pyodide", type=Path, default=ROOT / "docs/assets/pyodide", metavar="DIR")
    p.add_argument("--output", type=Path, default=ROOT / "docs/assets/app", metavar="DIR")
    p.add_argument("--check", action="store_true", help="write nothing; exit 1 if out of date")
    return p


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the build step and return its exit code: 0, or 1 after a sentence on stderr."""
    options = parser().parse_args(arguments)
    try:
        files = build(options.esbuild, options.pyodide)
    except BundleError as error:
        print(error, file=sys.stderr)
        return 1
    if options.check:
        if names := stale(options.output, files):
            print(f"{options.output} is out of date: {', '.join(names)}.", file=sys.stderr)
            return 1
        print(f"{options.output} is up to date.")
        return 0
    write_folder(options.output, files, last="playground.js")
    for name, data in sorted(files.items()):
        if not name.endswith(".LEGAL.txt"):
            print(f"  {name:32} {len(data):>9,} bytes")
    print(f"{options.output}: {len(files)} files, {sum(map(len, files.values())):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
