"""Optimizers as code: every hyper-parameter written out, so that no default is relied upon."""

from typing import Any

from adamwd.schedule import is_constant
from adamwd.source_code.literals import Code, call, wrapped
from adamwd.spec import Spec

ADAMW_DEFAULTS: dict[str, Any] = {
    "lr": 1e-3,
    "betas": (0.9, 0.999),
    "eps": 1e-8,
    "weight_decay": 1e-2,
    "amsgrad": False,
    "maximize": False,
}
ADAM_WEIGHT_DECAY_DEFAULTS: dict[str, Any] = {
    "learning_rate": 1e-3,
    "beta1": 0.9,
    "beta2": 0.999,
    "eps": 1e-6,
    "weight_decay": 0.0,
}
FLAGS = ("amsgrad", "maximize")

RATES = {
    "warmup": """
def learning_rate(step):
    return {lr} * min(1.0, step / {warmup_steps})
""",
    "no warmup": """
def learning_rate(step):
    return {lr}
""",
    "cosine": """
def learning_rate(step):
    if step < {warmup_steps}:
        return {lr} * (step / {warmup_steps})
    if step == {warmup_steps} or steps <= {warmup_steps}:
        return {lr}
    part = (step - {warmup_steps}) / (steps - {warmup_steps})
    return {lr} * ({ratio} + (1.0 - {ratio}) * 0.5 * (1.0 + math.cos(math.pi * part)))
""",
}


def arguments(spec: Spec) -> dict[str, Any]:
    """Return every hyper-parameter of a spec by its framework's name, flags only where set.

    Args:
        spec: The spec.
    """
    adamw = not spec.optimizer.endswith(".AdamWeightDecay")
    defaults = ADAMW_DEFAULTS if adamw else ADAM_WEIGHT_DECAY_DEFAULTS
    values = {**defaults, **spec.hyperparameters}
    if "betas" in values:
        values["betas"] = tuple(values["betas"])
    return {name: value for name, value in values.items() if name not in FLAGS or value}


def constructor(spec: Spec, name: str, rates: str | None) -> str:
    """Return the call that makes the optimizer of ``parameters``.

    Args:
        spec: The spec.
        name: What is called, such as ``torch.optim.AdamW``.
        rates: The name of the list of learning rates, for AdamWeightDecay with a schedule.
    """
    values = arguments(spec)
    if rates and "learning_rate" in values:
        values["learning_rate"] = Code(rates)
    return call(name, values, "parameters")


def learning_rates(spec: Spec, name: str) -> str:
    """Return code that makes the list of learning rates, or nothing where the rate is constant.

    Args:
        spec: The spec.
        name: Name of the list.
    """
    schedule = spec.schedule
    if is_constant(schedule):
        return ""
    if schedule["kind"] == "list":
        rates = [float(value) for value in schedule["values"][: spec.steps]]
        return f"{name} = np.float32({wrapped(rates)}).tolist()  # one learning rate a step\n"
    values = arguments(spec)
    warmup_steps = schedule["warmup_steps"]
    kind = "no warmup" if schedule["kind"] == "warmup" and not warmup_steps else schedule["kind"]
    code = RATES[kind].format(
        lr=repr(float(values["lr"] if "lr" in values else values["learning_rate"])),
        warmup_steps=warmup_steps,
        ratio=repr(float(schedule.get("minimum_ratio", 1.0))),
    )
    return (
        f"{code}\n\n"
        f"{name} = np.float32([learning_rate(step) for step in range(1, steps + 1)]).tolist()\n"
    )
