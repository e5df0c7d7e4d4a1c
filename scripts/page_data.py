"""What the playground shows before Python is there: computed by the package, at build time."""

from __future__ import annotations

import gzip
import inspect
import json
from pathlib import Path
from typing import Any

from adamwd import AdamW, AdamWeightDecay, playground
from adamwd.experiments import EXPERIMENTS, backend_of
from adamwd.presets import presets
from scripts.atomic import sha256

CONTOUR_SIZE = [81, 65]
# Servers compress these on the way; wheels and archives are compressed already.
COMPRESSIBLE = {".mjs", ".wasm", ".json"}
# They choose how torch computes, and no number that the page shows depends on them.
LEFT_OUT = {"foreach", "fused", "capturable", "differentiable"}
# MindSpore's experimental AdamW has the hyper-parameters and the defaults of torch's.
OPTIMIZERS = {
    "torch.optim.AdamW": AdamW,
    "mindspore.nn.AdamWeightDecay": AdamWeightDecay,
    "mindspore.experimental.optim.AdamW": AdamW,
}


def optimizers() -> list[dict[str, Any]]:
    """Return each optimizer's name and its hyper-parameters with the framework's defaults."""
    return [
        {
            "optimizer": name,
            "hyperparameters": [
                {"name": argument.name, "default": argument.default}
                for argument in inspect.signature(twin).parameters.values()
                if argument.name not in LEFT_OUT
                and isinstance(argument.default, (bool, int, float, tuple))
            ],
        }
        for name, twin in OPTIMIZERS.items()
    ]


def recorded_presets() -> list[dict[str, Any]]:
    """Return the presets, each with its name and both specs."""
    return [
        {"name": name, "specs": {side: spec.to_json() for side, spec in pair.items()}}
        for name, pair in presets().items()
    ]


def recorded_experiments() -> list[dict[str, str]]:
    """Return every recorded run of a real library: experiment, label and backend."""
    return [
        {"name": experiment.name, "label": label, "backend": backend_of(spec)}
        for experiment in EXPERIMENTS.values()
        for label, spec in experiment.specs.items()
    ]


def contour(problem: dict[str, Any]) -> dict[str, Any] | None:
    """Return the loss over the plane with the problem's default options, or None if it has none."""
    if not problem["has_surface"]:
        return None
    plane = {"x": problem["x"], "y": problem["y"]}
    request = {"problem": problem["name"], "problem_options": {}, "size": CONTOUR_SIZE, **plane}
    z = json.loads(playground.contour(json.dumps(request)))["z"]
    # Four digits: finer than a line on a screen.
    return {
        **plane,
        "minimum": problem["minimum"],
        "z": [[float(f"{value:.4g}") for value in row] for row in z],
    }


def runtime(folder: Path) -> dict[str, Any]:
    """Return what the worker downloads: each file with its size and checksum, and the sums.

    Args:
        folder: The runtime that `scripts.page_python` made.
    """
    described = json.loads((folder / "runtime.json").read_text(encoding="utf-8"))
    ways = {way: described[way] for way in ("snapshot", "archives")}
    names = sorted({name for way in ways.values() for name in way} | set(described["rest"]))
    contents = {name: (folder / name).read_bytes() for name in names}
    first = [contents[name] for name in ways["snapshot"]]
    return {
        **{key: described[key] for key in ("build", "numpy", "smoke", "wheel", "rest")},
        "ways": ways,
        "files": [
            {
                "name": name,
                "path": f"assets/pyodide/{name}",
                "bytes": len(data),
                "sha256": sha256(data),
                "unpacked": described["unpacked"].get(name),
            }
            for name, data in contents.items()
        ],
        "bytes": sum(map(len, first)),
        "compressed_bytes": sum(
            len(gzip.compress(contents[name], 6, mtime=0))
            if Path(name).suffix in COMPRESSIBLE
            else len(contents[name])
            for name in ways["snapshot"]
        ),
    }


def page_data(pyodide: Path) -> dict[str, bytes]:
    """Return playground.json, presets.json and the contours of the problems, by file name."""
    problems = json.loads(playground.problems())
    configuration = {
        "schema": 1,
        "problems": problems,
        "optimizers": optimizers(),
        "experiments": recorded_experiments(),
        "runtime": runtime(pyodide),
    }
    contents: dict[str, Any] = {
        "playground.json": configuration,
        "presets.json": recorded_presets(),
    }
    for problem in problems:
        if surface := contour(problem):
            contents[f"contour-{problem['name']}.json"] = surface
    compact = (",", ":")
    return {name: json.dumps(c, separators=compact).encode() for name, c in contents.items()}
