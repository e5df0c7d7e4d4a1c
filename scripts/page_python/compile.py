"""Runs in Pyodide itself, under Node: archives with bytecode, of what the page needs and no more.

Its own Python compiles, so that the bytecode is the one that the browser's Python reads. In:
/in/adamwd.zip, the sources of the package, and an unpacked NumPy. Out: /out/python_stdlib.zip,
/out/numpy.whl and /out/adamwd.zip, whose bytes depend on the sources alone.
"""

import contextlib
import importlib
import importlib.util
import io
import sys
import zipfile
from pathlib import Path

STANDARD_LIBRARY = "/lib/python314.zip"
SITE_PACKAGES = Path("/lib/python3.14/site-packages")

# What a reader's own code may well import, beside what Python, NumPy and adamwd need themselves.
ALSO = """
cmath copy dataclasses datetime decimal encodings.ascii encodings.latin_1 encodings.utf_16 enum
fractions functools heapq importlib.metadata itertools json linecache math numbers operator
random re statistics string tarfile textwrap time traceback types typing
"""
NUMPY = """
numpy.char numpy.emath numpy.fft numpy.linalg numpy.ma numpy.ma.extras numpy.polynomial
numpy.random numpy.rec numpy.strings
"""
# Docstrings are stripped from all bytecode; these modules have nothing else.
BLANK = {"numpy/_core/_add_newdocs.py", "numpy/_core/_add_newdocs_scalars.py"}


def import_everything() -> None:
    """Import what the page imports and what a reader may, so that it is known what that takes."""
    sys.path.insert(0, "/in")
    exec(Path("/in/warm_up.py").read_text(), {"__name__": "warm_up"})
    for name in (ALSO + NUMPY).split():
        # Modules that are written in C for other systems are not in Pyodide.
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    # Functions that import only when they are called.
    import numpy as np

    np.unique([1, 2]), np.median([1.0, 2.0]), np.random.default_rng((1, 2)).random(2)
    np.fft.fft([1.0, 2.0]), np.linalg.lstsq(np.eye(2), np.ones(2))
    np.array2string(np.eye(2)), np.loadtxt(io.StringIO("1 2"))


def loaded_files() -> set[str]:
    """Return the paths of all source files that were imported."""
    modules = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    return {path for path in modules if path and path.endswith(".py")}


def bytecode(source: bytes, path: str) -> bytes:
    """Return what a .pyc file of a source holds: not checked against the source when loaded."""
    code = compile(source, path, "exec", dont_inherit=True, optimize=2)
    digest = importlib.util.source_hash(source)
    pyc: bytes = importlib._bootstrap_external._code_to_hash_pyc(  # type: ignore[attr-defined]
        code, digest, checked=False
    )
    return pyc


def write(path: str, files: dict[str, bytes]) -> None:
    """Write a zip whose bytes depend on names and contents alone.

    Its files are not compressed: the whole archive is, and the browser unpacks that faster.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])


def standard_library(wanted: set[str]) -> dict[str, bytes]:
    """Return the bytecode of the standard library's files, by their names in the archive."""
    files = {}
    with zipfile.ZipFile(STANDARD_LIBRARY) as archive:
        for name in archive.namelist():
            path = f"{STANDARD_LIBRARY}/{name}"
            if path in wanted and name.endswith(".py"):
                files[f"{name}c"] = bytecode(archive.read(name), path)
    return files


def numpy(wanted: set[str]) -> dict[str, bytes]:
    """Return NumPy: the bytecode of what is wanted, every extension module, and the metadata."""
    files = {}
    for path in sorted(SITE_PACKAGES.rglob("*")):
        name = path.relative_to(SITE_PACKAGES).as_posix()
        if not name.startswith("numpy") or not path.is_file():
            continue
        if name.endswith(".py") and str(path) in wanted:
            source = b"" if name in BLANK else path.read_bytes()
            files[f"{name}c"] = bytecode(source, str(path))
        elif name.endswith((".so", ".dist-info/METADATA", ".dist-info/WHEEL")):
            files[name] = path.read_bytes()
    return files


def package() -> dict[str, bytes]:
    """Return the bytecode of adamwd."""
    with zipfile.ZipFile("/in/adamwd.zip") as archive:
        return {
            f"{name}c": bytecode(archive.read(name), f"/home/pyodide/{name}")
            for name in archive.namelist()
        }


import_everything()
wanted = loaded_files()
write("/out/python_stdlib.zip", standard_library(wanted))
write("/out/numpy.whl", numpy(wanted))
write("/out/adamwd.zip", package())
