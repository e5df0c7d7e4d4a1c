"""The numbers of the prose: each read from recorded traces, recorded outputs or signatures.

`scripts/facts.py` writes them to docs/data/facts.json and into the pages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from adamwd.compare import TOLERANCES
from scripts.fact import Fact
from scripts.measured_traces import decay, first_step, losses, step_ratio

OUTPUT = Path("docs/samples/output")
SIGNATURES = Path("docs/data/signatures.json")


def facts(root: Path) -> list[Fact]:
    """Return every fact, computed from the files below the root of the project.

    Args:
        root: The root.

    Raises:
        TraceError: If a trace cannot be read.
        ValueError: If a step is not recorded, or an id comes twice.
        OSError: If an output or the signatures are not there.
    """
    found = [
        *step_ratio(root),
        *first_step(root),
        *decay(root),
        *losses(root),
        *_samples(root),
        *_versions(root),
        *_tolerances(),
    ]
    ids = [fact.id for fact in found]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise ValueError(f"the id {twice[0]} comes twice")
    return found


def _samples(root: Path) -> Iterator[Fact]:
    for name, label in (("torch", "PyTorch"), ("mindspore", "MindSpore")):
        path = OUTPUT / f"{name}_example.txt"
        text = (root / path).read_text(encoding="utf-8")
        for step in (1, 3, 10):
            printed = _printed(text, rf"step +{step} +loss ([\d.]+)", path)
            yield _from_output(
                f"example-loss-{name}-{step}",
                printed,
                f"完整示例的 {label} 版本第 {step} 步打印的损失",
                f"Loss that the {label} form of the complete example prints at step {step}",
                path,
                text,
            )
    path = OUTPUT / "experimental_adamw.txt"
    text = (root / path).read_text(encoding="utf-8")
    yield _from_output(
        "same-gradients-difference",
        _printed(text, r"AdamWeightDecay: ([\d.]+)", path),
        "1000 个参数、100 步、同样的梯度与超参数，AdamWeightDecay 与 torch 的 AdamW 之间的最大差",
        "1000 parameters, 100 steps, the same gradients and hyper-parameters: largest difference "
        "between AdamWeightDecay and torch's AdamW",
        path,
        text,
    )


def _printed(text: str, pattern: str, path: Path) -> str:
    match = re.search(pattern, text)
    if not match:
        raise ValueError(f"{path} has no line that matches {pattern}")
    return match.group(1)


def _from_output(
    name: str, printed: str, chinese: str, english: str, path: Path, text: str
) -> Fact:
    made_with = text.partition("\n")[0].removeprefix("# ").split(", ")
    versions = {library.lower(): version for library, version in map(str.split, made_with)}
    how = {"zh": chinese, "en": english}
    return Fact(name, float(printed), printed, "", how, [path.as_posix()], versions)


def _versions(root: Path) -> Iterator[Fact]:
    document = json.loads((root / SIGNATURES).read_text(encoding="utf-8"))
    versions = {one["library"]: one["version"] for one in document["classes"]}
    for library, version in versions.items():
        how = {"zh": f"读取签名时的 {library} 版本", "en": f"{library} whose signatures were read"}
        name = f"version-{library}"
        yield Fact(name, version, version, "", how, [SIGNATURES.as_posix()], {library: version})


def _tolerances() -> Iterator[Fact]:
    for key, tolerance in TOLERANCES.items():
        yield Fact(
            "tolerance-" + re.sub(r"[^a-z0-9]+", "-", key),
            tolerance.limit,
            f"{tolerance.limit:g}".replace("e-0", "e-"),
            tolerance.unit,
            {"zh": f"容差表中的 {key}", "en": f"{key} in the table of tolerances"},
            ["adamwd/compare.py"],
            {},
        )
