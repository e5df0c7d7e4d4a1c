"""Relations between the two rules that need no recorded number."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adamwd import adam_weight_decay_update, adamw_update

BETAS = st.tuples(st.floats(0.5, 0.99), st.floats(0.9, 0.9999))
GRADIENTS = st.lists(st.floats(2**-7, 100, width=32), min_size=1, max_size=8)


def start(gradient):
    zero = np.zeros_like(gradient)
    return zero, gradient, zero, zero


@given(GRADIENTS, BETAS)
def test_first_steps_have_the_ratio_of_the_closed_form(gradients, betas):
    gradient = np.array(gradients, np.float64)
    beta1, beta2 = betas
    common = {"beta1": beta1, "beta2": beta2, "eps": 1e-30, "weight_decay": 0.0}
    w, *_ = adamw_update(*start(gradient), step=1, lr=1.0, **common)
    u, *_ = adam_weight_decay_update(*start(gradient), learning_rate=1.0, **common)
    # 1e-4: AdamWeightDecay computes 1 - beta2 in float32, which loses digits as beta2 nears 1.
    np.testing.assert_allclose(u / w, (1 - beta1) / np.sqrt(1 - beta2), rtol=1e-3)


@given(st.integers(1, 300), BETAS)
def test_a_constant_gradient_keeps_the_ratio_of_the_closed_form(steps, betas):
    beta1, beta2 = betas
    gradient = np.ones(1)
    m = v = m2 = v2 = np.zeros(1)
    for step in range(1, steps + 1):
        w, m, v, _ = adamw_update(
            np.zeros(1),
            gradient,
            m,
            v,
            step=step,
            lr=1.0,
            beta1=beta1,
            beta2=beta2,
            eps=1e-30,
            weight_decay=0.0,
        )
        u, m2, v2 = adam_weight_decay_update(
            np.zeros(1),
            gradient,
            m2,
            v2,
            learning_rate=1.0,
            beta1=beta1,
            beta2=beta2,
            eps=1e-30,
        )
    ratio = (1 - beta1**steps) / np.sqrt(1 - beta2**steps)
    np.testing.assert_allclose(u / w, ratio, rtol=1e-3)


@given(GRADIENTS, st.floats(0, 1), st.floats(1e-6, 1e-2))
def test_without_memory_both_rules_are_one(gradients, weight_decay, eps):
    gradient = np.array(gradients, np.float64)
    w = np.ones_like(gradient)
    zero = np.zeros_like(gradient)
    a, *_ = adamw_update(
        w,
        gradient,
        zero,
        zero,
        step=7,
        lr=0.1,
        beta1=0.0,
        beta2=0.0,
        eps=eps,
        weight_decay=weight_decay,
    )
    b, *_ = adam_weight_decay_update(
        w,
        gradient,
        zero,
        zero,
        learning_rate=0.1,
        beta1=0.0,
        beta2=0.0,
        eps=eps,
        weight_decay=weight_decay,
    )
    np.testing.assert_allclose(a, b, rtol=3e-6, atol=1e-6)


@given(st.floats(0, 1), st.floats(0, 1), st.integers(1, 50))
def test_with_gradient_zero_both_decay_geometrically(rate, weight_decay, steps):
    w = u = np.ones(1)
    zero = np.zeros(1)
    for step in range(1, steps + 1):
        w, *_ = adamw_update(w, zero, zero, zero, step=step, lr=rate, weight_decay=weight_decay)
        u, *_ = adam_weight_decay_update(
            u, zero, zero, zero, learning_rate=rate, weight_decay=weight_decay
        )
    expected = (1 - rate * weight_decay) ** steps
    np.testing.assert_allclose(w, expected, rtol=1e-12, atol=1e-300)
    np.testing.assert_allclose(u, expected, rtol=1e-4, atol=1e-6)


@given(GRADIENTS, st.floats(0, 1))
def test_moments_do_not_depend_on_weight_decay(gradients, weight_decay):
    gradient = np.array(gradients, np.float32)
    w, zero = np.ones_like(gradient), np.zeros_like(gradient)
    for update, extra in ((adamw_update, {"step": 1}), (adam_weight_decay_update, {})):
        with_decay = update(w, gradient, zero, zero, **extra, weight_decay=weight_decay)
        without = update(w, gradient, zero, zero, **extra, weight_decay=0.0)
        np.testing.assert_array_equal(with_decay[1], without[1])
        np.testing.assert_array_equal(with_decay[2], without[2])


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_a_batch_of_settings_gives_the_bits_of_each_alone(dtype):
    random = np.random.default_rng(0)
    lrs = np.array([1e-3, 1e-2, 0.1])
    beta1s, beta2s = np.array([0.3, 0.9, 0.95]), np.array([0.9, 0.99, 0.999])
    decays, eps = np.array([0.0, 0.01, 0.1]), np.array([1e-4, 1e-3, 1e-3])
    w = random.standard_normal((5, 1)).astype(dtype)
    g = random.standard_normal((5, 1)).astype(dtype)
    m, v = np.abs(g) * dtype(0.1), g * g
    names = {"beta1": beta1s, "beta2": beta2s, "eps": eps, "weight_decay": decays}
    for update, extra, rate in (
        (adamw_update, {"step": 3}, "lr"),
        (adam_weight_decay_update, {}, "learning_rate"),
    ):
        batch = update(w, g, m, v, **extra, **{rate: lrs}, **names)
        for i in range(3):
            one = {key: float(value[i]) for key, value in names.items()}
            alone = update(w, g, m, v, **extra, **{rate: float(lrs[i])}, **one)
            for x, y in zip(batch[:3], alone[:3], strict=True):
                assert x.dtype == dtype
                np.testing.assert_array_equal(np.broadcast_to(x, (5, 3))[:, i], y[:, 0])


def test_many_steps_are_one_batch_too():
    gradient = np.ones(1, np.float32)
    together, *_ = adamw_update(*start(gradient), step=np.array([1, 10, 100]))
    for i, step in enumerate((1, 10, 100)):
        alone, *_ = adamw_update(*start(gradient), step=step)
        assert together[i] == alone[0]
