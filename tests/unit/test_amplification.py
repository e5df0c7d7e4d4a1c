"""The amplification curve: the closed form, what the real libraries did, and honest refusals."""

import json
from pathlib import Path

import numpy as np
import pytest

from adamwd import Trace, playground
from adamwd.experiments import BETA_PAIRS

TRACES = Path(__file__).parents[2] / "docs/data/traces/step-ratio"
REQUEST = {"beta1": 0.9, "beta2": 0.999, "steps": 4000, "warmup_steps": 0}


def step_ratio(beta1, beta2, steps):
    """Return the closed form, written as in the formula."""
    steps = np.asarray(steps, np.float64)
    return (1 - beta1**steps) / np.sqrt(1 - beta2**steps)


def ask(**change):
    return json.loads(playground.amplification(json.dumps({**REQUEST, **change})))


@pytest.mark.parametrize(("beta1", "beta2"), BETA_PAIRS)
def test_it_is_the_closed_form(beta1, beta2):
    reply = ask(beta1=beta1, beta2=beta2)
    expected = step_ratio(beta1, beta2, reply["steps"])
    np.testing.assert_allclose(reply["amplification"], expected, rtol=1e-12)
    assert reply["effective"] == reply["amplification"]
    assert reply["steps"][0] == 1
    assert reply["steps"][-1] == 4000


@pytest.mark.parametrize("part", ["early", "late"])
@pytest.mark.parametrize(("beta1", "beta2"), BETA_PAIRS)
def test_it_is_what_the_real_libraries_did(beta1, beta2, part):
    """Their float32 moments are what is left of the difference."""
    ours = Trace.read(TRACES / f"adamw_{beta1}_{beta2}_{part}.torch.json")
    theirs = Trace.read(TRACES / f"adam_weight_decay_{beta1}_{beta2}_{part}.mindspore.json")
    measured = theirs.update["w"][1:, 0] / ours.update["w"][1:, 0]
    curve = ask(beta1=beta1, beta2=beta2, steps=int(ours.steps[-1]))
    at = dict(zip(curve["steps"], curve["amplification"], strict=True))
    common = [(row, step) for row, step in enumerate(ours.steps[1:]) if step in at]
    assert len(common) > 3
    for row, step in common:
        assert measured[row] == pytest.approx(at[step], rel=3e-4)
    peak = curve["peak"]["value"]
    assert measured.max() <= peak * (1 + 3e-4)


def test_the_peak_is_found_among_all_steps():
    every = step_ratio(0.9, 0.999, np.arange(1, 100_001))
    peak = ask(steps=100_000)["peak"]
    assert peak["step"] == every.argmax() + 1
    assert peak["value"] == pytest.approx(every.max(), rel=1e-12)


def test_warm_up_multiplies_and_hides():
    reply = ask(warmup_steps=500)
    steps = np.array(reply["steps"])
    np.testing.assert_allclose(reply["warmup"], np.minimum(1, steps / 500))
    product = np.array(reply["warmup"]) * reply["amplification"]
    np.testing.assert_allclose(reply["effective"], product)
    # From there on nothing is held back, and the ratio falls.
    assert reply["effective_peak"]["step"] == 500
    assert reply["peak"]["step"] == 12
    left = reply["effective_peak"]["value"] - 1
    assert reply["hidden"] == pytest.approx(1 - left / (reply["peak"]["value"] - 1))


def test_no_warm_up_hides_nothing_and_the_longer_the_more():
    hidden = [ask(warmup_steps=number)["hidden"] for number in (0, 1, 50, 500, 4000)]
    assert hidden[0] == hidden[1] == 0
    assert hidden == sorted(hidden)
    assert 0.99 < hidden[-1] <= 1


def test_where_nothing_is_amplified_nothing_is_hidden():
    reply = ask(beta1=0.9, beta2=0.1)
    assert reply["peak"]["value"] <= 1
    assert reply["hidden"] is None


def test_one_step_and_a_warm_up_longer_than_the_run():
    assert ask(steps=1)["steps"] == [1]
    reply = ask(steps=100, warmup_steps=1000)
    assert reply["warmup"][-1] == 0.1
    assert reply["effective_peak"]["step"] == 100


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("beta1", 0),
        ("beta1", 1),
        ("beta2", 1.5),
        ("beta2", float("nan")),
        ("beta1", "0.9"),
        ("beta2", None),
        ("beta1", True),
        ("steps", 0),
        ("steps", 1.5),
        ("steps", 100_001),
        ("steps", float("inf")),
        ("steps", 10**400),
        ("warmup_steps", -1),
        ("warmup_steps", [1]),
    ],
)
def test_a_refusal_names_the_field(field, value):
    error = ask(**{field: value})["error"]
    assert error["field"] == field
    assert error["message"].startswith(field)


@pytest.mark.parametrize("request_text", ["", "[]", "{", "null", "{}"])
def test_what_is_no_request_is_an_error_and_not_a_crash(request_text):
    assert "error" in json.loads(playground.amplification(request_text))
