"""Write the optimizers' signatures: docs/data/signatures.json, and the text that the pages show.

    python -m scripts.signatures            docs/data/signatures.json, docs/samples/signatures/*.txt
    python -m scripts.signatures --check    writes nothing; exit 1 where they are stale

They are what `inspect.signature` gives for the installed versions, parameter by parameter.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.metadata
import inspect
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from scripts import atomic

ROOT = Path(__file__).resolve().parent.parent
CLASSES = (
    "torch.optim.AdamW",
    "mindspore.nn.AdamWeightDecay",
    "mindspore.experimental.optim.AdamW",
)


class SignatureError(Exception):
    """A class that cannot be imported; the message says why in one sentence."""


def find(name: str) -> Any:
    """Import a class by its full name."""
    module, _, attribute = name.rpartition(".")
    library = name.partition(".")[0]
    before = os.getcwd()
    with tempfile.TemporaryDirectory() as scratch:
        # MindSpore may leave files in the current folder.
        os.chdir(scratch)
        try:
            return getattr(importlib.import_module(module), attribute)
        except ImportError as error:
            raise SignatureError(
                f"{library} cannot be imported ({error}); "
                f"install it with: pip install 'adamwd[{library}]'"
            ) from error
        finally:
            os.chdir(before)


def describe(name: str, signature: inspect.Signature, version: str) -> dict[str, Any]:
    """Return what signatures.json holds of one class."""
    parameters = [
        {
            "name": parameter.name,
            "kind": "keyword-only" if parameter.kind is parameter.KEYWORD_ONLY else "any",
            "annotation": None
            if parameter.annotation is parameter.empty
            else inspect.formatannotation(parameter.annotation),
            "required": parameter.default is parameter.empty,
            "default": None if parameter.default is parameter.empty else parameter.default,
            "text": str(parameter),
        }
        for parameter in signature.parameters.values()
    ]
    library = name.partition(".")[0]
    return {"class": name, "library": library, "version": version, "parameters": parameters}


def text(described: dict[str, Any]) -> str:
    """Return the signature as a page shows it, one parameter a line."""
    lines = [f"# {described['library']} {described['version']}", f"class {described['class']}("]
    keyword_only = False
    for parameter in described["parameters"]:
        if parameter["kind"] == "keyword-only" and not keyword_only:
            keyword_only = True
            lines.append("    *,")
        lines.append(f"    {parameter['text']},")
    return "\n".join([*lines, ")"]) + "\n"


def files() -> dict[Path, str]:
    """Return what is to be written, by path below the root of the project."""
    described = [
        describe(
            name,
            inspect.signature(find(name)),
            # Without "+cpu" or the like: the signature does not depend on the build.
            importlib.metadata.version(name.partition(".")[0]).partition("+")[0],
        )
        for name in CLASSES
    ]
    document = {"schema": 1, "classes": described}
    result = {
        Path("docs/data/signatures.json"): json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    }
    for one in described:
        result[Path("docs/samples/signatures") / f"{one['class']}.txt"] = text(one)
    return result


def main(arguments: list[str] | None = None) -> int:
    """Write or check; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where stale")
    parser.add_argument("--root", type=Path, default=ROOT, help="folder of the project")
    options = parser.parse_args(arguments)
    try:
        wanted = files()
    except SignatureError as error:
        print(error, file=sys.stderr)
        return 1
    if options.check:
        stale = [
            f"{options.root / path}: is not what inspect.signature gives now"
            for path, content in wanted.items()
            if not (options.root / path).is_file()
            or (options.root / path).read_text(encoding="utf-8") != content
        ]
        print(*stale, sep="\n", end="\n" if stale else "")
        print(f"{len(CLASSES)} signatures read, {len(stale)} files stale")
        return 1 if stale else 0
    written = sum(
        atomic.write(options.root / path, content.encode()) for path, content in wanted.items()
    )
    print(f"{len(CLASSES)} signatures, {written} files written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
