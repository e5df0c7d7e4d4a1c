"""The content security policy of the site: the same `<meta>` in every page, first in its head.

Scripts run from the site's own files alone. The theme's few inline scripts are named by their
SHA-256; a page brought by instant navigation lives under the policy of the page that was loaded
first, so each page names the inline scripts of all. WebAssembly may be compiled; nothing may be
evaluated as JavaScript.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from html import escape
from pathlib import Path

SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
CHARSET = re.compile(r'<meta charset="utf-8">', re.IGNORECASE)
# Scripts of other types are data, which no policy stops.
DATA = re.compile(r"""\btype=["']?application/json""")
SOURCE = re.compile(r"\bsrc=")


class PolicyError(Exception):
    """A page has no place for the policy; the message names it."""


def inline_scripts(page: str) -> list[str]:
    """Return the text of every inline script of a page that a browser would run."""
    return [
        text
        for attributes, text in SCRIPT.findall(page)
        if text and not SOURCE.search(attributes) and not DATA.search(attributes)
    ]


def digest(script: str) -> str:
    """Return the source expression that allows one inline script."""
    sha = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(sha).decode()}'"


def policy(scripts: Iterable[str]) -> str:
    """Return the policy that allows these inline scripts and no other."""
    allowed = sorted({digest(script) for script in scripts})
    directives = {
        "default-src": ["'self'"],
        # 'wasm-unsafe-eval' compiles WebAssembly and evaluates no JavaScript.
        # Blobs are what the page's own worker imports: Pyodide, checked and kept in the cache.
        "script-src": ["'self'", "blob:", "'wasm-unsafe-eval'", *allowed],
        # The playground's worker starts from a blob, and so inherits this policy.
        "worker-src": ["'self'", "blob:"],
        # Formulas and charts have style attributes, whose values are computed.
        "style-src": ["'self'", "'unsafe-inline'"],
        # Charts that the reader downloads as PNG are drawn from a blob.
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
    }
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())


def with_policy(page: str, content: str) -> str:
    """Return a page with the policy before everything that it governs.

    Raises:
        PolicyError: If the page does not declare its character set, after which the policy stands.
    """
    place = CHARSET.search(page)
    if place is None:
        raise PolicyError("it has no <meta charset>")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{escape(content)}">'
    return page[: place.end()] + meta + page[place.end() :]


def apply(site: Path) -> None:
    """Put one policy into every page of a built site.

    Raises:
        PolicyError: If a page has no place for it.
    """
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))}
    documents = {path: text for path, text in pages.items() if "<html" in text}
    content = policy(script for text in documents.values() for script in inline_scripts(text))
    for path, text in documents.items():
        try:
            path.write_text(with_policy(text, content), encoding="utf-8")
        except PolicyError as error:
            raise PolicyError(f"{path.relative_to(site)}: {error}") from None
