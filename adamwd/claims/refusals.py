"""What both optimizers say to the same unusual argument, side by side."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from adamwd.claims import runs
from adamwd.claims.claim import Measurements

Error = type[BaseException] | None

START: Mapping[str, runs.Array] = {"w": np.ones(4, np.float32)}
GRADIENT: Mapping[str, runs.Array] = {"w": np.array([0.1, -0.2, 0.3, 0.4], np.float32)}


def compare(
    measured: Measurements,
    adam_weight_decay: tuple[Mapping[str, Any], Error],
    adamw: tuple[Mapping[str, Any], Error],
    suffix: str = "",
) -> bool:
    """Construct both optimizers and measure which exception each raises.

    Args:
        measured: Where the two measurements go.
        adam_weight_decay: Arguments of ``nn.AdamWeightDecay``, and the exception, None for none.
        adamw: The same of ``torch.optim.AdamW``.
        suffix: Added to the names of the measurements, where a claim compares more than once.

    Returns:
        Whether both did as expected; if not, what was to be accepted may not be there to step.
    """
    options, error = adam_weight_decay
    measured.raises(f"AdamWeightDecay{suffix}", error, lambda: runs.MindSpore(START, **options))
    torch_options, torch_error = adamw
    measured.raises(f"AdamW{suffix}", torch_error, lambda: runs.Torch(START, **torch_options))
    return all(item.holds for item in measured.items[-2:])


def after_one_step(run_class: Callable[..., Any], /, **options: Any) -> runs.Array:
    """Return the parameter after one step of ``runs.Torch`` or ``runs.MindSpore``."""
    run = run_class(START, **options)
    run.step(GRADIENT)
    value: runs.Array = run.value("w")
    return value
