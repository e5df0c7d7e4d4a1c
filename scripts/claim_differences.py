"""Where two recordings of the claims disagree, one sentence each."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

RELATIVE = 1e-3
# What is left of rounding differs from one processor to the next. A claim about numbers as small
# as this has its own limits, and then its verdict differs.
TINY = 1e-6
# Their numbers say how one processor rounds (2.5 times as many ulp on AMD's as on Intel's); their
# limits hold on all, and are compared.
OF_THE_PROCESSOR = frozenset({"precision.torch-square-root"})


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Return a sentence for each thing that is not as recorded; times may differ.

    Args:
        old: The document that is recorded.
        new: The document of a run made now.
    """
    before, now = ({result["id"]: result for result in one["results"]} for one in (old, new))
    found = [f"{name}: is recorded, but there is no such claim" for name in before.keys() - now]
    found += [f"{name}: is not recorded" for name in now.keys() - before]
    for name in before.keys() & now.keys():
        found += (f"{name}: {what}" for what in _of_claim(before[name], now[name]))
    return sorted(found)


def same_environment(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Say whether two documents come from the same versions and device, on whatever day."""
    before, now = ({**one["environment"], "date": ""} for one in (old, new))
    return before == now


def _of_claim(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    for key in ("verdict", "reason", "category", "source", "statement", "failure"):
        if old.get(key) != new.get(key):
            yield f"{key} recorded as {old.get(key)!r}, now {new.get(key)!r}"
    before, now = ({m["name"]: m for m in one["measurements"]} for one in (old, new))
    if list(before) != list(now):
        yield f"recorded measurements {', '.join(before)!r}, now {', '.join(now)!r}"
        return
    for name, item in now.items():
        for key in ("expected", "holds"):
            if before[name][key] != item[key]:
                yield f"{name}: {key} recorded as {before[name][key]!r}, now {item[key]!r}"
        varies = new["id"] in OF_THE_PROCESSOR and before[name]["holds"] and item["holds"]
        if not varies and not close(before[name]["measured"], item["measured"]):
            yield f"{name}: recorded {before[name]['measured']!r}, measured {item['measured']!r}"


def close(old: Any, new: Any) -> bool:
    """Say whether two measured values count as the same."""
    numbers = all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in (old, new))
    if not numbers:
        return type(old) is type(new) and bool(old == new)
    return max(abs(old), abs(new)) < TINY or math.isclose(old, new, rel_tol=RELATIVE)
