"""What the page calls: JSON in and out, and mistakes with the field that they concern."""

import json

import pytest

from adamwd import Trace, playground
from adamwd.problems import make_problem

ADAMW = {"schema": 1, "problem": "beale", "optimizer": "torch.optim.AdamW", "steps": 5}
OTHER = {**ADAMW, "optimizer": "mindspore.nn.AdamWeightDecay"}


def ask(**specs):
    return json.loads(playground.run(json.dumps({"specs": specs})))


def test_a_run_is_two_traces_with_their_digests():
    reply = ask(adamw=ADAMW, adam_weight_decay=OTHER)
    for side in ("adamw", "adam_weight_decay"):
        trace = Trace.from_json(reply["traces"][side])
        assert trace.digest() == reply["digests"][side]
        assert len(trace.loss) == 6


@pytest.mark.parametrize(
    ("side", "change", "field", "kind"),
    [
        ("adamw", {"lr": -1.0}, "lr", "ValueError"),
        ("adamw", {"betas": [1.5, 0.9]}, "betas.0", "ValueError"),
        ("adamw", {"betas": [0.9, 1.0]}, "betas.1", "ValueError"),
        ("adamw", {"eps": -1e-8}, "eps", "ValueError"),
        ("adamw", {"weight_decay": -0.1}, "weight_decay", "ValueError"),
        ("adam_weight_decay", {"learning_rate": -1.0}, "learning_rate", "ValueError"),
        ("adam_weight_decay", {"beta1": 0.0}, "beta1", "ValueError"),
        ("adam_weight_decay", {"beta2": 1.0}, "beta2", "ValueError"),
        ("adam_weight_decay", {"eps": 0.0}, "eps", "ValueError"),
        ("adam_weight_decay", {"weight_decay": -0.1}, "weight_decay", "ValueError"),
    ],
)
def test_a_bad_hyperparameter_names_its_field(side, change, field, kind):
    spec = {**(ADAMW if side == "adamw" else OTHER), "hyperparameters": change}
    error = ask(**{side: spec})["error"]
    assert (error["side"], error["field"], error["type"]) == (side, field, kind)
    assert str(next(iter(change.values()))) in error["message"] or field.startswith("beta")


@pytest.mark.parametrize(
    ("side", "change"),
    [
        ("adamw", {"lr": -1}),
        ("adamw", {"betas": [1, 0.9]}),
        ("adam_weight_decay", {"beta2": 1}),
        ("adam_weight_decay", {"eps": 0}),
    ],
)
def test_a_whole_number_is_refused_for_its_size_and_not_for_its_type(side, change):
    """JavaScript writes 1.0 as 1, and a text field has no types."""
    spec = {**(ADAMW if side == "adamw" else OTHER), "hyperparameters": change}
    error = ask(**{side: spec})["error"]
    assert error["type"] == "ValueError"
    assert "int" not in error["message"].replace("interval", "")


def test_whole_numbers_run_as_floats_and_flags_stay_flags():
    spec = {**ADAMW, "hyperparameters": {"lr": 1, "betas": [0, 0], "amsgrad": True}}
    trace = Trace.from_json(ask(adamw=spec)["traces"]["adamw"])
    assert trace.spec.hyperparameters == {"lr": 1.0, "betas": [0.0, 0.0], "amsgrad": True}
    assert all(isinstance(beta, float) for beta in trace.spec.hyperparameters["betas"])
    assert trace.spec.hyperparameters["amsgrad"] is True


def test_a_whole_number_too_large_for_a_float_does_not_crash():
    spec = {**OTHER, "hyperparameters": {"weight_decay": 10**400}}
    reply = ask(adam_weight_decay=spec)
    assert "traces" in reply or "error" in reply


def test_refusals_on_both_sides_come_at_once_and_before_a_long_run():
    specs = {
        "adamw": {**ADAMW, "steps": 1_000_000, "hyperparameters": {"lr": -1}},
        "adam_weight_decay": {**OTHER, "steps": 1_000_000, "hyperparameters": {"eps": 0}},
    }
    reply = ask(**specs)
    found = [(error["side"], error["field"]) for error in reply["errors"]]
    assert found == [("adamw", "lr"), ("adam_weight_decay", "eps")]
    assert reply["error"] == reply["errors"][0]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"steps": 0}, "steps"),
        ({"problem": "none"}, "problem"),
        ({"problem_options": {"start": [1]}}, "start"),
        ({"seed": -1}, "seed"),
    ],
)
def test_a_bad_spec_names_its_field(change, field):
    assert ask(adamw={**ADAMW, **change})["error"]["field"] == field


@pytest.mark.parametrize("request_text", ["", "[]", "{", "null", '{"specs": 3}', '{"specs": []}'])
def test_what_is_no_request_is_an_error_and_not_a_crash(request_text):
    assert "error" in json.loads(playground.run(request_text))


def test_overflow_comes_back_as_json():
    spec = {**ADAMW, "hyperparameters": {"lr": 1e30}}
    reply = playground.run(json.dumps({"specs": {"adamw": spec}}))
    json.loads(reply, parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))
    assert "traces" in json.loads(reply)


def test_contour_is_the_surface():
    request = {"problem": "beale", "x": [0, 3], "y": [0, 0.5], "size": [4, 2]}
    z = json.loads(playground.contour(json.dumps(request)))["z"]
    assert len(z) == 2
    assert len(z[0]) == 4
    assert z[1][3] == 0.0
    assert z[0][0] == make_problem("beale", {}).surface(0.0, 0.0)


@pytest.mark.parametrize(
    "request_text",
    ["{}", '{"problem": "logistic_regression", "x": [0, 1], "y": [0, 1], "size": [2, 2]}', "[]"],
)
def test_contours_that_cannot_be_drawn(request_text):
    assert "error" in json.loads(playground.contour(request_text))


def test_the_list_of_problems_is_complete_enough_to_draw_a_form():
    for problem in json.loads(playground.problems()):
        start = next(option for option in problem["options"] if option["name"] == "start")
        values = [x for value in problem["parameters"].values() for x in value]
        assert start["default"] == values[:2]
        assert len(problem["components"]) == len(values)
        assert problem["x"][0] < problem["x"][1]
        assert problem["formula"]
