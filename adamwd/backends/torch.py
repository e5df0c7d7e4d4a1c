"""The PyTorch backend: runs the real ``torch.optim.AdamW``."""

import functools
from typing import Any

import numpy as np

from adamwd.backends.arguments import learning_rates_of, options_of, parameters_of
from adamwd.backends.recorder import Arrays, provenance, record
from adamwd.backends.unavailable import BackendUnavailable
from adamwd.spec import Spec
from adamwd.trace import Trace


def run(spec: Spec) -> Trace:
    """Run a spec with ``torch.optim.AdamW`` on the CPU.

    Args:
        spec: What to run; its optimizer is ``"torch.optim.AdamW"``.

    Returns:
        The trace.

    Raises:
        BackendUnavailable: If PyTorch is not installed.
        TypeError: If AdamW has no such hyper-parameter.
        ValueError: If AdamW refuses a hyper-parameter.
    """
    torch = _torch()
    options = spec.hyperparameters
    path = "fused" if options.get("fused") else "foreach" if options.get("foreach") else "single"
    capability = torch.backends.cpu.get_cpu_capability()
    return record(
        spec,
        "torch",
        functools.partial(_AdamW, torch, spec),
        provenance("torch", torch.__version__, "CPU", f"{path}-tensor {capability}"),
    )


def _torch() -> Any:
    try:
        import torch
    except ImportError as error:
        raise BackendUnavailable("torch", "PyTorch", error) from error
    return torch


class _AdamW:
    """The real optimizer driven by arrays by name."""

    def __init__(self, torch: Any, spec: Spec, start: Arrays) -> None:
        self._torch = torch
        self._parameters = {
            name: torch.nn.Parameter(torch.from_numpy(data.copy())) for name, data in start.items()
        }
        self._optimizer = torch.optim.AdamW(
            parameters_of(spec, self._parameters), **options_of(spec)
        )
        self._rates = iter(learning_rates_of(spec) or ())

    def step(self, gradients: Arrays) -> None:
        # As a scheduler does it: a schedule means that there are no groups, so one group has all.
        for group, rate in zip(self._optimizer.param_groups, self._rates, strict=False):
            group["lr"] = rate
        for name, parameter in self._parameters.items():
            parameter.grad = self._torch.from_numpy(gradients[name].copy())
        self._optimizer.step()

    def parameters(self) -> Arrays:
        return {name: p.detach().numpy().copy() for name, p in self._parameters.items()}

    def moments(self) -> tuple[Arrays, Arrays]:
        first, second = (
            {name: self._moment(parameter, key) for name, parameter in self._parameters.items()}
            for key in ("exp_avg", "exp_avg_sq")
        )
        return first, second

    def _moment(self, parameter: Any, key: str) -> np.ndarray[Any, Any]:
        state = self._optimizer.state.get(parameter, {})
        moment = state.get(key, self._torch.zeros_like(parameter))
        return np.array(moment.detach().numpy())
