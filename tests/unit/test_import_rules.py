"""Imports point one way: who may import what, read from the sources."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "adamwd"
FILES = sorted(PACKAGE.rglob("*.py"))
# Each may be copied out of the package as one file.
ALONE = [PACKAGE / "parity" / f"{n}.py" for n in ("torch_adamw", "mindspore_adam_weight_decay")]


def imports(path, top_level_only=False):
    """Return the full names of the modules that a file imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if top_level_only else ast.walk(tree)
    names = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names.add(node.module or "")
    return names


def ours(path):
    return {name for name in imports(path) if name.split(".")[0] == "adamwd"}


def top(names):
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_frameworks_and_matplotlib_stand_where_they_may(path):
    folder = path.relative_to(PACKAGE).parts[0]
    names = top(imports(path))
    if folder not in ("backends", "parity", "claims"):
        assert not names & {"torch", "mindspore"}
    if path not in ALONE:
        assert not top(imports(path, top_level_only=True)) & {"torch", "mindspore"}
    if folder != "figures":
        assert not names & {"matplotlib", "fontTools"}
    assert "scripts" not in names


@pytest.mark.parametrize("path", ALONE, ids=lambda p: p.name)
def test_what_can_be_copied_imports_nothing_of_ours(path):
    assert ours(path) == set()
    assert len(top(imports(path)) & {"torch", "mindspore"}) == 1


@pytest.mark.parametrize(
    ("module", "allowed"),
    [
        ("rounding.py", set()),
        ("parameter.py", {"adamwd.rounding"}),
        ("adamw.py", {"adamwd.parameter", "adamwd.rounding"}),
        ("adam_weight_decay.py", {"adamwd.parameter", "adamwd.rounding"}),
        ("problems.py", {"adamwd.iris"}),
        ("schedule.py", set()),
        ("stacked.py", {"adamwd.problems", "adamwd.rounding", "adamwd.schedule"}),
        ("spec.py", {"adamwd.schedule"}),
        ("jsonable.py", set()),
        ("amplification.py", {"adamwd.rounding"}),
        ("trace.py", {"adamwd.jsonable", "adamwd.spec"}),
        ("compare.py", {"adamwd.spec", "adamwd.trace"}),
        ("presets.py", {"adamwd.spec"}),
        ("experiments.py", {"adamwd.presets", "adamwd.spec"}),
    ],
)
def test_the_foundation_imports_its_base_only(module, allowed):
    path = PACKAGE / module
    assert ours(path) <= allowed
    standard = set(sys.stdlib_module_names)
    assert top(imports(path)) - standard <= {"numpy", "adamwd"}


@pytest.mark.parametrize("path", sorted((PACKAGE / "figures").rglob("*.py")), ids=lambda p: p.name)
def test_figures_see_traces_and_never_a_backend(path):
    allowed = {"adamwd.trace", "adamwd.compare", "adamwd.experiments", "adamwd.problems"}
    allowed |= {"adamwd.spec", "adamwd.version"}
    for name in ours(path):
        assert name in allowed or name.startswith("adamwd.figures"), name


def test_importing_adamwd_needs_numpy_only():
    program = (
        "import sys, adamwd; "
        "print(sorted({m.split('.')[0] for m in sys.modules} "
        "& {'torch', 'mindspore', 'matplotlib', 'tqdm', 'rich', 'mkdocs'}))"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert result.stdout.strip() == "[]"


def test_everything_public_is_exported_once():
    import adamwd

    assert len(adamwd.__all__) == len(set(adamwd.__all__))
    for name in adamwd.__all__:
        assert getattr(adamwd, name) is not None


def test_the_version_stands_in_one_place():
    from adamwd.version import VERSION

    holders = [p for p in FILES if f'"{VERSION}"' in p.read_text(encoding="utf-8")]
    assert holders == [PACKAGE / "version.py"]
