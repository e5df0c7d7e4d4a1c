"""The same 100 gradients for torch's AdamW and both MindSpore optimizers: who follows torch."""

# --8<-- [start:body]
import mindspore as ms
import numpy as np
import torch
from mindspore import nn
from mindspore.experimental import optim

rng = np.random.default_rng(0)
start = rng.standard_normal(1000).astype(np.float32)
gradients = rng.standard_normal((100, 1000)).astype(np.float32)

expected = torch.nn.Parameter(torch.from_numpy(start.copy()))
optimizer = torch.optim.AdamW([expected], lr=0.001, weight_decay=0.01)
for gradient in gradients:
    expected.grad = torch.from_numpy(gradient)
    optimizer.step()
expected = expected.detach().numpy()


def largest_difference(make_optimizer):
    weight = ms.Parameter(ms.Tensor(start), name="weight")
    optimizer = make_optimizer([weight])
    for gradient in gradients:
        optimizer((ms.Tensor(gradient),))
    return np.abs(weight.asnumpy() - expected).max()


same = largest_difference(lambda p: optim.AdamW(p, lr=0.001, weight_decay=0.01))
other = largest_difference(
    lambda p: nn.AdamWeightDecay(p, learning_rate=0.001, eps=1e-8, weight_decay=0.01)
)
print("mindspore.experimental.optim.AdamW, below 1e-6:", same < 1e-6)
print("mindspore.nn.AdamWeightDecay:", f"{other:.4f}")
# --8<-- [end:body]
