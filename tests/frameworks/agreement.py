"""How close two optimizers are, step by step, in the units of the one table of tolerances."""

import platform

import numpy as np

from adamwd.compare import TOLERANCES, scaled_error

EXACT_HERE = platform.machine() in ("x86_64", "AMD64")


def tolerance(key):
    """Return the table's row; on processors that it does not speak of, the row for those."""
    row = TOLERANCES[key]
    return row if EXACT_HERE or row.limit else TOLERANCES["other processor"]


def gradients(random, steps, size, dtype):
    """Return gradients of every size from 1e-6 to 10: (steps, size)."""
    sizes = 10 ** random.uniform(-3 if dtype == "float16" else -6, 1, size)
    return (random.standard_normal((steps, size)) * sizes).astype(dtype)


class Watch:
    """Collects the largest error of w, m and v over the steps.

    The scale of an error is the largest that the element (for w, also its update) has been so far:
    a value that comes back towards zero keeps the rounding errors of the sizes that it has had.
    """

    def __init__(self, key):
        self.tolerance = tolerance(key)
        self.errors = {"w": 0.0, "m": 0.0, "v": 0.0}
        self.scales = {"w": 0, "m": 0, "v": 0}

    def see(self, before, reference, real):
        """Compare (w, m, v) of both after a step; `before` is the reference's w before it."""
        for name, ours, theirs in zip(("w", "m", "v"), reference, real, strict=True):
            assert ours.dtype == theirs.dtype, name
            size = np.maximum(np.abs(ours), np.abs(ours - before) if name == "w" else 0)
            self.scales[name] = np.maximum(self.scales[name], size)
            error = scaled_error(ours, theirs, self.scales[name], self.tolerance.unit)
            self.errors[name] = max(self.errors[name], error)

    def check(self):
        """Assert that something was seen and that no error was above the table's limit."""
        assert np.any(self.scales["w"])
        for name, error in self.errors.items():
            assert error <= self.tolerance.limit, (name, error, self.tolerance)
