"""Whole scripts: the objective, the optimizers of one framework, the loop, and what it prints."""

from collections.abc import Mapping

from adamwd.schedule import is_constant
from adamwd.source_code.objectives import objective
from adamwd.source_code.optimizers import constructor, learning_rates
from adamwd.spec import Spec

FRAMEWORKS = ("torch", "mindspore", "numpy")

# Gradients are computed in float64 and rounded to float32, as in the playground, so that the
# optimizer is all that differs.
LOOP = {
    "torch": """
def run(make_optimizer, rates=None):
    named = {
        name: torch.nn.Parameter(torch.tensor(value, dtype=torch.float32))
        for name, value in start.items()
    }
    optimizer = make_optimizer(list(named.values()))
    trajectory = []
    for step in range(1, steps + 1):
        w = {name: p.detach().numpy().astype(np.float64) for name, p in named.items()}
        for name, value in gradient(w, step).items():
            named[name].grad = torch.from_numpy(value.astype(np.float32))
        if rates:
            for group in optimizer.param_groups:
                group["lr"] = rates[step - 1]
        optimizer.step()
        trajectory.append({name: p.detach().numpy().copy() for name, p in named.items()})
    return trajectory
""",
    "mindspore": """
def run(make_optimizer, rates=None):
    named = {
        name: ms.Parameter(ms.Tensor(value, ms.float32), name=name)
        for name, value in start.items()
    }
    optimizer = make_optimizer(list(named.values()))
    trajectory = []
    for step in range(1, steps + 1):
        w = {name: p.asnumpy().astype(np.float64) for name, p in named.items()}
        gradients = gradient(w, step)
        if rates:
            ms.ops.assign(optimizer.param_groups[0]["lr"], rates[step - 1])
        # A tuple, in the order of the optimizer's parameters.
        optimizer(tuple(ms.Tensor(gradients[p.name], ms.float32) for p in optimizer.parameters))
        # asnumpy() is a live view: copy it.
        trajectory.append({name: p.asnumpy().copy() for name, p in named.items()})
    return trajectory
""",
    "numpy": """
def run(make_optimizer, rates=None):
    named = {
        name: adamwd.Parameter(np.array(value, np.float32), name) for name, value in start.items()
    }
    optimizer = make_optimizer(list(named.values()))
    trajectory = []
    for step in range(1, steps + 1):
        w = {name: p.data.astype(np.float64) for name, p in named.items()}
        gradients = [value.astype(np.float32) for value in gradient(w, step).values()]
        if isinstance(optimizer, adamwd.AdamW):
            if rates:
                optimizer.param_groups[0]["lr"] = rates[step - 1]
            optimizer.step(gradients)
        else:
            optimizer(tuple(gradients))
        trajectory.append({name: p.data.copy() for name, p in named.items()})
    return trajectory
""",
}
IMPORTS = {
    "torch": "import numpy as np\nimport torch\n",
    "mindspore": "import mindspore as ms\nimport numpy as np\n",
    "numpy": "import adamwd\nimport numpy as np\n",
}
TAIL = """
every = max(1, steps // 10)
for name, trajectory in trajectories.items():
    print(name)
    for step, w in enumerate(trajectory, start=1):
        if step == 1 or step % every == 0:
            value = loss({key: array.astype(np.float64) for key, array in w.items()})
            print(f"  step {step:4d}  loss {value:.6g}  w {np.concatenate(list(w.values()))}")
"""


class NothingToRun(ValueError):
    """Neither run is of an optimizer that this framework has."""


def script(specs: Mapping[str, Spec], framework: str) -> str:
    """Return a script that runs a setting on a framework.

    Args:
        specs: Runs of one problem by label, such as ``left`` and ``right``.
        framework: One of `FRAMEWORKS`; ``"numpy"`` runs all with this package's references, the
            others those whose optimizer is theirs.

    Returns:
        Python code. After it has run, ``trajectories`` maps each label to the parameters after
        every step, float32 arrays by name.

    Raises:
        NothingToRun: If no run is of an optimizer of this framework.
        ValueError: If there is no such framework.
    """
    if framework not in FRAMEWORKS:
        raise ValueError(f"framework must be one of {', '.join(FRAMEWORKS)}, got {framework!r}")
    here = {
        label: spec
        for label, spec in specs.items()
        if framework == "numpy" or spec.optimizer.startswith(f"{framework}.")
    }
    if not here:
        raise NothingToRun(f"neither side runs an optimizer of {framework}")
    first = next(iter(here.values()))
    lines, entries = [], []
    for label, spec in here.items():
        name = _optimizer_name(spec, framework)
        rates = None if is_constant(spec.schedule) else f"{label}_rates"
        lines.append(learning_rates(spec, f"{label}_rates"))
        made = constructor(spec, name, rates).replace("\n", "\n        ")
        # AdamWeightDecay has its list already; the others are given the rate of each step.
        given = f", {rates}" if rates and not spec.optimizer.endswith(".AdamWeightDecay") else ""
        entries.append(f'    "{label}": run(\n        lambda parameters: {made}{given}\n    ),\n')
    imports = IMPORTS[framework]
    if first.schedule.get("kind") == "cosine":
        imports = "import math\n\n" + imports
    return "".join(
        (
            imports,
            f"\nsteps = {first.steps}\n",
            objective(first),
            "\n",
            LOOP[framework],
            "\n",
            *lines,
            "\ntrajectories = {\n",
            *entries,
            "}\n",
            TAIL,
        )
    )


def _optimizer_name(spec: Spec, framework: str) -> str:
    if framework == "numpy":
        return f"adamwd.{spec.optimizer.rpartition('.')[2]}"
    return spec.optimizer.replace("mindspore.", "ms.")
