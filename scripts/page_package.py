"""The part of the package `adamwd` that the page loads: its files as one archive."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

# What the page does, in a fresh interpreter in which no framework can be imported. What is loaded
# afterwards is what the page needs: lazy imports are in it, and the frameworks' backends are not.
WARM_UP = Path(__file__).resolve().parent / "page_python" / "warm_up.py"
PROBE = f"""
import json, runpy, sys
for name in ("torch", "mindspore", "matplotlib"):
    sys.modules[name] = None
runpy.run_path({str(WARM_UP)!r})
names = sorted(name for name in sys.modules if name.split(".")[0] == "adamwd")
print(json.dumps({{name: sys.modules[name].__file__ for name in names}}))
"""


def loaded_files(root: Path) -> list[Path]:
    """Return the files of `adamwd` that the calls of the page load, relative to `root`, sorted.

    Args:
        root: The folder that holds the package.
    """
    done = subprocess.run(
        [sys.executable, "-c", PROBE], cwd=root, check=True, capture_output=True, text=True
    )
    files = json.loads(done.stdout.splitlines()[-1])
    return sorted(Path(file).resolve().relative_to(root.resolve()) for file in files.values())


def archive(root: Path, files: list[Path]) -> bytes:
    """Return a zip of `files` whose bytes depend on their names and contents alone."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for file in files:
            entry = zipfile.ZipInfo(file.as_posix(), date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            target.writestr(entry, (root / file).read_bytes())
    return buffer.getvalue()
