"""What the checks share: parameters and steps of both frameworks, driven by NumPy arrays."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


class Torch:
    """``torch.optim.AdamW`` with its parameters.

    Args:
        starts: Start values by name.
        groups: Parameter groups with names for parameters, or None for no groups.
        **options: Arguments of the optimizer.
    """

    def __init__(
        self,
        starts: Mapping[str, Array],
        groups: Sequence[Mapping[str, Any]] | None = None,
        **options: Any,
    ) -> None:
        import torch

        self.torch = torch
        self.parameters = {
            name: torch.nn.Parameter(torch.from_numpy(np.array(value)))
            for name, value in starts.items()
        }
        self.optimizer = torch.optim.AdamW(_grouped(self.parameters, groups), **options)

    def step(self, gradients: Mapping[str, Array | None]) -> None:
        """Do one step; a gradient of None leaves the parameter's gradient None."""
        for name, gradient in gradients.items():
            value = None if gradient is None else self.torch.from_numpy(np.array(gradient))
            self.parameters[name].grad = value
        self.optimizer.step()

    def value(self, name: str) -> Array:
        """Return a parameter's values, copied."""
        return np.array(self.parameters[name].detach().numpy())


class MindSpore:
    """A MindSpore optimizer, by default ``nn.AdamWeightDecay``, with its parameters.

    Args:
        starts: Start values by name.
        groups: Parameter groups with names for parameters, or None for no groups.
        make: The optimizer's class, or None for ``nn.AdamWeightDecay``.
        **options: Arguments of the optimizer.
    """

    def __init__(
        self,
        starts: Mapping[str, Array],
        groups: Sequence[Mapping[str, Any]] | None = None,
        make: Any = None,
        **options: Any,
    ) -> None:
        import mindspore

        self.mindspore = mindspore
        self.parameters = {
            name: mindspore.Parameter(mindspore.Tensor(np.array(value)), name=name)
            for name, value in starts.items()
        }
        make = make or mindspore.nn.AdamWeightDecay
        self.optimizer = make(_grouped(self.parameters, groups), **options)

    def step(self, gradients: Mapping[str, Array]) -> None:
        """Do one step with gradients by name."""
        self.optimizer(
            tuple(
                self.mindspore.Tensor(np.array(gradients[p.name]))
                for p in self.optimizer.parameters
            )
        )

    def value(self, name: str) -> Array:
        """Return a parameter's values, copied: ``asnumpy()`` is a live view."""
        return np.array(self.parameters[name].asnumpy())


def _grouped(parameters: Mapping[str, Any], groups: Sequence[Mapping[str, Any]] | None) -> Any:
    if groups is None:
        return list(parameters.values())
    return [
        {
            key: [parameters[name] for name in value] if key.endswith("params") else value
            for key, value in group.items()
        }
        for group in groups
    ]
