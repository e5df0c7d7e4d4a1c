"""scripts/content_policy.py: which inline scripts are named, and where the policy stands."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest

from scripts import content_policy

PAGE = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <script>{script}</script>
    <script type="module" src="a.js"></script>
    <script id="x" type="application/json">{{"a": 1}}</script>
  </head>
</html>
"""


def test_only_inline_scripts_that_run_are_named() -> None:
    assert content_policy.inline_scripts(PAGE.format(script="go()")) == ["go()"]


def test_a_digest_is_the_one_that_browsers_compute() -> None:
    expected = base64.b64encode(hashlib.sha256('go("汉字")'.encode()).digest()).decode()
    assert content_policy.digest('go("汉字")') == f"'sha256-{expected}'"


def test_every_page_gets_the_scripts_of_all(tmp_path: Path) -> None:
    for name, script in (("index", "one()"), ("en/index", "two()")):
        path = tmp_path / f"{name}.html"
        path.parent.mkdir(exist_ok=True)
        path.write_text(PAGE.format(script=script), encoding="utf-8")
    part = tmp_path / "part.html"
    part.write_text("<p>no page</p>", encoding="utf-8")
    content_policy.apply(tmp_path)
    texts = [path.read_text(encoding="utf-8") for path in tmp_path.rglob("index.html")]
    assert len(texts) == 2
    for text in texts:
        head = text.split("<script>")[0]
        assert "Content-Security-Policy" in head
        for script in ("one()", "two()"):
            assert content_policy.digest(script).strip("'") in head
    assert part.read_text(encoding="utf-8") == "<p>no page</p>"


def test_the_same_scripts_give_the_same_policy_in_any_order() -> None:
    assert content_policy.policy(["a", "b", "a"]) == content_policy.policy(["b", "a"])


def test_a_page_without_a_place_for_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "odd.html").write_text("<html><head></head></html>", encoding="utf-8")
    with pytest.raises(content_policy.PolicyError, match=r"odd\.html: it has no <meta charset>"):
        content_policy.apply(tmp_path)
