"""Check it yourself: a recorded experiment run again, against CPython and the real library."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from adamwd.backends import run as run_spec
from adamwd.compare import TOLERANCES, trace_error
from adamwd.playground.requests import RequestError, parse, refused_by
from adamwd.spec import RECORDABLE
from adamwd.trace import Trace, TraceError


def verification(request: str) -> str:
    """Run a recorded experiment again and compare it with what was recorded.

    Args:
        request: ``{"reference": trace, "recorded": trace}``, as JSON: the same spec run by the
            NumPy reference in CPython, and by the real library.

    Returns:
        ``{"digest", "reference_digest", "differing", "numbers", "reference_error", "error",
        "limit", "holds"}`` as JSON: the SHA-256 of the run made now and of the reference's, in how
        many of all numbers the two differ and by how much relative to the largest, the error
        against the real library and its limit in the table of tolerances, and whether both hold.
        Or ``{"error": {...}, "errors": [...]}``.
    """
    try:
        asked = parse(request)
        reference, recorded = (_trace(asked, name) for name in ("reference", "recorded"))
        if reference.spec != recorded.spec:
            raise RequestError("recorded", "the two traces are of different specs")
    except RequestError as error:
        return refused_by(error)
    now = run_spec(reference.spec, "numpy")
    differing, numbers = _differing(now, reference)
    reference_error = trace_error(now, reference)
    real_error, limit = trace_error(now, recorded), TOLERANCES["trace/recorded again"].limit
    allowed = TOLERANCES["trace/numpy"].limit
    return json.dumps(
        {
            "digest": now.digest(),
            "reference_digest": reference.digest(),
            "differing": differing,
            "numbers": numbers,
            "reference_error": reference_error,
            "error": real_error,
            "limit": limit,
            "holds": reference_error <= allowed and real_error <= limit,
        }
    )


def _trace(asked: Mapping[str, Any], name: str) -> Trace:
    try:
        return Trace.from_json(asked.get(name))
    except TraceError as error:
        raise RequestError(name, str(error)) from error


def _differing(a: Trace, b: Trace) -> tuple[int, int]:
    """Return how many numbers of two traces differ, and how many there are; NaN equals NaN."""
    pairs = [(a.loss, b.loss)]
    for quantity in RECORDABLE:
        ours, theirs = getattr(a, quantity), getattr(b, quantity)
        pairs += [(ours[name], theirs[name]) for name in theirs]
    differing = sum(int(np.sum((x != y) & ~(np.isnan(x) & np.isnan(y)))) for x, y in pairs)
    return differing, sum(y.size for _, y in pairs)
