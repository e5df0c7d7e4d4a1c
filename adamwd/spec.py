"""Spec: what to run. Problem, optimizer, hyper-parameters, steps, seed; JSON both ways."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from adamwd.schedule import ScheduleError, check_schedule, is_constant

SCHEMA = 1
MAXIMUM_STEPS = 1_000_000
OPTIMIZERS = (
    "torch.optim.AdamW",
    "mindspore.nn.AdamWeightDecay",
    "mindspore.experimental.optim.AdamW",
)
DTYPES = ("float16", "float32", "float64")
RECORDABLE = ("parameters", "first_moment", "second_moment", "update")


class SpecError(ValueError):
    """A spec that cannot be run. The message names the field, the value and what was expected.

    Attributes:
        field: The name of the field, such as ``"steps"``.
    """

    def __init__(self, field_name: str, message: str) -> None:
        super().__init__(message)
        self.field = field_name


@dataclass(frozen=True)
class Spec:
    """One run of one optimizer on one problem.

    Attributes:
        problem: Name of a problem, a key of `adamwd.problems.PROBLEMS`.
        optimizer: One of `OPTIMIZERS`.
        problem_options: Options of the problem, such as ``{"condition_number": 100}``.
        hyperparameters: The optimizer's arguments under its framework's names; what is missing
            has the framework's default.
        groups: Parameter groups: ``{"params": [names], ...}`` with the framework's keys for the
            rest; empty for no groups.
        steps: Number of steps, 1 to 1,000,000.
        seed: Seed of the gradient noise.
        dtype: Dtype of parameters and gradients.
        record: Which of `RECORDABLE` the trace keeps, beside step numbers and losses.
        record_every: Record every so many steps, and always the last.
        schedule: The learning rate over the steps, as `adamwd.schedule` describes it; empty for
            the constant one.

    Raises:
        SpecError: If a field has a value that cannot be run.
    """

    problem: str
    optimizer: str
    problem_options: Mapping[str, Any] = field(default_factory=dict)
    hyperparameters: Mapping[str, Any] = field(default_factory=dict)
    groups: tuple[Mapping[str, Any], ...] = ()
    steps: int = 500
    seed: int = 0
    dtype: str = "float32"
    record: tuple[str, ...] = ("parameters",)
    record_every: int = 1
    schedule: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "groups", tuple(self.groups))
        object.__setattr__(self, "record", tuple(self.record))
        if not isinstance(self.problem, str):
            raise SpecError("problem", f"problem must be a name, got {self.problem!r}")
        _check_choice("optimizer", self.optimizer, OPTIMIZERS)
        _check_choice("dtype", self.dtype, DTYPES)
        for name in self.record:
            _check_choice("record", name, RECORDABLE)
        for name in ("problem_options", "hyperparameters", "schedule"):
            if not isinstance(getattr(self, name), Mapping):
                value = getattr(self, name)
                raise SpecError(name, f"{name} must map names to values, got {value!r}")
        _check_integer("steps", self.steps, 1, MAXIMUM_STEPS)
        _check_integer("record_every", self.record_every, 1, MAXIMUM_STEPS)
        _check_integer("seed", self.seed, 0, 2**32 - 1)
        try:
            check_schedule(self.schedule, self.steps)
        except ScheduleError as error:
            raise SpecError("schedule", str(error)) from error
        if self.groups and not is_constant(self.schedule):
            raise SpecError("schedule", "a schedule cannot be combined with parameter groups")

    def recorded_steps(self) -> list[int]:
        """Return the step numbers that a trace of this spec holds; 0 is the start."""
        steps = list(range(0, self.steps + 1, self.record_every))
        return steps if steps[-1] == self.steps else [*steps, self.steps]

    def to_json(self) -> dict[str, Any]:
        """Return a dictionary that `json.dumps` takes."""
        result = asdict(self)
        result["groups"] = [dict(group) for group in self.groups]
        result["record"] = list(self.record)
        # What was recorded before there were schedules stays as it is.
        if not self.schedule:
            del result["schedule"]
        return {"schema": SCHEMA, **result}

    @classmethod
    def from_json(cls, value: Any) -> "Spec":
        """Read a dictionary written by `to_json`.

        Args:
            value: The dictionary.

        Returns:
            The spec.

        Raises:
            SpecError: If it is no dictionary, is of a newer schema, lacks a field or has an unknown
                one, or a field has a value that cannot be run.
        """
        if not isinstance(value, Mapping):
            raise SpecError("spec", f"a spec must be an object, got {type(value).__name__}")
        schema = value.get("schema")
        if not isinstance(schema, int) or not 1 <= schema <= SCHEMA:
            raise SpecError(
                "schema", f"spec schema {schema!r} is not known here; known: 1 to {SCHEMA}"
            )
        known = {f.name for f in fields(cls)}
        unknown = sorted(set(value) - known - {"schema"})
        if unknown:
            raise SpecError(unknown[0], f"unknown field {unknown[0]!r} in spec")
        for name in ("problem", "optimizer"):
            if name not in value:
                raise SpecError(name, f"field {name!r} is missing in spec")
        return cls(**{name: value[name] for name in known & set(value)})


def _check_choice(name: str, value: Any, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise SpecError(name, f"{name} must be one of {', '.join(choices)}, got {value!r}")


def _check_integer(name: str, value: Any, minimum: int, maximum: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not minimum <= value <= maximum:
        raise SpecError(
            name, f"{name} must be a whole number from {minimum} to {maximum}, got {value!r}"
        )
