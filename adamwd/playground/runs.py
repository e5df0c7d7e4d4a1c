"""Runs of any specs, as traces with their digests."""

import json

from adamwd.backends import run as run_spec
from adamwd.playground.requests import RequestError, parse, read_specs, refused, refused_by
from adamwd.spec import Spec


def run(request: str) -> str:
    """Run the specs of a request with the NumPy reference.

    Args:
        request: ``{"specs": {side: spec, ...}}``, as JSON.

    Returns:
        ``{"traces": {side: trace}, "digests": {side: sha256}}``, or ``{"error": {"side", "field",
        "type", "message"}, "errors": [...]}`` with the first error and one for each refused spec,
        as JSON.
    """
    try:
        # One step of each first: every refusal is then told at once, and before a long run.
        specs = read_specs(parse(request))
    except RequestError as error:
        return refused_by(error)
    errors = [value for value in specs.values() if isinstance(value, dict)]
    if errors:
        return refused(errors)
    traces = {
        side: run_spec(spec, "numpy") for side, spec in specs.items() if isinstance(spec, Spec)
    }
    reply = {
        "traces": {side: trace.to_json() for side, trace in traces.items()},
        "digests": {side: trace.digest() for side, trace in traces.items()},
    }
    return json.dumps(reply, allow_nan=False)
