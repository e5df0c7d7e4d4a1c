"""Very small weight decay while gradients are not zero: who still decays as asked."""

# --8<-- [start:body]
import mindspore as ms
import numpy as np
import torch
from mindspore import nn
from mindspore.experimental import optim

STEPS, LR = 500, 1e-4
rng = np.random.default_rng(0)
start = rng.uniform(0.5, 2, 1000).astype(np.float32)
gradients = rng.standard_normal((STEPS, 1000)).astype(np.float32)


def torch_adamw(weight_decay):
    weight = torch.nn.Parameter(torch.from_numpy(start.copy()))
    optimizer = torch.optim.AdamW([weight], lr=LR, weight_decay=weight_decay)
    for gradient in gradients:
        weight.grad = torch.from_numpy(gradient)
        optimizer.step()
    return weight.detach().numpy()


def mindspore_run(optimizer_class, weight_decay):
    weight = ms.Parameter(ms.Tensor(start), name="weight")
    optimizer = optimizer_class([weight], LR, weight_decay=weight_decay)
    for gradient in gradients:
        optimizer((ms.Tensor(gradient),))
    return weight.asnumpy()


def actual_over_nominal(train, weight_decay):
    without, decayed = (train(decay).astype(np.float64) for decay in (0.0, weight_decay))
    return np.mean((without - decayed) / start) / (STEPS * LR * weight_decay)


print("lr * weight_decay               1e-07  1e-08")
for name, train in {
    "torch.optim.AdamW": torch_adamw,
    "experimental.optim.AdamW": lambda decay: mindspore_run(optim.AdamW, decay),
    "nn.AdamWeightDecay": lambda decay: mindspore_run(nn.AdamWeightDecay, decay),
}.items():
    ratios = [actual_over_nominal(train, decay) for decay in (1e-3, 1e-4)]
    print(f"{name:30}", *(f"{ratio:6.2f}" for ratio in ratios))
# --8<-- [end:body]
