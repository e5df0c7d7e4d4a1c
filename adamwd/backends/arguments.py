"""From a spec to an optimizer's arguments: parameters or groups of them, and hyper-parameters."""

from collections.abc import Mapping
from typing import Any

from adamwd.schedule import is_constant, learning_rates
from adamwd.spec import Spec

DEFAULT_LEARNING_RATE = 1e-3


def parameters_of(spec: Spec, by_name: Mapping[str, Any]) -> list[Any]:
    """Return what an optimizer takes as its first argument.

    Args:
        spec: What to run.
        by_name: The framework's parameters by name.

    Returns:
        The parameters, or groups with the framework's keys that hold parameters for names.
    """
    if not spec.groups:
        return list(by_name.values())
    return [
        {
            # "params", and MindSpore's "order_params"
            key: [by_name[name] for name in value] if key.endswith("params") else value
            for key, value in group.items()
        }
        for group in spec.groups
    ]


def options_of(spec: Spec) -> dict[str, Any]:
    """Return the hyper-parameters as keyword arguments; JSON's list of betas becomes a tuple.

    Args:
        spec: What to run.
    """
    options = dict(spec.hyperparameters)
    if isinstance(options.get("betas"), list):
        options["betas"] = tuple(options["betas"])
    return options


def learning_rates_of(spec: Spec) -> list[float] | None:
    """Return the learning rate of every step, or None where it stays the same.

    Args:
        spec: What to run.
    """
    if is_constant(spec.schedule):
        return None
    name = "learning_rate" if spec.optimizer.endswith(".AdamWeightDecay") else "lr"
    rate = spec.hyperparameters.get(name, DEFAULT_LEARNING_RATE)
    return learning_rates(spec.schedule, rate, spec.steps)


def scheduled_options_of(spec: Spec) -> dict[str, Any]:
    """Return the arguments of AdamWeightDecay: a schedule is a list as its learning rate.

    Args:
        spec: What to run.
    """
    options = options_of(spec)
    rates = learning_rates_of(spec)
    return options if rates is None else {**options, "learning_rate": rates}
