"""The MindSpore backend: runs the real ``nn.AdamWeightDecay`` or ``experimental.optim.AdamW``."""

import contextlib
import functools
import os
import tempfile
from collections.abc import Iterator
from typing import Any

import numpy as np

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
    make = (
        _AdamWeightDecay if spec.optimizer == "mindspore.nn.AdamWeightDecay" else _ExperimentalAdamW
    )
    mode = "graph" if mindspore.get_context("mode") == mindspore.GRAPH_MODE else "PyNative"
    with _scratch_directory():
        return record(
            spec,
            "mindspore",
            functools.partial(make, mindspore, spec),
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
    """What both MindSpore optimizers have in common, driven by arrays by name."""

    def __init__(self, mindspore: Any, spec: Spec, start: Arrays) -> None:
        self._mindspore = mindspore
        self._parameters = {
            name: mindspore.Parameter(mindspore.Tensor(data.copy()), name=name)
            for name, data in start.items()
        }

    def _grouped(self, spec: Spec) -> list[Any]:
        if not spec.groups:
            return list(self._parameters.values())
        return [
            {
                key: [self._parameters[n] for n in value] if key.endswith("params") else value
                for key, value in group.items()
            }
            for group in spec.groups
        ]

    def parameters(self) -> Arrays:
        # asnumpy() is a live view of the parameter.
        return {name: np.array(p.asnumpy()) for name, p in self._parameters.items()}

    def _tensors(self, gradients: Arrays, order: Any) -> tuple[Any, ...]:
        return tuple(self._mindspore.Tensor(gradients[p.name].copy()) for p in order)


class _AdamWeightDecay(_Optimizer):
    def __init__(self, mindspore: Any, spec: Spec, start: Arrays) -> None:
        super().__init__(mindspore, spec, start)
        self._optimizer = mindspore.nn.AdamWeightDecay(self._grouped(spec), **spec.hyperparameters)

    def step(self, gradients: Arrays) -> None:
        self._optimizer(self._tensors(gradients, self._optimizer.parameters))

    def moments(self) -> tuple[Arrays, Arrays]:
        names = [p.name for p in self._optimizer.parameters]
        first, second = (
            {name: np.array(m.asnumpy()) for name, m in zip(names, moments, strict=True)}
            for moments in (self._optimizer.moments1, self._optimizer.moments2)
        )
        return first, second


class _ExperimentalAdamW(_Optimizer):
    def __init__(self, mindspore: Any, spec: Spec, start: Arrays) -> None:
        super().__init__(mindspore, spec, start)
        options = dict(spec.hyperparameters)
        if isinstance(options.get("betas"), list):
            options["betas"] = tuple(options["betas"])
        self._optimizer = mindspore.experimental.optim.AdamW(self._grouped(spec), **options)

    def step(self, gradients: Arrays) -> None:
        self._optimizer(self._tensors(gradients, self._optimizer.parameters))

    def moments(self) -> tuple[Arrays, Arrays]:
        names = [p.name for p in self._optimizer.parameters]
        first, second = (
            {name: np.array(m.asnumpy()) for name, m in zip(names, moments, strict=True)}
            for moments in (self._optimizer.exp_avg, self._optimizer.exp_avg_sq)
        )
        return first, second
