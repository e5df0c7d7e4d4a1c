"""MindSpore's two modes, for checks that depend on the mode."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def mindspore_mode(name: str) -> Iterator[Any]:
    """Run in a mode of MindSpore and go back to the one there was.

    Args:
        name: ``"PYNATIVE_MODE"``, the default, or ``"GRAPH_MODE"``.

    Yields:
        The module ``mindspore``.
    """
    import mindspore

    before = mindspore.get_context("mode")
    mindspore.set_context(mode=getattr(mindspore, name))
    try:
        yield mindspore
    finally:
        mindspore.set_context(mode=before)
