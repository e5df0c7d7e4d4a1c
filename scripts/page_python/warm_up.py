"""What the page does, run before the snapshot and to find out what has to be in the archives.

Every call once, so that whatever they import is there, but for NumPy's random numbers: their
extension modules would make the snapshot larger, and few readers need them at once.
"""

import gc
import json

from adamwd import playground


def spec(optimizer: str) -> dict[str, object]:
    """Return a short run."""
    return {"schema": 1, "problem": "beale", "optimizer": optimizer, "steps": 3}


specs = {"left": spec("torch.optim.AdamW"), "right": spec("mindspore.nn.AdamWeightDecay")}
pair = {"specs": specs}
axes = {
    "x": {"field": "lr", "values": [0.01, 0.1]},
    "y": {"field": "beta2", "values": [0.9, 0.99]},
    "sides": "both",
    "quantity": "distance",
}
templates = json.loads(playground.own_code_templates())
reply = json.loads(playground.run(json.dumps(pair)))
trace = reply["traces"]["left"]
plane = {"problem": "beale", "problem_options": {}, "x": [0, 1], "y": [0, 1], "size": [2, 2]}
answers = [
    playground.curves(json.dumps(pair)),
    playground.sweep(json.dumps({**pair, **axes})),
    playground.inspection(json.dumps({**pair, "step": 2, "component": 0})),
    playground.verification(json.dumps({"reference": trace, "recorded": trace})),
    playground.contour(json.dumps(plane)),
    playground.amplification(
        json.dumps({"beta1": 0.9, "beta2": 0.999, "steps": 5, "warmup_steps": 2})
    ),
    playground.own_curves(json.dumps({**pair, **templates})),
    *(
        playground.source_code(json.dumps({**pair, "framework": framework}))
        for framework in ("torch", "mindspore", "numpy")
    ),
]
for answer in answers:
    text = answer[0] if isinstance(answer, tuple) else answer
    if "error" in json.loads(text) and "holds" not in json.loads(text):
        raise RuntimeError(f"a call was refused: {text}")
# A mistake and its traceback, which import what a correct call does not.
playground.own_curves(json.dumps({**pair, **templates, "loss": "1 / 0"}))
digests = reply["digests"]
gc.collect()
