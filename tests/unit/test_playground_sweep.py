"""The sweep map: each cell is the run of its setting, and what is too much is refused."""

import json

import numpy as np
import pytest

from adamwd import playground
from tests.unit.test_playground_curves import ADAMW, EXPERIMENTAL, OTHER, columns, spec

X = {"field": "lr", "values": [0.001, 0.01, 0.1]}
Y = {"field": "beta2", "values": [0.9, 0.999]}


def ask(left=None, right=None, **change):
    specs = {"left": left or spec(ADAMW), "right": right or spec(OTHER)}
    request = {"specs": specs, "x": X, "y": Y, "sides": "both", "quantity": "distance", **change}
    return playground.sweep(json.dumps(request))


def with_values(side, lr, beta2):
    if side["optimizer"] == OTHER:
        return {**side, "hyperparameters": {"learning_rate": lr, "beta2": beta2}}
    return {**side, "hyperparameters": {"lr": lr, "betas": [0.9, beta2]}}


@pytest.mark.parametrize("sides", ["both", "left", "right"])
@pytest.mark.parametrize("quantity", ["distance", "loss.left", "loss.right", "loss.ratio"])
@pytest.mark.parametrize("optimizers", [(ADAMW, OTHER), (OTHER, EXPERIMENTAL)])
def test_each_cell_is_the_run_of_its_setting(sides, quantity, optimizers):
    specs = {s: spec(o) for s, o in zip(("left", "right"), optimizers, strict=True)}
    answer = ask(**specs, sides=sides, quantity=quantity)
    assert json.loads(answer[0])["shape"] == [2, 3]
    z = columns(answer)["z"]
    for row, beta2 in enumerate(Y["values"]):
        for column, lr in enumerate(X["values"]):
            cell = {
                side: with_values(value, lr, beta2) if sides in ("both", side) else value
                for side, value in specs.items()
            }
            arrays = columns(playground.curves(json.dumps({"specs": cell})))
            loss = {side: arrays[f"{side}.loss"][-1] for side in cell}
            expected = {
                "distance": arrays["distance"][-1],
                "loss.left": loss["left"],
                "loss.right": loss["right"],
                "loss.ratio": loss["right"] / loss["left"],
            }[quantity]
            assert z[row, column] == expected


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"x": None}, "x"),
        ({"x": {"field": "amsgrad", "values": [1.0]}}, "x.field"),
        ({"x": {"field": ["lr"], "values": [1.0]}}, "x.field"),
        ({"y": {"field": "lr", "values": [1.0]}}, "y.field"),
        ({"x": {"field": "lr", "values": []}}, "x.values"),
        ({"x": {"field": "lr", "values": [0.1] * 129}}, "x.values"),
        ({"x": {"field": "lr", "values": [0.1, "0.2"]}}, "x.values"),
        ({"x": {"field": "lr", "values": [0.1, True]}}, "x.values"),
        ({"x": {"field": "lr", "values": [0.1, -0.1]}}, "x.values"),
        ({"y": {"field": "beta2", "values": [0.9, 1.0]}}, "y.values"),
        ({"sides": "neither"}, "sides"),
        ({"quantity": "time"}, "quantity"),
    ],
)
def test_what_is_refused(change, field):
    answer = ask(**change)
    assert isinstance(answer, str)
    assert json.loads(answer)["error"]["field"] == field


def test_too_many_steps_in_all_are_refused_at_once():
    steps = {"steps": 1_000_000, "record_every": 1000}
    values = {"field": "lr", "values": np.geomspace(1e-4, 1, 64).tolist()}
    answer = ask(spec(ADAMW, **steps), spec(OTHER, **steps), x=values)
    assert isinstance(answer, str)
    error = json.loads(answer)["error"]
    assert error["field"] == "steps"
    assert "128 settings of 1000000 steps" in error["message"]


def test_settings_that_overflow_are_numbers_or_nan():
    z = columns(ask(x={"field": "lr", "values": [1e-3, 1e30]}))["z"]
    assert np.isfinite(z[:, 0]).all()
    assert not np.isfinite(z[:, 1]).any()
