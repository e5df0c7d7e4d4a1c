"""Code that the reader wrote: compiled, called, and every mistake told with its line."""

import contextlib
import io
import linecache
import traceback
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

MOST_OUTPUT = 10_000
MOST_SOURCE = 50_000

# What reaches out of Python into the page; code that came by a link has no business there.
_OUTSIDE = ("js", "pyodide", "pyodide_js", "_pyodide", "_pyodide_core")


class OwnCodeError(Exception):
    """A mistake in the reader's code.

    Attributes:
        where: ``"loss"``, ``"rules.left"`` or ``"rules.right"``.
        line: Line number in that source, or None where no line is at fault.
        traceback: The calls within the reader's code that led there, as text.
    """

    def __init__(
        self, where: str, message: str, line: int | None = None, traceback: str = ""
    ) -> None:
        super().__init__(message)
        self.where = where
        self.line = line
        self.traceback = traceback


class Source:
    """One piece of the reader's code, executed once.

    Args:
        where: Which of the three it is.
        text: The Python source.

    Raises:
        OwnCodeError: If it is too long, does not compile, or raises an exception.
    """

    def __init__(self, where: str, text: Any) -> None:
        self.where = where
        if not isinstance(text, str) or len(text) > MOST_SOURCE:
            raise OwnCodeError(where, f"the code must be text of at most {MOST_SOURCE} characters")
        self._file = f"<{where}>"
        # So that tracebacks show the reader's own lines.
        lines = text.splitlines(keepends=True)
        linecache.cache[self._file] = (len(text), None, lines, self._file)
        self._names: dict[str, Any] = {"np": np, "__name__": "own_code"}
        with self.mistakes():
            exec(compile(text, self._file, "exec", dont_inherit=True), self._names)

    def function(self, name: str) -> Callable[..., Any] | None:
        """Return a function that the code defines, or None.

        Args:
            name: Its name.
        """
        found = self._names.get(name)
        return found if callable(found) else None

    def required(self, name: str, signature: str) -> Callable[..., Any]:
        """Return a function that the code has to define.

        Args:
            name: Its name.
            signature: How it is called, for the message.

        Raises:
            OwnCodeError: If it is not there.
        """
        found = self.function(name)
        if found is None:
            raise OwnCodeError(self.where, f"the code must define {signature}")
        return found

    @contextlib.contextmanager
    def mistakes(self) -> Iterator[None]:
        """Turn whatever the reader's code raises into an `OwnCodeError`."""
        try:
            yield
        except OwnCodeError:
            raise
        except SyntaxError as error:
            text = "".join(traceback.format_exception_only(error))
            raise OwnCodeError(
                self.where, f"{type(error).__name__}: {error.msg}", error.lineno, text
            ) from error
        # SystemExit and the like too: nothing that the reader writes ends Python here.
        except BaseException as error:
            raise self._explained(error) from error

    def _explained(self, error: BaseException) -> OwnCodeError:
        message = f"{type(error).__name__}: {error}".removesuffix(": ")
        if isinstance(error, ImportError):
            message += " (only NumPy and Python's standard library are here)"
        frames = traceback.extract_tb(error.__traceback__)
        own = traceback.StackSummary.from_list([f for f in frames if f.filename == self._file])
        # A recursion has thousands of frames.
        shown = own[:3] + own[-3:] if len(own) > 6 else own
        text = "".join(traceback.StackSummary.from_list(shown).format()) + message
        return OwnCodeError(self.where, message, own[-1].lineno if own else None, text)


class _Output(io.StringIO):
    """Keeps the beginning of what is printed."""

    def write(self, text: str) -> int:
        left = MOST_OUTPUT - self.tell()
        if left > 0:
            super().write(text[:left])
        return len(text)


@contextlib.contextmanager
def confined() -> Iterator[io.StringIO]:
    """Catch what is printed, and keep the page's modules from being imported."""
    import sys

    missing = object()
    before = {name: sys.modules.get(name, missing) for name in _OUTSIDE}
    output = _Output()
    try:
        for name in _OUTSIDE:
            sys.modules[name] = None  # type: ignore[assignment]
        with contextlib.redirect_stdout(output), np.errstate(all="ignore"):
            yield output
    finally:
        for name, module in before.items():
            if module is missing:
                sys.modules.pop(name, None)
            else:
                sys.modules[name] = module  # type: ignore[assignment]
