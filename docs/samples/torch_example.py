"""Groups with torch.optim.AdamW: the counterpart of the MindSpore example, setting for setting."""

# --8<-- [start:imports]
import numpy as np
import torch
from torch import nn

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
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3)
        self.dense = nn.Linear(144, 3)

    def forward(self, x):
        return self.dense(torch.relu(self.conv(x)).flatten(1))


net = Net()
net.load_state_dict({name: torch.from_numpy(array) for name, array in weights.items()})
# --8<-- [end:model]

# --8<-- [start:optimizer]
conv_params = [p for name, p in net.named_parameters() if "conv" in name]
no_conv_params = [p for name, p in net.named_parameters() if "conv" not in name]
group_params = [
    {"params": conv_params, "weight_decay": 0.01},
    {"params": no_conv_params, "lr": 0.01},
]
# eps and weight_decay are MindSpore's defaults, written out: PyTorch's own are others.
optimizer = torch.optim.AdamW(group_params, lr=0.1, eps=1e-6, weight_decay=0.0)
# --8<-- [end:optimizer]

# --8<-- [start:loop]
for step in range(12):
    x, y = torch.from_numpy(images[step]), torch.from_numpy(labels[step]).long()
    loss = nn.functional.cross_entropy(net(x), y)
    optimizer.zero_grad()  # .grad accumulates
    loss.backward()
    optimizer.step()
    print(f"step {step + 1:2d}  loss {loss.item():.4f}")
# --8<-- [end:loop]
