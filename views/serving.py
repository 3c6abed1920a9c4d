"""What the server answers the browser past Streamlit's own messages: all rows as arrays, and which of them pass.

The browser takes a run's elements in one go and draws them all before a component hears of its part. The map need not
wait for that: what passes the filters goes over a connection of its own (`push.js`), as soon as it is known.
"""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from threading import Thread
from weakref import WeakValueDictionary

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from views.columns import Columns

_ARRAYS, _KEPT = "arrays", "kept"  # below the page's own address; what cannot be guessed follows
_LINE = "line"
_UNKNOWN = 4404  # the code with which a connection for a visitor who is not there (any more) is closed
_HEADERS = {
    "Content-Encoding": "gzip",
    "Cache-Control": "private, max-age=86400, immutable",
    "X-Content-Type-Options": "nosniff",
}

_log = logging.getLogger(__name__)

Ear = tuple[asyncio.AbstractEventLoop, asyncio.Event]


@dataclass(eq=False)
class Line:
    """One visitor's connection: its `key` cannot be guessed; `last` is the latest message, the only one that counts."""

    key: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    last: str = ""
    ears: set[Ear] = field(default_factory=set)

    @property
    def address(self) -> str:
        """Where the browser listens, below the page's address."""
        return f"{_KEPT}/{self.key}"

    def say(self, message: str) -> None:
        """Send a message to the browser, now or when it connects; callable from any thread."""
        if message == self.last:
            return
        self.last = message
        for loop, news in tuple(self.ears):
            with suppress(RuntimeError):  # a loop that was closed meanwhile: nobody listens any more
                loop.call_soon_threadsafe(news.set)


_lines: WeakValueDictionary[str, Line] = WeakValueDictionary()
_columns: WeakValueDictionary[str, Columns] = WeakValueDictionary()


def line() -> Line:
    """Return the line of the visitor whose page is being drawn; it lives as long as the session."""
    if _LINE not in st.session_state:
        st.session_state[_LINE] = made = Line()
        _lines[made.key] = made
    found: Line = st.session_state[_LINE]
    return found


def served(columns: Columns) -> str:
    """Return the address of the columns, below the page's: one that cannot be guessed, and goes away with them."""
    _columns[columns.key] = columns
    return f"{_ARRAYS}/{columns.key}"


async def _arrays(request: Request) -> Response:
    found = _columns.get(request.path_params["key"])
    if found is None:
        return Response(status_code=404)
    return Response(found.blob, media_type="application/octet-stream", headers=_HEADERS)


async def _listen(socket: WebSocket) -> None:
    await socket.accept()
    found = _lines.get(socket.path_params["key"])
    if found is None:
        await socket.close(_UNKNOWN)
        return
    news = asyncio.Event()
    news.set()  # what was said before
    ear = asyncio.get_running_loop(), news
    found.ears.add(ear)
    sending = asyncio.create_task(_send(socket, found, news))
    try:
        while True:
            await socket.receive_bytes()  # nothing is expected; it raises when the browser goes away
    except (WebSocketDisconnect, KeyError):
        pass
    finally:
        found.ears.discard(ear)
        sending.cancel()


async def _send(socket: WebSocket, line: Line, news: asyncio.Event) -> None:
    while True:
        await news.wait()
        news.clear()
        if line.last:
            with suppress(WebSocketDisconnect, RuntimeError):  # the reader ends the connection
                await socket.send_text(line.last)


@asynccontextmanager
async def ahead(_app: st.App) -> AsyncIterator[None]:
    """Read the program's parts and all rows when the server starts, while the first browser loads the page."""
    Thread(target=_read_ahead, name="read-ahead", daemon=True).start()
    yield


def _read_ahead() -> None:
    try:
        # Not before: some parts of the page make themselves known to the server as they are read.
        from views import event_map, loading, page, script  # noqa: F401 - what the script reads in its turn

        event_map.register()
        page.complete_once()
        loading.read()
    except Exception:  # noqa: BLE001 - the first visitor's page meets the same and says so
        _log.exception("could not read ahead")


ROUTES: tuple[BaseRoute, ...] = (
    Route(f"/{_ARRAYS}/{{key}}", _arrays),
    WebSocketRoute(f"/{_KEPT}/{{key}}", _listen),
)
"""What the server answers besides Streamlit's own addresses."""
