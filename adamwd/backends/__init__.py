"""Backends: run a spec with NumPy, PyTorch or MindSpore, and get the same kind of trace."""

import importlib

from adamwd.backends.unavailable import BackendUnavailable
from adamwd.spec import Spec, SpecError
from adamwd.trace import Trace

BACKENDS = ("numpy", "torch", "mindspore")

__all__ = ["BACKENDS", "BackendUnavailable", "run"]


def run(spec: Spec, backend: str = "numpy") -> Trace:
    """Run a spec.

    Args:
        spec: What to run.
        backend: ``"numpy"`` for the reference, else the framework whose optimizer the spec names.

    Returns:
        What was recorded, with its provenance.

    Raises:
        SpecError: If there is no such backend, or it does not have the spec's optimizer.
        ProblemError: If the problem or one of its options is not known or out of range.
        BackendUnavailable: If the framework is not installed.
        TypeError: If the optimizer has no such hyper-parameter.
        ValueError: If the optimizer refuses a hyper-parameter.
    """
    if backend not in BACKENDS:
        raise SpecError("backend", f"backend must be one of {', '.join(BACKENDS)}, got {backend!r}")
    if backend != "numpy" and not spec.optimizer.startswith(f"{backend}."):
        raise SpecError("optimizer", f"backend {backend} has no {spec.optimizer}")
    module = importlib.import_module(f"adamwd.backends.{backend}")
    trace: Trace = module.run(spec)
    return trace
