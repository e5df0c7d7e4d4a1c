"""The checks of update rule, defaults and precision can fail: each sees what it claims broken."""

import functools

import numpy as np
import pytest

from adamwd import AdamW, AdamWeightDecay
from adamwd.claims import CLAIMS, Measurements, Skip, single_steps


class Reference:
    """A NumPy reference that takes the place of a framework's optimizer in `single_steps`."""

    def __init__(self, start, make=None, **options):
        self.array = np.array(start)
        self.optimizer = self.made(**options)

    def step(self, gradient):
        given = np.asarray(gradient, self.array.dtype)
        with np.errstate(all="ignore"):
            self.do_step(given)

    def put(self, value):
        self.array[...] = value

    def value(self):
        return self.array.copy()


class WithoutBiasCorrection(Reference):
    """AdamWeightDecay's rule, under the argument names of either optimizer."""

    def made(self, lr=1e-3, betas=(0.9, 0.999), foreach=None, fused=None, **options):
        settings = {"learning_rate": lr, "beta1": betas[0], "beta2": betas[1], **options}
        return AdamWeightDecay([self.array], **settings)

    def do_step(self, gradient):
        self.optimizer((gradient,))

    def moments(self):
        return self.optimizer.moments1[0].data.copy(), self.optimizer.moments2[0].data.copy()

    def resume(self, step, moment1, moment2):
        self.optimizer.moments1[0].data[...] = moment1
        self.optimizer.moments2[0].data[...] = moment2


class WithBiasCorrection(Reference):
    """AdamW's rule, under the argument names and with the defaults of either optimizer."""

    def made(self, learning_rate=None, beta1=0.9, beta2=0.999, **options):
        defaults = {"eps": 1e-6, "weight_decay": 0.0, "betas": (beta1, beta2)}
        if learning_rate is not None:
            defaults["lr"] = learning_rate
        return AdamW([self.array], **{**defaults, **options})

    def do_step(self, gradient):
        self.optimizer.step([gradient])

    def moments(self):
        state = next(iter(self.optimizer.state.values()))
        return state["exp_avg"].copy(), state["exp_avg_sq"].copy()

    def resume(self, step, moment1, moment2):
        state = next(iter(self.optimizer.state.values()))
        state["step"] = np.float32(step)
        state["exp_avg"][...] = moment1
        state["exp_avg_sq"][...] = moment2


@pytest.fixture(autouse=True)
def both(torch, mindspore):
    """Every check here compares with a real optimizer."""


def wrong(claim_id):
    """Run a check and return the names of what does not hold."""
    measurements = Measurements()
    try:
        CLAIMS[claim_id].check(measurements)
    except Skip as reason:
        pytest.skip(str(reason))
    assert measurements.items
    return [item.name for item in measurements.items if not item.holds]


RATIO = (
    "update-rule.no-bias-correction",
    "update-rule.ratio-over-time",
    "update-rule.ratio-any-gradient",
    "update-rule.ratio-near-one",
    "update-rule.betas-90-99",
    "update-rule.betas-90-95",
    "update-rule.betas-95-98",
    "update-rule.betas-80-999",
    "update-rule.direction-rule",
    "update-rule.eps-place",
    "defaults.eps-first-step",
)
ONLY_MINDSPORE = (
    "update-rule.overflow-nan",
    "update-rule.beta2-rounds-to-one",
    "update-rule.tiny-gradient-second-moment",
    "precision.mindspore-bit-for-bit",
    "precision.betas-rounded-first",
    "precision.float64-in-float32",
    "precision.float16-first-step",
    "precision.experimental-float32-correction",
)
ONLY_TORCH = (
    "precision.torch-decay-factor",
    "precision.torch-fused-bit-for-bit",
    "precision.torch-square-root",
)


@pytest.mark.parametrize("claim_id", [*RATIO, *ONLY_MINDSPORE])
def test_mindspore_corrects_the_bias(monkeypatch, claim_id):
    monkeypatch.setattr(single_steps, "MindSpore", WithBiasCorrection)
    assert wrong(claim_id)


@pytest.mark.parametrize("claim_id", [*RATIO, *ONLY_TORCH])
def test_torch_does_not_correct_the_bias(monkeypatch, claim_id):
    monkeypatch.setattr(single_steps, "Torch", WithoutBiasCorrection)
    assert wrong(claim_id)


@pytest.mark.parametrize("claim_id", RATIO)
def test_the_right_rule_in_the_same_place_holds(monkeypatch, claim_id):
    """What fails above fails for the rule, and not for taking a reference's place."""
    monkeypatch.setattr(single_steps, "MindSpore", WithoutBiasCorrection)
    assert wrong(claim_id) == []


def test_decay_in_the_gradient(monkeypatch, torch):
    monkeypatch.setattr(torch.optim, "AdamW", torch.optim.Adam)
    assert "moments of AdamW are the same" in wrong("update-rule.decoupled")


def test_decay_that_the_learning_rate_does_not_scale(monkeypatch):
    real = single_steps.MindSpore

    def unscaled(start, learning_rate, weight_decay):
        return real(start, learning_rate=learning_rate, weight_decay=weight_decay / learning_rate)

    monkeypatch.setattr(single_steps, "MindSpore", unscaled)
    assert wrong("update-rule.decay-times-learning-rate") == [
        "AdamWeightDecay at rate 0.1",
        "AdamWeightDecay at rate 0.01",
    ]


def test_decay_rounded_as_mindspore_does(monkeypatch):
    monkeypatch.setattr(single_steps, "Torch", WithoutBiasCorrection)
    assert "share that differs with decay" in wrong("update-rule.decay-order")
    assert "AdamW is the same with and without decay" in wrong("precision.tiny-decay")


def test_decay_rounded_as_torch_does(monkeypatch):
    monkeypatch.setattr(single_steps, "MindSpore", WithBiasCorrection)
    assert wrong("precision.tiny-decay") == ["AdamWeightDecay, actual over nominal decay"]


def test_a_learning_rate_that_warms_up_on_one_side_only(monkeypatch):
    real = single_steps.MindSpore

    def constant(start, learning_rate, **options):
        return real(start, learning_rate=1.0, **options)

    monkeypatch.setattr(single_steps, "MindSpore", constant)
    assert "ratio at the first step" in wrong("update-rule.warmup-keeps-ratio")


def test_a_longer_way_than_claimed(monkeypatch):
    real = single_steps.MindSpore

    def doubled(start, learning_rate, **options):
        return real(start, learning_rate=2 * learning_rate, **options)

    monkeypatch.setattr(single_steps, "MindSpore", doubled)
    assert len(wrong("update-rule.mean-ratio")) == 3


DEFAULTS = {
    "defaults.learning-rate": {"learning_rate": 1e-2},
    "defaults.betas": {"beta2": 0.99},
    "defaults.eps": {"eps": 1e-8},
    "defaults.eps-first-step": {"eps": 1e-8},
    "defaults.weight-decay": {"weight_decay": 1e-2},
    "defaults.weight-decay-over-time": {"weight_decay": 1e-2},
}


@pytest.mark.parametrize("claim_id", DEFAULTS)
def test_another_default(monkeypatch, mindspore, claim_id):
    changed = functools.partial(mindspore.nn.AdamWeightDecay, **DEFAULTS[claim_id])
    monkeypatch.setattr(mindspore.nn, "AdamWeightDecay", changed)
    assert wrong(claim_id)


def test_another_default_of_the_experimental_optimizer(monkeypatch, mindspore):
    changed = functools.partial(mindspore.experimental.optim.AdamW, eps=1e-6)
    monkeypatch.setattr(mindspore.experimental.optim, "AdamW", changed)
    assert wrong("defaults.experimental-equals-torch") == ["eps"]


def test_a_torch_that_rounds_float16_once(monkeypatch):
    monkeypatch.setattr(single_steps, "Torch", functools.partial(single_steps.Torch, fused=True))
    # The real default implementation takes the place of the fused one and the other way round.
    monkeypatch.setattr(
        "adamwd.claims.precision_float16.fused_torch",
        functools.partial(single_steps.Torch, fused=False),
    )
    assert "share that differs, AdamW, default" in wrong("precision.float16-roundings")
    assert "AdamW, default" in wrong("precision.float16-first-step")
    assert "AdamW, default" in wrong("precision.float16-zero-gradient")


def test_a_bad_element_that_reaches_all(monkeypatch):
    class Contagious(single_steps.Torch):
        def step(self, gradient):
            finite = bool(np.isfinite(gradient).all())
            super().step(gradient if finite else np.full_like(gradient, np.nan))

    monkeypatch.setattr(single_steps, "Torch", Contagious)
    assert "elements touched in AdamW" in wrong("precision.nan-stays-in-its-element")


def test_a_torch_that_avoids_dividing_by_zero_and_infinity(monkeypatch):
    class Careful(single_steps.Torch):
        def __init__(self, start, eps=1e-8, **options):
            super().__init__(start, eps=max(eps, 1e-12), **options)

        def step(self, gradient):
            super().step(np.clip(gradient, -1.0, 1.0))

    monkeypatch.setattr(single_steps, "Torch", Careful)
    assert wrong("update-rule.eps-zero-torch") == ["zero gradient"]
    assert "second moment" in wrong("update-rule.overflow-torch-freezes")
