"""Values as Python code: every digit that counts, and lines that fit."""

import json
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

WIDTH = 96


def literal(value: Any) -> str:
    """Return a value as a Python expression that reads back to the same value.

    Args:
        value: A number, flag, string, or a sequence of them; a list becomes a list.
    """
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, tuple):
        inside = ", ".join(literal(item) for item in value)
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    if isinstance(value, Sequence):
        return f"[{', '.join(literal(item) for item in value)}]"
    return repr(value)


def call(name: str, arguments: Mapping[str, Any], *first: str) -> str:
    """Return a call, over several lines where one is too long.

    Args:
        name: What is called.
        arguments: Keyword arguments; a string that is `code` stands as it is.
        *first: Positional arguments, as code.
    """
    parts = [*first, *(f"{key}={as_code(value)}" for key, value in arguments.items())]
    line = f"{name}({', '.join(parts)})"
    if len(line) <= WIDTH - 20:
        return line
    return f"{name}(\n" + "".join(f"    {part},\n" for part in parts) + ")"


class Code(str):
    """A string that is Python code, and not a value."""


def as_code(value: Any) -> str:
    """Return code as it is, and a value as its literal.

    Args:
        value: Code or a value.
    """
    return str(value) if isinstance(value, Code) else literal(value)


def wrapped(values: Sequence[Any], indent: str = "    ") -> str:
    """Return a list of many values, filling its lines.

    Args:
        values: The values.
        indent: What the lines begin with.
    """
    text = ", ".join(literal(value) for value in values)
    lines = textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False
    )
    return "[\n" + "\n".join(lines) + ",\n]"
