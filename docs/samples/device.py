"""One recorded run on a device of your choice, compared with the NumPy reference."""

# --8<-- [start:body]
import mindspore

from adamwd.backends import run
from adamwd.compare import TOLERANCES, trace_error
from adamwd.experiments import EXPERIMENTS

mindspore.set_device("CPU")  # or "Ascend", "GPU": before anything runs

spec = EXPERIMENTS["matched-beale"].specs["adam_weight_decay"]
real, reference = run(spec, "mindspore"), run(spec, "numpy")
error = trace_error(real, reference)
print("device:", real.provenance.device)
print("agrees with the reference:", error <= TOLERANCES["trace/recorded again"].limit)
# --8<-- [end:body]
