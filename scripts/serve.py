"""Serve ./site on this machine, as a web host would: right types, gzip, revalidation, 404 page.

Starlette and uvicorn do the work. Files are looked up anew for each request, so that a new build
shows at the next reload.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import mimetypes
import socket
import sys
from pathlib import Path

import anyio
import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
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


# The rest is compressed already (zip, whl, gz, woff2, png).
COMPRESSED = {".css", ".html", ".js", ".json", ".mjs", ".svg", ".txt", ".wasm", ".xml"}
SMALLEST = 1000


@functools.lru_cache(maxsize=512)
def compressed(path: str, _changed: int) -> bytes:
    """Return a file as gzip, which web hosts make once and keep.

    Args:
        path: The file.
        _changed: When it was changed: another time is another file.
    """
    return gzip.compress(Path(path).read_bytes(), compresslevel=6, mtime=0)


class Site(StaticFiles):
    """The built site; the browser asks again each time and gets 304 where nothing changed."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file, compressed where the browser takes that, or the site's 404 page."""
        response = await super().get_response(path, scope)
        if isinstance(response, FileResponse) and Path(response.path).suffix in COMPRESSED:
            response = await self._compressed(response, Headers(scope=scope))
        response.headers["Cache-Control"] = "no-cache"
        return response

    async def _compressed(self, response: FileResponse, asked: Headers) -> Response:
        response.headers["Vary"] = "Accept-Encoding"
        status = Path(response.path).stat()
        partial = "range" in asked or asked.get("accept-encoding", "").find("gzip") < 0
        if partial or status.st_size < SMALLEST:
            return response
        path, changed = str(response.path), status.st_mtime_ns
        body = await anyio.to_thread.run_sync(compressed, path, changed)
        kept = ("content-type", "last-modified", "etag", "vary")
        headers = {name: response.headers[name] for name in kept if name in response.headers}
        return Response(body, response.status_code, {**headers, "Content-Encoding": "gzip"})


def application(folder: Path) -> Starlette:
    """Return the ASGI application that serves `folder`."""
    for suffix, kind in TYPES.items():
        mimetypes.add_type(kind, suffix)
    return Starlette(routes=[Mount("/", Site(directory=folder, html=True))])


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
