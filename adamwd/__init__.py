"""The two optimizers that are taken for each other, and what sets them apart.

- `adamwd.AdamW`, `adamwd.adamw_update`: the NumPy reference of ``torch.optim.AdamW``.
- `adamwd.AdamWeightDecay`, `adamwd.adam_weight_decay_update`: the NumPy reference of
  ``mindspore.nn.AdamWeightDecay``.
- `adamwd.Parameter`: an array with a name.
- `adamwd.Spec`: what to run; `adamwd.run`: run it with NumPy, PyTorch or MindSpore;
  `adamwd.Trace`: what the run recorded.
- `adamwd.problems`, `adamwd.experiments`, `adamwd.compare`: objectives, named runs, distances.

Importing `adamwd` needs NumPy only; PyTorch and MindSpore are imported by the run that asks for
them.
"""

from adamwd.adam_weight_decay import AdamWeightDecay, adam_weight_decay_update
from adamwd.adamw import AdamW, adamw_update
from adamwd.backends import BACKENDS, BackendUnavailable, run
from adamwd.parameter import Parameter
from adamwd.spec import Spec, SpecError
from adamwd.trace import Provenance, Trace, TraceError
from adamwd.version import VERSION

__version__ = VERSION

__all__ = [
    "BACKENDS",
    "AdamW",
    "AdamWeightDecay",
    "BackendUnavailable",
    "Parameter",
    "Provenance",
    "Spec",
    "SpecError",
    "Trace",
    "TraceError",
    "__version__",
    "adam_weight_decay_update",
    "adamw_update",
    "run",
]
