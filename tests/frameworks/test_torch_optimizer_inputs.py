"""Every CPU configuration and error case of PyTorch's own optimizer test inputs."""

import warnings

import numpy as np
import pytest

from adamwd import AdamW, Parameter
from adamwd.compare import TOLERANCES, scaled_error


@pytest.fixture(scope="module")
def inputs(torch):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from torch.testing._internal import common_optimizers
    return common_optimizers


def as_numpy(torch, value):
    """Turn PyTorch tensors, wherever they are in an argument, into NumPy arrays."""
    if isinstance(value, torch.Tensor):
        return value.detach().numpy().copy()
    if isinstance(value, dict):
        return {key: as_numpy(torch, item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(as_numpy(torch, item) for item in value)
    return value


@pytest.mark.parametrize("path", ["foreach", "fused", "differentiable", None])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_configurations(torch, inputs, random, dtype, path):
    configurations = inputs.optim_inputs_func_adamw("cpu", getattr(torch, dtype))
    assert len(configurations) >= 5
    limit = TOLERANCES["adamw/differentiable" if path == "differentiable" else f"adamw/{dtype}"]
    for configuration in configurations:
        settings = dict(configuration.kwargs)
        if path:
            settings[path] = True
        start = random.standard_normal((4, 5)).astype(dtype)
        # A leaf that requires a gradient cannot be stepped differentiably.
        parameter = torch.from_numpy(start.copy()).requires_grad_(path != "differentiable")
        real = torch.optim.AdamW([parameter], **settings)
        w = start.copy()
        reference = AdamW([w], **as_numpy(torch, settings))
        for _ in range(20):
            gradient = random.standard_normal((4, 5)).astype(dtype)
            parameter.grad = torch.from_numpy(gradient.copy())
            real.step()
            reference.step([gradient])
            error = scaled_error(
                w, parameter.detach().numpy(), np.maximum(np.abs(w), 1e-2), limit.unit
            )
            assert error <= limit.limit, (configuration.desc, error)


def test_errors(torch, inputs):
    cases = inputs.optim_error_inputs_func_adamw("cpu", torch.float32)
    assert len(cases) >= 10
    for case in cases:
        given = case.optimizer_error_input
        arrays = {}

        def convert(value, arrays=arrays):
            if isinstance(value, torch.nn.Parameter):
                return arrays.setdefault(id(value), Parameter(value.detach().numpy().copy()))
            if isinstance(value, dict):
                return {key: convert(item) for key, item in value.items()}
            if isinstance(value, (list, tuple)):
                return type(value)(convert(item) for item in value)
            return value

        params = [np.ones((1, 1), np.float32)] if given.params is None else convert(given.params)
        settings = as_numpy(torch, given.kwargs)
        if case.error_type is UserWarning:
            with pytest.warns(UserWarning, match="duplicate parameters"):
                AdamW(params, **settings)
            continue
        # PyTorch's words, but for what it calls a tensor where this package has arrays.
        words = case.error_regex.replace("iterable of Tensors", "iterable of arrays")
        with pytest.raises(case.error_type, match=words):
            AdamW(params, **settings)
