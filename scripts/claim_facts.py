"""Facts from the recorded claims: one for each measurement."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scripts.fact import CitedClaim, ClaimFact

RECORD = Path("docs/data/claims.json")


@dataclass(frozen=True)
class ClaimFacts:
    """What facts.json has from the claims.

    Attributes:
        environment: Versions, device and date of the recorded run.
        claims: Every claim by id.
        facts: Every measurement.
    """

    environment: dict[str, str] = field(default_factory=dict)
    claims: dict[str, CitedClaim] = field(default_factory=dict)
    facts: list[ClaimFact] = field(default_factory=list)


def claim_facts(root: Path) -> ClaimFacts:
    """Read the recorded claims; nothing where none are recorded.

    Args:
        root: The root of the project.

    Raises:
        ValueError: If the record cannot be read, or two measurements have one id.
    """
    if not (root / RECORD).is_file():
        return ClaimFacts()
    try:
        document = json.loads((root / RECORD).read_text(encoding="utf-8"))
        results: list[dict[str, Any]] = document["results"]
        found = ClaimFacts(document["environment"])
        for one in results:
            found.claims[one["id"]] = CitedClaim(one["statement"], one["verdict"], one["source"])
            found.facts.extend(_fact(one["id"], item) for item in one["measurements"])
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{RECORD} cannot be read ({error}); make claims writes it") from error
    ids = [fact.id for fact in found.facts]
    if twice := sorted({name for name in ids if ids.count(name) > 1}):
        raise ValueError(f"{RECORD}: two measurements would be the fact {twice[0]!r}")
    return found


def slug(name: str) -> str:
    """Return a measurement's name as it stands in an id."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def text(value: Any) -> str:
    """Return a measured value as a page prints it; "" for a truth value."""
    if isinstance(value, bool):
        return ""
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _fact(claim: str, item: dict[str, Any]) -> ClaimFact:
    value = item["measured"]
    return ClaimFact(
        f"{claim}/{slug(item['name'])}", value, text(value), item["name"], item["expected"]
    )
