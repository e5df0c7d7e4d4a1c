"""The step inspector: its lines recombine to the very step that the references make."""

import json
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adamwd import Spec, playground, run
from tests.unit.test_playground_curves import ADAMW, EXPERIMENTAL, OTHER, spec
from tests.unit.test_stacked import NAMES, QUANTITIES, adamw_settings, other_settings

SHARED = {
    "gradient",
    "learning_rate",
    "decayed",
    "first_moment",
    "second_moment",
    "denominator",
    "update",
    "parameter",
}


def ask(left, right, step=1, component=0):
    request = {"specs": {"left": left, "right": right}, "step": step, "component": component}
    return json.loads(playground.inspection(json.dumps(request)))


def values(reply, side):
    return {line["id"]: float(line["value"]) for line in reply["sides"][side]["lines"]}


@pytest.mark.parametrize("problem", NAMES)
@given(mine=adamw_settings(), other=other_settings(), step=st.integers(1, 12), data=st.data())
@settings(max_examples=20, deadline=None)
def test_the_last_line_is_the_parameter_of_the_reference(problem, mine, other, step, data):
    common = {"problem": problem, "steps": 12, "schedule": {"kind": "warmup", "warmup_steps": 4}}
    left = spec(ADAMW, hyperparameters=mine, **common)
    right = spec(OTHER, hyperparameters=other, **common)
    count = 3 if problem == "logistic_regression" else 2
    component = data.draw(st.integers(0, count - 1))
    reply = ask(left, right, step, component)
    for side, value in (("left", left), ("right", right)):
        trace = run(Spec.from_json({**value, "record": QUANTITIES}))
        flat = {
            q: np.concatenate([a.reshape(13, -1) for a in getattr(trace, q).values()], axis=1)
            for q in QUANTITIES
        }
        found = values(reply, side)
        for line, quantity in (
            ("parameter", "parameters"),
            ("first_moment", "first_moment"),
            ("second_moment", "second_moment"),
        ):
            expected = flat[quantity][step, component]
            np.testing.assert_array_equal(np.float32(found[line]), expected)


def test_lines_recombine():
    reply = ask(spec(ADAMW), spec(OTHER), step=7, component=1)
    left, right = (values(reply, side) for side in ("left", "right"))
    for found in (left, right):
        assert found["decayed"] + found["update"] == pytest.approx(found["parameter"], rel=1e-6)
    assert left["first_moment_corrected"] == pytest.approx(left["first_moment"] / (1 - 0.9**7))
    assert left["second_moment_corrected"] == pytest.approx(
        left["second_moment"] / (1 - 0.999**7), rel=1e-6
    )
    root = np.sqrt(left["second_moment_corrected"])
    assert left["denominator"] == pytest.approx(root + 1e-8, rel=1e-6)
    assert right["denominator"] == pytest.approx(np.sqrt(right["second_moment"]) + 1e-6, rel=1e-6)


def test_what_differs_is_marked_and_the_terms_of_one_rule_alone():
    matched = {"weight_decay": 0.0, "eps": 1e-8}
    specs = spec(ADAMW, hyperparameters=matched), spec(OTHER, hyperparameters=matched)
    # The second component: the first one's gradient is 0 at the start.
    reply = ask(*specs, component=1)
    lines = {
        side: {line["id"]: line for line in reply["sides"][side]["lines"]}
        for side in ("left", "right")
    }
    assert set(lines["right"]) == SHARED
    assert set(lines["left"]) - SHARED == {"first_moment_corrected", "second_moment_corrected"}
    # The first step: the same point and gradient; MindSpore rounds beta2 before it forms 1 - beta2.
    differing = {"first_moment_corrected", "second_moment_corrected", "denominator", "update"}
    differing.add("second_moment")
    assert {i for i, line in lines["left"].items() if line["differs"]} == {*differing, "parameter"}
    assert {i for i, line in lines["left"].items() if line["own"]} == {
        "first_moment_corrected",
        "second_moment_corrected",
    }
    assert "inspector-difference" in lines["left"]["update"]["formula"]
    assert "inspector-difference" not in lines["right"]["update"]["formula"]


def test_two_runs_of_one_rule_differ_in_nothing():
    reply = ask(spec(ADAMW), spec(EXPERIMENTAL), step=5)
    for side in ("left", "right"):
        assert not any(line["differs"] or line["own"] for line in reply["sides"][side]["lines"])


def test_the_name_filter_is_told():
    common = {"problem": "constant_gradient", "steps": 3}
    decay = {"weight_decay": 0.5}
    left = spec(ADAMW, hyperparameters=decay, **common)
    right = spec(OTHER, hyperparameters=decay, **common)
    filtered = ask(left, right, component=1)
    assert filtered["component"] == "norm.gamma"
    line = next(x for x in filtered["sides"]["right"]["lines"] if x["id"] == "decayed")
    assert "inspector-difference" in line["formula"]
    assert line["differs"]
    assert line["value"] == 1.0
    decayed = ask(left, right, component=0)
    line = next(x for x in decayed["sides"]["right"]["lines"] if x["id"] == "decayed")
    assert not line["differs"]


def test_amsgrad_has_a_line_of_its_own():
    reply = ask(spec(ADAMW, hyperparameters={"amsgrad": True}), spec(OTHER), step=4)
    assert "largest_second_moment" in values(reply, "left")


def test_every_number_stands_in_the_substituted_formulas():
    reply = ask(spec(ADAMW), spec(OTHER), step=3)
    for side in ("left", "right"):
        for line in reply["sides"][side]["lines"]:
            assert re.search(r"\d", line["substituted"]), line
            assert line["formula"].count("{") == line["formula"].count("}")
            assert line["substituted"].count("{") == line["substituted"].count("}")


def test_numbers_that_are_not_finite():
    common = {"problem": "constant_gradient", "problem_options": {"gradient": [2e19, 1.0]}}
    reply = ask(spec(ADAMW, **common), spec(OTHER, **common), step=2)
    lines = {line["id"]: line for line in reply["sides"]["right"]["lines"]}
    assert lines["second_moment"]["value"] == "NaN"
    assert r"\infty" in lines["second_moment"]["substituted"]
    assert lines["parameter"]["value"] == "NaN"


@pytest.mark.parametrize(
    ("step", "component", "field"),
    [(0, 0, "step"), (31, 0, "step"), (True, 0, "step"), ("1", 0, "step"), (1, 2, "component")],
)
def test_what_is_refused(step, component, field):
    assert ask(spec(ADAMW), spec(OTHER), step, component)["error"]["field"] == field
