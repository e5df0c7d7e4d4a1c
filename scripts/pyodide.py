"""Build step: Pyodide and NumPy as they are published, in .cache/pyodide/stock.

In:  node_modules/pyodide (its files and the official lock), and the NumPy wheel that this lock
     names, from the first source that has it with the lock's sha256.
Out: a folder that a page could load as it is, and nothing else in it. scripts/page_python.py makes
     of it what our page loads, and scripts/bench.py compares the two.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from scripts.atomic import stale, write_folder
from scripts.pyodide_lock import LockError, cut, read_lock, wheels
from scripts.wheel_sources import Cache, CarrierWheel, Cdn, Source, SourceError, obtain

# npm has checked these against the integrity hashes of package-lock.json.
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
LOCK = "pyodide-lock.json"


def cdn_url(package: Path) -> str:
    """Return Pyodide's folder on its CDN for the version that npm installed."""
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    return f"https://cdn.jsdelivr.net/pyodide/v{version}/full/"


def runtime_files(package: Path, sources: Sequence[Source], cache: Path) -> dict[str, bytes]:
    """Gather every file of the runtime in memory, so that writing starts only when all are there.

    Raises:
        LockError: If the npm package is not installed or is damaged.
        SourceError: If no source has a wheel with the official checksum.
    """
    lock = read_lock(package / LOCK)
    files = {}
    for name in CORE:
        try:
            files[name] = (package / name).read_bytes()
        except OSError:
            raise LockError(
                f"{package / name} is missing: run `npm ci` first (`make site` does)."
            ) from None
    for wheel in wheels(lock):
        files[wheel.file_name], source = obtain(wheel, sources, cache)
        print(f"{wheel.file_name}: from {source}, sha256 as in the official lock")
    files[LOCK] = (json.dumps(cut(lock), indent=1, sort_keys=True) + "\n").encode()
    return files


def parser() -> argparse.ArgumentParser:
    """Return the command line."""
    p = argparse.ArgumentParser(prog="python -m scripts.pyodide", description=__doc__)
    p.add_argument("--package", type=Path, default=Path("node_modules/pyodide"), metavar="DIR")
    p.add_argument("--output", type=Path, default=Path(".cache/pyodide/stock"), metavar="DIR")
    p.add_argument("--cache", type=Path, default=Path(".cache/pyodide"), metavar="DIR")
    p.add_argument("--offline", action="store_true", help="use the cache alone")
    p.add_argument("--check", action="store_true", help="write nothing; exit 1 if out of date")
    return p


def main(arguments: Sequence[str] | None = None, sources: Sequence[Source] | None = None) -> int:
    """Run the build step.

    Args:
        arguments: The command line; the process's own by default.
        sources: Where to look for the wheel; the three of DESIGN 4 by default.

    Returns:
        The exit code: 0, or 1 after one sentence on stderr.
    """
    options = parser().parse_args(arguments)
    try:
        if sources is None:
            sources = [Cache(options.cache)]
            if not options.offline and not options.check:
                read_lock(options.package / LOCK)
                sources = [*sources, Cdn(cdn_url(options.package)), CarrierWheel()]
        files = runtime_files(options.package, sources, options.cache)
    except (LockError, SourceError) as error:
        print(error, file=sys.stderr)
        return 1
    if options.check:
        if names := stale(options.output, files):
            print(f"{options.output} is out of date: {', '.join(names)}.", file=sys.stderr)
            return 1
        print(f"{options.output} is up to date.")
        return 0
    write_folder(options.output, files, last=LOCK)
    total = sum(map(len, files.values()))
    print(f"{options.output}: {len(files)} files, {total:,} bytes ({total / 1e6:.1f} MB)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
