"""From a spec to an optimizer's arguments: parameters or groups of them, and hyper-parameters."""

from collections.abc import Mapping
from typing import Any

from adamwd.spec import Spec


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
