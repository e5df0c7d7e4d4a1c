"""A parameter that the loss does not use: PyTorch leaves it alone, MindSpore decays it."""

# --8<-- [start:body]
import mindspore as ms
import numpy as np
import torch
from mindspore import nn

used = torch.nn.Parameter(torch.ones(1))
unused = torch.nn.Parameter(torch.ones(1))
optimizer = torch.optim.AdamW([used, unused], lr=1.0, weight_decay=0.1)
used.sum().backward()  # unused.grad stays None
optimizer.step()
print("torch.optim.AdamW            unused:", unused.item())

used = ms.Parameter(ms.Tensor(np.ones(1, np.float32)), name="used")
unused = ms.Parameter(ms.Tensor(np.ones(1, np.float32)), name="unused")
optimizer = nn.AdamWeightDecay([used, unused], learning_rate=1.0, weight_decay=0.1)
_, gradients = ms.value_and_grad(lambda: used.sum(), None, optimizer.parameters)()
optimizer(gradients)  # the gradient of unused is 0, not None
print("mindspore.nn.AdamWeightDecay unused:", f"{unused.asnumpy()[0]:.1f}")
# --8<-- [end:body]
