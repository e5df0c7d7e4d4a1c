"""Record every experiment with the reference and the real optimizers: docs/data/traces.

python scripts/record.py            records all, keeps a file whose numbers have not changed
python scripts/record.py --check    records nothing; exit 1 where a recorded trace is missing,
                                    of an old spec, or does not agree with a run made now
python scripts/record.py --only beale --backend numpy
"""

import argparse
import dataclasses
import sys
from collections.abc import Iterator
from pathlib import Path

from tqdm import tqdm

from adamwd.backends import BACKENDS, BackendUnavailable, run
from adamwd.compare import TOLERANCES, trace_error
from adamwd.experiments import EXPERIMENTS, backend_of
from adamwd.spec import Spec
from adamwd.trace import Trace, TraceError

TRACES = Path("docs/data/traces")


def jobs(only: str, backends: list[str]) -> Iterator[tuple[str, str, Spec]]:
    """Yield file name, backend and spec of every run asked for.

    Args:
        only: Part of an experiment's name; "" for all.
        backends: Names of backends.
    """
    for experiment in EXPERIMENTS.values():
        if only in experiment.name:
            for label, spec in experiment.specs.items():
                for backend in ("numpy", backend_of(spec)):
                    if backend in backends:
                        yield f"{experiment.name}/{label}.{backend}.json", backend, spec


def same_run(old: Trace, new: Trace) -> bool:
    """Say whether two traces differ in nothing but the day they were made."""
    undated = [dataclasses.replace(trace.provenance, date="") for trace in (old, new)]
    return undated[0] == undated[1] and old.spec == new.spec and old.digest() == new.digest()


def difference(old: Trace, new: Trace) -> str | None:
    """Say in what two traces of one run disagree beyond the table, or None."""
    if old.spec.to_json() != new.spec.to_json():
        return "was recorded from another spec"
    kind = "trace/numpy" if new.backend == "numpy" else "trace/recorded again"
    error = trace_error(old, new)
    if error > TOLERANCES[kind].limit:
        return (
            f"differs by {error:.2g} (relative), more than the {TOLERANCES[kind].limit:g} allowed"
        )
    return None


def compared(path: Path, new: Trace) -> tuple[str | None, bool]:
    """Compare a trace with the file of an earlier run.

    Args:
        path: The file.
        new: The trace of a run made now.

    Returns:
        What is wrong with the file, or None; and whether it need not be written again.
    """
    try:
        old = Trace.read(path)
    except TraceError as error:
        return str(error), False
    return difference(old, new), same_run(old, new)


def main(arguments: list[str] | None = None) -> int:
    """Record or check; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where stale")
    parser.add_argument("--only", default="", help="part of an experiment's name")
    parser.add_argument("--backend", choices=BACKENDS, action="append", help="all by default")
    parser.add_argument("--output", type=Path, default=TRACES, help="folder of the traces")
    options = parser.parse_args(arguments)
    todo = list(jobs(options.only, options.backend or list(BACKENDS)))
    if not todo:
        names = ", ".join(EXPERIMENTS)
        print(f"no experiment is called {options.only!r}; there are {names}", file=sys.stderr)
        return 1
    stale, written = [], 0
    for name, backend, spec in tqdm(todo, desc="runs", unit="run", disable=None):
        path = options.output / name
        try:
            new = run(spec, backend)
        except BackendUnavailable as error:
            print(error, file=sys.stderr)
            return 1
        problem, unchanged = compared(path, new)
        if problem:
            stale.append(f"{path}: {problem}" if str(path) not in problem else problem)
        if not options.check and not unchanged:
            new.write(path)
            written += 1
    if options.check:
        print(*stale, sep="\n", end="\n" if stale else "")
        print(f"{len(todo)} runs made again, {len(stale)} recorded traces stale")
        return 1 if stale else 0
    size = sum(path.stat().st_size for path in options.output.rglob("*.json"))
    print(f"{len(todo)} runs, {written} traces written, {size / 2**20:.2f} MiB in {options.output}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
