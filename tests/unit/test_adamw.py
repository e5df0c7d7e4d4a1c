"""AdamW: the class around the update. Its numbers are compared with PyTorch in tests/frameworks."""

import numpy as np
import pytest

from adamwd import AdamW, Parameter, adamw_update


def ones(*shape, dtype=np.float32):
    return np.ones(shape, dtype)


def test_updates_plain_arrays_in_place_and_only_theirs():
    w, other = ones(3), ones(2)
    optimizer = AdamW([w, other], lr=0.1, weight_decay=0.0)
    optimizer.step([ones(3), None])
    np.testing.assert_allclose(w, 0.9, rtol=1e-6)
    np.testing.assert_array_equal(other, 1.0)


@pytest.mark.parametrize("shape", [(), (1,), (2, 3), (2, 1, 4)])
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_shapes_and_dtypes(shape, dtype):
    w = np.ones(shape, dtype)
    optimizer = AdamW([w], eps=1e-4)
    optimizer.step([np.full(shape, 0.5, dtype)])
    state = optimizer.state_dict()["state"][0]
    assert state["exp_avg"].shape == shape
    assert state["exp_avg"].dtype == state["exp_avg_sq"].dtype == w.dtype == dtype
    assert np.all(w < 1)


def test_a_none_gradient_leaves_no_state_and_does_not_decay():
    w = ones(2)
    optimizer = AdamW([w], lr=0.1, weight_decay=0.5)
    optimizer.step([None])
    assert optimizer.state_dict()["state"] == {}
    np.testing.assert_array_equal(w, 1.0)
    optimizer.step([np.zeros(2, np.float32)])
    np.testing.assert_allclose(w, 0.95, rtol=1e-6)


def test_groups_take_their_own_options_and_the_defaults():
    a, b = ones(2), ones(2)
    optimizer = AdamW(
        [{"params": [a], "lr": 0.5, "betas": (0.5, 0.9)}, {"params": b}], lr=0.1, weight_decay=0.0
    )
    optimizer.step([ones(2), ones(2)])
    np.testing.assert_allclose(a, 0.5, rtol=1e-6)
    np.testing.assert_allclose(b, 0.9, rtol=1e-6)
    optimizer.param_groups[1]["lr"] = 0.0
    before = b.copy()
    optimizer.step([ones(2), ones(2)])
    np.testing.assert_array_equal(b, before)


def test_unknown_group_keys_are_kept_as_pytorch_keeps_them():
    optimizer = AdamW([{"params": [ones(1)], "weigth_decay": 0.5, "lr": -1}])
    assert optimizer.param_groups[0]["weigth_decay"] == 0.5
    assert optimizer.param_groups[0]["lr"] == -1


def test_named_parameters():
    optimizer = AdamW([("weight", ones(1)), ("bias", ones(1))])
    assert optimizer.param_groups[0]["param_names"] == ["weight", "bias"]


def test_maximize_is_the_gradient_with_its_sign_turned():
    a, b = ones(3), ones(3)
    gradient = np.array([1.0, -2.0, 3.0], np.float32)
    AdamW([a], maximize=True).step([gradient])
    AdamW([b]).step([-gradient])
    np.testing.assert_array_equal(a, b)


def test_amsgrad_keeps_the_largest_second_moment():
    w = ones(1)
    optimizer = AdamW([w], amsgrad=True)
    for size in (10.0, 0.1, 0.1):
        optimizer.step([np.array([size], np.float32)])
    state = optimizer.state_dict()["state"][0]
    assert state["max_exp_avg_sq"] > state["exp_avg_sq"]


def test_state_goes_over_to_another_optimizer():
    random = np.random.default_rng(0)
    gradients = random.standard_normal((6, 4)).astype(np.float32)
    w = ones(4)
    optimizer = AdamW([w], lr=0.1, amsgrad=True)
    for gradient in gradients[:3]:
        optimizer.step([gradient])
    v = w.copy()
    resumed = AdamW([v], lr=0.7)
    resumed.load_state_dict(optimizer.state_dict())
    for gradient in gradients[3:]:
        optimizer.step([gradient])
        resumed.step([gradient])
    np.testing.assert_array_equal(w, v)
    assert resumed.param_groups[0]["lr"] == 0.1


def test_a_state_of_another_size_is_refused():
    optimizer = AdamW([ones(1)])
    with pytest.raises(ValueError, match="size of optimizer's group"):
        AdamW([ones(1), ones(1)]).load_state_dict(optimizer.state_dict())
    with pytest.raises(ValueError, match="different number"):
        AdamW([{"params": [ones(1)]}, {"params": [ones(1)]}]).load_state_dict(
            optimizer.state_dict()
        )


def test_the_class_is_the_function_and_nothing_more():
    w = np.array([0.5, -2.0], np.float32)
    gradient = np.array([0.1, 3.0], np.float32)
    zero = np.zeros(2, np.float32)
    expected, *_ = adamw_update(w, gradient, zero, zero, step=1)
    AdamW([w]).step([gradient])
    np.testing.assert_array_equal(w, expected)


@pytest.mark.parametrize(
    ("gradients", "error", "words"),
    [
        ([], ValueError, "expected 1 gradients, got 0"),
        ([np.ones(3, np.float32)], RuntimeError, r"expected \(2,\), got \(3,\)"),
        ([np.ones(2)], RuntimeError, "expected float32, got float64"),
    ],
)
def test_gradients_that_do_not_fit(gradients, error, words):
    w = ones(2)
    with pytest.raises(error, match=words):
        AdamW([w]).step(gradients)
    np.testing.assert_array_equal(w, 1.0)


@pytest.mark.parametrize(
    ("params", "error"),
    [
        (np.ones(2, np.float32), TypeError),
        ([], ValueError),
        ([1.0], TypeError),
        ([np.ones(2, int)], ValueError),
        ([{"params": {1, 2}}], TypeError),
    ],
)
def test_parameters_that_are_none(params, error):
    with pytest.raises(error):
        AdamW(params)


def test_read_only_arrays_are_refused():
    w = ones(2)
    w.flags.writeable = False
    with pytest.raises(ValueError, match="updated in place"):
        AdamW([w])


def test_capturable_needs_an_accelerator():
    optimizer = AdamW([ones(1)], capturable=True)
    with pytest.raises(AssertionError, match="capturable"):
        optimizer.step([ones(1)])


def test_parameter_says_what_it_is():
    assert repr(Parameter(ones(2), "w")) == "Parameter(name='w', shape=(2,), dtype=float32)"
    with pytest.raises(TypeError, match="must be a string"):
        Parameter(ones(2), 3)
