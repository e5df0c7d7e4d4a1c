"""Check 4 of a migration: the learning rate that each step really used, seen by its decay."""

import mindspore as ms
import numpy as np
import torch
from mindspore import nn

theirs = torch.nn.Parameter(torch.ones(1))
theirs.grad = torch.zeros(1)
ours = ms.Parameter(ms.Tensor(np.ones(1, np.float32)), name="w")

# --8<-- [start:body]
rates = [0.125, 0.25, 0.375, 0.5]
torch_optimizer = torch.optim.AdamW([theirs], lr=1.0, weight_decay=1.0)
schedule = torch.optim.lr_scheduler.LambdaLR(torch_optimizer, lambda step: rates[min(step, 3)])
optimizer = nn.AdamWeightDecay([ours], rates, weight_decay=1.0)
for step in range(1, 5):
    a, b = theirs.item(), ours.asnumpy()[0].item()
    torch_optimizer.step()
    schedule.step()
    optimizer((ms.Tensor(np.zeros(1, np.float32)),))
    print(f"step {step}:  {1 - theirs.item() / a:.3f}  {1 - ours.asnumpy()[0].item() / b:.3f}")
# --8<-- [end:body]
