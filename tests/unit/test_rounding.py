"""Rounding against exact rational arithmetic."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adamwd.rounding import bias_correction, fused_multiply_add, integer_power, lerp

SINGLE = st.floats(-(2.0**50), 2.0**50, width=32).filter(lambda x: x == 0 or abs(x) > 1e-15)
DOUBLE = st.floats(-1e100, 1e100).filter(lambda x: x == 0 or abs(x) > 1e-100)


@given(SINGLE, SINGLE, SINGLE)
def test_fused_multiply_add_rounds_once_in_float32(a, b, c):
    exact = Fraction(a) * Fraction(b) + Fraction(c)
    result = fused_multiply_add(np.float32(a), np.float32(b), np.float32(c))
    assert result.dtype == np.float32
    # float(Fraction) is correctly rounded, so this differs at most by rounding twice.
    assert result == np.float32(float(exact))


@given(DOUBLE, DOUBLE, DOUBLE)
def test_fused_multiply_add_rounds_once_in_float64(a, b, c):
    exact = Fraction(a) * Fraction(b) + Fraction(c)
    result = float(fused_multiply_add(np.float64(a), np.float64(b), np.float64(c)))
    nearest = float(exact)
    assert abs(result - nearest) <= np.spacing(abs(nearest))
    # It is better than rounding twice wherever the two differ.
    assert abs(Fraction(result) - exact) <= abs(Fraction(a * b + c) - exact)


def test_fused_multiply_add_does_not_lose_what_the_product_loses():
    a = np.float64(1 + 2**-30)
    assert a * a - np.float64(1 + 2**-29) == 0
    assert fused_multiply_add(a, a, np.float64(-(1 + 2**-29))) == 2**-60


def test_fused_multiply_add_survives_numbers_too_large_to_split():
    assert fused_multiply_add(np.float64(1e305), np.float64(2.0), np.float64(1.0)) == 2e305


@given(st.floats(0, 1), st.integers(0, 5000))
def test_integer_power_gives_the_correctly_rounded_bias_correction(base, exponent):
    exact = Fraction(base) ** min(exponent, 200) if exponent <= 200 else None
    power = integer_power(base, exponent)
    assert 0.0 <= power <= 1.0
    if exact is not None:
        assert abs(Fraction(power) - exact) <= Fraction(1, 2**53)
    assert power == pytest.approx(base**exponent, rel=1e-12, abs=1e-50)


@pytest.mark.parametrize(("base", "exponent"), [(-0.1, 2), (1.5, 2), (float("nan"), 1), (0.5, -1)])
def test_integer_power_refuses_what_is_no_decay_rate(base, exponent):
    with pytest.raises(ValueError, match="must be"):
        integer_power(base, exponent)


def test_bias_correction_broadcasts():
    betas = np.array([[0.9], [0.999]])
    steps = np.array([1, 2, 10])
    result = bias_correction(betas, steps)
    assert result.shape == (2, 3)
    assert result[1, 2] == bias_correction(0.999, 10)
    assert bias_correction(0.9, 1) == pytest.approx(0.1, rel=1e-15)


@given(SINGLE, SINGLE, st.floats(0, 1, width=32))
def test_lerp_is_exact_at_its_ends_and_close_between(start, end, weight):
    start, end, weight = map(np.float32, (start, end, weight))
    result = float(lerp(start, end, weight))
    exact = (1 - float(weight)) * float(start) + float(weight) * float(end)
    assert abs(result - exact) <= 2e-7 * (abs(start) + abs(end))
    assert lerp(start, end, np.float32(0)) == start
    assert lerp(start, end, np.float32(1)) == end
