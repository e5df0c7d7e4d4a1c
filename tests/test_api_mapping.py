"""The tables of the API mapping page say what the libraries' signatures and the runs say."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SIGNATURES = {
    one["class"]: {p["name"]: p for p in one["parameters"]}
    for one in json.loads((ROOT / "docs/data/signatures.json").read_text())["classes"]
}
COLUMNS = ("torch.optim.AdamW", "mindspore.nn.AdamWeightDecay")
each_language = pytest.mark.parametrize("language", ["zh", "en"])


def rows(language: str, heading: str) -> list[list[str]]:
    """Return the cells of the table under a heading, without its two first lines."""
    text = (ROOT / f"docs/{language}/api-mapping.md").read_text(encoding="utf-8")
    section = text.partition(f"{{#{heading}}}")[2].partition("\n#")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def code_in(cell: str) -> list[str]:
    """Return what stands in code font in a cell."""
    return re.findall(r"`([^`]+)`", cell)


@each_language
@pytest.mark.parametrize(("column", "name"), enumerate(COLUMNS, start=1))
def test_table_has_every_parameter_with_its_default(language: str, column: int, name: str) -> None:
    cells = [row[column] for row in rows(language, "defaults")]
    found = [re.findall(r"`(\w+)`(?: = `([^`]+)`)?", cell) for cell in cells]
    shown = dict(pair for pairs in found for pair in pairs)
    expected = {
        p["name"]: "" if p["required"] else p["text"].rpartition("=")[2].strip()
        for p in SIGNATURES[name].values()
    }
    assert shown == expected


@each_language
def test_home_states_the_defaults(language: str) -> None:
    text = (ROOT / f"docs/{language}/index.md").read_text(encoding="utf-8")
    table = [line.split("|") for line in text.splitlines() if line.startswith("|")]
    shown = [
        tuple(code_in(cell)[0] for cell in row[2:4])
        for row in table
        if "1e-08" in row[2] or "0.01" in row[2]
    ]
    assert shown == [
        tuple(repr(SIGNATURES[name][parameter]["default"]) for name in COLUMNS)
        for parameter in ("eps", "weight_decay")
    ]


def test_what_the_page_says_about_defaults() -> None:
    adamw, other = (SIGNATURES[name] for name in COLUMNS)
    assert adamw["lr"]["default"] == other["learning_rate"]["default"]
    assert adamw["betas"]["default"] == [other["beta1"]["default"], other["beta2"]["default"]]
    assert other["eps"]["default"] == pytest.approx(100 * adamw["eps"]["default"])
    experimental = SIGNATURES["mindspore.experimental.optim.AdamW"]
    for name, parameter in experimental.items():
        assert parameter["default"] == adamw[name]["default"]


@each_language
def test_ranges_are_those_that_were_tried(language: str) -> None:
    """What the table says in words, against the recorded output of docs/samples/ranges.py."""
    output = (ROOT / "docs/samples/output/ranges.txt").read_text(encoding="utf-8")
    tried = {line.split()[0]: line.split()[1:] for line in output.splitlines()[2:]}
    assert tried["lr=inf"] == tried["weight_decay=inf"] == ["accepted", "ValueError"]
    assert tried["lr=-1.0"] == tried["weight_decay=-0.1"] == ["ValueError", "ValueError"]
    # Neither a scalar Tensor nor the entries of a sequence are checked.
    assert tried["lr=Tensor(-1.0)"] == ["ValueError", "accepted"]
    assert tried["lr=[0.1,-1.0]"] == tried["lr=(0.1,-1.0)"] == ["TypeError", "accepted"]
    assert tried["lr=array([0.1,-1.])"][1] == "accepted"
    for beta in ("beta1", "beta2"):
        assert tried[f"{beta}=0.0"] == ["accepted", "ValueError"]
        assert tried[f"{beta}=0"] == ["ValueError", "TypeError"]
        assert tried[f"{beta}=1.0"] == ["ValueError", "ValueError"]
        assert tried[f"{beta}=nan"] == ["ValueError", "accepted"]
    assert tried["eps=0.0"] == ["accepted", "ValueError"]
    assert tried["eps=1"] == ["accepted", "TypeError"]
    said = {
        name: row[1:]
        for name, row in zip(("lr", "betas", "eps", "decay"), rows(language, "ranges"), strict=True)
    }
    for name, column, words in (
        ("lr", 0, "`inf`"),
        ("lr", 1, "validation.tensor-learning-rate"),
        ("betas", 0, "[0, 1)"),
        ("betas", 0, "`ValueError`"),
        ("betas", 1, "(0, 1)"),
        ("betas", 1, "`TypeError`"),
        ("betas", 1, "`nan`"),
        ("eps", 0, "≥ 0"),
        ("eps", 1, "> 0"),
        ("eps", 1, "`TypeError`"),
        ("decay", 0, "`inf`"),
    ):
        assert words in said[name][column], (name, column)
