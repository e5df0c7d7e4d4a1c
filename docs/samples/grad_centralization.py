"""grad_centralization: AdamWeightDecay accepts it and never looks at it; Adam does look at it."""

# --8<-- [start:body]
import re

import mindspore as ms
import numpy as np
from mindspore import nn

rng = np.random.default_rng(0)
# MindSpore centralizes only where the second dimension is a multiple of 16.
start = rng.standard_normal((4, 16, 3, 3)).astype(np.float32)
gradients = rng.standard_normal((10, 4, 16, 3, 3)).astype(np.float32) + 1


def train(optimizer_class, **options):
    weight = ms.Parameter(ms.Tensor(start), name="conv.weight")
    optimizer = optimizer_class([{"params": [weight], **options}], learning_rate=0.1)
    for gradient in gradients:
        optimizer((ms.Tensor(gradient),))
    return weight.asnumpy().copy()


absent = train(nn.AdamWeightDecay)
off = train(nn.AdamWeightDecay, grad_centralization=False)
on = train(nn.AdamWeightDecay, grad_centralization=True)
print("AdamWeightDecay, True and absent, same bits:", np.array_equal(on, absent))
print("AdamWeightDecay, True and False,  same bits:", np.array_equal(on, off))
try:
    train(nn.Adam, grad_centralization=True)
except RuntimeError as error:  # an operator that a CPU lacks; that Adam asks for it is the point
    print("Adam, True:", re.search(r"Unsupported op .* on CPU", str(error)).group())
# --8<-- [end:body]
