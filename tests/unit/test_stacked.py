"""The batch has the bits of the references, whatever the settings, alone or among thousands."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adamwd import Spec, run
from adamwd.playground.curves import joined, rows_of
from adamwd.problems import PROBLEMS, make_problem
from adamwd.rounding import bias_correction
from adamwd.stacked import _bias_corrections, run_stacked
from tests.unit.test_schedule import SCHEDULES

ADAMW = "torch.optim.AdamW"
OTHER = "mindspore.nn.AdamWeightDecay"
QUANTITIES = ("parameters", "first_moment", "second_moment", "update")
NAMES = [name for name in PROBLEMS if name != "gradient_sequence"]
RATE = st.one_of(st.floats(0, 10), st.floats(1e-8, 1e-2), st.sampled_from([0.0, 1e-4, 1e30]))
# AdamWeightDecay takes no 0; below 0.5 AdamW's interpolation starts from the other end.
BETA = st.one_of(st.floats(0.01, 0.999999), st.sampled_from([1e-30, 0.4999, 0.5, 0.9, 0.999]))
EPS = st.sampled_from([1e-30, 1e-12, 1e-8, 1e-6, 1e-2, 1.0])
DECAY = st.one_of(st.floats(0, 2), st.sampled_from([0.0, 1e-8, 1e-2]))


@st.composite
def adamw_settings(draw):
    return {
        "lr": draw(RATE),
        "betas": [draw(st.one_of(BETA, st.just(0.0))), draw(st.one_of(BETA, st.just(0.0)))],
        "eps": draw(EPS),
        "weight_decay": draw(DECAY),
        "amsgrad": draw(st.booleans()),
        "maximize": draw(st.booleans()),
    }


@st.composite
def other_settings(draw):
    return {
        "learning_rate": draw(RATE),
        "beta1": draw(BETA),
        "beta2": draw(BETA),
        "eps": draw(EPS),
        "weight_decay": draw(DECAY),
    }


def specs_of(problem, mine, other, schedule, steps=25, **options):
    common = {"steps": steps, "record": QUANTITIES, "schedule": schedule, **options}
    return (
        *(Spec(problem, ADAMW, hyperparameters=value, **common) for value in mine),
        *(Spec(problem, OTHER, hyperparameters=value, **common) for value in other),
    )


def stacked(specs, recorded=None):
    first = specs[0]
    rows = [[rows_of(s) for s in specs if s.optimizer == name] for name in (ADAMW, OTHER)]
    problem = make_problem(first.problem, first.problem_options, first.seed)
    recorded = np.array(first.recorded_steps() if recorded is None else recorded)
    return run_stacked(
        problem,
        *map(joined, rows),
        first.steps,
        schedule=first.schedule,
        recorded=recorded,
    )


def assert_same_bits(specs, history):
    for row, spec in enumerate(specs):
        trace = run(spec)
        for quantity in QUANTITIES:
            parts = getattr(trace, quantity).values()
            flat = np.concatenate([array.reshape(len(array), -1) for array in parts], axis=1)
            ours = getattr(history, quantity)[:, row]
            assert ours.dtype == flat.dtype == np.float32
            np.testing.assert_array_equal(ours, flat, err_msg=f"{quantity} of {spec}")


@pytest.mark.parametrize("problem", NAMES)
@given(
    mine=st.lists(adamw_settings(), max_size=3),
    other=st.lists(other_settings(), max_size=3),
    schedule=SCHEDULES,
)
@settings(max_examples=25, deadline=None)
def test_the_batch_has_the_bits_of_the_references(problem, mine, other, schedule):
    specs = specs_of(problem, mine, other, schedule)
    if specs:
        assert_same_bits(specs, stacked(specs))


@pytest.mark.parametrize("size", [0.0, 1e-30, 1e19, 3e19, 1e30])
@given(mine=adamw_settings(), other=other_settings())
@settings(max_examples=15, deadline=None)
def test_also_where_numbers_overflow_and_vanish(size, mine, other):
    options = {"gradient": [size, -size], "names": ["a", "b.gamma"]}
    specs = specs_of("constant_gradient", [mine], [other], {}, problem_options=options)
    assert_same_bits(specs, stacked(specs))


@pytest.mark.parametrize("record_every", [1, 2, 7, 100])
def test_what_is_recorded_now_and_then_is_what_was_there(record_every):
    specs = specs_of("beale", [{}], [{}], {}, steps=30, record_every=record_every)
    assert_same_bits(specs, stacked(specs))


def test_the_last_step_alone_by_default():
    problem = make_problem("beale", {})
    specs = specs_of("beale", [{}], [{}], {}, steps=30)
    rows = [joined([rows_of(spec)]) for spec in specs]
    history = run_stacked(problem, *rows, 30)
    assert history.steps.tolist() == [30]
    for row, spec in enumerate(specs):
        np.testing.assert_array_equal(history.parameters[0, row], run(spec).parameters["w"][-1])


def test_a_setting_is_the_same_among_thousands():
    problem = make_problem("rosenbrock", {})
    rates = np.geomspace(1e-4, 1e-1, 1000)
    spec = Spec("rosenbrock", OTHER, hyperparameters={"learning_rate": float(rates[700])}, steps=40)
    history = run_stacked(problem, joined([]), rows_of(spec, len(rates), lr=rates), 40)
    np.testing.assert_array_equal(history.parameters[0, 700], run(spec).parameters["w"][-1])
    assert len(np.unique(history.parameters[0, :, 0])) > 900


@given(beta=BETA)
def test_corrections_step_by_step_are_those_of_the_powers(beta):
    steps = np.arange(1, 200)
    np.testing.assert_array_equal(_bias_corrections(beta, 199), bias_correction(beta, steps))
