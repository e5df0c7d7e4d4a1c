"""What the figures say in words holds for the recorded traces, and points lie on their curves."""

from __future__ import annotations

import inspect

import numpy as np
import pytest

from adamwd import AdamW, AdamWeightDecay
from adamwd.experiments import BETA_PAIRS, GRADIENT_SIZES
from adamwd.figures import closed_form, decay, distance, first_step, loss, step_ratio, trajectories
from adamwd.figures.problem_runs import PROBLEMS, SETTINGS, pair

from .conftest import runs_of

FLOAT32 = 2.0**-24


@pytest.mark.parametrize("betas", BETA_PAIRS)
def test_measured_ratios_lie_on_the_closed_form(betas: tuple[float, float]) -> None:
    steps, ratios = step_ratio.measured(runs_of("step-ratio"), *betas)
    assert steps[0] == 1
    assert steps[-1] == 4000
    assert np.all(np.diff(steps) > 0)
    # An update is the difference of two float32 weights, and the weight has come to about lr t.
    tolerance = 2e-5 + 4 * FLOAT32 * steps
    error = np.abs(ratios / closed_form.step_ratio(*betas, steps) - 1)
    assert np.all(error <= tolerance), error.max()


def test_step_ratio_has_the_shape_that_its_alt_text_describes() -> None:
    first = {
        betas: step_ratio.measured(runs_of("step-ratio"), *betas)[1][0] for betas in BETA_PAIRS
    }
    assert first[0.9, 0.999] > 1 > first[0.9, 0.95] > first[0.95, 0.98]
    # The first step is the larger one if and only if (1 - b1)^2 > 1 - b2.
    for (beta1, beta2), ratio in first.items():
        if not np.isclose((1 - beta1) ** 2, 1 - beta2):
            assert (ratio > 1) == ((1 - beta1) ** 2 > 1 - beta2)
    for betas in BETA_PAIRS:
        assert abs(step_ratio.measured(runs_of("step-ratio"), *betas)[1][-1] - 1) < 0.011


def test_first_steps_lie_on_the_closed_form() -> None:
    runs = runs_of("first-step")["first-step"]
    ours, theirs = (
        np.abs(np.asarray(runs[key].update["w"][1], np.float64))
        for key in ("adamw", "adam_weight_decay")
    )
    sizes = np.array(GRADIENT_SIZES)
    np.testing.assert_allclose(ours, closed_form.first_step_adamw(sizes, 1e-8), rtol=1e-6)
    # 1 - beta2 is formed of float32 numbers, which is 1.3e-5 off.
    expected = closed_form.first_step_adam_weight_decay(sizes, 0.9, 0.999, 1e-6)
    np.testing.assert_allclose(theirs, expected, rtol=2e-5)
    assert np.all(theirs[sizes >= 1e-4] > ours[sizes >= 1e-4])
    assert np.all(theirs[sizes <= 1e-5] < ours[sizes <= 1e-5])


def test_defaults_of_the_first_step_are_those_of_the_optimizers() -> None:
    ours, theirs = (inspect.signature(c).parameters for c in (AdamW, AdamWeightDecay))
    assert ours["eps"].default == first_step.EPS["adamw"]
    assert theirs["eps"].default == first_step.EPS["adam_weight_decay"]
    assert (theirs["beta1"].default, theirs["beta2"].default) == BETA_PAIRS[0]
    assert (first_step.BETA1, first_step.BETA2) == ours["betas"].default == BETA_PAIRS[0]
    for trace in runs_of("first-step")["first-step"].values():
        assert set(trace.spec.hyperparameters) <= {"lr", "learning_rate", "weight_decay"}


@pytest.mark.parametrize("key", ["adamw", "adam_weight_decay"])
def test_weights_decay_as_the_closed_form_says_while_float32_resolves_it(key: str) -> None:
    runs = runs_of("decay")
    for lr, weight_decay in decay.PAIRS[:2]:
        trace = decay.trace_of(runs, key, lr, weight_decay)
        expected = 1 - closed_form.lost_weight(lr, weight_decay, trace.steps)
        # Each step rounds a factor or a weight.
        error = np.abs(decay.weights(trace, decay.DENSE) - expected)
        assert np.all(error <= FLOAT32 * (1 + trace.steps))


def test_decay_says_what_happened() -> None:
    runs = runs_of("decay")
    assert len(decay.PAIRS) == 4
    for lr, weight_decay in decay.PAIRS:
        ours, theirs = (
            decay.trace_of(runs, key, lr, weight_decay) for key in ("adamw", "adam_weight_decay")
        )
        dense = decay.weights(ours, decay.DENSE)
        for norm in decay.NORMS:
            assert np.all(decay.weights(theirs, norm) == 1)
            assert np.array_equal(decay.weights(ours, norm), dense)
    stuck = decay.stuck_product(runs)
    assert stuck == pytest.approx(1e-8)
    # "Measured ... times the closed form" is said once, of both.
    measured = [
        1 - decay.weights(decay.trace_of(runs, key, *decay.PAIRS[2]), decay.DENSE)[-1]
        for key in ("adamw", "adam_weight_decay")
    ]
    assert measured[0] == pytest.approx(measured[1], rel=1e-3)
    assert measured[0] / closed_form.lost_weight(*decay.PAIRS[2], 2000) > decay.VISIBLE


def test_loss_is_lower_nearly_everywhere() -> None:
    for experiment in loss.EXPERIMENTS:
        ours, theirs = pair(runs_of("loss"), *experiment.split("-"))
        assert np.mean(theirs.loss[1:] < ours.loss[1:]) > 0.95
        assert theirs.spec.hyperparameters.get("learning_rate") == ours.spec.hyperparameters.get(
            "lr"
        )


def test_distance_closes_only_where_both_arrive() -> None:
    runs = runs_of("distance")
    for setting in SETTINGS:
        for problem in PROBLEMS:
            apart = distance.between(*pair(runs, setting, problem))
            assert apart[0] == 0
            closed = apart[-1] < 1e-3
            assert closed == ((setting, problem) == ("matched", "quadratic"))


def test_trajectories_say_what_happened() -> None:
    runs = runs_of("trajectories")
    ours, theirs = pair(runs, "matched", "quadratic")
    minimum = np.array(trajectories.problem_of(theirs).minimum)
    assert trajectories.overshoot(ours, minimum) < 1e-4 < trajectories.overshoot(theirs, minimum)
    # Both run along the diagonal: the update does not see the scale of a coordinate.
    for trace in (ours, theirs):
        points = trajectories.path(trace)
        np.testing.assert_allclose(points[:, 0], points[:, 1], atol=1e-4)
    ends = [trajectories.path(t)[-1] for t in pair(runs, "matched", "rosenbrock")]
    far, near = (np.linalg.norm(end - [1, 1]) for end in ends)
    assert near < far
