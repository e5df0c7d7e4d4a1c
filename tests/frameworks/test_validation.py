"""What the real optimizers refuse, the references refuse with the same type of exception."""

import math

import numpy as np
import pytest

from adamwd import AdamW, AdamWeightDecay, Parameter

NUMBERS = [-1.0, -0.0, 0.0, 0.5, 1.0, math.nan, math.inf, 0, 1, True, None, "a", [0.1, 0.2], []]


def outcome(call):
    try:
        call()
    except Exception as error:
        return type(error)
    return None


@pytest.mark.parametrize("value", [*NUMBERS, np.float32(0.1), np.float64(0.1), 1 - 1e-9], ids=repr)
@pytest.mark.parametrize("name", ["learning_rate", "beta1", "beta2", "eps", "weight_decay"])
def test_hyperparameters_of_adam_weight_decay(mindspore, name, value):
    parameter = mindspore.Parameter(mindspore.Tensor(np.ones(2, np.float32)), name="w")
    real = outcome(lambda: mindspore.nn.AdamWeightDecay([parameter], **{name: value}))
    ours = outcome(
        lambda: AdamWeightDecay([Parameter(np.ones(2, np.float32), "w")], **{name: value})
    )
    assert ours is real


@pytest.mark.parametrize("value", [*NUMBERS, np.float64(0.1)], ids=repr)
@pytest.mark.parametrize("name", ["lr", "beta1", "beta2", "eps", "weight_decay"])
def test_hyperparameters_of_adamw(torch, name, value):
    if name.startswith("beta"):
        betas = (value, 0.9) if name == "beta1" else (0.9, value)
        settings = {"betas": betas}
    else:
        settings = {name: value}
    parameter = torch.nn.Parameter(torch.ones(2))
    real = outcome(lambda: torch.optim.AdamW([parameter], **settings))
    assert outcome(lambda: AdamW([np.ones(2, np.float32)], **settings)) is real


PARAMETERS = {
    "none": lambda make: None,
    "empty": lambda make: [],
    "a number": lambda make: 3,
    "numbers": lambda make: [3],
    "the same twice": lambda make: [make("a")] * 2,
    "the same name": lambda make: [make("a"), make("a")],
    "parameters and groups": lambda make: [make("a"), {"params": [make("b")]}],
    "groups and parameters": lambda make: [{"params": [make("a")]}, make("b")],
    "empty group": lambda make: [{"params": []}],
    "unknown key": lambda make: [{"params": [make("a")], "betas": (0.9, 0.9)}],
    "no params": lambda make: [{"lr": 0.1}],
    "twice in groups": lambda make: [{"params": [p]} for p in [make("a")] * 2],
    "a number in a group": lambda make: [{"params": [3]}],
    "a tuple as group": lambda make: [{"params": (make("a"), make("b"))}],
    "order too short": lambda make: [
        {"params": [make("a"), make("b")]},
        {"order_params": [make("a")]},
    ],
    "order of others": lambda make: [
        {"params": [make("a"), make("b")]},
        {"order_params": [make("a"), make("c")]},
    ],
    "order with another key": lambda make: [
        {"params": [make("a")]},
        {"order_params": [make("a")], "lr": 0.1},
    ],
    "order of a number": lambda make: [{"params": [make("a")]}, {"order_params": 3}],
    "centralization no boolean": lambda make: [{"params": [make("a")], "grad_centralization": 1}],
    "negative rate in a group": lambda make: [{"params": [make("a")], "lr": -0.1}],
    "negative decay in a group": lambda make: [{"params": [make("a")], "weight_decay": -0.1}],
    "lists of other lengths": lambda make: [
        {"params": [make("a")], "lr": [0.1, 0.2]},
        {"params": [make("b")], "lr": [0.1, 0.2, 0.3]},
    ],
}


@pytest.mark.parametrize("make_params", PARAMETERS.values(), ids=PARAMETERS)
def test_parameters_of_adam_weight_decay(mindspore, make_params):
    def real_parameter(name):
        return mindspore.Parameter(mindspore.Tensor(np.ones(2, np.float32)), name=name)

    def our_parameter(name):
        return Parameter(np.ones(2, np.float32), name)

    real = outcome(lambda: mindspore.nn.AdamWeightDecay(make_params(real_parameter)))
    ours = outcome(lambda: AdamWeightDecay(make_params(our_parameter)))
    assert ours is real


GRADIENTS = {
    "a list": lambda tensor: [tensor(2)],
    "one too many": lambda tensor: (tensor(2), tensor(2)),
    "none at all": lambda tensor: (),
    "another shape": lambda tensor: (tensor(3),),
    "shape (1,)": lambda tensor: (tensor(1),),
    "None": lambda tensor: (None,),
    "right": lambda tensor: (tensor(2),),
}


@pytest.mark.parametrize("make_gradients", GRADIENTS.values(), ids=GRADIENTS)
def test_gradients_of_adam_weight_decay(mindspore, make_gradients):
    parameter = mindspore.Parameter(mindspore.Tensor(np.ones(2, np.float32)), name="w")
    real = mindspore.nn.AdamWeightDecay([parameter])
    ours = AdamWeightDecay([Parameter(np.ones(2, np.float32), "w")])
    theirs = make_gradients(lambda size: mindspore.Tensor(np.ones(size, np.float32)))
    mine = make_gradients(lambda size: np.ones(size, np.float32))
    assert outcome(lambda: ours(mine)) is outcome(lambda: real(theirs))


def test_the_end_of_a_list_of_learning_rates(mindspore, mindspore_mode):
    def call_three_times(optimizer, gradient, read):
        for _ in range(3):
            optimizer((gradient,))
            read()

    parameter = mindspore.Parameter(mindspore.Tensor(np.ones(2, np.float32)), name="w")
    real = mindspore.nn.AdamWeightDecay([parameter], learning_rate=[0.1, 0.2])
    ours = AdamWeightDecay([Parameter(np.ones(2, np.float32), "w")], learning_rate=[0.1, 0.2])
    gradient = np.ones(2, np.float32)
    assert outcome(lambda: call_three_times(ours, gradient, lambda: None)) is RuntimeError
    # In PyNative mode the error shows when the parameter is next read.
    assert (
        outcome(lambda: call_three_times(real, mindspore.Tensor(gradient), parameter.asnumpy))
        is RuntimeError
    )
