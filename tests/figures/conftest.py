"""What the tests of the figures share: every figure with its traces, language and theme."""

from __future__ import annotations

from pathlib import Path

import pytest

from adamwd.figures import FIGURES, Runs, read_runs

ROOT = Path(__file__).resolve().parent.parent.parent
TRACES = ROOT / "docs" / "data" / "traces"
_READ: dict[str, Runs] = {}


def runs_of(name: str) -> Runs:
    """Return the recorded traces of a figure, read once."""
    if name not in _READ:
        _READ[name] = read_runs(TRACES, FIGURES[name].experiments)
    return _READ[name]


@pytest.fixture(params=list(FIGURES))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)
