"""The MindSpore backend: runs the real ``nn.AdamWeightDecay`` or ``experimental.optim.AdamW``."""

import contextlib
import functools
import itertools
import os
import tempfile
from collections.abc import Iterator
from typing import Any

import numpy as np

from adamwd.backends.arguments import (
    learning_rates_of,
    options_of,
    parameters_of,
    scheduled_options_of,
)
from adamwd.backends.recorder import Arrays, provenance, record
from adamwd.backends.unavailable import BackendUnavailable
from adamwd.spec import Spec
from adamwd.trace import Trace


def run(spec: Spec) -> Trace:
    """Run a spec with the MindSpore optimizer that it names, on MindSpore's current device.

    Args:
        spec: What to run.

    Returns:
        The trace.

    Raises:
        BackendUnavailable: If MindSpore is not installed.
        TypeError: If the optimizer has no such hyper-parameter, or one has the wrong type.
        ValueError: If the optimizer refuses a hyper-parameter.
    """
    mindspore = _mindspore()
    mode = "graph" if mindspore.get_context("mode") == mindspore.GRAPH_MODE else "PyNative"
    with _scratch_directory():
        return record(
            spec,
            "mindspore",
            functools.partial(_Optimizer, mindspore, spec),
            provenance(
                "mindspore", mindspore.__version__, mindspore.get_context("device_target"), mode
            ),
        )


def _mindspore() -> Any:
    try:
        import mindspore
        import mindspore.experimental.optim
        import mindspore.nn
    except ImportError as error:
        raise BackendUnavailable("mindspore", "MindSpore", error) from error
    return mindspore


@contextlib.contextmanager
def _scratch_directory() -> Iterator[None]:
    """Where a graph does not compile, MindSpore writes ``rank_0`` into the current directory."""
    before = os.getcwd()
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        try:
            yield
        finally:
            os.chdir(before)


class _Optimizer:
    """A MindSpore optimizer driven by arrays by name."""

    def __init__(self, mindspore: Any, spec: Spec, start: Arrays) -> None:
        self._mindspore = mindspore
        self._parameters = {
            name: mindspore.Parameter(mindspore.Tensor(data.copy()), name=name)
            for name, data in start.items()
        }
        make, self._moment_names = {
            "mindspore.nn.AdamWeightDecay": (
                mindspore.nn.AdamWeightDecay,
                ("moments1", "moments2"),
            ),
            "mindspore.experimental.optim.AdamW": (
                mindspore.experimental.optim.AdamW,
                ("exp_avg", "exp_avg_sq"),
            ),
        }[spec.optimizer]
        experimental = spec.optimizer.startswith("mindspore.experimental.")
        options = options_of(spec) if experimental else scheduled_options_of(spec)
        self._optimizer = make(parameters_of(spec, self._parameters), **options)
        self._rates = iter((learning_rates_of(spec) or ()) if experimental else ())

    def step(self, gradients: Arrays) -> None:
        for rate in itertools.islice(self._rates, 1):
            self._mindspore.ops.assign(self._optimizer.param_groups[0]["lr"], rate)
        order = self._optimizer.parameters
        self._optimizer(tuple(self._mindspore.Tensor(gradients[p.name].copy()) for p in order))

    def parameters(self) -> Arrays:
        # asnumpy() is a live view of the parameter.
        return {name: np.array(p.asnumpy()) for name, p in self._parameters.items()}

    def moments(self) -> tuple[Arrays, Arrays]:
        names = [p.name for p in self._optimizer.parameters]
        first, second = (
            {
                name: np.array(moment.asnumpy())
                for name, moment in zip(names, getattr(self._optimizer, attribute), strict=True)
            }
            for attribute in self._moment_names
        )
        return first, second
