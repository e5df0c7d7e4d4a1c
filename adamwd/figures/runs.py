"""Reading the recorded traces that a figure needs."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from adamwd.experiments import EXPERIMENTS, backend_of
from adamwd.trace import Trace, TraceError

# Experiment -> label -> trace; the labels are those of `adamwd.experiments`.
Runs = Mapping[str, Mapping[str, Trace]]


def read_runs(folder: Path, experiments: Iterable[str]) -> dict[str, dict[str, Trace]]:
    """Read the traces of the real optimizers.

    Args:
        folder: The folder of the traces, such as ``docs/data/traces``.
        experiments: Names of experiments.

    Returns:
        The traces by experiment and label.

    Raises:
        TraceError: If a trace is missing, damaged, of a newer schema, of another spec, or lacks
            what its spec says that it holds.
    """
    runs: dict[str, dict[str, Trace]] = {}
    for name in experiments:
        runs[name] = {}
        for label, spec in EXPERIMENTS[name].specs.items():
            path = folder / name / f"{label}.{backend_of(spec)}.json"
            trace = Trace.read(path)
            if trace.spec.to_json() != spec.to_json():
                raise TraceError(
                    f"{path}: was recorded from another spec; make traces records it anew"
                )
            for quantity in spec.record:
                if not getattr(trace, quantity):
                    raise TraceError(f"{path}: holds no {quantity}; make traces records it anew")
            runs[name][label] = trace
    return runs
