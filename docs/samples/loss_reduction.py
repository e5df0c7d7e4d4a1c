"""What the loss of the official example does by default: gradients are summed, not averaged."""

# --8<-- [start:body]
import mindspore as ms
import numpy as np
from mindspore import nn

logits = ms.Tensor(np.random.default_rng(0).standard_normal((8, 3)).astype(np.float32))
classes = np.array([0, 1, 2, 0, 1, 2, 0, 1], np.int32)
one_hot = ms.Tensor(np.eye(3, dtype=np.float32)[classes])

loss = nn.SoftmaxCrossEntropyWithLogits()
mean = nn.SoftmaxCrossEntropyWithLogits(reduction="mean")
print("default reduction:", loss.reduction)
print("loss for a batch of 8:", loss(logits, one_hot).shape)
ratio = ms.grad(loss)(logits, one_hot).asnumpy() / ms.grad(mean)(logits, one_hot).asnumpy()
print(f"its gradient is {ratio.mean():.1f} times that of reduction='mean'")
try:
    loss(logits, ms.Tensor(classes))
except TypeError:
    print("class indices as labels: TypeError")
# --8<-- [end:body]
