"""Build step: the Python that the page loads, in docs/assets/pyodide.

In:  the stock runtime (scripts/pyodide.py), and the sources of adamwd.
Out: the runtime twice over. The archives: the standard library, NumPy and adamwd, cut to what the
     page needs and compiled to bytecode by Pyodide's own Python. The snapshot: Python's memory with
     NumPy and adamwd imported, which starts faster and works only with the very files that it was
     taken with. runtime.json names the files of both, and how to tell that a start went well.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scripts.atomic import sha256, write_folder
from scripts.page_package import archive, loaded_files

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ROOT / "scripts" / "page_python"
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
LOCK = "pyodide-lock.json"
SNAPSHOT = "snapshot.bin"
# gzip, under a name that no web server takes for an encoding of its own.
PACKED = ".packed"
# What the page runs after a start; the digests are CPython's.
SMOKE = {
    side: {"schema": 1, "problem": "beale", "optimizer": optimizer, "steps": 3}
    for side, optimizer in (
        ("left", "torch.optim.AdamW"),
        ("right", "mindspore.nn.AdamWeightDecay"),
    )
}


class PagePythonError(Exception):
    """The page's Python cannot be made; the message says why in one sentence."""


def node(script: str, *arguments: Path) -> None:
    """Run one of the Node scripts.

    Raises:
        PagePythonError: If Node is missing or the script fails.
    """
    try:
        done = subprocess.run(
            ["node", str(SCRIPTS / script), *map(str, arguments)],
            check=False,
            capture_output=True,
            text=True,
        )
    except OSError:
        raise PagePythonError("node is missing: install Node.js 20 or later.") from None
    if done.returncode != 0:
        # Pyodide's own code is a line of a megabyte.
        lines = [line for line in done.stderr.splitlines() if 0 < len(line) < 500]
        raise PagePythonError(f"{script} failed: {' / '.join(lines[-8:])}")


def lock_of(stock: Path, wheel: str, content: bytes) -> bytes:
    """Return the lock with the checksum of the wheel that takes the official one's place."""
    lock = json.loads((stock / LOCK).read_text(encoding="utf-8"))
    lock["packages"]["numpy"] |= {"sha256": sha256(content), "file_name": wheel}
    return (json.dumps(lock, indent=1, sort_keys=True) + "\n").encode()


def smoke() -> dict[str, Any]:
    """Return a short run, and the digests that it must have."""
    from adamwd import playground

    request = json.dumps({"specs": SMOKE})
    return {"request": request, "digests": json.loads(playground.run(request))["digests"]}


def packed(data: bytes) -> bytes:
    """Return data as gzip, whose bytes depend on the data alone."""
    return gzip.compress(data, 9, mtime=0)


def runtime_files(stock: Path) -> dict[str, bytes]:
    """Make every file of the page's Python, by name.

    Raises:
        PagePythonError: If the stock runtime is missing, or Node fails.
    """
    wheels = sorted(stock.glob("numpy-*.whl"))
    if not wheels or not (stock / LOCK).is_file():
        raise PagePythonError(f"{stock} has no runtime: run `python -m scripts.pyodide` first.")
    warm_up = SCRIPTS / "warm_up.py"
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "sources.zip").write_bytes(archive(ROOT, loaded_files(ROOT)))
        node("archives.mjs", stock, wheels[0], work / "sources.zip", warm_up, work)
        node("snapshot.mjs", stock, work, warm_up, work / "snapshot.bin")
        made = {path.name: path.read_bytes() for path in work.iterdir()}
    wheel = wheels[0].name
    unpacked = {name: made[name] for name in ("python_stdlib.zip", "adamwd.zip", SNAPSHOT)}
    unpacked[wheel] = made["numpy.whl"]
    files = {name: (stock / name).read_bytes() for name in CORE}
    files[LOCK] = lock_of(stock, wheel, made["numpy.whl"])
    files |= {f"{name}{PACKED}": packed(data) for name, data in unpacked.items()}
    build = hashlib.sha256(b"".join(hashlib.sha256(files[n]).digest() for n in sorted(files)))
    archives = [f"{name}{PACKED}" for name in ("python_stdlib.zip", wheel, "adamwd.zip")]
    description = {
        "build": build.hexdigest()[:16],
        "numpy": json.loads(files[LOCK])["packages"]["numpy"]["version"],
        "smoke": smoke(),
        "wheel": wheel,
        "archives": [*CORE, LOCK, *archives],
        "snapshot": [*CORE, LOCK, f"{SNAPSHOT}{PACKED}"],
        # As it is used, and as the browser keeps it.
        "unpacked": {
            f"{name}{PACKED}": {"name": name, "bytes": len(data), "sha256": sha256(data)}
            for name, data in unpacked.items()
        },
        # What the snapshot does without until it is asked for: lazy modules.
        "rest": archives[:2],
    }
    files["runtime.json"] = (json.dumps(description, indent=1) + "\n").encode()
    return files


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the build step and return its exit code: 0, or 1 after a sentence on stderr."""
    p = argparse.ArgumentParser(prog="python -m scripts.page_python", description=__doc__)
    p.add_argument("--stock", type=Path, default=ROOT / ".cache/pyodide/stock", metavar="DIR")
    p.add_argument("--output", type=Path, default=ROOT / "docs/assets/pyodide", metavar="DIR")
    options = p.parse_args(arguments)
    try:
        files = runtime_files(options.stock)
    except PagePythonError as error:
        print(error, file=sys.stderr)
        return 1
    write_folder(options.output, files, last="runtime.json")
    for name, data in sorted(files.items()):
        print(f"  {name:64} {len(data):>9,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
