"""Spec and Trace: JSON both ways, and files that are not what they should be."""

import json
import os

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adamwd import Spec, SpecError, Trace, TraceError, run
from adamwd.jsonable import array_from_json, array_to_json

SPEC = Spec("beale", "torch.optim.AdamW", hyperparameters={"lr": 0.01}, steps=7, record_every=3)


@pytest.fixture(scope="module")
def trace():
    return run(SPEC)


def test_spec_goes_both_ways_through_json():
    spec = Spec(
        "gradient_sequence",
        "mindspore.nn.AdamWeightDecay",
        problem_options={"start": {"w": [0.0]}, "gradients": {"w": [[1.0]]}},
        hyperparameters={"learning_rate": [0.1, 0.2]},
        groups=({"params": ["w"], "lr": 0.1},),
        steps=2,
        record=("parameters", "first_moment"),
    )
    assert Spec.from_json(json.loads(json.dumps(spec.to_json()))) == spec


def test_the_last_step_is_always_recorded():
    assert SPEC.recorded_steps() == [0, 3, 6, 7]
    assert Spec("beale", "torch.optim.AdamW", steps=6, record_every=3).recorded_steps() == [0, 3, 6]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"optimizer": "torch.optim.Adam"}, "optimizer"),
        ({"steps": 0}, "steps"),
        ({"steps": 1.5}, "steps"),
        ({"steps": True}, "steps"),
        ({"steps": 10**9}, "steps"),
        ({"seed": -1}, "seed"),
        ({"dtype": "bfloat16"}, "dtype"),
        ({"record": ["gradients"]}, "record"),
        ({"hyperparameters": [1]}, "hyperparameters"),
        ({"problem": 3}, "problem"),
        ({"schema": 2}, "schema"),
        ({"schema": None}, "schema"),
        ({"colour": "blue"}, "colour"),
    ],
)
def test_specs_that_cannot_be_run_name_the_field(change, field):
    with pytest.raises(SpecError) as caught:
        Spec.from_json({**SPEC.to_json(), **change})
    assert caught.value.field == field
    assert field in str(caught.value)


@pytest.mark.parametrize("value", [None, [], "beale", {"schema": 1, "problem": "beale"}])
def test_what_is_no_spec_is_refused(value):
    with pytest.raises(SpecError):
        Spec.from_json(value)


@given(
    st.sampled_from(["float16", "float32", "float64"]).flatmap(
        lambda dtype: st.tuples(
            st.just(dtype), st.lists(st.floats(width=int(dtype[5:])), min_size=1)
        )
    )
)
def test_numbers_come_back_bit_for_bit_from_json(case):
    dtype, values = case
    array = np.array(values, dtype)
    back = array_from_json(json.loads(json.dumps(array_to_json(array), allow_nan=False)), dtype)
    np.testing.assert_array_equal(array, back)
    np.testing.assert_array_equal(
        np.signbit(array)[~np.isnan(array)], np.signbit(back)[~np.isnan(array)]
    )


def test_trace_goes_both_ways_through_a_file(trace, tmp_path):
    path = tmp_path / "deep" / "trace.json"
    trace.write(path)
    back = Trace.read(path)
    assert back.digest() == trace.digest()
    assert back.provenance == trace.provenance
    assert back.spec == trace.spec
    assert back.dumps() == path.read_text(encoding="utf-8")


def test_digest_sees_one_changed_bit_but_not_the_date(trace):
    value = trace.to_json()
    value["provenance"]["date"] = "1999-12-31"
    assert Trace.from_json(value).digest() == trace.digest()
    value["parameters"]["w"][2][1] = float(np.nextafter(trace.parameters["w"][2][1], np.float32(9)))
    assert Trace.from_json(value).digest() != trace.digest()


def test_a_file_that_cannot_be_written_leaves_nothing(trace, tmp_path, monkeypatch):
    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        trace.write(tmp_path / "trace.json")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("keep", [0, 1, 50, 300, 0.5, 0.99])
def test_a_truncated_file_is_named_as_such(trace, tmp_path, keep):
    text = trace.dumps()
    path = tmp_path / "trace.json"
    path.write_text(text[: int(keep * len(text)) if isinstance(keep, float) else keep])
    with pytest.raises(TraceError, match="truncated or damaged"):
        Trace.read(path)


def test_a_newer_schema_says_what_to_do(trace, tmp_path):
    path = tmp_path / "trace.json"
    path.write_text(json.dumps({**trace.to_json(), "schema": 2}))
    with pytest.raises(TraceError, match=r"newer than this adamwd.*install a newer adamwd"):
        Trace.read(path)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"schema": "1"}, "schema '1'"),
        ({"steps": [0, 3]}, "should hold 4 steps"),
        ({"loss": [1, 2, 3, "four"]}, "'four'"),
        ({"loss": [1, 2, 3, None]}, "None"),
        ({"loss": "none"}, "no number"),
        ({"parameters": {"w": [[0, 0]]}}, "has 1 rows, expected 4"),
        ({"parameters": {"w": [[0, 0], [1]]}}, "no number"),
        ({"parameters": 3}, "no number"),
        ({"provenance": {}}, "lacks the field"),
        ({"spec": {"schema": 1}}, "cannot be run"),
    ],
)
def test_damaged_traces_are_one_sentence(trace, tmp_path, change, words):
    path = tmp_path / "trace.json"
    path.write_text(json.dumps({**trace.to_json(), **change}))
    with pytest.raises(TraceError, match=words) as caught:
        Trace.read(path)
    assert "\n" not in str(caught.value)


def test_missing_files_and_what_is_no_trace(tmp_path):
    with pytest.raises(TraceError, match="no such file"):
        Trace.read(tmp_path / "none.json")
    path = tmp_path / "list.json"
    path.write_text("[]")
    with pytest.raises(TraceError, match="not a trace"):
        Trace.read(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(TraceError, match="cannot be read"):
        Trace.read(path)
