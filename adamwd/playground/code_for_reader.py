"""The present setting as a script to take away."""

import json

from adamwd.playground.requests import RequestError, parse, read_pair, refused, refused_by
from adamwd.source_code import FRAMEWORKS, NothingToRun, script


def source_code(request: str) -> str:
    """Return a script that runs a setting.

    Args:
        request: ``{"specs": {"left": spec, "right": spec}, "framework": ...}``, as JSON; a
            framework is one of `adamwd.source_code.FRAMEWORKS`.

    Returns:
        ``{"code", "filename"}`` as JSON, ``code`` being null where neither side runs on that
        framework. Or ``{"error": ..., "errors": [...]}``.
    """
    try:
        asked = parse(request)
        specs, refusals = read_pair(asked)
        if refusals:
            return refused(refusals)
        framework = asked.get("framework")
        if framework not in FRAMEWORKS:
            raise RequestError(
                "framework",
                f"framework must be one of {', '.join(FRAMEWORKS)}, got {framework!r}",
            )
    except RequestError as error:
        return refused_by(error)
    try:
        code: str | None = script(specs, framework)
    except NothingToRun:
        code = None
    return json.dumps({"code": code, "filename": f"adamw_{framework}.py"})
