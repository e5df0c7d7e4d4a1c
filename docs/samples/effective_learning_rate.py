"""A schedule that makes up for the missing bias correction of AdamWeightDecay."""

import mindspore as ms
import numpy as np
import torch
from mindspore import nn

rng = np.random.default_rng(0)
start = rng.standard_normal(1000).astype(np.float32)
gradients = rng.standard_normal((100, 1000)).astype(np.float32)

expected = torch.nn.Parameter(torch.from_numpy(start.copy()))
optimizer = torch.optim.AdamW([expected], lr=0.001, weight_decay=0.0)
for gradient in gradients:
    expected.grad = torch.from_numpy(gradient)
    optimizer.step()

# --8<-- [start:body]
rate, beta1, beta2 = 0.001, 0.9, 0.999
steps = np.arange(1, len(gradients) + 1)
corrected = rate * np.sqrt(1 - beta2**steps) / (1 - beta1**steps)

for title, learning_rate in {"as it is": rate, "corrected": corrected.tolist()}.items():
    weight = ms.Parameter(ms.Tensor(start), name="weight")
    optimizer = nn.AdamWeightDecay([weight], learning_rate, beta1, beta2, eps=1e-8)
    for gradient in gradients:
        optimizer((ms.Tensor(gradient),))
    difference = np.abs(weight.asnumpy() - expected.detach().numpy()).max()
    print(f"{title}: largest difference from torch {difference:.4f}")
# --8<-- [end:body]
