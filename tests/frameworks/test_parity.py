"""The two made to match on the real libraries, both ways, and how far they are without."""

import numpy as np
import pytest

from adamwd.compare import TOLERANCES

STEPS, SIZE = 1000, 1000
WARM_UP = 100
BETAS = (0.9, 0.999)


def rates(steps=STEPS, peak=1e-3):
    """Linear warm-up, then half a cosine."""
    t = np.arange(1, steps + 1)
    cosine = 0.5 * (1 + np.cos(np.pi * (t - WARM_UP) / (steps - WARM_UP)))
    return peak * np.where(t <= WARM_UP, t / WARM_UP, cosine)


def problem(size):
    random = np.random.default_rng(11)
    start = random.standard_normal(SIZE).astype(np.float32)
    return start, (size * random.standard_normal((STEPS, SIZE))).astype(np.float32)


def scheduled(torch, optimizer, learning_rates):
    """The user's own scheduler, which knows of nothing."""
    peak = optimizer.param_groups[0]["lr"]
    factors = [*(learning_rates / peak), 0.0]
    return torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: factors[step])


def run_torch(torch, start, gradients, *, eps, weight_decay, follow=None, **options):
    """Two groups of one parameter each, under warm-up and cosine."""
    half = SIZE // 2
    parameters = [torch.nn.Parameter(torch.tensor(part)) for part in (start[:half], start[half:])]
    groups = [
        {"params": [parameters[0]], "weight_decay": weight_decay},
        {"params": [parameters[1]], "weight_decay": weight_decay / 2},
    ]
    optimizer = torch.optim.AdamW(groups, lr=1e-3, betas=BETAS, eps=eps, **options)
    if follow:
        follow(optimizer)
    scheduler = scheduled(torch, optimizer, rates())
    for gradient in gradients:
        for parameter, part in zip(parameters, (gradient[:half], gradient[half:]), strict=True):
            parameter.grad = torch.from_numpy(part)
        optimizer.step()
        scheduler.step()
    return np.concatenate([parameter.detach().numpy() for parameter in parameters])


def run_mindspore(mindspore, start, gradients, make):
    half = SIZE // 2
    parameters = [
        mindspore.Parameter(mindspore.Tensor(part.copy()), name=name)
        for name, part in (("a", start[:half]), ("b", start[half:]))
    ]
    optimizer = make(parameters)
    for gradient in gradients:
        optimizer(tuple(mindspore.Tensor(part) for part in (gradient[:half], gradient[half:])))
    return np.concatenate([parameter.asnumpy().copy() for parameter in parameters])


def decayed_groups(parameters, weight_decay):
    return [
        {"params": [parameters[0]], "weight_decay": weight_decay},
        {"params": [parameters[1]], "weight_decay": weight_decay / 2},
    ]


def error(found, expected):
    return float(np.abs(found - expected).max() / np.abs(expected).max())


@pytest.mark.parametrize("weight_decay", [0.0, 0.1])
@pytest.mark.parametrize("size", [1.0, 1e-3, 1e-5])
def test_torch_follows_mindspore(torch, mindspore, size, weight_decay):
    from adamwd.parity.torch_adamw import FollowAdamWeightDecay

    start, gradients = problem(size)
    settings = {"eps": 1e-6, "weight_decay": weight_decay}

    def adam_weight_decay(parameters):
        groups = decayed_groups(parameters, weight_decay)
        return mindspore.nn.AdamWeightDecay(groups, rates().tolist(), *BETAS, 1e-6)

    expected = run_mindspore(mindspore, start, gradients, adam_weight_decay)
    limit = TOLERANCES["parity/torch" if weight_decay else "parity/torch/no-decay"].limit
    for options in ({"foreach": False}, {"foreach": True}, {"fused": True}):
        found = run_torch(
            torch, start, gradients, follow=FollowAdamWeightDecay, **settings, **options
        )
        assert error(found, expected) <= limit, options
    without = run_torch(torch, start, gradients, **settings)
    assert error(without, expected) >= 1e-2


@pytest.mark.parametrize("weight_decay", [0.0, 0.1])
@pytest.mark.parametrize("size", [1.0, 1e-3, 1e-5])
def test_mindspore_follows_torch(torch, mindspore, size, weight_decay):
    from adamwd.parity.mindspore_adam_weight_decay import following_adamw

    start, gradients = problem(size)
    expected = run_torch(torch, start, gradients, eps=1e-8, weight_decay=weight_decay)

    def follower(parameters):
        groups = decayed_groups(parameters, weight_decay)
        return following_adamw(groups, rates(), BETAS, 1e-8)

    def as_it_is(parameters):
        groups = decayed_groups(parameters, weight_decay)
        return mindspore.nn.AdamWeightDecay(groups, rates().tolist(), *BETAS, 1e-8)

    # What eps leaves of tiny gradients is larger, and said to be.
    name = "parity/mindspore" if size > 1e-4 else "parity/mindspore/tiny-gradients"
    found = run_mindspore(mindspore, start, gradients, follower)
    assert error(found, expected) <= TOLERANCES[name].limit
    assert error(run_mindspore(mindspore, start, gradients, as_it_is), expected) >= 1e-2


def test_schedules_make_the_references_the_same():
    """In float64, where nothing is rounded that matters, by the formulas alone."""
    from adamwd.parity import (
        adam_weight_decay_following_adamw,
        adamw_following_adam_weight_decay,
    )

    steps, (beta1, beta2) = np.arange(1, 201), BETAS
    random = np.random.default_rng(3)
    gradients = random.standard_normal((200, 50))
    learning_rates = rates(200, 0.01)[: len(steps)]

    def run(adamw, schedule):
        w, m, v = np.ones(50), np.zeros(50), np.zeros(50)
        for index, g in enumerate(gradients):
            lr, eps, decay = (
                field[index]
                for field in (schedule.learning_rate, schedule.eps, schedule.weight_decay)
            )
            m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g * g
            t = index + 1
            c1, c2 = (1 - beta1**t, 1 - beta2**t) if adamw else (1.0, 1.0)
            w = w - lr * (decay * w + m / c1 / (np.sqrt(v / c2) + eps))
        return w

    from adamwd.parity import Schedule

    for eps in (1e-8, 1e-3):
        plain = Schedule(learning_rates, np.full(200, eps), np.full(200, 0.1))
        for adamw, follow in (
            (True, adamw_following_adam_weight_decay),
            (False, adam_weight_decay_following_adamw),
        ):
            followed = run(not adamw, plain)
            following = run(adamw, follow(steps, learning_rates, BETAS, eps, 0.1))
            assert np.allclose(following, followed, rtol=1e-12, atol=0)


class TestFollowAdamWeightDecay:
    def made(self, torch, **options):
        from adamwd.parity.torch_adamw import FollowAdamWeightDecay

        parameter = torch.nn.Parameter(torch.ones(3))
        optimizer = torch.optim.AdamW([parameter], lr=0.1, **options)
        return parameter, optimizer, FollowAdamWeightDecay(optimizer)

    def test_the_groups_keep_the_users_values(self, torch):
        parameter, optimizer, _ = self.made(torch, eps=1e-6, weight_decay=0.1)
        before = {k: v for k, v in optimizer.param_groups[0].items() if k != "params"}
        parameter.grad = torch.ones(3)
        optimizer.step()
        assert {k: v for k, v in optimizer.param_groups[0].items() if k != "params"} == before

    def test_they_come_back_after_a_step_that_failed(self, torch):
        parameter, optimizer, follow = self.made(torch)
        parameter.grad = torch.ones(3)

        def closure():
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            optimizer.step(closure)
        optimizer.step()
        assert optimizer.param_groups[0]["lr"] == 0.1
        follow.remove()
        assert optimizer.param_groups[0]["lr"] == 0.1

    def test_going_on_from_a_saved_state_is_going_on(self, torch):
        from adamwd.parity.torch_adamw import FollowAdamWeightDecay

        gradients = np.random.default_rng(2).standard_normal((20, 3)).astype(np.float32)
        results = []
        for stop in (None, 10):
            parameter, optimizer, _ = self.made(torch)
            for index, gradient in enumerate(gradients):
                if index == stop:
                    state = optimizer.state_dict()
                    optimizer = torch.optim.AdamW([parameter], lr=0.5)
                    optimizer.load_state_dict(state)
                    FollowAdamWeightDecay(optimizer)
                parameter.grad = torch.from_numpy(gradient)
                optimizer.step()
            results.append(parameter.detach().numpy())
        assert np.array_equal(*results)

    def test_removed_it_is_adamw_again(self, torch):
        parameter, optimizer, follow = self.made(torch, weight_decay=0.0)
        follow.remove()
        parameter.grad = torch.ones(3)
        optimizer.step()
        assert np.allclose(parameter.detach().numpy(), 0.9)

    def test_parameters_that_are_not_in_step_are_told(self, torch):
        from adamwd.parity.torch_adamw import FollowAdamWeightDecay

        first, second = (torch.nn.Parameter(torch.ones(2)) for _ in range(2))
        optimizer = torch.optim.AdamW([first, second])
        FollowAdamWeightDecay(optimizer)
        first.grad = torch.ones(2)
        optimizer.step()
        second.grad = torch.ones(2)
        with pytest.raises(RuntimeError, match=r"group 0 have taken \[0, 1\] steps"):
            optimizer.step()

    @pytest.mark.parametrize("name", ["amsgrad", "capturable"])
    def test_what_has_no_counterpart_is_refused(self, torch, name):
        with pytest.raises(ValueError, match=f"group 0 has {name}=True"):
            self.made(torch, **{name: True})

    def test_another_optimizer_is_refused(self, torch):
        from adamwd.parity.torch_adamw import FollowAdamWeightDecay

        with pytest.raises(TypeError, match=r"expected a torch.optim.AdamW, got SGD"):
            FollowAdamWeightDecay(torch.optim.SGD([torch.nn.Parameter(torch.ones(1))], lr=0.1))

    def test_groups_by_name_are_those_that_the_filter_makes(self, torch):
        from adamwd.parity.torch_adamw import groups_by_name

        names = ("conv.weight", "norm.gamma", "norm.beta", "betatron.weight")
        named = [(name, torch.nn.Parameter(torch.ones(1))) for name in names]
        decayed, kept = groups_by_name(named, 0.1)
        assert [p is named[0][1] for p in decayed["params"]] == [True]
        assert len(kept["params"]) == 3
        assert (decayed["weight_decay"], kept["weight_decay"]) == (0.1, 0.0)
        assert len(groups_by_name(named[:1], 0.1)) == 1


class TestFollowingAdamw:
    def test_it_goes_on_from_any_step(self, torch, mindspore):
        """With the moments of 50 steps in place, the rest is the rest."""
        from adamwd.parity.mindspore_adam_weight_decay import following_adamw

        start, gradients = problem(1.0)
        first, steps = 51, 120
        parameter = torch.nn.Parameter(torch.tensor(start))
        optimizer = torch.optim.AdamW([parameter], lr=1e-2)
        for index, gradient in enumerate(gradients[:steps]):
            if index == first - 1:
                state = optimizer.state[parameter]
                moments = {name: state[name].numpy().copy() for name in ("exp_avg", "exp_avg_sq")}
                middle = parameter.detach().numpy().copy()
            parameter.grad = torch.from_numpy(gradient)
            optimizer.step()
        weight = mindspore.Parameter(mindspore.Tensor(middle), name="w")
        rest = [1e-2] * (steps - first + 1)
        follower = following_adamw([weight], rest, first_step=first)
        for ours, theirs in ((follower.moments1, "exp_avg"), (follower.moments2, "exp_avg_sq")):
            mindspore.ops.assign(ours[0], mindspore.Tensor(moments[theirs]))
        for gradient in gradients[first - 1 : steps]:
            follower((mindspore.Tensor(gradient),))
        limit = TOLERANCES["parity/mindspore"].limit
        assert error(weight.asnumpy(), parameter.detach().numpy()) <= limit

    def test_wrong_groups_and_rates_are_told(self, mindspore):
        from adamwd.parity.mindspore_adam_weight_decay import following_adamw

        weight = mindspore.Parameter(mindspore.Tensor(np.ones(2, np.float32)), name="w")
        with pytest.raises(TypeError, match="betas"):
            following_adamw([{"params": [weight], "betas": (0.9, 0.9)}], [0.1])
        with pytest.raises(TypeError, match="not some of each"):
            following_adamw([weight, {"params": [weight]}], [0.1])
        with pytest.raises(ValueError, match="one for each step, 2"):
            following_adamw([{"params": [weight], "lr": [0.1]}], [0.1, 0.1])
        with pytest.raises(ValueError, match="one for each step, 0"):
            following_adamw([weight], [])


@pytest.mark.parametrize(
    ("steps", "betas", "message"),
    [
        ([0], BETAS, "steps must be whole numbers from 1"),
        ([1.5], BETAS, "steps must be whole numbers from 1"),
        ([1], (0.0, 0.9), "beta1 must be between 0 and 1, got 0.0"),
        ([1], (0.9, 1.0), "beta2 must be between 0 and 1, got 1.0"),
    ],
)
def test_schedules_of_nothing_are_told(steps, betas, message):
    from adamwd.parity import adamw_following_adam_weight_decay

    with pytest.raises(ValueError, match=message):
        adamw_following_adam_weight_decay(steps, 1e-3, betas, 1e-6, 0.0)
