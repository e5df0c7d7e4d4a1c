"""Trace: what a run recorded, with its provenance; JSON both ways, files whole or not at all."""

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import numpy as np

from adamwd.jsonable import array_from_json, array_to_json
from adamwd.spec import RECORDABLE, Spec, SpecError

SCHEMA = 1


class TraceError(ValueError):
    """A trace that cannot be read; the message is one sentence that says why."""


@dataclass(frozen=True)
class Provenance:
    """Where a trace came from: with what, on what and when it was made.

    Attributes:
        library: ``"adamwd"``, ``"torch"`` or ``"mindspore"``.
        library_version: Version of that library.
        adamwd_version: Version of this package.
        numpy_version: Version of NumPy, which computed the gradients.
        python_version: Version of Python.
        platform: Operating system and machine, such as ``"Linux-x86_64"``.
        processor: Name of the processor, or ``""`` where it is not known.
        device: ``"CPU"``, ``"GPU"`` or ``"Ascend"``.
        code_path: Which implementation ran, such as ``"single-tensor"`` or ``"PyNative"``.
        date: Day of the run, ISO 8601, UTC.
    """

    library: str
    library_version: str
    adamwd_version: str
    numpy_version: str
    python_version: str
    platform: str
    processor: str
    device: str
    code_path: str
    date: str


@dataclass(frozen=True)
class Trace:
    """What one run recorded.

    Attributes:
        spec: What was run.
        backend: ``"numpy"``, ``"torch"`` or ``"mindspore"``.
        steps: Recorded step numbers, int64, shape (n,); 0 is the start.
        loss: Loss at those steps, float64, shape (n,).
        parameters: By parameter name, arrays of shape (n, *shape) in the run's dtype.
        first_moment: Likewise; empty where not recorded.
        second_moment: Likewise; empty where not recorded.
        update: Parameters minus those one step earlier, zero at step 0; empty where not recorded.
        provenance: With what, on what and when.
    """

    spec: Spec
    backend: str
    steps: np.ndarray[Any, Any]
    loss: np.ndarray[Any, Any]
    provenance: Provenance
    parameters: Mapping[str, np.ndarray[Any, Any]] = field(default_factory=dict)
    first_moment: Mapping[str, np.ndarray[Any, Any]] = field(default_factory=dict)
    second_moment: Mapping[str, np.ndarray[Any, Any]] = field(default_factory=dict)
    update: Mapping[str, np.ndarray[Any, Any]] = field(default_factory=dict)

    def digest(self) -> str:
        """Return the SHA-256 of every recorded number, to compare runs bit for bit.

        NaNs count as equal whatever their bits: processors differ in those.
        """
        sha = hashlib.sha256()
        sha.update(np.ascontiguousarray(self.steps, "<i8").tobytes())
        sha.update(_canonical(self.loss, "<f8"))
        letter = f"<f{np.dtype(self.spec.dtype).itemsize}"
        for quantity in RECORDABLE:
            for name, array in getattr(self, quantity).items():
                sha.update(f"{quantity}/{name}/{array.shape}".encode())
                sha.update(_canonical(array, letter))
        return sha.hexdigest()

    def to_json(self) -> dict[str, Any]:
        """Return a dictionary that `json.dumps` takes."""
        return {
            "schema": SCHEMA,
            "spec": self.spec.to_json(),
            "backend": self.backend,
            "steps": array_to_json(self.steps),
            "loss": array_to_json(self.loss),
            **{
                quantity: {k: array_to_json(a) for k, a in getattr(self, quantity).items()}
                for quantity in RECORDABLE
            },
            "provenance": asdict(self.provenance),
        }

    @classmethod
    def from_json(cls, value: Any) -> "Trace":
        """Read a dictionary written by `to_json`.

        Args:
            value: The dictionary.

        Returns:
            The trace.

        Raises:
            TraceError: If it is no trace, of a newer schema, or its parts do not fit together.
        """
        if not isinstance(value, dict) or "schema" not in value:
            raise TraceError("this is not a trace: the field 'schema' is missing")
        if not isinstance(value["schema"], int) or not 1 <= value["schema"] <= SCHEMA:
            raise TraceError(
                f"trace schema {value['schema']!r} is newer than this adamwd, "
                f"which knows schema {SCHEMA}; install a newer adamwd to read it"
            )
        try:
            spec = Spec.from_json(value["spec"])
            trace = cls(
                spec=spec,
                backend=str(value["backend"]),
                steps=array_from_json(value["steps"], np.int64),
                loss=array_from_json(value["loss"], np.float64),
                provenance=Provenance(
                    **{f.name: str(value["provenance"][f.name]) for f in fields(Provenance)}
                ),
                **{
                    quantity: {
                        name: array_from_json(array, spec.dtype)
                        for name, array in value[quantity].items()
                    }
                    for quantity in RECORDABLE
                },
            )
        except SpecError as error:
            raise TraceError(f"the trace holds a spec that cannot be run: {error}") from error
        except KeyError as error:
            raise TraceError(f"the trace lacks the field {error}") from error
        except (TypeError, ValueError, AttributeError, OverflowError) as error:
            raise TraceError(f"the trace holds something that is no number: {error}") from error
        _check_lengths(trace)
        return trace

    def write(self, path: Path) -> None:
        """Write the trace as JSON, one line a field; the file is whole or not there.

        Args:
            path: Where to; its folder is made if need be.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(self.dumps())
            os.chmod(temporary, 0o644)
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise

    def dumps(self) -> str:
        """Return the text of the JSON file: the same trace gives the same bytes."""
        lines = [
            f"{json.dumps(key)}: {json.dumps(item, allow_nan=False, separators=(',', ':'))}"
            for key, item in self.to_json().items()
        ]
        return "{" + ",\n ".join(lines) + "}\n"

    @classmethod
    def read(cls, path: Path) -> "Trace":
        """Read a file written by `write`.

        Args:
            path: The file.

        Returns:
            The trace.

        Raises:
            TraceError: If the file is missing, truncated, no trace, or of a newer schema.
        """
        try:
            value = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise TraceError(f"{path}: there is no such file; make traces records it") from error
        except (OSError, UnicodeDecodeError) as error:
            raise TraceError(f"{path}: cannot be read: {error}") from error
        except json.JSONDecodeError as error:
            raise TraceError(
                f"{path}: truncated or damaged at character {error.pos}; "
                "make traces records it anew"
            ) from error
        try:
            return cls.from_json(value)
        except TraceError as error:
            raise TraceError(f"{path}: {error}") from error


def _canonical(array: np.ndarray[Any, Any], letter: str) -> bytes:
    copy = np.array(array, dtype=letter)
    copy[np.isnan(copy)] = np.nan
    return copy.tobytes()


def _check_lengths(trace: Trace) -> None:
    count = len(trace.spec.recorded_steps())
    if trace.steps.shape != (count,) or trace.loss.shape != (count,):
        raise TraceError(
            f"the trace should hold {count} steps, "
            f"but has {trace.steps.size} step numbers and {trace.loss.size} losses"
        )
    for quantity in RECORDABLE:
        for name, array in getattr(trace, quantity).items():
            if len(array) != count:
                raise TraceError(f"{quantity} of {name!r} has {len(array)} rows, expected {count}")
