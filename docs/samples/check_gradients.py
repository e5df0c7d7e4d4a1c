"""Check 1 of a migration: the same weights and the same batch must give the same gradients."""

import mindspore as ms
import numpy as np
import torch
from mindspore import nn

rng = np.random.default_rng(0)
x = rng.standard_normal((8, 5)).astype(np.float32)
y = rng.integers(0, 3, 8).astype(np.int32)
theirs = torch.nn.Linear(5, 3)
ours = nn.Dense(5, 3)
for p, q in zip(ours.trainable_params(), theirs.parameters(), strict=True):
    p.set_data(ms.Tensor(q.detach().numpy()))

# --8<-- [start:body]
torch.nn.functional.cross_entropy(theirs(torch.tensor(x)), torch.tensor(y).long()).backward()
for reduction in ("none", "mean"):
    loss = nn.SoftmaxCrossEntropyWithLogits(sparse=True, reduction=reduction)
    forward = ms.value_and_grad(
        lambda loss=loss: loss(ours(ms.Tensor(x)), ms.Tensor(y)), None, ours.trainable_params()
    )
    for p, g, q in zip(ours.trainable_params(), forward()[1], theirs.parameters(), strict=True):
        ratio = np.linalg.norm(g.asnumpy()) / np.linalg.norm(q.grad.numpy())
        print(f"reduction={reduction!r:8} {p.name:6} gradient over torch's: {ratio:.3f}")
# --8<-- [end:body]
