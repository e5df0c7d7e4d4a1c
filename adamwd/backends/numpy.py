"""The NumPy backend: the references of this package, in CPython and in the browser alike."""

import numpy as np

from adamwd.adam_weight_decay import AdamWeightDecay
from adamwd.adamw import AdamW
from adamwd.backends.arguments import (
    learning_rates_of,
    options_of,
    parameters_of,
    scheduled_options_of,
)
from adamwd.backends.recorder import Arrays, provenance, record
from adamwd.parameter import Parameter
from adamwd.spec import Spec
from adamwd.trace import Trace
from adamwd.version import VERSION


def run(spec: Spec) -> Trace:
    """Run a spec with the reference of its optimizer.

    Args:
        spec: What to run.

    Returns:
        The trace.

    Raises:
        TypeError: If the optimizer has no such hyper-parameter.
        ValueError: If the optimizer refuses a hyper-parameter.
    """
    make = _AdamWeightDecay if spec.optimizer.endswith(".AdamWeightDecay") else _AdamW
    return record(
        spec,
        "numpy",
        lambda start: make(spec, start),
        provenance("adamwd", VERSION, "CPU", "NumPy reference"),
    )


class _AdamW:
    """`adamwd.AdamW` driven by arrays by name; it also stands for the experimental AdamW."""

    def __init__(self, spec: Spec, start: Arrays) -> None:
        self._parameters = {name: Parameter(data, name) for name, data in start.items()}
        self._optimizer = AdamW(parameters_of(spec, self._parameters), **options_of(spec))
        self._order = [p.name for g in self._optimizer.param_groups for p in g["params"]]
        self._rates = iter(learning_rates_of(spec) or ())

    def step(self, gradients: Arrays) -> None:
        for group, rate in zip(self._optimizer.param_groups, self._rates, strict=False):
            group["lr"] = rate
        self._optimizer.step([gradients[name] for name in self._order])

    def parameters(self) -> Arrays:
        return {name: p.data.copy() for name, p in self._parameters.items()}

    def moments(self) -> tuple[Arrays, Arrays]:
        first, second = (
            {
                name: np.array(self._optimizer.state.get(p, {}).get(key, np.zeros_like(p.data)))
                for name, p in self._parameters.items()
            }
            for key in ("exp_avg", "exp_avg_sq")
        )
        return first, second


class _AdamWeightDecay:
    """`adamwd.AdamWeightDecay` driven by arrays by name."""

    def __init__(self, spec: Spec, start: Arrays) -> None:
        self._parameters = {name: Parameter(data, name) for name, data in start.items()}
        self._optimizer = AdamWeightDecay(
            parameters_of(spec, self._parameters), **scheduled_options_of(spec)
        )

    def step(self, gradients: Arrays) -> None:
        self._optimizer(tuple(gradients[p.name] for p in self._optimizer.parameters))

    def parameters(self) -> Arrays:
        return {name: p.data.copy() for name, p in self._parameters.items()}

    def moments(self) -> tuple[Arrays, Arrays]:
        names = [p.name for p in self._optimizer.parameters]
        first, second = (
            {name: p.data.copy() for name, p in zip(names, moments, strict=True)}
            for moments in (self._optimizer.moments1, self._optimizer.moments2)
        )
        return first, second
