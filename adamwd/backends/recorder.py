"""The loop and the recording that all backends share; each gives it the optimizer to step."""

import datetime
import functools
import os
import platform
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from adamwd.problems import Problem, make_problem
from adamwd.spec import Spec
from adamwd.trace import Provenance, Trace
from adamwd.version import VERSION

Arrays = dict[str, np.ndarray[Any, Any]]


class Stepper(Protocol):
    """A real or reference optimizer with its parameters, driven by NumPy arrays."""

    def step(self, gradients: Arrays) -> None:
        """Do one step with these gradients, by parameter name."""

    def parameters(self) -> Arrays:
        """Return the parameters, copied."""

    def moments(self) -> tuple[Arrays, Arrays]:
        """Return first and second moments, copied."""


def record(
    spec: Spec,
    backend: str,
    make_stepper: Callable[[Arrays], Stepper],
    provenance: Provenance,
) -> Trace:
    """Run a spec and record it.

    Args:
        spec: What to run.
        backend: Name of the backend.
        make_stepper: Makes the optimizer from the start values in the run's dtype.
        provenance: Goes into the trace.

    Returns:
        The trace.
    """
    problem = make_problem(spec.problem, spec.problem_options, spec.seed)
    stepper = make_stepper({name: a.astype(spec.dtype) for name, a in problem.start.items()})
    recorded = set(spec.recorded_steps())
    columns: dict[str, list[Arrays]] = {name: [] for name in spec.record}
    losses: list[float] = []
    # Overflow is a result here, shown as such, and not a mistake to warn about.
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        for step in range(spec.steps + 1):
            before = stepper.parameters()
            if step > 0:
                stepper.step(_gradients(problem, before, step, spec.dtype))
            if step in recorded:
                now = stepper.parameters()
                losses.append(_loss(problem, now))
                for name, column in columns.items():
                    column.append(_quantity(name, stepper, before, now))
    return Trace(
        spec=spec,
        backend=backend,
        steps=np.array(spec.recorded_steps(), np.int64),
        loss=np.array(losses, np.float64),
        provenance=provenance,
        **{name: _stacked(column) for name, column in columns.items()},
    )


def provenance(library: str, version: str, device: str, code_path: str) -> Provenance:
    """Return the provenance of a run made here and now.

    Args:
        library: Name of the library that runs.
        version: Its version.
        device: What it runs on.
        code_path: Which of its implementations runs.

    Returns:
        The provenance; its date is that of SOURCE_DATE_EPOCH, where that is set.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    now = (
        datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
        if epoch
        else datetime.datetime.now(datetime.UTC)
    )
    return Provenance(
        library=library,
        library_version=version,
        adamwd_version=VERSION,
        numpy_version=np.__version__,
        python_version=platform.python_version(),
        platform=f"{platform.system()}-{platform.machine()}",
        processor=processor_name(),
        device=device,
        code_path=code_path,
        date=now.date().isoformat(),
    )


@functools.cache
def processor_name() -> str:
    """Return the name of this machine's processor, or ``""`` where it is not known."""
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor()


def _gradients(problem: Problem, point: Arrays, step: int, dtype: str) -> Arrays:
    gradients = problem.gradient(point, step)
    return {name: gradient.astype(dtype) for name, gradient in gradients.items()}


def _loss(problem: Problem, point: Arrays) -> float:
    try:
        return problem.loss(point)
    except OverflowError:
        return float("inf")


def _quantity(name: str, stepper: Stepper, before: Arrays, now: Arrays) -> Arrays:
    if name == "parameters":
        return now
    if name == "update":
        return {key: now[key] - before[key] for key in now}
    return stepper.moments()[0 if name == "first_moment" else 1]


def _stacked(column: list[Arrays]) -> Mapping[str, np.ndarray[Any, Any]]:
    return {name: np.stack([row[name] for row in column]) for name in column[0]}
