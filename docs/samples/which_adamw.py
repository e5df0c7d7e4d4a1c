"""Which of MindSpore's three AdamW classes run on this device, and which of them follow torch."""

# --8<-- [start:body]
import mindspore as ms
import numpy as np
import torch
from mindspore import mint, nn
from mindspore.experimental import optim

rng = np.random.default_rng(0)
start = rng.standard_normal(1000).astype(np.float32)
gradients = rng.standard_normal((100, 1000)).astype(np.float32)

expected = torch.nn.Parameter(torch.from_numpy(start.copy()))
optimizer = torch.optim.AdamW([expected])
for gradient in gradients:
    expected.grad = torch.from_numpy(gradient)
    optimizer.step()
expected = expected.detach().numpy()

for name, optimizer_class in {
    "nn.AdamWeightDecay": nn.AdamWeightDecay,
    "experimental.optim.AdamW": optim.AdamW,
    "mint.optim.AdamW": mint.optim.AdamW,
}.items():
    weight = ms.Parameter(ms.Tensor(start), name="weight")
    optimizer = optimizer_class([weight])  # the defaults of each
    try:
        for gradient in gradients:
            optimizer((ms.Tensor(gradient),))
        follows = np.abs(weight.asnumpy() - expected).max() < 1e-5
        print(f"{name}: runs,", "follows torch" if follows else "does not follow torch")
    except RuntimeError as error:
        print(f"{name}: does not run: {str(error).splitlines()[0]}")
# --8<-- [end:body]
