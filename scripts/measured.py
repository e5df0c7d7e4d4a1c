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
from scripts.measured_samples import samples
from scripts.measured_traces import decay, first_step, losses, step_ratio

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
        *samples(root),
        *_versions(root),
        *_tolerances(),
    ]
    ids = [fact.id for fact in found]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise ValueError(f"the id {twice[0]} comes twice")
    return found


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
