"""Compute the numbers of the prose: docs/data/facts.json, and every page that prints one.

    python -m scripts.facts            writes facts.json and the numbers in docs/zh and docs/en
    python -m scripts.facts --check    writes nothing; exit 1 where facts.json is stale, a page
                                       prints another number, names a fact that does not exist, or
                                       a fact is not used in both languages

A page prints a number as ``<span data-fact="step-ratio-first">3.162</span>``: a span, because it
is plain text to a reader of the source, works inside tables and links, and adds no emphasis.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from dataclasses import asdict
from pathlib import Path

from adamwd.trace import TraceError
from scripts import atomic
from scripts.fact import Fact
from scripts.measured import facts

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = Path("docs/data/facts.json")
LANGUAGES = ("zh", "en")
TAG = re.compile(r'<span data-fact="([a-z0-9-]+)">([^<]*)</span>')


def dumps(found: list[Fact]) -> str:
    """Return the text of facts.json: the same facts give the same bytes."""
    document = {"schema": 1, "facts": [asdict(fact) for fact in found]}
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def pages(root: Path) -> dict[Path, str]:
    """Return the text of every page, by path below the root."""
    return {
        path.relative_to(root): path.read_text(encoding="utf-8")
        for language in LANGUAGES
        for path in sorted((root / "docs" / language).rglob("*.md"))
    }


def unresolved(texts: dict[Path, str], known: dict[str, str]) -> list[str]:
    """Return a sentence for each tag without a fact, and each in a form that is not read."""
    problems = []
    for path, text in texts.items():
        tags = TAG.findall(text)
        problems += [f"{path}: there is no fact {name!r}" for name, _ in tags if name not in known]
        if text.count("data-fact") != len(tags):
            problems.append(f'{path}: a tag is not of the form <span data-fact="id">number</span>')
    return problems


def unused(texts: dict[Path, str], known: dict[str, str]) -> list[str]:
    """Return a sentence for each fact that a language does not print."""
    problems = []
    for language in LANGUAGES:
        used = {
            name
            for path, text in texts.items()
            if path.parts[1] == language
            for name, _ in TAG.findall(text)
        }
        problems += [
            f"docs/{language}: no page prints the fact {name!r}"
            for name in known
            if name not in used
        ]
    return problems


def different(texts: dict[Path, str], known: dict[str, str]) -> list[str]:
    """Return a sentence for each number that is not the fact's."""
    return [
        f"{path}: {name} is printed as {printed}, measured was {known[name]}"
        for path, text in texts.items()
        for name, printed in TAG.findall(text)
        if printed != known.get(name, printed)
    ]


def rewritten(text: str, known: dict[str, str]) -> str:
    """Return the text of a page with every tagged number as it was measured."""
    return TAG.sub(
        lambda tag: f'<span data-fact="{tag.group(1)}">{known[tag.group(1)]}</span>', text
    )


def main(arguments: list[str] | None = None) -> int:
    """Write or check; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where stale")
    parser.add_argument("--root", type=Path, default=ROOT, help="folder of the project")
    options = parser.parse_args(arguments)
    try:
        found = facts(options.root)
    except (TraceError, ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    document, known = dumps(found), {fact.id: fact.text for fact in found}
    texts = pages(options.root)
    problems = unresolved(texts, known)
    if options.check:
        path = options.root / DOCUMENT
        if not path.is_file() or path.read_text(encoding="utf-8") != document:
            problems.append(f"{DOCUMENT}: is not what the traces say now; make facts writes it")
        problems += different(texts, known) + unused(texts, known)
    if problems:
        print(*problems, sep="\n", file=sys.stderr)
        return 1
    tags = sum(len(TAG.findall(text)) for text in texts.values())
    if options.check:
        print(f"{len(found)} facts, {tags} numbers in {len(texts)} pages checked")
        return 0
    written = int(atomic.write(options.root / DOCUMENT, document.encode()))
    for path, text in texts.items():
        written += atomic.write(options.root / path, rewritten(text, known).encode())
    print(f"{len(found)} facts, {tags} numbers in {len(texts)} pages, {written} files written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
