"""Requests of the page: how they are read, and how a refusal is told."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from adamwd.backends import run as run_spec
from adamwd.problems import ProblemError
from adamwd.spec import Spec, SpecError

SIDES = ("left", "right")

# The words by which the libraries' messages name their arguments, and the page's fields.
_FIELDS = (
    ("learning rate", "lr"),
    ("learning_rate", "lr"),
    ("index 0", "betas.0"),
    ("betas[0]", "betas.0"),
    ("index 1", "betas.1"),
    ("betas[1]", "betas.1"),
    ("beta1", "beta1"),
    ("beta2", "beta2"),
    ("epsilon", "eps"),
    ("eps", "eps"),
    ("weight_decay", "weight_decay"),
    ("Weight_decay", "weight_decay"),
)

MISTAKES = (TypeError, ValueError, RuntimeError, LookupError)


class RequestError(ValueError):
    """A request that cannot be answered.

    Attributes:
        field: What is wrong in it.
    """

    def __init__(self, field: str | None, message: str) -> None:
        super().__init__(message)
        self.field = field


def parse(request: str) -> dict[str, Any]:
    """Read a request.

    Args:
        request: A JSON object.

    Returns:
        The object.

    Raises:
        RequestError: If it is no JSON object.
    """
    try:
        asked = json.loads(request)
    except ValueError as error:
        raise RequestError(None, f"the request is no JSON: {error}") from error
    if not isinstance(asked, dict):
        raise RequestError(None, "the request must be an object")
    return asked


def read_specs(asked: Mapping[str, Any]) -> dict[str, Spec | dict[str, Any]]:
    """Read the specs of a request, by side.

    Args:
        asked: The request, with ``"specs"``.

    Returns:
        For each side its spec, whose optimizer has accepted the hyper-parameters, or the refusal.

    Raises:
        RequestError: If there are no specs.
    """
    specs = asked.get("specs")
    if not isinstance(specs, Mapping):
        raise RequestError("specs", f"specs must map sides to specs, got {specs!r}")
    return {side: _accepted(side, value) for side, value in specs.items()}


def read_pair(asked: Mapping[str, Any]) -> tuple[dict[str, Spec], list[dict[str, Any]]]:
    """Read the two specs that are compared.

    Args:
        asked: The request, with ``"specs": {"left": ..., "right": ...}``.

    Returns:
        The specs by side, and the refusals, one for each side at most. Without refusals there are
        two specs in float32, without groups, of the same problem, steps, seed and schedule.

    Raises:
        RequestError: If one of the two is missing, or they cannot be compared step by step.
    """
    found = read_specs(asked)
    if set(found) != set(SIDES):
        raise RequestError(
            "specs", f"specs must have the sides left and right, got {sorted(found)}"
        )
    refusals = [value for value in found.values() if isinstance(value, dict)]
    specs = {side: found[side] for side in SIDES}
    accepted = {side: spec for side, spec in specs.items() if isinstance(spec, Spec)}
    if not refusals:
        _check_comparable(accepted["left"], accepted["right"])
    return accepted, refusals


def refusal(side: str | None, field: str | None, error: Exception) -> dict[str, Any]:
    """Return what the page is told of an exception.

    Args:
        side: The side that it concerns, if any.
        field: The field that it concerns, if that is known.
        error: The exception.
    """
    message = str(error.args[0]) if isinstance(error, KeyError) and error.args else str(error)
    return {"side": side, "field": field, "type": type(error).__name__, "message": message}


def refused(errors: list[dict[str, Any]]) -> str:
    """Return the answer to a request that cannot be followed.

    Args:
        errors: At least one refusal.
    """
    return json.dumps({"error": errors[0], "errors": errors})


def refused_by(error: Exception) -> str:
    """Return the answer to a request that raised an exception, with its field where it has one.

    Args:
        error: The exception.
    """
    return refused([refusal(None, getattr(error, "field", None), error)])


def _accepted(side: str, value: Any) -> Spec | dict[str, Any]:
    """Return a spec after one step of it, in which its optimizer tells what it refuses."""
    optimizer = str(value.get("optimizer", "")) if isinstance(value, Mapping) else ""
    try:
        spec = Spec.from_json(_with_floats(value))
        run_spec(replace(spec, steps=1, record_every=1), "numpy")
    except (SpecError, ProblemError) as error:
        return refusal(side, error.field, error)
    except MISTAKES as error:
        return refusal(side, _field(str(error), optimizer), error)
    return spec


def _check_comparable(left: Spec, right: Spec) -> None:
    for name in ("problem", "problem_options", "steps", "seed", "record_every", "schedule"):
        if getattr(left, name) != getattr(right, name):
            raise RequestError(name, f"both sides must have the same {name}")
    for spec in (left, right):
        if spec.groups:
            raise RequestError("groups", "parameter groups are not compared here")
        if spec.dtype != "float32":
            raise RequestError("dtype", f"dtype must be float32 here, got {spec.dtype!r}")
        rate = spec.hyperparameters.get("learning_rate")
        if isinstance(rate, Sequence):
            raise RequestError(
                "learning_rate",
                f"learning_rate must be one number here, got {len(rate)}; "
                "one for each step is a schedule of the kind list",
            )


def _with_floats(spec: Any) -> Any:
    """Return a spec whose hyper-parameters are floats wherever they are whole numbers.

    JavaScript writes 1.0 as 1, and the frameworks refuse an integer where they want a float. The
    reader typed a number into a text field, which has no type that a message could complain of.
    """
    if not isinstance(spec, Mapping) or not isinstance(spec.get("hyperparameters"), Mapping):
        return spec
    named = spec["hyperparameters"].items()
    return {**spec, "hyperparameters": {name: _as_float(value) for name, value in named}}


def _as_float(value: Any) -> Any:
    if isinstance(value, list):
        return [_as_float(item) for item in value]
    whole = isinstance(value, int) and not isinstance(value, bool)
    # Through its digits: float() of a whole number that is too large raises an exception.
    return float(str(value)) if whole else value


def _field(message: str, optimizer: str) -> str | None:
    for words, field in _FIELDS:
        if words in message:
            if field == "lr" and optimizer.endswith(".AdamWeightDecay"):
                return "learning_rate"
            return field
    return None
