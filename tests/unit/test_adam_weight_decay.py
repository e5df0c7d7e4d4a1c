"""AdamWeightDecay: the class around the update. Its numbers are compared in tests/frameworks."""

import numpy as np
import pytest

from adamwd import AdamWeightDecay, Parameter, adam_weight_decay_update


def named(*names, size=2):
    return [Parameter(np.ones(size, np.float32), name) for name in names]


def zeros(count, size=2):
    return tuple(np.zeros(size, np.float32) for _ in range(count))


def test_the_name_filter_is_a_substring_and_minds_the_case():
    names = ("gamma_net.conv.weight", "bn.beta", "alphabet.weight", "Beta", "bias")
    parameters = named(*names)
    optimizer = AdamWeightDecay(parameters, learning_rate=0.1, weight_decay=0.5)
    optimizer(zeros(5))
    decayed = [bool(p.data[0] < 1) for p in parameters]
    assert decayed == [False, False, True, True, True]


def test_any_grouping_switches_the_name_filter_off():
    parameters = named("bn.gamma")
    AdamWeightDecay([{"params": parameters}], learning_rate=0.1, weight_decay=0.5)(zeros(1))
    np.testing.assert_allclose(parameters[0].data, 0.95, rtol=1e-6)


def test_order_params_orders_the_gradients():
    a, b = named("a", "b")
    optimizer = AdamWeightDecay(
        [{"params": [a], "lr": 1.0}, {"params": [b]}, {"order_params": [b, a]}], learning_rate=0.1
    )
    assert [p.name for p in optimizer.parameters] == ["b", "a"]
    optimizer((np.ones(2, np.float32), np.zeros(2, np.float32)))
    assert b.data[0] < 1
    assert a.data[0] == 1


@pytest.mark.parametrize(
    "schedule", [[0.1, 0.2], (0.1, 0.2), np.array([0.1, 0.2]), lambda t: 0.1 * (t + 1)]
)
def test_learning_rates_by_step_begin_at_index_0(schedule):
    parameter = named("w")[0]
    optimizer = AdamWeightDecay([parameter], learning_rate=schedule, weight_decay=1.0)
    optimizer(zeros(1))
    np.testing.assert_allclose(parameter.data, 0.9, rtol=1e-6)
    optimizer(zeros(1))
    np.testing.assert_allclose(parameter.data, 0.9 * 0.8, rtol=1e-6)


def test_the_end_of_the_list_is_an_error_and_changes_nothing():
    parameter = named("w")[0]
    optimizer = AdamWeightDecay([parameter], learning_rate=[0.1])
    optimizer((np.ones(2, np.float32),))
    before = parameter.data.copy()
    with pytest.raises(RuntimeError, match="has 1 values, one a step, and none is left for step 1"):
        optimizer((np.ones(2, np.float32),))
    np.testing.assert_array_equal(parameter.data, before)


def test_weight_decay_may_be_a_function_of_the_step():
    seen = []

    def weight_decay(step):
        seen.append(step)
        return 0.5 * step

    parameter = named("w")[0]
    optimizer = AdamWeightDecay([parameter], learning_rate=0.1, weight_decay=weight_decay)
    optimizer(zeros(1))
    np.testing.assert_array_equal(parameter.data, 1.0)
    optimizer(zeros(1))
    np.testing.assert_allclose(parameter.data, 0.95, rtol=1e-6)
    assert seen == [0, 1]


def test_grad_centralization_is_accepted_and_does_nothing():
    results = []
    for setting in ({}, {"grad_centralization": True}, {"grad_centralization": False}):
        parameter = Parameter(np.ones((2, 3), np.float32), "conv.weight")
        optimizer = AdamWeightDecay([{"params": [parameter], **setting}])
        optimizer((np.arange(6, dtype=np.float32).reshape(2, 3),))
        results.append(parameter.data)
    np.testing.assert_array_equal(results[0], results[1])
    np.testing.assert_array_equal(results[0], results[2])


def test_a_generator_group_is_dropped_as_mindspore_drops_it():
    a, b = named("a", "b")
    optimizer = AdamWeightDecay([{"params": (p for p in [a])}, {"params": [b]}])
    assert [p.name for p in optimizer.parameters] == ["b"]


def test_state_names_and_resuming():
    random = np.random.default_rng(0)
    gradients = random.standard_normal((6, 2)).astype(np.float32)
    parameter = named("dense.weight")[0]
    optimizer = AdamWeightDecay([parameter], learning_rate=0.1)
    for gradient in gradients[:3]:
        optimizer((gradient,))
    state = optimizer.parameters_dict()
    names = ["global_step", "dense.weight", "adam_m.dense.weight", "adam_v.dense.weight"]
    assert list(state) == names
    other = named("dense.weight")[0]
    resumed = AdamWeightDecay([other], learning_rate=0.1)
    resumed.load_parameters_dict(state)
    for gradient in gradients[3:]:
        optimizer((gradient,))
        resumed((gradient,))
    np.testing.assert_array_equal(parameter.data, other.data)
    assert resumed.global_step.dtype == np.int32
    assert resumed.global_step[0] == 6
    with pytest.raises(KeyError, match="adam_m"):
        resumed.load_parameters_dict({"global_step": state["global_step"], "dense.weight": other})
    with pytest.raises(ValueError, match="must have shape"):
        resumed.load_parameters_dict({**state, "dense.weight": np.ones(3)})


def test_the_class_is_the_function_and_nothing_more():
    w = np.array([0.5, -2.0], np.float32)
    gradient = np.array([0.1, 3.0], np.float32)
    zero = np.zeros(2, np.float32)
    expected, *_ = adam_weight_decay_update(w, gradient, zero, zero)
    assert AdamWeightDecay([w])((gradient,)) == (True,)
    np.testing.assert_array_equal(w, expected)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize("shape", [(), (3,), (2, 1, 4)])
def test_shapes_and_dtypes(shape, dtype):
    w = np.ones(shape, dtype)
    optimizer = AdamWeightDecay([w], eps=1e-3)
    optimizer((np.full(shape, 0.5, dtype),))
    assert optimizer.moments1[0].data.dtype == dtype
    assert optimizer.moments2[0].shape == shape
    assert np.all(w < 1)


def test_a_gradient_too_large_for_float32_becomes_nan_one_step_later():
    parameter = named("w", size=1)[0]
    optimizer = AdamWeightDecay([parameter])
    with np.errstate(over="ignore", invalid="ignore"):
        optimizer((np.array([2e19], np.float32),))
        assert parameter.data[0] == 1
        optimizer((np.array([2e19], np.float32),))
    assert np.isnan(parameter.data[0])


@pytest.mark.parametrize(
    ("gradients", "error"),
    [
        ([np.ones(2, np.float32)], RuntimeError),
        ((), RuntimeError),
        ((None,), TypeError),
        ((np.ones(3, np.float32),), ValueError),
    ],
)
def test_gradients_that_do_not_fit(gradients, error):
    parameter = named("w")[0]
    with pytest.raises(error):
        AdamWeightDecay([parameter])(gradients)
    np.testing.assert_array_equal(parameter.data, 1.0)
