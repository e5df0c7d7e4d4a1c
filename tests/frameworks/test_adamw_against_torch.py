"""AdamW against the real torch.optim.AdamW: 100 steps, 100,000 elements, every code path."""

import numpy as np
import pytest

from adamwd import AdamW
from tests.frameworks.agreement import Watch, gradients

STEPS, SIZE = 100, 100_000
PATHS = {"single": {"foreach": False}, "foreach": {"foreach": True}, "fused": {"fused": True}}
OPTIONS = {
    "plain": {},
    "no decay": {"weight_decay": 0.0},
    "amsgrad": {"amsgrad": True},
    "maximize": {"maximize": True, "weight_decay": 0.1},
    "small beta1": {"betas": (0.4, 0.95)},
}


def state_of(optimizer, parameter):
    state = optimizer.state[parameter]
    return [state[key].numpy() for key in ("exp_avg", "exp_avg_sq")]


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_step_by_step(torch, random, dtype, path, options):
    # All the steps and elements for the plain rule, fewer for its variants.
    size = SIZE if not options else SIZE // 10
    start = random.standard_normal(size).astype(dtype)
    settings = {"lr": 1e-2, "weight_decay": 0.1, **options}
    parameter = torch.nn.Parameter(torch.from_numpy(start.copy()))
    real = torch.optim.AdamW([parameter], **settings, **PATHS[path])
    w = start.copy()
    reference = AdamW([w], **settings)
    watch = Watch(f"adamw/{dtype}/fused" if path == "fused" else f"adamw/{dtype}")
    for gradient in gradients(random, STEPS, size, dtype):
        before = w.copy()
        parameter.grad = torch.from_numpy(gradient.copy())
        real.step()
        reference.step([gradient])
        state = next(iter(reference.state.values()))
        watch.see(
            before,
            (w, state["exp_avg"], state["exp_avg_sq"]),
            (parameter.detach().numpy(), *state_of(real, parameter)),
        )
    watch.check()


@pytest.mark.parametrize("path", ["single", "fused"])
def test_float16_bit_for_bit(torch, random, path):
    start = random.standard_normal(10_000).astype("float16")
    parameter = torch.nn.Parameter(torch.from_numpy(start.copy()))
    settings = {"lr": 1e-2, "eps": 1e-4, "weight_decay": 0.1, **PATHS[path]}
    real = torch.optim.AdamW([parameter], **settings)
    w = start.copy()
    reference = AdamW([w], **settings)
    for gradient in gradients(random, 50, len(start), "float16"):
        parameter.grad = torch.from_numpy(gradient.copy())
        real.step()
        reference.step([gradient])
        np.testing.assert_array_equal(w, parameter.detach().numpy())


def test_groups_none_gradients_and_changes_between_steps(torch, random):
    shapes = [(), (7,), (3, 4)]
    starts = [np.asarray(random.standard_normal(shape), np.float32) for shape in shapes]
    parameters = [torch.nn.Parameter(torch.from_numpy(s.copy())) for s in starts]
    arrays = [s.copy() for s in starts]

    def groups(values):
        return [
            {"params": values[:1], "lr": 0.1, "betas": (0.5, 0.9), "eps": 1e-3},
            {"params": values[1:], "weight_decay": 0.5, "amsgrad": True},
        ]

    real = torch.optim.AdamW(groups(parameters), lr=1e-2, fused=True)
    reference = AdamW(groups(arrays), lr=1e-2, fused=True)
    for step in range(30):
        given = [
            None if (step + i) % 3 == 0 else np.asarray(random.standard_normal(s), np.float32)
            for i, s in enumerate(shapes)
        ]
        for parameter, gradient in zip(parameters, given, strict=True):
            parameter.grad = None if gradient is None else torch.from_numpy(gradient.copy())
        for optimizer in (real, reference):
            optimizer.param_groups[1]["lr"] = 1e-2 / (step + 1)
        real.step()
        reference.step(given)
        for array, parameter in zip(arrays, parameters, strict=True):
            np.testing.assert_array_equal(array, parameter.detach().numpy())
    theirs, ours = real.state_dict(), reference.state_dict()
    assert theirs["param_groups"] == ours["param_groups"]
    assert theirs["state"].keys() == ours["state"].keys()
    for index, state in theirs["state"].items():
        assert set(state) == set(ours["state"][index])
        assert float(state["step"]) == float(ours["state"][index]["step"])


def test_a_state_of_pytorch_goes_on_in_the_reference(torch, random):
    start = random.standard_normal(5).astype(np.float32)
    parameter = torch.nn.Parameter(torch.from_numpy(start.copy()))
    real = torch.optim.AdamW([parameter], fused=True)
    given = gradients(random, 10, 5, "float32")
    for gradient in given[:5]:
        parameter.grad = torch.from_numpy(gradient.copy())
        real.step()
    w = parameter.detach().numpy().copy()
    reference = AdamW([w], fused=True)
    saved = real.state_dict()
    saved["state"] = {
        index: {key: value.numpy() for key, value in state.items()}
        for index, state in saved["state"].items()
    }
    reference.load_state_dict(saved)
    for gradient in given[5:]:
        parameter.grad = torch.from_numpy(gradient.copy())
        real.step()
        reference.step([gradient])
    np.testing.assert_array_equal(w, parameter.detach().numpy())


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_overflow_and_zero_eps(torch, dtype):
    huge = 2e19 if dtype == "float32" else 1e160
    gradient = np.array([huge, 0.0, 1.0, np.nan, np.inf], dtype)
    w = np.ones(5, dtype)
    parameter = torch.nn.Parameter(torch.from_numpy(w.copy()))
    settings = {"lr": 1e-2, "eps": 0.0, "fused": True}
    real = torch.optim.AdamW([parameter], **settings)
    reference = AdamW([w], **settings)
    with np.errstate(all="ignore"):
        for _ in range(3):
            parameter.grad = torch.from_numpy(gradient.copy())
            real.step()
            reference.step([gradient])
            np.testing.assert_array_equal(w, parameter.detach().numpy())
