"""The same example in NumPy, with the references of both optimizers: it gives both outputs."""

# --8<-- [start:imports]
import numpy as np

import adamwd

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
def loss_and_gradients(net, x, y):
    """3x3 convolution, ReLU, dense layer, cross-entropy (mean); and the way back."""
    patches = np.lib.stride_tricks.sliding_window_view(x[:, 0], (3, 3), axis=(1, 2))
    patches = patches.reshape(32, 36, 9)  # image, position, pixel of the 3x3 window
    kernel = net["conv.weight"].data.reshape(4, 9)
    z = patches @ kernel.T + net["conv.bias"].data
    hidden = np.maximum(z, 0).transpose(0, 2, 1).reshape(32, 144)
    scores = hidden @ net["dense.weight"].data.T + net["dense.bias"].data
    scores = scores - scores.max(axis=1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(32), y].mean()

    d_scores = (np.exp(log_p) - np.eye(3, dtype=np.float32)[y]) / np.float32(32)
    d_hidden = (d_scores @ net["dense.weight"].data).reshape(32, 4, 36).transpose(0, 2, 1)
    d_z = d_hidden * (z > 0)
    return loss, {
        "conv.weight": np.einsum("npc,npk->ck", d_z, patches).reshape(4, 1, 3, 3),
        "conv.bias": d_z.sum(axis=(0, 1)),
        "dense.weight": d_scores.T @ hidden,
        "dense.bias": d_scores.sum(axis=0),
    }


def new_net():
    return {name: adamwd.Parameter(array.copy(), name) for name, array in weights.items()}


# --8<-- [end:model]


# --8<-- [start:optimizer]
def groups(net):
    conv_params = [p for p in net.values() if "conv" in p.name]
    no_conv_params = [p for p in net.values() if "conv" not in p.name]
    return [
        {"params": conv_params, "weight_decay": 0.01},
        {"params": no_conv_params, "lr": 0.01},
    ]


a, b = new_net(), new_net()
adamw = adamwd.AdamW(groups(a), lr=0.1, eps=1e-6, weight_decay=0.0)
adam_weight_decay = adamwd.AdamWeightDecay(
    [*groups(b), {"order_params": list(b.values())}], learning_rate=0.1, weight_decay=0.0
)
# --8<-- [end:optimizer]

# --8<-- [start:loop]
print("step    AdamW  AdamWeightDecay")
for step in range(12):
    loss_a, gradients_a = loss_and_gradients(a, images[step], labels[step])
    loss_b, gradients_b = loss_and_gradients(b, images[step], labels[step])
    adamw.step(list(gradients_a.values()))
    adam_weight_decay(tuple(gradients_b.values()))
    print(f"{step + 1:4d}   {loss_a:.4f}           {loss_b:.4f}")
# --8<-- [end:loop]
