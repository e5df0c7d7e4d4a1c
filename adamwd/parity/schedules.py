r"""What one optimizer has to be given at each step to do what the other one does.

Both keep the same moments $m_t$ and $v_t$, and both decay $w$ by $\eta\lambda w$. Their updates are

- AdamW: $\eta\,\frac{m_t/c_1}{\sqrt{v_t/c_2} + \epsilon}$ with $c_i = 1-\beta_i^t$;
- AdamWeightDecay: $\eta\,\frac{m_t}{\sqrt{v_t} + \epsilon}$.

AdamW's is $\eta\frac{\sqrt{c_2}}{c_1} \cdot \frac{m_t}{\sqrt{v_t} + \epsilon\sqrt{c_2}}$, which is
AdamWeightDecay's with another learning rate and another eps. Source: PyTorch 2.13,
torch/optim/adam.py; MindSpore 2.10, mindspore/nn/optim/adam.py.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from adamwd.rounding import bias_correction

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Schedule:
    """What to set at each step.

    Attributes:
        learning_rate: float64, (n,).
        eps: float64, (n,).
        weight_decay: float64, (n,).
    """

    learning_rate: FloatArray
    eps: FloatArray
    weight_decay: FloatArray


def adamw_following_adam_weight_decay(
    steps: npt.ArrayLike,
    learning_rate: npt.ArrayLike,
    betas: tuple[float, float],
    eps: float,
    weight_decay: float,
) -> Schedule:
    r"""Return what makes AdamW do the steps of AdamWeightDecay.

    $\eta'_t = \eta_t c_1/\sqrt{c_2}$, $\epsilon'_t = \epsilon/\sqrt{c_2}$ and
    $\lambda'_t = \lambda \sqrt{c_2}/c_1$, so that $\eta'_t\lambda'_t = \eta_t\lambda$.

    Args:
        steps: Numbers of the steps, counted from 1, (n,).
        learning_rate: AdamWeightDecay's, one number or (n,).
        betas: Exponential decay rates of both.
        eps: AdamWeightDecay's.
        weight_decay: AdamWeightDecay's.

    Returns:
        The same steps in exact arithmetic.

    Raises:
        ValueError: If a step is not at least 1, or a decay rate not within (0, 1).
    """
    first, root = _corrections(steps, betas)
    return Schedule(
        np.asarray(learning_rate, np.float64) * first / root,
        eps / root,
        weight_decay * root / first,
    )


def adam_weight_decay_following_adamw(
    steps: npt.ArrayLike,
    learning_rate: npt.ArrayLike,
    betas: tuple[float, float],
    eps: float,
    weight_decay: float,
) -> Schedule:
    r"""Return what makes AdamWeightDecay do the steps of AdamW.

    $\eta'_t = \eta_t \sqrt{c_2}/c_1$, $\epsilon'_t = \epsilon\sqrt{c_2}$ and
    $\lambda'_t = \lambda c_1/\sqrt{c_2}$. AdamWeightDecay has one eps for all steps: that of the
    last ones, where $c_2$ is near 1, does least harm.

    Args:
        steps: Numbers of the steps, counted from 1, (n,).
        learning_rate: AdamW's, one number or (n,).
        betas: Exponential decay rates of both.
        eps: AdamW's.
        weight_decay: AdamW's.

    Returns:
        The same steps in exact arithmetic.

    Raises:
        ValueError: If a step is not at least 1, or a decay rate not within (0, 1).
    """
    first, root = _corrections(steps, betas)
    return Schedule(
        np.asarray(learning_rate, np.float64) * root / first,
        eps * root,
        weight_decay * first / root,
    )


def _corrections(steps: npt.ArrayLike, betas: tuple[float, float]) -> tuple[Any, Any]:
    r"""Return $c_1$ and $\sqrt{c_2}$, (n,)."""
    numbers = np.asarray(steps)
    if numbers.ndim != 1 or not np.issubdtype(numbers.dtype, np.integer) or np.any(numbers < 1):
        raise ValueError(f"steps must be whole numbers from 1, in one dimension, got {steps!r}")
    for name, beta in zip(("beta1", "beta2"), betas, strict=True):
        if not 0.0 < beta < 1.0:
            raise ValueError(f"{name} must be between 0 and 1, got {beta!r}")
    return bias_correction(betas[0], numbers), np.sqrt(bias_correction(betas[1], numbers))
