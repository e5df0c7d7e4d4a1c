"""nn.AdamWeightDecay made to follow torch's AdamW by a list of rates and a decay for each step."""

# --8<-- [start:body]
import mindspore as ms
import numpy as np
import torch
from mindspore import nn

STEPS, LR, BETAS, EPS, WEIGHT_DECAY = 300, 0.001, (0.9, 0.999), 1e-8, 0.01

# r_t, the ratio of the updates, for t = 1, 2, ...: what bias correction takes out again.
t = np.arange(1, STEPS + 1)
ratio = (1 - BETAS[0] ** t) / np.sqrt(1 - BETAS[1] ** t)


class EachStep(nn.Cell):
    """Weight decay with a value for each step."""

    def __init__(self, values):
        super().__init__()
        self.values = ms.Tensor(values, ms.float32)

    def construct(self, global_step):  # counts from 0
        return self.values[global_step]


rates = (LR / ratio).tolist()  # one for each step of the training: no step may follow the last
decays = EachStep(WEIGHT_DECAY * ratio)  # else the smaller rate would decay less

rng = np.random.default_rng(0)
start = rng.standard_normal(1000).astype(np.float32)
gradients = rng.standard_normal((STEPS, 1000)).astype(np.float32)

expected = torch.nn.Parameter(torch.from_numpy(start.copy()))
optimizer = torch.optim.AdamW([expected], lr=LR, betas=BETAS, eps=EPS, weight_decay=WEIGHT_DECAY)
for gradient in gradients:
    expected.grad = torch.from_numpy(gradient)
    optimizer.step()


def largest_difference(learning_rate, weight_decay):
    weight = ms.Parameter(ms.Tensor(start), name="weight")
    group = {"params": [weight], "weight_decay": weight_decay}  # a group: no name filter
    optimizer = nn.AdamWeightDecay([group], learning_rate, *BETAS, EPS)
    for gradient in gradients:
        optimizer((ms.Tensor(gradient),))
    return np.abs(weight.asnumpy() - expected.detach().numpy()).max()


print(f"as it is:                     {largest_difference(LR, WEIGHT_DECAY):.6f}")
print(f"learning rates only:          {largest_difference(rates, WEIGHT_DECAY):.6f}")
print(f"learning rates, weight decay: {largest_difference(rates, decays):.6f}")
# --8<-- [end:body]
