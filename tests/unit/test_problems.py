"""Problems: gradients against central differences, minima, and what is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adamwd.problems import PROBLEMS, ProblemError, make_problem

SMOOTH = ("quadratic", "rosenbrock", "beale", "logistic_regression")
COORDINATE = st.floats(-2, 2)


@pytest.mark.parametrize("name", SMOOTH)
@given(x=COORDINATE, y=COORDINATE, bias=COORDINATE)
def test_gradient_is_the_slope_of_the_loss(name, x, y, bias):
    problem = make_problem(name, {})
    if name == "logistic_regression":
        point = {"weight": np.array([x, y]), "bias": np.array([bias])}
    else:
        point = {"w": np.array([x, y])}
    gradient = problem.gradient(point, 1)
    h = 1e-5
    for key, values in point.items():
        for i in range(len(values)):
            up, down = ({k: v.copy() for k, v in point.items()} for _ in range(2))
            up[key][i] += h
            down[key][i] -= h
            slope = (problem.loss(up) - problem.loss(down)) / (2 * h)
            assert gradient[key][i] == pytest.approx(slope, rel=1e-4, abs=1e-4)


@pytest.mark.parametrize("name", ["quadratic", "noisy_quadratic", "rosenbrock", "beale"])
def test_minimum_has_no_slope_and_surface_is_the_loss(name):
    options = {"noise": 0.0} if name == "noisy_quadratic" else {}
    problem = make_problem(name, options)
    point = {"w": np.array(problem.minimum)}
    np.testing.assert_allclose(problem.gradient(point, 1)["w"], 0, atol=1e-12)
    assert problem.loss(point) == pytest.approx(0, abs=1e-12)
    assert problem.surface(*problem.start["w"]) == problem.loss(problem.start)


def test_noise_depends_on_seed_and_step_alone():
    a = make_problem("noisy_quadratic", {}, seed=1)
    b = make_problem("noisy_quadratic", {}, seed=1)
    other = make_problem("noisy_quadratic", {}, seed=2)
    point = {"w": np.zeros(2)}
    b.gradient(point, 1)
    np.testing.assert_array_equal(a.gradient(point, 7)["w"], b.gradient(point, 7)["w"])
    assert np.any(a.gradient(point, 7)["w"] != a.gradient(point, 8)["w"])
    assert np.any(a.gradient(point, 7)["w"] != other.gradient(point, 7)["w"])


def test_noise_has_the_standard_deviation_it_names():
    problem = make_problem("noisy_quadratic", {"noise": 2.0})
    draws = np.array([problem.gradient({"w": np.zeros(2)}, t)["w"] for t in range(1, 4001)])
    assert draws.std() == pytest.approx(2.0, rel=0.05)
    assert draws.mean() == pytest.approx(0.0, abs=0.1)


def test_gradient_sequence_is_gone_through_again():
    options = {"start": {"w": [0.0]}, "gradients": {"w": [[1.0], [2.0]]}}
    problem = make_problem("gradient_sequence", options)
    seen = [float(problem.gradient(problem.start, t)["w"][0]) for t in (1, 2, 3)]
    assert seen == [1.0, 2.0, 1.0]


@pytest.mark.parametrize(
    ("name", "options", "field", "words"),
    [
        ("himmelblau", {}, "problem", "must be one of"),
        ("beale", {"noise": 1}, "noise", "has no option"),
        ("quadratic", {"condition_number": 0.5}, "condition_number", "between 1 and"),
        ("quadratic", {"condition_number": "big"}, "condition_number", "must be a number"),
        ("quadratic", {"condition_number": float("nan")}, "condition_number", "between"),
        ("beale", {"start": [1]}, "start", "two finite numbers"),
        ("beale", {"start": [1, float("inf")]}, "start", "two finite numbers"),
        ("gradient_sequence", {}, "start", "needs the option"),
        ("constant_gradient", {"names": ["a", "a"]}, "names", "two different names"),
        ("constant_gradient", {"names": ["a"]}, "names", "two different names"),
        ("constant_gradient", {"names": ["a", " "]}, "names", "two different names"),
        ("constant_gradient", {"names": "ab"}, "names", "two different names"),
        ("constant_gradient", {"gradient": [1]}, "gradient", "two finite numbers"),
        (
            "gradient_sequence",
            {"start": {"w": [0.0]}, "gradients": {"v": [[0.0]]}},
            "gradients",
            "must name the parameters",
        ),
        (
            "gradient_sequence",
            {"start": {"w": [0.0]}, "gradients": {"w": [0.0]}},
            "gradients",
            "must have shape",
        ),
    ],
)
def test_what_is_refused(name, options, field, words):
    with pytest.raises(ProblemError, match=words) as caught:
        make_problem(name, options)
    assert caught.value.field == field


def test_constant_gradient_is_the_slope_of_its_loss_everywhere():
    options = {"gradient": [2.0, -3.0], "start": [1.0, 1.0], "names": ["a", "b.gamma"]}
    problem = make_problem("constant_gradient", options)
    assert problem.components == ["a", "b.gamma"]
    for point, loss in (((1.0, 1.0), -1.0), ((0.0, 2.0), -6.0)):
        named = problem.named(np.array(point))
        assert problem.loss(named) == loss
        gradient = problem.gradient(named, 7)
        assert (gradient["a"][0], gradient["b.gamma"][0]) == (2.0, -3.0)


@pytest.mark.parametrize("name", [n for n in PROBLEMS if n != "gradient_sequence"])
@given(points=st.lists(st.lists(COORDINATE, min_size=3, max_size=3), min_size=1, max_size=5))
def test_many_points_at_once_are_the_points_one_by_one(name, points):
    problem = make_problem(name, {})
    batch = np.array(points)[:, : len(problem.components)]
    losses, gradients = problem.losses(batch), problem.gradients(batch, 3)
    for row, point in enumerate(batch):
        assert losses[row] == problem.loss(problem.named(point))
        one = problem.flat(problem.gradient(problem.named(point), 3))
        np.testing.assert_array_equal(gradients[row], one)


def test_every_problem_is_tested_here():
    others = {"noisy_quadratic", "gradient_sequence", "constant_gradient"}
    assert set(PROBLEMS) == {*SMOOTH, *others}
