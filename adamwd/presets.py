"""The playground's presets: pairs of runs that each tell one story."""

from collections.abc import Mapping
from typing import Any

from adamwd.spec import RECORDABLE, Spec

ADAMW = "torch.optim.AdamW"
ADAM_WEIGHT_DECAY = "mindspore.nn.AdamWeightDecay"
STEPS = 300
# About a hundred points a curve.
RECORD_EVERY = 3


def presets() -> dict[str, dict[str, Spec]]:
    """Return the pairs, ``left`` and ``right``, by the names of their stories."""
    return {
        "defaults": _pair("beale", {}, {}),
        "bias-correction": _pair("constant_gradient", *_bare(), **_constant((1.0, 1.0), (0, 0))),
        "reversal": _pair(
            "constant_gradient",
            *_bare(betas=(0.9, 0.95)),
            **_constant((1.0, 1.0), (0, 0)),
            steps=100,
            record_every=1,
        ),
        # Each has its own default eps, and one gradient is smaller than both allow for.
        "eps-floor": _pair(
            "constant_gradient",
            {"lr": 1e-2, "weight_decay": 0.0},
            {"learning_rate": 1e-2, "weight_decay": 0.0},
            **_constant((1e-1, 1e-6), (1, 1)),
        ),
        "decay-alone": _pair(
            "constant_gradient",
            *_matched(lr=1e-2, weight_decay=0.1),
            **_constant((0, 0), (1, 1), ("dense.weight", "dense.bias")),
        ),
        "name-filter": _pair(
            "constant_gradient",
            *_matched(lr=1e-2, weight_decay=0.1),
            **_constant((0, 0), (1, 1), ("dense.weight", "norm.gamma")),
        ),
        "warmup": _pair(
            "quadratic",
            *_matched(lr=2e-2),
            schedule={"kind": "warmup", "warmup_steps": 100},
        ),
        # AdamW with a decay below float32's resolution, and AdamW without decay.
        "float32-decay": _pair(
            "quadratic",
            {"lr": 1e-4, "weight_decay": 1e-4},
            {"lr": 1e-4, "weight_decay": 0.0},
            optimizers=(ADAMW, ADAMW),
        ),
        # The square of the first gradient is larger than any float32.
        "overflow": _pair(
            "constant_gradient",
            *_matched(lr=1e-2),
            **_constant((2e19, 1.0), (1, 1)),
        ),
    }


def _constant(
    gradient: tuple[float, float],
    start: tuple[float, float],
    names: tuple[str, str] = ("dense.weight", "dense.bias"),
) -> dict[str, Any]:
    options = {
        "gradient": [float(g) for g in gradient],
        "start": [float(s) for s in start],
        "names": list(names),
    }
    return {"problem_options": options}


def _bare(betas: tuple[float, float] = (0.9, 0.999)) -> tuple[dict[str, Any], dict[str, Any]]:
    """The same hyper-parameters, no decay, eps far below the moments: the bare rules."""
    return _matched(lr=1e-3, betas=betas, eps=1e-12)


def _matched(
    lr: float,
    betas: tuple[float, float] = (0.9, 0.999),
    eps: float = 1e-8,
    weight_decay: float = 0.0,
) -> tuple[dict[str, Any], dict[str, Any]]:
    rest = {"eps": eps, "weight_decay": weight_decay}
    return (
        {"lr": lr, "betas": list(betas), **rest},
        {"learning_rate": lr, "beta1": betas[0], "beta2": betas[1], **rest},
    )


def _pair(
    problem: str,
    left: Mapping[str, Any],
    right: Mapping[str, Any],
    *,
    optimizers: tuple[str, str] = (ADAMW, ADAM_WEIGHT_DECAY),
    **common: Any,
) -> dict[str, Spec]:
    shared = {"steps": STEPS, "record_every": RECORD_EVERY, "record": RECORDABLE, **common}
    return {
        side: Spec(problem, optimizer, hyperparameters=values, **shared)
        for side, optimizer, values in zip(
            ("left", "right"), optimizers, (left, right), strict=True
        )
    }
