"""The name filter: which parameters decay, one step of learning rate 1 with gradient 0."""

# --8<-- [start:body]
import mindspore as ms
import numpy as np
import torch
from mindspore import nn

NAMES = ["dense.weight", "dense.bias", "norm.gamma", "norm.beta", "gamma_net.conv.weight", "Beta"]


def mindspore_decay(grouped):
    weights = [ms.Parameter(ms.Tensor(np.ones(1, np.float32)), name=name) for name in NAMES]
    params = [{"params": weights}] if grouped else weights
    optimizer = nn.AdamWeightDecay(params, learning_rate=1.0, weight_decay=0.1)
    optimizer(tuple(ms.Tensor(np.zeros(1, np.float32)) for _ in optimizer.parameters))
    return [weight.asnumpy()[0] for weight in weights]


def torch_decay():
    weights = [(name, torch.nn.Parameter(torch.ones(1))) for name in NAMES]
    optimizer = torch.optim.AdamW(weights, lr=1.0, weight_decay=0.1)
    for _, weight in weights:
        weight.grad = torch.zeros(1)
    optimizer.step()
    return [weight.item() for _, weight in weights]


columns = torch_decay(), mindspore_decay(grouped=False), mindspore_decay(grouped=True)
print(f"{'':22}{'AdamW':>6}{'AdamWeightDecay':>17}{'the same in a group':>21}")
for index, name in enumerate(NAMES):
    adamw, adam_weight_decay, in_a_group = (column[index] for column in columns)
    print(f"{name:22}{adamw:6.1f}{adam_weight_decay:17.1f}{in_a_group:21.1f}")
# --8<-- [end:body]
