"""Experiments: every named run that the pages, figures and the playground's presets use."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from adamwd.presets import ADAM_WEIGHT_DECAY, ADAMW, presets
from adamwd.spec import RECORDABLE, Spec

PRESET = "preset-"
BETA_PAIRS = ((0.9, 0.999), (0.9, 0.99), (0.9, 0.95), (0.95, 0.98), (0.8, 0.999))
GRADIENT_SIZES = tuple(10.0**exponent for exponent in range(-10, 3))


@dataclass(frozen=True)
class Experiment:
    """Runs that belong together.

    Attributes:
        name: Its key in `EXPERIMENTS`, and its folder under ``docs/data/traces``.
        specs: What is run, by label; a label is ``adamw`` or ``adam_weight_decay``, perhaps with
            something after it, or for a preset of the playground ``left`` or ``right``.
    """

    name: str
    specs: Mapping[str, Spec]


def backend_of(spec: Spec) -> str:
    """Return the backend that runs the real optimizer of a spec.

    Args:
        spec: A spec.

    Returns:
        ``"torch"`` or ``"mindspore"``.
    """
    return "torch" if spec.optimizer.startswith("torch.") else "mindspore"


def _pair(
    problem: str,
    adamw: Mapping[str, Any],
    adam_weight_decay: Mapping[str, Any],
    **common: Any,
) -> dict[str, Spec]:
    return {
        "adamw": Spec(problem, ADAMW, hyperparameters=adamw, **common),
        "adam_weight_decay": Spec(
            problem, ADAM_WEIGHT_DECAY, hyperparameters=adam_weight_decay, **common
        ),
    }


def _matched(lr: float, beta1: float, beta2: float, eps: float, weight_decay: float) -> Any:
    """Return the same hyper-parameters under the names of both optimizers."""
    adamw = {"lr": lr, "betas": [beta1, beta2], "eps": eps, "weight_decay": weight_decay}
    other = {
        "learning_rate": lr,
        "beta1": beta1,
        "beta2": beta2,
        "eps": eps,
        "weight_decay": weight_decay,
    }
    return adamw, other


def _step_ratio() -> Experiment:
    """A constant gradient of 1, no decay, eps far below the moments: the bare rule."""
    specs: dict[str, Spec] = {}
    options = {"start": {"w": [0.0]}, "gradients": {"w": [[1.0]]}}
    for beta1, beta2 in BETA_PAIRS:
        # The peak lies in the first steps, the end of the effect in the thousands.
        for part, steps, record_every in (("early", 64, 1), ("late", 4000, 50)):
            pair = _pair(
                "gradient_sequence",
                *_matched(1e-3, beta1, beta2, 1e-12, 0.0),
                problem_options=options,
                steps=steps,
                record=("update",),
                record_every=record_every,
            )
            specs |= {f"{label}_{beta1}_{beta2}_{part}": spec for label, spec in pair.items()}
    return Experiment("step-ratio", specs)


def _first_step() -> Experiment:
    """One step of learning rate 1 from 0, for gradients of thirteen sizes, with default eps."""
    options = {
        "start": {"w": [0.0] * len(GRADIENT_SIZES)},
        "gradients": {"w": [list(GRADIENT_SIZES)]},
    }
    specs = _pair(
        "gradient_sequence",
        {"lr": 1.0, "weight_decay": 0.0},
        {"learning_rate": 1.0, "weight_decay": 0.0},
        problem_options=options,
        steps=1,
        record=("update",),
    )
    return Experiment("first-step", specs)


def _decay() -> Experiment:
    """Gradient 0: what decay alone does, to three names, at four sizes of lr x weight_decay."""
    names = ("dense.weight", "norm.gamma", "norm.beta")
    options = {
        "start": {name: [1.0] for name in names},
        "gradients": {name: [[0.0]] for name in names},
    }
    specs: dict[str, Spec] = {}
    for lr, weight_decay in ((1e-2, 1e-1), (1e-3, 1e-2), (1e-4, 1e-3), (1e-4, 1e-4)):
        pair = _pair(
            "gradient_sequence",
            *_matched(lr, 0.9, 0.999, 1e-8, weight_decay),
            problem_options=options,
            steps=2000,
            record_every=50,
        )
        specs |= {f"{label}_{lr:g}_{weight_decay:g}": spec for label, spec in pair.items()}
    return Experiment("decay", specs)


def _experiments() -> dict[str, Experiment]:
    matched = _matched(1e-2, 0.9, 0.999, 1e-8, 1e-2)
    experiments = [_step_ratio(), _first_step(), _decay()]
    for problem, steps in (("rosenbrock", 1000), ("beale", 500), ("quadratic", 500)):
        experiments += [
            Experiment(f"defaults-{problem}", _pair(problem, {}, {}, steps=steps, record_every=5)),
            Experiment(f"matched-{problem}", _pair(problem, *matched, steps=steps, record_every=5)),
        ]
    for problem in ("quadratic", "noisy_quadratic", "rosenbrock", "beale", "logistic_regression"):
        pair = _pair(
            problem,
            {"lr": 0.05},
            {"learning_rate": 0.05},
            steps=300,
            record=RECORDABLE,
            record_every=5,
        )
        experiments.append(Experiment(f"playground-{problem}", pair))
    experiments += [Experiment(f"{PRESET}{name}", pair) for name, pair in presets().items()]
    experimental = Spec(
        "rosenbrock",
        "mindspore.experimental.optim.AdamW",
        hyperparameters={"lr": 1e-2},
        steps=300,
        record_every=5,
    )
    experiments.append(Experiment("experimental-rosenbrock", {"adamw": experimental}))
    return {experiment.name: experiment for experiment in experiments}


EXPERIMENTS: Mapping[str, Experiment] = MappingProxyType(_experiments())
