"""What each optimizer accepts: one hyper-parameter at a time, tried with the real classes."""

import mindspore as ms
import numpy as np
import torch
from mindspore import nn

# --8<-- [start:body]
INF, NAN = float("inf"), float("nan")
VALUES = {
    "lr": [0, 0.0, -1.0, INF, NAN],
    "beta1": [0.0, 1.0, 0, NAN],
    "beta2": [0.0, 1.0, 0, NAN],
    "eps": [0.0, 1, -1.0, INF, NAN],
    "weight_decay": [0, 0.0, -0.1, INF, NAN],
}


def adamw(name, value):
    option = {name: value}
    if name.startswith("beta"):
        option = {"betas": (value, 0.999) if name == "beta1" else (0.9, value)}
    return torch.optim.AdamW([torch.nn.Parameter(torch.ones(1))], **option)


def adam_weight_decay(name, value):
    weight = ms.Parameter(ms.Tensor(np.ones(1, np.float32)), name="weight")
    return nn.AdamWeightDecay([weight], **{name.replace("lr", "learning_rate"): value})


def verdict(make_optimizer, name, value):
    try:
        make_optimizer(name, value)
    except (TypeError, ValueError) as error:
        return type(error).__name__
    return "accepted"


print(f"{'':20}{'AdamW':12}AdamWeightDecay")
for name, values in VALUES.items():
    for value in values:
        first, second = (verdict(f, name, value) for f in (adamw, adam_weight_decay))
        print(f"{name + '=' + repr(value):20}{first:12}{second}")
# --8<-- [end:body]
