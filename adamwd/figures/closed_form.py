"""The closed forms that the measured points are drawn on."""

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


def step_ratio(beta1: float, beta2: float, step: Any) -> Array:
    r"""AdamWeightDecay's step over AdamW's, for a constant gradient and a vanishing eps.

    $$\frac{1-\beta_1^t}{\sqrt{1-\beta_2^t}}$$

    Args:
        beta1: Decay rate of the first moment.
        beta2: Decay rate of the second moment.
        step: $t$, from 1; real numbers are allowed, for a smooth curve.

    Returns:
        The ratio.
    """
    t = np.asarray(step, np.float64)
    return np.asarray((1.0 - beta1**t) / np.sqrt(1.0 - beta2**t))


def first_step_adamw(gradient: Any, eps: float) -> Array:
    r"""Size of AdamW's first step at learning rate 1: $|g| / (|g| + \epsilon)$.

    Args:
        gradient: $g$.
        eps: $\epsilon$.

    Returns:
        The size; bias correction has made it free of the betas.
    """
    g = np.abs(np.asarray(gradient, np.float64))
    return np.asarray(g / (g + eps))


def first_step_adam_weight_decay(gradient: Any, beta1: float, beta2: float, eps: float) -> Array:
    r"""Size of AdamWeightDecay's first step at learning rate 1.

    $$\frac{(1-\beta_1)\,|g|}{\sqrt{1-\beta_2}\,|g| + \epsilon}$$

    Args:
        gradient: $g$.
        beta1: Decay rate of the first moment.
        beta2: Decay rate of the second moment.
        eps: $\epsilon$.

    Returns:
        The size.
    """
    g = np.abs(np.asarray(gradient, np.float64))
    return np.asarray((1.0 - beta1) * g / (np.sqrt(1.0 - beta2) * g + eps))


def lost_weight(lr: float, weight_decay: float, step: Any) -> Array:
    r"""What decay alone has taken from a weight of 1 after $t$ steps: $1 - (1 - lr \cdot wd)^t$.

    Args:
        lr: Learning rate.
        weight_decay: Weight decay.
        step: $t$, from 0.

    Returns:
        The part that is gone, exact where it is far below 1.
    """
    return np.asarray(-np.expm1(np.asarray(step, np.float64) * np.log1p(-lr * weight_decay)))
