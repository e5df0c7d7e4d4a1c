"""Check 3 of a migration: with zero gradients, what still changes is what decays."""

import mindspore as ms
from mindspore import nn, ops

net = nn.SequentialCell(nn.Conv2d(1, 4, 3, has_bias=True), nn.BatchNorm2d(4))
for p in net.trainable_params():
    p.set_data(ops.ones_like(p))


# --8<-- [start:body]
def report(title, optimizer):
    before = {p.name: p.asnumpy().copy() for p in optimizer.parameters}
    optimizer(tuple(ms.ops.zeros_like(p) for p in optimizer.parameters))
    decays = [p.name for p in optimizer.parameters if (p.asnumpy() != before[p.name]).any()]
    print(f"{title}:", ", ".join(decays) or "nothing decays")


report("defaults", nn.AdamWeightDecay(net.trainable_params()))
report("weight_decay", nn.AdamWeightDecay(net.trainable_params(), weight_decay=0.1))
report("a group", nn.AdamWeightDecay([{"params": net.trainable_params()}], weight_decay=0.1))
# --8<-- [end:body]
