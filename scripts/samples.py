"""Run every sample of the pages and record what it prints: docs/samples/output/<name>.txt.

    python -m scripts.samples            runs all, keeps a file whose output has not changed
    python -m scripts.samples --check    records nothing; exit 1 where a recorded output is missing,
                                         without its sample, or not what the sample prints now
    python -m scripts.samples --only torch_example

Each sample runs by itself in an empty folder, since MindSpore may leave files where it runs. The
first line of a recorded output names the versions; it is not compared.
"""

from __future__ import annotations

import argparse
import ast
import importlib.metadata
import os
import platform
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tqdm import tqdm

from adamwd.compare import TOLERANCES
from adamwd.version import VERSION
from scripts import atomic

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "docs/samples"
OUTPUT = SAMPLES / "output"
TOLERANCE = TOLERANCES["trace/recorded again"].limit
TITLES = {"torch": "PyTorch", "mindspore": "MindSpore", "adamwd": "adamwd", "numpy": "NumPy"}
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w.])")


class SampleError(Exception):
    """A sample that does not run; the message says why in one sentence."""


def libraries(source: str) -> list[str]:
    """Return which of the libraries in `TITLES` a program imports, in that order."""
    imported = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported.add(node.module.partition(".")[0])
    return [name for name in TITLES if name in imported]


def provenance(source: str) -> str:
    """Return the first line of a recorded output: with what it was made."""
    versions = []
    for name in libraries(source):
        try:
            version = VERSION if name == "adamwd" else importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError as error:
            raise SampleError(
                f"{TITLES[name]} is not installed; install it with: pip install 'adamwd[{name}]'"
            ) from error
        versions.append(f"{TITLES[name]} {version}")
    versions.append(f"Python {platform.python_version()}")
    return "# " + ", ".join(versions)


def run(sample: Path) -> str:
    """Run a sample in an empty folder and return what is recorded.

    Args:
        sample: The file.

    Returns:
        The line of versions and what the sample printed.

    Raises:
        SampleError: If a library is missing or the sample fails.
    """
    first = provenance(sample.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as scratch:
        done = subprocess.run(
            [sys.executable, str(sample)],
            cwd=scratch,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise SampleError(f"{sample.name} failed with exit code {done.returncode}: {last}")
    return f"{first}\n{done.stdout}"


def difference(old: str, new: str) -> str | None:
    """Say where two recorded outputs disagree, or None; their first lines may differ.

    Text and whole numbers must be the same; other numbers may differ by the tolerance, or by one
    in the last place printed.
    """
    old_lines, new_lines = old.splitlines()[1:], new.splitlines()[1:]
    if len(old_lines) != len(new_lines):
        return f"{len(old_lines)} lines recorded, {len(new_lines)} printed now"
    for number, (before, now) in enumerate(zip(old_lines, new_lines, strict=True), start=2):
        same_text = NUMBER.sub("#", before).split() == NUMBER.sub("#", now).split()
        pairs = zip(NUMBER.findall(before), NUMBER.findall(now), strict=False)
        if not same_text or not all(_close(a, b) for a, b in pairs):
            return f"line {number}: recorded {before.strip()!r}, printed now {now.strip()!r}"
    return None


def _close(a: str, b: str) -> bool:
    if a == b:
        return True
    if "." not in a or "." not in b:
        return False
    x, y = float(a), float(b)
    places = [len(text.partition(".")[2]) for text in (a, b) if "e" not in text.lower()]
    last_place = 10.0 ** -min(places) if places else 0.0
    # A hair more, since 0.1235 - 0.1234 is not exactly one in the last place.
    return abs(x - y) <= max(1.001 * last_place, TOLERANCE * max(abs(x), abs(y)))


def main(arguments: list[str] | None = None) -> int:
    """Record or check; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where stale")
    parser.add_argument("--only", default="", help="part of a sample's name")
    parser.add_argument("--samples", type=Path, default=SAMPLES, help="folder of the samples")
    options = parser.parse_args(arguments)
    output = options.samples / "output"
    samples = sorted(p for p in options.samples.glob("*.py") if options.only in p.stem)
    if not samples:
        print(f"no sample in {options.samples} is called {options.only!r}", file=sys.stderr)
        return 1
    names = {path.stem for path in options.samples.glob("*.py")}
    stale = [f"{p}: its sample is gone" for p in output.glob("*.txt") if p.stem not in names]
    written = 0
    for sample in tqdm(samples, desc="samples", unit="sample", disable=None):
        path = output / f"{sample.stem}.txt"
        try:
            new = run(sample)
        except SampleError as error:
            print(error, file=sys.stderr)
            return 1
        old = path.read_text(encoding="utf-8") if path.is_file() else None
        problem = "there is no such file" if old is None else difference(old, new)
        if problem:
            stale.append(f"{path}: {problem}")
        same_versions = old is not None and old.partition("\n")[0] == new.partition("\n")[0]
        if not options.check and (problem or not same_versions):
            written += atomic.write(path, new.encode())
    if options.check:
        print(*stale, sep="\n", end="\n" if stale else "")
        print(f"{len(samples)} samples run again, {len(stale)} recorded outputs stale")
        return 1 if stale else 0
    for path in output.glob("*.txt"):
        if path.stem not in names:
            path.unlink()
    print(f"{len(samples)} samples, {written} outputs written to {output}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
