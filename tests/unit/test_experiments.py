"""The recorded NumPy traces: the same bits here, under NumPy 1.26 and 2.x, as where recorded."""

from pathlib import Path

import pytest

from adamwd import Trace, run
from adamwd.compare import TOLERANCES, trace_error
from adamwd.experiments import EXPERIMENTS, backend_of
from adamwd.spec import Spec

TRACES = Path(__file__).parents[2] / "docs" / "data" / "traces"
RUNS = [
    (f"{experiment.name}/{label}", spec)
    for experiment in EXPERIMENTS.values()
    for label, spec in experiment.specs.items()
]
# Its exp and tanh come from the platform's C library.
USES_EXP = ("logistic_regression",)


@pytest.mark.parametrize(("name", "spec"), RUNS, ids=[name for name, _ in RUNS])
def test_the_reference_gives_the_recorded_numbers(name, spec: Spec):
    recorded = Trace.read(TRACES / f"{name}.numpy.json")
    trace = run(spec)
    assert recorded.spec.to_json() == spec.to_json()
    assert trace_error(recorded, trace) <= TOLERANCES["trace/numpy"].limit
    if spec.problem not in USES_EXP:
        assert trace.digest() == recorded.digest()


@pytest.mark.parametrize(("name", "spec"), RUNS, ids=[name for name, _ in RUNS])
def test_every_run_was_also_made_with_the_real_optimizer(name, spec: Spec):
    backend = backend_of(spec)
    real = Trace.read(TRACES / f"{name}.{backend}.json")
    assert real.backend == backend
    assert real.provenance.library == backend
    assert real.provenance.library_version
    assert real.spec.to_json() == spec.to_json()


def test_recorded_traces_stay_below_one_mebibyte():
    assert sum(path.stat().st_size for path in TRACES.rglob("*.json")) < 2**20


def test_no_trace_is_left_over():
    known = {
        f"{name}.{backend}.json" for name, spec in RUNS for backend in ("numpy", backend_of(spec))
    }
    there = {str(path.relative_to(TRACES)) for path in TRACES.rglob("*.json")}
    assert there == known
