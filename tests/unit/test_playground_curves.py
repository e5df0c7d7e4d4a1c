"""The fast path: the bits of the traces, and the derived columns from them."""

import json

import numpy as np
import pytest

from adamwd import Trace, playground
from adamwd.compare import distance
from adamwd.playground.curves import MOST_RECORDED

ADAMW = "torch.optim.AdamW"
OTHER = "mindspore.nn.AdamWeightDecay"
EXPERIMENTAL = "mindspore.experimental.optim.AdamW"
QUANTITIES = ["parameters", "first_moment", "second_moment", "update"]
SETTINGS = {
    "defaults": ({}, {}),
    "amsgrad on one side": ({"amsgrad": True, "lr": 0.1}, {"learning_rate": 0.1}),
    "overflow": ({"lr": 1e30}, {"learning_rate": 1e30}),
}


def spec(optimizer, **change):
    return {"schema": 1, "problem": "beale", "optimizer": optimizer, "steps": 30, **change}


def columns(answer):
    """Return the arrays of an answer by name."""
    text, numbers = answer
    assert numbers.dtype == np.float64
    assert numbers.flags.c_contiguous
    arrays, offset = {}, 0
    for name, shape in json.loads(text)["layout"]:
        size = int(np.prod(shape))
        arrays[name] = numbers[offset : offset + size].reshape(shape)
        offset += size
    assert offset == len(numbers)
    return arrays


def ask(left, right):
    return playground.curves(json.dumps({"specs": {"left": left, "right": right}}))


@pytest.mark.parametrize("problem", ["beale", "noisy_quadratic", "constant_gradient"])
@pytest.mark.parametrize("optimizers", [(ADAMW, OTHER), (OTHER, ADAMW), (EXPERIMENTAL, ADAMW)])
@pytest.mark.parametrize("name", SETTINGS)
def test_curves_are_the_traces_of_run(problem, optimizers, name):
    common = {"problem": problem, "record_every": 4, "record": QUANTITIES, "seed": 3}
    settings = SETTINGS[name]
    specs = {
        side: spec(
            optimizer,
            **common,
            hyperparameters=settings[optimizer == OTHER],
            schedule={"kind": "warmup", "warmup_steps": 3},
        )
        for side, optimizer in zip(("left", "right"), optimizers, strict=True)
    }
    arrays = columns(ask(**specs))
    reply = json.loads(playground.run(json.dumps({"specs": specs})))
    traces = {side: Trace.from_json(value) for side, value in reply["traces"].items()}
    for side, trace in traces.items():
        np.testing.assert_array_equal(arrays["steps"], trace.steps)
        np.testing.assert_array_equal(arrays[f"{side}.loss"], trace.loss)
        for quantity in QUANTITIES:
            parts = getattr(trace, quantity).values()
            flat = np.concatenate([p.reshape(len(p), -1) for p in parts], axis=1)
            np.testing.assert_array_equal(arrays[f"{side}.{quantity}"], flat.astype(np.float64))
        update = arrays[f"{side}.update"][1:]
        with np.errstate(all="ignore"):
            expected = np.sqrt((update**2).mean(axis=1))
        np.testing.assert_allclose(arrays[f"{side}.step_size"][1:], expected, rtol=1e-15)
        assert np.isnan(arrays[f"{side}.step_size"][0])
    if name != "overflow":
        expected = distance(traces["left"], traces["right"])
        np.testing.assert_allclose(arrays["distance"], expected, rtol=1e-15)


@pytest.mark.parametrize("schedule", [{}, {"kind": "warmup", "warmup_steps": 10}])
@pytest.mark.parametrize("betas", [(0.9, 0.999), (0.9, 0.95), (0.5, 0.9)])
def test_the_closed_form_is_the_step_of_a_constant_gradient(schedule, betas):
    common = {"problem": "constant_gradient", "steps": 60, "schedule": schedule}
    common["problem_options"] = {"start": [0.0, 0.0], "gradient": [0.5, 0.5]}
    rest = {"eps": 1e-12, "weight_decay": 0.0}
    left = {"lr": 1e-3, "betas": list(betas), **rest}
    right = {"learning_rate": 1e-3, "beta1": betas[0], "beta2": betas[1], **rest}
    arrays = columns(
        ask(
            spec(ADAMW, hyperparameters=left, **common),
            spec(OTHER, hyperparameters=right, **common),
        )
    )
    for side in ("left", "right"):
        form = arrays[f"{side}.closed_form"]
        assert np.isnan(form[0])
        np.testing.assert_allclose(arrays[f"{side}.step_size"][1:], form[1:], rtol=3e-4)
    assert arrays["right.closed_form"][1] != pytest.approx(arrays["left.closed_form"][1], rel=0.01)


def test_names_are_those_of_the_parameters_in_the_order_of_the_columns():
    options = {"names": ["z.weight", "a.gamma"], "start": [2.0, 3.0]}
    common = {"problem": "constant_gradient", "problem_options": options}
    text, _ = answer = ask(spec(ADAMW, **common), spec(OTHER, **common))
    assert json.loads(text)["names"] == ["z.weight", "a.gamma"]
    assert columns(answer)["left.parameters"][0].tolist() == [2.0, 3.0]


def refused(left, right):
    answer = ask(left, right)
    assert isinstance(answer, str)
    return json.loads(answer)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"steps": 31}, "steps"),
        ({"seed": 1}, "seed"),
        ({"problem": "rosenbrock"}, "problem"),
        ({"problem_options": {"start": [0.0, 0.0]}}, "problem_options"),
        ({"schedule": {"kind": "warmup", "warmup_steps": 3}}, "schedule"),
        ({"record_every": 2}, "record_every"),
    ],
)
def test_runs_that_cannot_be_compared(change, field):
    error = refused(spec(ADAMW), spec(OTHER, **change))["error"]
    assert (error["side"], error["field"]) == (None, field)


def test_refusals_of_both_sides_come_at_once_with_their_fields():
    left = spec(ADAMW, hyperparameters={"lr": -1, "betas": [0.9, 0.9]}, steps=1_000_000)
    right = spec(OTHER, hyperparameters={"learning_rate": -1})
    found = [(e["side"], e["field"]) for e in refused(left, right)["errors"]]
    assert found == [("left", "lr"), ("right", "learning_rate")]


def test_what_is_not_for_this_path():
    steps = MOST_RECORDED
    many = refused(spec(ADAMW, steps=steps), spec(OTHER, steps=steps))["error"]
    assert many["field"] == "record_every"
    assert str(MOST_RECORDED + 1) in many["message"]
    double = refused(spec(ADAMW, dtype="float64"), spec(OTHER, dtype="float64"))["error"]
    assert double["field"] == "dtype"
    groups = [{"params": ["w"]}]
    grouped = refused(spec(ADAMW, groups=groups), spec(OTHER, groups=groups))["error"]
    assert grouped["field"] == "groups"


@pytest.mark.parametrize("request_text", ["", "[]", "{}", '{"specs": 1}', '{"specs": {"left": 1}}'])
def test_what_is_no_request(request_text):
    for call in (playground.curves, playground.sweep, playground.run):
        answer = call(request_text)
        assert isinstance(answer, str)
        assert json.loads(answer)["error"]["message"]


@pytest.mark.parametrize(
    ("left", "right", "message"),
    [
        ({"betas": []}, {}, "index"),
        ({"betas": 0.9}, {}, "subscriptable"),
        ({"lr": None}, {}, "NoneType"),
        ({}, {"learning_rate": [0.1] * 30}, "learning_rate must be one number here, got 30"),
    ],
)
def test_hyperparameters_of_no_use_are_refused_and_raise_nothing(left, right, message):
    error = refused(spec(ADAMW, hyperparameters=left), spec(OTHER, hyperparameters=right))["error"]
    assert message in error["message"]
