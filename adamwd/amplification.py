"""How much larger AdamWeightDecay's step is than AdamW's, over a training run with warm-up.

For the page: JSON in and JSON out, as in `adamwd.playground`, which exposes it.
"""

import json
from typing import Any

import numpy as np

from adamwd.rounding import bias_correction

MOST_STEPS = 100_000
# A chart cannot show more; the peaks are found among all steps.
MOST_POINTS = 400


class AmplificationError(ValueError):
    """A request that cannot be answered.

    Attributes:
        field: What is wrong in it.
    """

    def __init__(self, field: str | None, message: str) -> None:
        super().__init__(message)
        self.field = field


def amplification(request: str) -> str:
    r"""Return the step of AdamWeightDecay over that of AdamW, and the effective learning rate.

    The ratio of the two updates is $(1-\beta_1^t) / \sqrt{1-\beta_2^t}$ where eps is negligible.
    Warm-up is linear: its factor at step $t$, counted from 1, is $\min(1, t/n)$ for a warm-up of
    $n$ steps.

    Args:
        request: ``{"beta1", "beta2", "steps", "warmup_steps"}``, as JSON.

    Returns:
        As JSON, ``{"steps", "amplification", "warmup", "effective", "peak", "effective_peak",
        "hidden"}``: lists at the same steps, the largest amplification and the largest effective
        learning rate as ``{"step", "value"}``, and what part of the amplification's excess over 1
        the warm-up takes away (null where there is no excess). The effective learning rate is
        amplification times warm-up factor, 1 being the peak that was asked for. Or ``{"error":
        {"side": null, "field", "type", "message"}}``.
    """
    try:
        asked = json.loads(request)
        if not isinstance(asked, dict):
            raise AmplificationError(None, "the request must be an object")
        beta1, beta2 = (_decay_rate(asked, name) for name in ("beta1", "beta2"))
        last = _whole_number(asked, "steps", 1)
        warmup_steps = _whole_number(asked, "warmup_steps", 0)
    except AmplificationError as error:
        return _refusal(error.field, str(error))
    except ValueError as error:
        return _refusal(None, str(error))
    steps = np.arange(1, last + 1)
    ratio = bias_correction(beta1, steps) / np.sqrt(bias_correction(beta2, steps))
    warmup = np.minimum(1.0, steps / warmup_steps) if warmup_steps else np.ones(last)
    effective = ratio * warmup
    peak, effective_peak = int(ratio.argmax()), int(effective.argmax())
    excess, left = ratio[peak] - 1.0, max(effective[effective_peak] - 1.0, 0.0)
    shown = _shown(last, peak, effective_peak, min(warmup_steps, last) - 1)
    return json.dumps(
        {
            "steps": steps[shown].tolist(),
            "amplification": ratio[shown].tolist(),
            "warmup": warmup[shown].tolist(),
            "effective": effective[shown].tolist(),
            "peak": {"step": peak + 1, "value": float(ratio[peak])},
            "effective_peak": {
                "step": effective_peak + 1,
                "value": float(effective[effective_peak]),
            },
            "hidden": float(1.0 - left / excess) if excess > 0.0 else None,
        },
        allow_nan=False,
    )


def _shown(last: int, *kept: int) -> Any:
    """Return indices evenly spaced on a logarithmic axis, and those that a chart must not miss."""
    spaced = np.round(np.geomspace(1, last, min(last, MOST_POINTS))).astype(int) - 1
    return np.union1d(spaced, [index for index in kept if index >= 0])


def _decay_rate(asked: dict[str, Any], name: str) -> float:
    value = _number(asked, name)
    if not 0.0 < value < 1.0:
        raise AmplificationError(name, f"{name} must lie between 0 and 1, got {value}")
    return value


def _whole_number(asked: dict[str, Any], name: str, least: int) -> int:
    value = _number(asked, name)
    if not least <= value <= MOST_STEPS or value != int(value):
        message = f"{name} must be a whole number from {least} to {MOST_STEPS}, got {value:g}"
        raise AmplificationError(name, message)
    return int(value)


def _number(asked: dict[str, Any], name: str) -> float:
    value = asked.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise AmplificationError(name, f"{name} must be a number, got {value!r}")
    try:
        return float(value)
    except OverflowError:
        raise AmplificationError(name, f"{name} is too large") from None


def _refusal(field: str | None, message: str) -> str:
    error = {"side": None, "field": field, "type": "ValueError", "message": message}
    return json.dumps({"error": error})
