"""Build the site: both languages, strictly, and what they share, into ./site.

The two languages are two MkDocs configurations (mkdocs.yml and mkdocs.en.yml). What is heavy or
belongs to both lies once, outside their folders: assets/ and data/ at the root of the site. The
whole is made in a temporary folder and then takes the place of the old one, so that ./site is
never half a site. SITE_URL in the environment says where the site will be served.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from scripts import content_policy

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_URL = "http://127.0.0.1:8000/"
# Formulas as arithmatex leaves them: \( ... \) and \[ ... \].
FORMULA = re.compile(r"\\\(.*?\\\)|\\\[.*?\\\]", re.DOTALL)
# What mkdocs and jieba say when all is well.
NOISE = re.compile("INFO |Building prefix dict|Dumping model|Loading model|Prefix dict")


class SiteError(Exception):
    """The site cannot be built; the message says why in one sentence."""


class Shared(NamedTuple):
    """Files that both languages use, copied once."""

    source: str
    target: str
    made_by: str
    patterns: tuple[str, ...] = ("**/*",)


SHARED = (
    Shared("docs/assets/app", "assets/app", "make page"),
    Shared("docs/assets/pyodide", "assets/pyodide", "make pyodide"),
    Shared("docs/data", "data", "make traces"),
    Shared(
        "node_modules/katex/dist",
        "assets/katex",
        "npm ci",
        ("katex.min.css", "katex.min.js", "fonts/*.woff2"),
    ),
    Shared("site_src/stylesheets", "assets/theme", "git checkout site_src", ("*.css",)),
    Shared("site_src/theme", "assets/theme", "git checkout site_src", ("*.js",)),
)


def files_of(shared: Shared) -> list[Path]:
    """Return the files to copy, relative to the source folder, in a fixed order."""
    source = ROOT / shared.source
    found = {path for pattern in shared.patterns for path in source.glob(pattern)}
    return sorted(
        path.relative_to(source)
        for path in found
        if path.is_file() and not path.name.startswith(".")
    )


def check(allow_missing: bool) -> None:
    """Say at once, before the long part, if something that the site needs is not there."""
    for shared in SHARED:
        if files_of(shared):
            continue
        message = f"{shared.source} is missing or empty: run `{shared.made_by}` first."
        if not allow_missing:
            raise SiteError(message)
        print(f"site: left out: {message}", file=sys.stderr)


def build_languages(target: Path, url: str) -> None:
    """Run MkDocs for both languages at once and put English under the Chinese root."""
    url = url.rstrip("/") + "/"
    environment = os.environ | {
        "SITE_URL": url,
        "SITE_URL_EN": f"{url}en/",
        "NO_MKDOCS_2_WARNING": "1",
    }
    english = target.with_name("en")
    runs: list[tuple[str, subprocess.Popen[str]]] = []
    for config, folder in (("mkdocs.yml", target), ("mkdocs.en.yml", english)):
        # Not --quiet: with it mkdocs does not count the warnings that --strict should fail at.
        command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
        command += ["--config-file", config, "--site-dir", str(folder)]
        runs.append(
            (
                config,
                subprocess.Popen(
                    command,
                    cwd=ROOT,
                    env=environment,
                    text=True,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                ),
            )
        )
    outputs = [(config, run.communicate()[0], run.returncode) for config, run in runs]
    failed = [config for config, _, code in outputs if code]
    # Strict builds fail at a warning, so that a build which passed has nothing to say.
    for config, output, code in outputs:
        for line in output.splitlines() if code else []:
            if line.strip() and not NOISE.match(line):
                print(f"{config}: {line.rstrip()}", file=sys.stderr)
    if failed:
        raise SiteError(f"mkdocs did not build {' and '.join(failed)}: its messages are above.")
    english.rename(target / "en")


def without_formulas(site: Path) -> None:
    """Take the formulas' LaTeX out of the search indexes, where it stands between the hits."""
    for index in site.rglob("search/search_index.json"):
        text = index.read_text(encoding="utf-8")
        value = json.loads(text)
        for document in value["docs"]:
            document["text"] = FORMULA.sub(" ", document["text"])
        index.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def copy_shared(target: Path) -> None:
    """Copy what both languages use into the site."""
    for shared in SHARED:
        for path in files_of(shared):
            to = target / shared.target / path
            to.parent.mkdir(parents=True, exist_ok=True)
            # With its time, so that browsers need not load it again after every build.
            shutil.copy2(ROOT / shared.source / path, to)


def swap(new: Path, site: Path) -> None:
    """Let `new` take the place of `site`; the old one goes only when the new one stands."""
    old = new.with_name("old")
    if site.exists():
        site.rename(old)
    try:
        new.rename(site)
    except BaseException:
        if old.exists():
            old.rename(site)
        raise


def build(site: Path, url: str, allow_missing: bool) -> None:
    """Build the whole site into the folder `site`."""
    check(allow_missing)
    # Beside the target, so that the last step is a rename within one file system.
    with tempfile.TemporaryDirectory(dir=site.parent, prefix=".site-") as folder:
        new = Path(folder) / "zh"
        build_languages(new, url)
        without_formulas(new)
        content_policy.apply(new)
        copy_shared(new)
        swap(new, site)


def summary(site: Path, seconds: float) -> str:
    """Return one line about what was built."""
    sizes = [path.stat().st_size for path in site.rglob("*") if path.is_file()]
    pages = sum(1 for _ in site.rglob("index.html"))
    megabytes = sum(sizes) / 1e6
    return f"{site}: {pages} pages, {len(sizes)} files, {megabytes:.1f} MB, {seconds:.1f} s"


def main(arguments: list[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Build both languages of the site into ./site.")
    parser.add_argument("--output", type=Path, default=ROOT / "site", help="default: ./site")
    parser.add_argument(
        "--allow-missing",
        action="store_true",
        help="build without scripts, traces or Pyodide that are not there yet (for writing)",
    )
    options = parser.parse_args(arguments)
    start = time.monotonic()
    try:
        build(
            options.output.resolve(),
            os.environ.get("SITE_URL") or DEFAULT_URL,
            options.allow_missing,
        )
    except (SiteError, content_policy.PolicyError, OSError) as error:
        print(f"site: {error}", file=sys.stderr)
        return 1
    print(summary(options.output.resolve(), time.monotonic() - start))
    return 0


if __name__ == "__main__":
    sys.exit(main())
