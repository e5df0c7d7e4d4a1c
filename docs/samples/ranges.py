"""What each optimizer accepts: one hyper-parameter at a time, tried with the real classes."""

# --8<-- [start:body]
import mindspore as ms
import numpy as np
import torch
from mindspore import nn

INF, NAN = float("inf"), float("nan")
VALUES = {
    "lr": [0, 0.0, -1.0, INF, NAN, [0.1, -1.0], (0.1, -1.0), np.array([0.1, -1.0])],
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


tried = [(name, repr(value), value, value) for name in VALUES for value in VALUES[name]]
tried += [("lr", "Tensor(-1.0)", torch.tensor(-1.0), ms.tensor(-1.0))]
print(f"{'':24}{'AdamW':12}AdamWeightDecay")
for name, text, for_torch, for_mindspore in tried:
    first = verdict(adamw, name, for_torch)
    second = verdict(adam_weight_decay, name, for_mindspore)
    print(f"{name + '=' + text.replace(' ', ''):24}{first:12}{second}")
# --8<-- [end:body]
