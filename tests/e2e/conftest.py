"""Fixtures of the browser tests: the built site, the project's own server, and Chromium."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SITE = ROOT / "site"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str:
    """Return the path of the system's Chromium, or fail in one sentence."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    for name in filter(None, names):
        if path := shutil.which(name):
            return path
    pytest.fail(
        "No Chromium found: install it, or name it in the variable CHROMIUM.", pytrace=False
    )


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """Serve the site; the address is where it really listens, for requests without a browser."""
    if not (SITE / "index.html").is_file():
        pytest.fail("There is no ./site: run `make site` first.", pytrace=False)
    command = [sys.executable, "-m", "scripts.serve", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            line = server.stdout.readline()
            found = re.search(r"http://\S+/", line)
            if not found:
                pytest.fail(f"scripts/serve.py did not start: {line!r}", pytrace=False)
            yield found.group()
        finally:
            server.terminate()


@pytest.fixture(scope="session")
def site_url(server_url: str) -> str:
    """Return the address to open in the browser: what the site was built for, where possible.

    Instant navigation works only under the address in the sitemap. The browser is told (by
    browser_type_launch_args) that this address is where the server really listens.
    """
    found = re.search(r"<loc>(.*?)</loc>", (SITE / "sitemap.xml").read_text(encoding="utf-8"))
    built_for = found.group(1) if found else server_url
    local = urlsplit(built_for).scheme == "http" and urlsplit(built_for).path == "/"
    return built_for if local else server_url


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, object], server_url: str, site_url: str
) -> dict[str, object]:
    """Launch the system's Chromium, and lead the site's address to our server."""
    rule = f"MAP {urlsplit(site_url).netloc} {urlsplit(server_url).netloc}"
    return {
        **browser_type_launch_args,
        "executable_path": chromium(),
        "args": [*FLAGS, f"--host-resolver-rules={rule}"],
    }
