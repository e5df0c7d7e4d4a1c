"""Compute the numbers of the prose: docs/data/facts.json, and every page that prints one.

    python -m scripts.facts            writes facts.json and the numbers in docs/zh and docs/en
    python -m scripts.facts --check    writes nothing; exit 1 where facts.json is stale, a page
                                       prints another number or names a fact or claim that does
                                       not exist, a fact from the traces is not used in both
                                       languages, or a claim is not cited in both

A page prints a number as ``<span data-fact="step-ratio-first">3.162</span>``: a span, because it
is plain text to a reader of the source, works inside tables and links, and adds no emphasis. A
claim without a number is cited as ``<span data-claim="groups.keys">words</span>``.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from adamwd.trace import TraceError
from scripts import atomic, citations
from scripts.claim_facts import ClaimFacts, claim_facts
from scripts.fact import Fact
from scripts.measured import facts

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = Path("docs/data/facts.json")
# Where the pages stand that cite every claim.
DIFFERENCES = Path("docs/zh/differences")


def dumps(found: list[Fact], claimed: ClaimFacts) -> str:
    """Return the text of facts.json: the same facts give the same bytes."""
    document = {
        "schema": 2,
        "environment": claimed.environment,
        "claims": {name: asdict(claim) for name, claim in claimed.claims.items()},
        "facts": [*map(asdict, found), *map(asdict, claimed.facts)],
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Write or check; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where stale")
    parser.add_argument("--root", type=Path, default=ROOT, help="folder of the project")
    options = parser.parse_args(arguments)
    try:
        found, claimed = facts(options.root), claim_facts(options.root)
    except (TraceError, ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    document = dumps(found, claimed)
    known = {fact.id: fact.text for fact in found}
    known |= {fact.id: fact.text for fact in claimed.facts}
    texts = citations.pages(options.root)
    problems = citations.unresolved(texts, known, claimed.claims)
    if options.check:
        path = options.root / DOCUMENT
        if not path.is_file() or path.read_text(encoding="utf-8") != document:
            problems.append(
                f"{DOCUMENT}: is not what the traces and claims say now; make facts writes it"
            )
        problems += citations.different(texts, known)
        problems += citations.unused(texts, [fact.id for fact in found])
        if (options.root / DIFFERENCES).is_dir():
            problems += citations.uncited(texts, claimed.claims)
    if problems:
        print(*problems, sep="\n", file=sys.stderr)
        return 1
    done = f"{len(known)} facts, {citations.count(texts)} tags in {len(texts)} pages"
    if options.check:
        print(f"{done} checked")
        return 0
    written = int(atomic.write(options.root / DOCUMENT, document.encode()))
    for path, text in texts.items():
        new = citations.rewritten(text, known).encode()
        written += atomic.write(options.root / path, new)
    print(f"{done}, {written} files written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
