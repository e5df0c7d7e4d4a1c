"""scripts/site.py: a whole site or none, and clear words where something is missing."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from scripts import site

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with the real configuration and theme, one-line pages, and stand-ins to copy."""
    root = tmp_path / "project"
    shutil.copytree(ROOT / "site_src", root / "site_src")
    for name in ("mkdocs.yml", "mkdocs.en.yml"):
        shutil.copy(ROOT / name, root)
    for language in ("zh", "en"):
        folder = ROOT / "docs" / language
        for page in folder.rglob("*.md"):
            path = root / "docs" / language / page.relative_to(folder)
            path.parent.mkdir(parents=True, exist_ok=True)
            way = "../" * (len(page.relative_to(folder).parts) - 1)
            text = f"# {page.stem} {{#{page.stem}}}\n\n[a link]({way}index.md)\n"
            path.write_text(text, encoding="utf-8")
    for shared in site.SHARED:
        for pattern in shared.patterns:
            file = root / shared.source / pattern.replace("**", "deep/er").replace("*", "stand-in")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(shared.target, encoding="utf-8")
    (root / "docs" / "samples").mkdir()
    monkeypatch.setattr(site, "ROOT", root)
    monkeypatch.delenv("SITE_URL", raising=False)
    return root


def leftovers(root: Path) -> list[Path]:
    return list(root.glob(".site-*"))


@pytest.mark.parametrize("shared", site.SHARED, ids=lambda shared: shared.source)
def test_says_what_is_missing_and_who_makes_it(
    project: Path, capsys: pytest.CaptureFixture[str], shared: site.Shared
) -> None:
    shutil.rmtree(project / shared.source)
    assert site.main(["--output", str(project / "site")]) == 1
    error = capsys.readouterr().err
    assert error == (f"site: {shared.source} is missing or empty: run `{shared.made_by}` first.\n")
    assert not (project / "site").exists()


def test_builds_both_languages_and_what_they_share(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", "https://example.org/adamwd")
    output = project / "site"
    output.mkdir()
    (output / "old.html").touch()
    assert site.main(["--output", str(output)]) == 0
    assert not (output / "old.html").exists()
    assert leftovers(project) == []
    assert (output / "assets/pyodide/deep/er/stand-in").read_text() == "assets/pyodide"
    assert (output / "assets/katex/fonts/stand-in.woff2").is_file()
    chinese = (output / "formula/index.html").read_text(encoding="utf-8")
    english = (output / "en/formula/index.html").read_text(encoding="utf-8")
    alternates = [
        ("zh", "https://example.org/adamwd/formula/"),
        ("en", "https://example.org/adamwd/en/formula/"),
        ("x-default", "https://example.org/adamwd/en/formula/"),
    ]
    pattern = re.compile(r'rel="alternate i18n" hreflang="([^"]+)" href="([^"]+)"')
    assert pattern.findall(chinese) == pattern.findall(english) == alternates
    assert 'name="adamwd-shared" content="../"' in chinese
    assert 'name="adamwd-shared" content="../../"' in english
    missing = (output / "404.html").read_text(encoding="utf-8")
    assert 'name="adamwd-shared" content="/adamwd/"' in missing
    # Relative everywhere else, so that a copy works under any path.
    addresses = re.findall(r'(?:href|src)="(/[^"]*|https?://example[^"]*)"', english)
    assert {address for address in addresses if "/formula/" not in address} == set()


def test_broken_link_leaves_the_old_site(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = project / "site"
    output.mkdir()
    (output / "index.html").write_text("old", encoding="utf-8")
    page = project / "docs" / "en" / "formula.md"
    page.write_text("# Formula {#formula}\n\n[gone](index.md#gone)\n", encoding="utf-8")
    assert site.main(["--output", str(output)]) == 1
    error = capsys.readouterr().err
    assert "mkdocs.en.yml: WARNING" in error
    assert "gone" in error
    assert error.splitlines()[-1].startswith("site: mkdocs did not build mkdocs.en.yml")
    assert (output / "index.html").read_text(encoding="utf-8") == "old"
    assert leftovers(project) == []
