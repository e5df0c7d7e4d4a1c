"""What makes the two optimizers match: the schedules, and a form of them for each framework.

`schedules` is the mathematics, in NumPy. `torch_adamw` makes ``torch.optim.AdamW`` follow
``mindspore.nn.AdamWeightDecay``; `mindspore_adam_weight_decay` is the other way round. Those two
import their framework and nothing of this package, so that each can be copied as one file.
"""

from adamwd.parity.schedules import (
    Schedule,
    adam_weight_decay_following_adamw,
    adamw_following_adam_weight_decay,
)

__all__ = [
    "Schedule",
    "adam_weight_decay_following_adamw",
    "adamw_following_adam_weight_decay",
]
