"""Every sample of the pages runs, and prints what the page shows below it."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import pytest

from scripts import samples

SAMPLES = sorted(samples.SAMPLES.glob("*.py"))
OUTPUT = {path.stem: samples.OUTPUT / f"{path.stem}.txt" for path in SAMPLES}


@functools.cache
def printed(name: str) -> str:
    return samples.run(samples.SAMPLES / f"{name}.py")


def losses(name: str) -> list[list[float]]:
    """Return the numbers with a decimal point of every line that has one."""
    lines = [re.findall(r"\d+\.\d+", line) for line in printed(name).splitlines()[1:]]
    return [[float(number) for number in line] for line in lines if line]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_sample_prints_what_is_recorded(sample: Path) -> None:
    recorded = OUTPUT[sample.stem].read_text(encoding="utf-8")
    assert samples.difference(recorded, printed(sample.stem)) is None


def test_numpy_form_agrees_with_both_frameworks_step_by_step() -> None:
    adamw, adam_weight_decay = zip(*losses("numpy_example"), strict=True)
    assert len(adamw) == 12
    # All three print four decimals: one in the last place for another order of summation.
    expected = [x for (x,) in losses("torch_example")]
    assert list(adamw) == pytest.approx(expected, abs=1.001e-4)
    expected = [x for (x,) in losses("mindspore_example")]
    assert list(adam_weight_decay) == pytest.approx(expected, abs=1.001e-4)


def test_experimental_form_follows_the_pytorch_form_step_by_step() -> None:
    losses_of_torch = [x for (x,) in losses("torch_example")]
    assert len(losses_of_torch) == 12
    found = [x for (x,) in losses("experimental_example")]
    assert found == pytest.approx(losses_of_torch, abs=1.001e-4)


def test_both_schedules_are_needed_to_follow_torch() -> None:
    (without,), (rates,), (both,) = losses("match_adamw")
    assert without > 0.1
    assert 0.001 < rates < without / 10
    assert both < 1e-4


def test_only_adam_weight_decay_keeps_a_tiny_decay() -> None:
    lines = printed("tiny_decay").splitlines()
    *adamw, adam_weight_decay = [[float(x) for x in line.split()[1:]] for line in lines[2:]]
    assert len(adamw) == 2
    for larger, smaller in adamw:
        assert larger > 1.1
        assert smaller == 0.0
    assert adam_weight_decay == pytest.approx([1.0, 1.0], abs=0.02)


def test_both_frameworks_begin_alike_and_part() -> None:
    first, second = losses("torch_example"), losses("mindspore_example")
    assert first[0] == second[0]
    assert all(a != b for a, b in zip(first[1:], second[1:], strict=True))


def test_set_data_after_the_first_step_cuts_the_parameter_off(mindspore) -> None:
    # The page and the example say so; whoever reads this after it fails may delete both remarks.
    weight = mindspore.Parameter(mindspore.Tensor([1.0, 1.0]), name="weight")
    gradient = (mindspore.Tensor([1.0, 1.0]),)
    optimizer = mindspore.nn.AdamWeightDecay([weight], learning_rate=0.1)
    weight.set_data(mindspore.Tensor([5.0, 5.0]))
    optimizer(gradient)
    assert weight.asnumpy()[0] < 5.0
    weight.set_data(mindspore.Tensor([5.0, 5.0]))
    optimizer(gradient)
    assert weight.asnumpy().tolist() == [5.0, 5.0]
