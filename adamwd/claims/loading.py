"""New weights for a parameter whose MindSpore optimizer has been called, and what becomes of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from adamwd.claims import checkpoints, runs
from adamwd.claims.claim import Measurements
from adamwd.claims.modes import mindspore_mode

START = {"w": np.ones(4, np.float32)}
GRADIENT = {"w": np.array([0.1, -0.2, 0.3, 0.4], np.float32)}
LOADED = np.full(4, 5.0, np.float32)

Load = Callable[[runs.MindSpore], object]


def tensor() -> Any:
    """Return the weights to be loaded as a new Tensor."""
    import mindspore

    return mindspore.Tensor(np.array(LOADED))


def set_data(run: runs.MindSpore) -> None:
    """Load by ``Parameter.set_data``."""
    run.parameters["w"].set_data(tensor())


def assign_value(run: runs.MindSpore) -> None:
    """Load by ``Parameter.assign_value``."""
    run.parameters["w"].assign_value(tensor())


def load_param_into_net(run: runs.MindSpore) -> None:
    """Load by ``load_param_into_net`` into a network that holds the parameter."""
    import mindspore

    weights = {"w": mindspore.Parameter(tensor(), name="w")}
    mindspore.load_param_into_net(checkpoints.network(run), weights)


@dataclass(frozen=True)
class Afterwards:
    """What two steps after loading did.

    Attributes:
        loaded: How many elements had the new values before the two steps.
        moved: How many elements the two steps changed.
        state: Everything that the optimizer would save, before and after the two steps.
    """

    loaded: int
    moved: int
    state: tuple[dict[str, runs.Array], dict[str, runs.Array]]

    def changed(self, name: str) -> int:
        """Return how many elements of a state the two steps changed."""
        before, after = self.state
        return int((before[name] != after[name]).sum())


def steps_after(
    load: Load, make: Any = None, mode: str = "PYNATIVE_MODE", **options: Any
) -> Afterwards:
    """Do one step, load new weights, and do two steps more.

    Args:
        load: Gives the parameter of a run the values of `LOADED`.
        make: The optimizer's class, or None for ``nn.AdamWeightDecay``.
        mode: MindSpore's mode.
        **options: Arguments of the optimizer.

    Returns:
        What the two steps did.
    """
    with mindspore_mode(mode):
        run = runs.MindSpore(START, make=make, **options)
        run.step(GRADIENT)
        load(run)
        weights, before = run.value("w"), checkpoints.state(run)
        run.step(GRADIENT)
        run.step(GRADIENT)
        moved = int((run.value("w") != weights).sum())
        after = checkpoints.state(run)
    return Afterwards(int((weights == LOADED).sum()), moved, (before, after))


def measure(measured: Measurements, outcome: Afterwards, moved: int, suffix: str = "") -> None:
    """Measure that the values arrived, and how many elements went on from there."""
    measured.equal(f"elements loaded{suffix}", outcome.loaded, LOADED.size)
    measured.equal(f"elements that later steps move{suffix}", outcome.moved, moved)
