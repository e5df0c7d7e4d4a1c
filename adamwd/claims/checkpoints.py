"""Weights and optimizer states, written to a file and read back, as users do it."""

import tempfile
from pathlib import Path
from typing import Any

from adamwd.claims import runs


def mindspore_file(cell: Any) -> dict[str, Any]:
    """Return what ``load_checkpoint`` reads after ``save_checkpoint`` has written a Cell."""
    import mindspore

    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "state.ckpt")
        mindspore.save_checkpoint(cell, path)
        loaded: dict[str, Any] = mindspore.load_checkpoint(path)
    return loaded


def torch_file(state: Any) -> Any:
    """Return what ``torch.load`` reads after ``torch.save`` has written a state."""
    import torch

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "state.pt"
        torch.save(state, path)
        return torch.load(path)


def network(run: runs.MindSpore) -> Any:
    """Return a Cell that holds the parameters of a run under their own names."""
    import mindspore

    cell = mindspore.nn.Cell()
    for name, parameter in run.parameters.items():
        cell.insert_param_to_cell(name, parameter)
    return cell


def module(run: runs.Torch) -> Any:
    """Return a torch module that holds the parameters of a run under their own names."""
    import torch

    return torch.nn.ParameterDict(run.parameters)


def state(run: runs.MindSpore) -> dict[str, runs.Array]:
    """Return copies of everything that a MindSpore optimizer would save, by name."""
    import numpy as np

    return {
        name: np.array(value.asnumpy()) for name, value in run.optimizer.parameters_dict().items()
    }
