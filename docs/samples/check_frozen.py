"""Check 5 of a migration: does every parameter still move, after weights were loaded?"""

import mindspore as ms
from mindspore import nn, ops

net = nn.Dense(2, 2)
checkpoint = {p.name: ms.Parameter(ops.ones_like(p), name=p.name) for p in net.trainable_params()}
gradients = tuple(ops.ones_like(p) for p in net.trainable_params())


# --8<-- [start:body]
def standing(optimizer):
    before = [p.asnumpy().copy() for p in optimizer.parameters]
    optimizer(gradients)
    pairs = zip(optimizer.parameters, before, strict=True)
    return [p.name for p, old in pairs if (p.asnumpy() == old).all()]


optimizer = nn.AdamWeightDecay(net.trainable_params(), learning_rate=0.1)
print("before loading, these stand still:", standing(optimizer))
ms.load_param_into_net(net, checkpoint)
print("after loading:", standing(optimizer))
print("new optimizer:", standing(nn.AdamWeightDecay(net.trainable_params(), learning_rate=0.1)))
# --8<-- [end:body]
