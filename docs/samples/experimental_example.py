"""Groups with mindspore.experimental.optim.AdamW: MindSpore with the PyTorch example's losses."""

# --8<-- [start:imports]
import mindspore as ms
import numpy as np
from mindspore import nn, ops
from mindspore.experimental import optim

# --8<-- [end:imports]

# --8<-- [start:data]
rng = np.random.default_rng(0)
labels = rng.integers(0, 3, (12, 32)).astype(np.int32)  # 12 batches of 32 images
patterns = rng.standard_normal((3, 1, 8, 8))
noise = rng.standard_normal((12, 32, 1, 8, 8))
images = (0.5 * patterns[labels] + noise).astype(np.float32)
weights = {
    "conv.weight": (rng.standard_normal((4, 1, 3, 3)) / 3).astype(np.float32),
    "conv.bias": np.zeros(4, np.float32),
    "dense.weight": (rng.standard_normal((3, 144)) / 12).astype(np.float32),
    "dense.bias": np.zeros(3, np.float32),
}
# --8<-- [end:data]


# --8<-- [start:model]
class Net(nn.Cell):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3, pad_mode="valid", has_bias=True)
        self.dense = nn.Dense(144, 3)

    def construct(self, x):
        return self.dense(ops.relu(self.conv(x)).flatten(start_dim=1))


net = Net()
for parameter in net.trainable_params():
    parameter.set_data(ms.Tensor(weights[parameter.name]))
# --8<-- [end:model]

# --8<-- [start:optimizer]
conv_params = list(filter(lambda p: "conv" in p.name, net.trainable_params()))
no_conv_params = list(filter(lambda p: "conv" not in p.name, net.trainable_params()))
group_params = [
    {"params": conv_params, "weight_decay": 0.01},
    {"params": no_conv_params, "lr": 0.01},
]
# eps and weight_decay as in the other forms, which have those of AdamWeightDecay.
optimizer = optim.AdamW(group_params, lr=0.1, eps=1e-6, weight_decay=0.0)
# --8<-- [end:optimizer]

# --8<-- [start:loop]
# Gradients are matched by position: take them with respect to the optimizer's own parameters.
loss_and_gradients = ms.value_and_grad(
    lambda x, y: ops.cross_entropy(net(x), y), None, optimizer.parameters
)
for step in range(12):
    loss, gradients = loss_and_gradients(ms.Tensor(images[step]), ms.Tensor(labels[step]))
    optimizer(gradients)
    print(f"step {step + 1:2d}  loss {loss.asnumpy():.4f}")
# --8<-- [end:loop]
