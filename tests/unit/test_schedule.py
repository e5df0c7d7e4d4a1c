"""Schedules: closed forms, the rounding that frameworks share, and what is refused."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adamwd import Spec, SpecError, run
from adamwd.schedule import ScheduleError, learning_rates, rates_at

WARMUP = {"kind": "warmup", "warmup_steps": 4}
COSINE = {"kind": "cosine", "warmup_steps": 2, "minimum_ratio": 0.1}
SCHEDULES = st.one_of(
    st.just({}),
    st.builds(lambda n: {"kind": "warmup", "warmup_steps": n}, st.integers(0, 50)),
    st.builds(
        lambda n, r: {"kind": "cosine", "warmup_steps": n, "minimum_ratio": r},
        st.integers(0, 50),
        st.floats(0, 1),
    ),
    st.builds(
        lambda values: {"kind": "list", "values": values},
        st.lists(st.floats(0, 1), min_size=40, max_size=40),
    ),
)


def test_a_constant_rate_is_not_rounded():
    assert learning_rates({}, 0.1, 3) == [0.1] * 3
    assert learning_rates({"kind": "constant"}, 0.1, 1) == [0.1]


def test_warmup_is_linear_and_then_flat():
    expected = [0.25, 0.5, 0.75, 1.0, 1.0, 1.0]
    assert learning_rates(WARMUP, 1.0, 6) == expected


def test_cosine_falls_to_its_minimum_at_the_last_step():
    rates = learning_rates(COSINE, 1.0, 10)
    assert rates[:2] == [0.5, 1.0]
    assert rates[-1] == pytest.approx(0.1, rel=1e-6)
    assert rates[5] == pytest.approx(0.1 + 0.9 * 0.5 * (1 + math.cos(math.pi / 2)), rel=1e-6)
    assert rates[1:] == sorted(rates[1:], reverse=True)


@given(SCHEDULES, st.floats(0, 10), st.integers(1, 40))
def test_rates_are_float32_and_the_batch_has_the_same(schedule, lr, steps):
    rates = learning_rates(schedule, lr, steps)
    assert len(rates) == steps
    if schedule:
        assert all(rate == float(np.float32(rate)) for rate in rates)
    many = rates_at(schedule, np.array([lr, 0.5]), np.arange(steps), steps)
    np.testing.assert_array_equal(many[:, 0], rates)
    np.testing.assert_array_equal(many[:, 1], learning_rates(schedule, 0.5, steps))


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        ({"kind": "step"}, "kind must be one of constant, warmup, cosine, list, got 'step'"),
        ({"kind": ["list"]}, "kind must be one of"),
        ({"kind": "warmup"}, "needs the field 'warmup_steps'"),
        ({"kind": "warmup", "warmup_steps": 1, "values": []}, "has no field 'values'"),
        ({"kind": "warmup", "warmup_steps": -1}, "whole number from 0 to 1000000, got -1"),
        ({"kind": "warmup", "warmup_steps": True}, "whole number"),
        ({"kind": "cosine", "warmup_steps": 0, "minimum_ratio": 2}, "from 0 to 1, got 2"),
        ({"kind": "cosine", "warmup_steps": 0, "minimum_ratio": math.nan}, "from 0 to 1"),
        ({"kind": "list", "values": "0.1"}, "must be a list"),
        ({"kind": "list", "values": [0.1, -1.0, 0.1]}, r"values\[1\] must be a learning rate"),
        ({"kind": "list", "values": [0.1, math.inf, 0.1]}, r"values\[1\]"),
        ({"kind": "list", "values": [0.1, 0.1]}, "one learning rate a step, 3 in all, got 2"),
    ],
)
def test_what_is_refused(schedule, words):
    with pytest.raises(ScheduleError, match=words):
        learning_rates(schedule, 0.1, 3)
    with pytest.raises(SpecError, match=words) as caught:
        Spec("beale", "torch.optim.AdamW", steps=3, schedule=schedule)
    assert caught.value.field == "schedule"


def test_a_schedule_and_groups_are_refused_together():
    with pytest.raises(SpecError, match="cannot be combined with parameter groups"):
        Spec("beale", "torch.optim.AdamW", groups=({"params": ["w"]},), schedule=WARMUP)


def test_a_spec_without_a_schedule_is_written_as_before():
    spec = Spec("beale", "torch.optim.AdamW")
    assert "schedule" not in spec.to_json()
    scheduled = Spec("beale", "torch.optim.AdamW", schedule=COSINE)
    assert Spec.from_json(scheduled.to_json()) == scheduled


@pytest.mark.parametrize("optimizer", ["torch.optim.AdamW", "mindspore.nn.AdamWeightDecay"])
def test_a_list_of_one_rate_is_that_rate(optimizer):
    rate = float(np.float32(0.01))
    name = "learning_rate" if optimizer.endswith("WeightDecay") else "lr"
    constant = Spec("beale", optimizer, hyperparameters={name: rate}, steps=9)
    listed = Spec("beale", optimizer, steps=9, schedule={"kind": "list", "values": [rate] * 9})
    assert run(constant).digest() == run(listed).digest()
