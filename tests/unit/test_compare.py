"""Distances between arrays and traces, by closed forms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adamwd import Spec, run
from adamwd.compare import (
    TOLERANCES,
    absolute,
    distance,
    first_divergent_step,
    relative,
    scaled_error,
    trace_error,
    ulp_distance,
)


@given(st.floats(1, 2**90, width=32), st.integers(1, 5))
def test_neighbours_are_as_many_ulp_apart_as_steps_lie_between(value, steps):
    a = np.array([value], np.float32)
    b = a
    for _ in range(steps):
        b = np.nextafter(b, np.float32(np.inf))
    assert ulp_distance(a, b, a)[0] == pytest.approx(steps, rel=0.5)


def test_ulp_distance_by_a_scale():
    a, b = np.array([1e-8], np.float32), np.array([0.0], np.float32)
    assert ulp_distance(a, b, np.array([1.0], np.float32))[0] == pytest.approx(1e-8 / 2**-23)


def test_nonfinite_values_agree_with_themselves_only():
    a = np.array([np.nan, np.inf, np.inf, np.nan, 1.0])
    b = np.array([np.nan, np.inf, -np.inf, 1.0, np.inf])
    np.testing.assert_array_equal(absolute(a, b), [0, 0, np.inf, np.inf, np.inf])
    np.testing.assert_array_equal(relative(a[:2], b[:2]), [0, 0])
    assert ulp_distance(a[3:4], b[3:4])[0] == np.inf


def test_scaled_error_of_nothing_is_zero():
    assert scaled_error(np.zeros(0), np.zeros(0), np.zeros(0), "relative") == 0


def pair(lr):
    return (
        run(Spec("quadratic", "torch.optim.AdamW", hyperparameters={"lr": lr}, steps=20)),
        run(
            Spec(
                "quadratic",
                "mindspore.nn.AdamWeightDecay",
                hyperparameters={"learning_rate": lr},
                steps=20,
            )
        ),
    )


def test_distance_and_first_divergent_step():
    a, b = pair(0.01)
    apart = distance(a, b)
    assert apart[0] == 0
    assert apart[1] == pytest.approx(
        np.linalg.norm(a.parameters["w"][1].astype(float) - b.parameters["w"][1].astype(float))
    )
    assert first_divergent_step(a, b, 1e-6) == 1
    assert first_divergent_step(a, a, 0.0) is None
    assert first_divergent_step(a, b, 1e9) is None


def test_distance_refuses_runs_that_do_not_belong_together():
    a, _ = pair(0.01)
    with pytest.raises(ValueError, match="same parameters at the same steps"):
        distance(a, run(Spec("quadratic", "torch.optim.AdamW", steps=3)))


def test_trace_error_tells_the_two_optimizers_apart():
    a, b = pair(0.01)
    assert trace_error(a, a) == 0
    assert trace_error(a, b) > 0.01
    shorter = run(Spec("quadratic", "torch.optim.AdamW", steps=3))
    assert trace_error(a, shorter) == np.inf
    bare = run(Spec("quadratic", "torch.optim.AdamW", steps=20, record=()))
    assert trace_error(a, bare) == np.inf


def test_every_tolerance_has_its_reason():
    for name, tolerance in TOLERANCES.items():
        assert tolerance.unit in ("ulp", "relative"), name
        assert tolerance.limit >= 0
        assert len(tolerance.reason) > 20
