"""The server of the bench: the built site, stock Pyodide beside it, and what was sent."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scripts.serve import ROOT, application, listen

STOCK = ROOT / ".cache/pyodide/stock"
PAGES = ROOT / "scripts/bench_pages"


class Counted:
    """Counts the bytes of bodies as they go over the wire, compressed where they are.

    Args:
        app: The application whose answers are counted.

    Attributes:
        sent: Bytes sent by path since it was last cleared.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.sent: dict[str, int] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""

        async def counting(message: Message) -> None:
            if message["type"] == "http.response.body":
                size = len(message.get("body", b""))
                path = scope["path"]
                self.sent[path] = self.sent.get(path, 0) + size
            await send(message)

        await self._app(scope, receive, counting if scope["type"] == "http" else send)


class Both:
    """Looks for a file in one folder after the other.

    Args:
        folders: Where to look.
    """

    def __init__(self, *folders: Path) -> None:
        self._folders = [(folder, application(folder)) for folder in folders]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        name = scope["path"].rpartition("/")[2]
        for folder, app in self._folders:
            if (folder / name).is_file() or folder == self._folders[-1][0]:
                await app(scope, receive, send)
                return


@contextmanager
def served(site: Path) -> Iterator[tuple[str, Counted]]:
    """Serve the site at /, and stock Pyodide at /stock/, while the context is open.

    Args:
        site: Folder of the built site.

    Yields:
        The address, and the counter.
    """
    routes = [Mount("/stock", Both(PAGES, STOCK)), Mount("/", application(site))]
    counted = Counted(Starlette(routes=routes))
    listening = listen("127.0.0.1", 0)
    options: dict[str, Any] = {"log_level": "warning", "lifespan": "off"}
    server = uvicorn.Server(uvicorn.Config(counted, **options))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/", counted
    finally:
        server.should_exit = True
        thread.join(timeout=5)
