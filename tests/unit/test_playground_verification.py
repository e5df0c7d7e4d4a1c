"""Check it yourself: every recorded experiment again, and what is told where something differs."""

import json
from pathlib import Path

import pytest

from adamwd import playground
from adamwd.experiments import EXPERIMENTS, backend_of

TRACES = Path(__file__).parents[2] / "docs" / "data" / "traces"
RUNS = [
    (f"{experiment.name}/{label}", backend_of(spec))
    for experiment in EXPERIMENTS.values()
    for label, spec in experiment.specs.items()
]


def read(name):
    return json.loads((TRACES / f"{name}.json").read_text(encoding="utf-8"))


def ask(reference, recorded):
    request = {"reference": reference, "recorded": recorded}
    return json.loads(playground.verification(json.dumps(request)))


@pytest.mark.parametrize(("name", "backend"), RUNS, ids=[name for name, _ in RUNS])
def test_every_recorded_experiment_holds(name, backend):
    reply = ask(read(f"{name}.numpy"), read(f"{name}.{backend}"))
    assert reply["holds"], reply
    assert reply["numbers"] > 0
    if "logistic_regression" not in name:
        assert reply["differing"] == 0
        assert reply["digest"] == reply["reference_digest"]


def test_a_number_that_was_changed_is_counted():
    reference, recorded = read("preset-defaults/left.numpy"), read("preset-defaults/left.torch")
    reference["parameters"]["w"][3][1] += 0.25
    reply = ask(reference, recorded)
    assert reply["differing"] == 1
    assert reply["digest"] != reply["reference_digest"]
    assert not reply["holds"]


def test_a_real_run_that_disagrees_is_told():
    reference, recorded = read("preset-defaults/left.numpy"), read("preset-defaults/left.torch")
    recorded["loss"][-1] *= 1.5
    reply = ask(reference, recorded)
    assert reply["differing"] == 0
    assert reply["error"] > reply["limit"]
    assert not reply["holds"]


@pytest.mark.parametrize("field", ["reference", "recorded"])
def test_what_is_no_trace(field):
    traces = {"reference": read("preset-defaults/left.numpy")}
    traces["recorded"] = read("preset-defaults/left.torch")
    traces[field] = {"schema": 99}
    assert ask(**traces)["error"]["field"] == field


def test_traces_of_two_specs():
    reply = ask(read("preset-defaults/left.numpy"), read("preset-warmup/left.torch"))
    assert "different specs" in reply["error"]["message"]
