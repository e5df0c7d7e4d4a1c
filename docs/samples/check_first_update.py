"""Check 2 of a migration: the ratio of the first updates tells of bias correction."""

import mindspore as ms
import numpy as np
import torch
from mindspore import nn
from mindspore.experimental import optim

gradient = np.array([1.0, -2.0, 0.5, 3.0], np.float32)

# --8<-- [start:body]
theirs = torch.nn.Parameter(torch.zeros(4))
theirs.grad = torch.from_numpy(gradient)
torch.optim.AdamW([theirs], lr=0.001, weight_decay=0.0).step()
for make in (nn.AdamWeightDecay, optim.AdamW):
    ours = ms.Parameter(ms.Tensor(np.zeros(4, np.float32)), name="w")
    make([ours], 0.001, weight_decay=0.0)((ms.Tensor(gradient),))
    ratio = np.median(ours.asnumpy() / theirs.detach().numpy())
    print(f"{make.__name__}: {ratio:.3f}")
print(f"no bias correction: {(1 - 0.9) / (1 - 0.999) ** 0.5:.3f}")
# --8<-- [end:body]
