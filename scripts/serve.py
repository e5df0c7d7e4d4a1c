"""Serve ./site on this machine, as a web host would: right types, gzip, revalidation, 404 page.

Starlette and uvicorn do the work. Files are looked up anew for each request, so that a new build
shows at the next reload.
"""

from __future__ import annotations

import argparse
import mimetypes
import socket
import sys
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

ROOT = Path(__file__).resolve().parent.parent

# Browsers refuse modules and stream wasm only under these types, and systems' own tables differ.
TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".whl": "application/zip",
    ".woff2": "font/woff2",
    ".zip": "application/zip",
}


class Site(StaticFiles):
    """The built site; the browser asks again each time and gets 304 where nothing changed."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file, or the site's 404 page."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


def application(folder: Path) -> Starlette:
    """Return the ASGI application that serves `folder`."""
    for suffix, kind in TYPES.items():
        mimetypes.add_type(kind, suffix)
    # It leaves alone what is compressed already (zip, woff2, png).
    middleware = [Middleware(GZipMiddleware, minimum_size=1000, compresslevel=6)]
    return Starlette(routes=[Mount("/", Site(directory=folder, html=True))], middleware=middleware)


def listen(host: str, port: int) -> socket.socket:
    """Bind before the server starts, so that a port in use is told in our own words."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        # Connections may come as soon as the address is printed; they wait until uvicorn runs.
        listening.listen(128)
    except OSError:
        listening.close()
        raise
    return listening


def main(arguments: list[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Serve ./site on this machine.")
    parser.add_argument("--host", default="127.0.0.1", help="default: 127.0.0.1, this machine only")
    parser.add_argument("--port", type=int, default=8000, help="default: 8000; 0 takes a free one")
    parser.add_argument("--directory", type=Path, default=ROOT / "site", help="default: ./site")
    options = parser.parse_args(arguments)
    if not (options.directory / "index.html").is_file():
        print(f"serve: {options.directory} holds no site: run `make site` first.", file=sys.stderr)
        return 1
    try:
        listening = listen(options.host, options.port)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        print(
            f"serve: cannot listen on {options.host}:{options.port} ({reason}): "
            "choose another port with --port (make serve PORT=8001).",
            file=sys.stderr,
        )
        return 1
    host = f"[{options.host}]" if ":" in options.host else options.host
    print(f"Serving {options.directory} at http://{host}:{listening.getsockname()[1]}/", flush=True)
    configuration = uvicorn.Config(
        application(options.directory),
        log_level="warning",
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    try:
        uvicorn.Server(configuration).run(sockets=[listening])
    except KeyboardInterrupt:
        print("Stopped.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
