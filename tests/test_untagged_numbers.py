"""No number in the prose about differences is unchecked: what counts something carries a tag.

A number beside a word such as "times", "%" or "ulp" says how large something is. It was measured,
so it stands in a tag (``<span data-fact="id">3.162</span>``) that scripts/facts.py checks.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES = ("differences/*.md", "traps.md", "troubleshooting.md", "which-adamw.md")

# What is no prose, or is checked elsewhere. Each leaves a mark that is no digit.
NOT_PROSE = (
    re.compile(r"\A---\n.*?\n---\n", re.DOTALL),
    re.compile(r"^[ \t]*(`{3,}|~{3,})[^\n]*\n.*?^[ \t]*\1[ \t]*$", re.MULTILINE | re.DOTALL),
    re.compile(r"<!--.*?-->", re.DOTALL),
    re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL),
    re.compile(r"^#{1,6}[ \t].*$", re.MULTILINE),
    re.compile(r"<(span)\s[^>]*data-fact=[^>]*>.*?</\1>", re.DOTALL),
    re.compile(r"!?\[(?:[^\[\]]|\[[^\]]*\])*\]\([^)]*\)"),
    re.compile(r"\$\$.*?\$\$|\$[^$\n]+\$|\\\(.*?\\\)|\\\[.*?\\\]", re.DOTALL),
    re.compile(r"<a\s.*?</a>", re.DOTALL),
    re.compile(r"<[^>]+>|\{[:#.][^}]*\}"),
)
NUMBER = r"(?<![\w.#-])(?P<number>[-+]?\d[\d,]*(?:\.\d+)?(?:[eE][-+]?\d+)?)"
# Sizes: never without a tag.
SIZES = (
    r"倍|个百分点|%|％|‰|×|个?末位单位|毫秒|微秒|秒|分钟|小时|"
    r"(?:times|fold|percent|per cent|percentage points?|ulps?|(?:milli)?seconds?|ms|minutes?)\b"
)
# Steps are often a setting ("after 100 steps"), and those are the first ones or round numbers.
STEPS = r"步|(?:steps?|iterations?|updates?)\b"
SIZE = re.compile(rf"{NUMBER}(?:\s|-)*(?:{SIZES})", re.IGNORECASE)
STEP = re.compile(
    rf"{NUMBER}(?:\s|-)*(?:{STEPS})|\bstep\s+{NUMBER.replace('number', 'after')}", re.IGNORECASE
)


def prose(text: str) -> str:
    """Return what a reader reads as prose outside tags, with line numbers kept."""
    for pattern in NOT_PROSE:
        text = pattern.sub(lambda match: "\n" * match.group().count("\n") or "■", text)
    return text


def is_setting(number: str) -> bool:
    """Say whether a number of steps is one that somebody chooses: the first ones, round ones."""
    digits = number.replace(",", "")
    return digits.isdigit() and (int(digits) <= 3 or int(digits) % 10 == 0)


def untagged(text: str) -> list[str]:
    """Return each number that counts something and has no tag, with its line."""
    found = []
    for number, line in enumerate(prose(text).splitlines(), start=1):
        steps = (m for m in STEP.finditer(line) if not is_setting(m["number"] or m["after"]))
        found += [f"line {number}: {match.group()!r}" for match in [*SIZE.finditer(line), *steps]]
    return found


def pages(language: str) -> list[Path]:
    """Return the pages whose numbers must be tagged."""
    return sorted(path for pattern in PAGES for path in (DOCS / language).glob(pattern))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_number_stands_untagged(language: str) -> None:
    found = {
        path.relative_to(DOCS).as_posix(): numbers
        for path in pages(language)
        if (numbers := untagged(path.read_text(encoding="utf-8")))
    }
    assert found == {}, "put these into <span data-fact> tags, or say it without a number"


@pytest.mark.parametrize(
    "text",
    [
        "更新量是 AdamW 的 3.162 倍。",
        "峰值在第 12 步。",
        "慢了 20%，",
        "相差 5 个末位单位",
        "only 3.2 times as far",
        "a 6.57-fold update",
        "off by 2 ulp",
        "in 0.5 seconds",
        "the peak is at step 12, and",
        "after 2375 steps",
        "about 1e-3 percent",
        "| table | 1,200 times |",
        '<span class="adamw">3 times</span>',
    ],
)
def test_an_untagged_number_is_found(text: str) -> None:
    assert len(untagged(f"# Title {{#title}}\n\n{text}\n")) == 1


@pytest.mark.parametrize(
    "text",
    [
        '更新量是 AdamW 的 <span data-fact="a.b/c">3.162</span> 倍。',
        'at step <span data-fact="step-ratio-peak-step">12</span> it is\n'
        '<span data-fact="step-ratio-peak">6.57</span> times as far',
        "`3 times` and ``2 ` steps``",
        "```python\nx = 3  # 12 steps\n```",
        "    ~~~\n    12 steps\n    ~~~",
        "## 第 12 步 {#step-12}",
        "[3 times](a.md#x) and ![5 steps](b.svg)",
        '<img alt="12 steps" src="a.svg">',
        '<a href="b">5 times</a>',
        "<!-- 12 steps -->",
        "$3 \\times$ and \\(12 s\\)",
        "训练 1000 步，从第 1 步起",
        "after 100 steps, from step 1 on",
        "PyTorch 2.13 and float32; step by step; sometimes; Adam2 steps",
        "---\ndescription: 3 times\n---\n",
    ],
)
def test_what_is_no_untagged_number_is_spared(text: str) -> None:
    assert untagged(text) == []


def test_the_line_is_named() -> None:
    text = "---\nhide:\n  - toc\n---\n\n# A {#a}\n\n```\n1\n2\n```\n\nIt is 7 times as far.\n"
    assert untagged(text) == ["line 13: '7 times'"]
