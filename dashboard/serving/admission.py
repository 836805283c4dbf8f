"""Lets in as many readers at once as the server can serve well, and lets the others wait their turn.

A reader who waits has the first answer before the eyes: the picture, the title and the links
need no place. The live page opens by itself when a place is free. The handshake of its
websocket is kept waiting meanwhile, because Streamlit's script asks again without a pause
when it is refused; who has waited long is refused with 503 and Retry-After, so that a proxy
may ask another replica, and comes back at the end of the queue.
"""

import asyncio
import os
import resource
from collections import deque
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

READERS: Final = "CASPIAN_CORRIDORS_READERS"
"""The environment variable that says how many pages may be open at once."""
MOST_READERS: Final = 600
"""So many readers who choose something every ten seconds keep a processor busy; more would wait for each other."""
SERVER_MB: Final = 300
"""Memory of a server without readers, and some to spare."""
READER_MB: Final = 0.5
"""Memory of an open page, and some to spare."""
LIMITS: Final = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
"""Where Linux tells a container how many bytes it may use; the older kernels' file is the second."""
PATIENCE: Final = 10.0
"""Seconds that a reader waits before a refusal; Streamlit's script gives up by itself after 15."""
TRY_AGAIN_LATER: Final = 1013
"""RFC 6455's registry."""
UNAVAILABLE: Final = 503
CONNECTIONS: Final = 16_384
"""More than anybody waits in a queue for."""


def memory_mb() -> float:
    """Return how many megabytes this server may use: its container's, or the machine's."""
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    told = (file.read_text("ascii").strip() for file in LIMITS if file.exists())
    return min([machine, *(int(limit) for limit in told if limit.isdigit())]) / 2**20


def places_for(environment: Mapping[str, str], memory: float) -> int:
    """Return how many pages may be open at once: as many as the operator says, or as the memory (MB) allows.

    Raises ValueError where what the operator says is no number of at least 1.
    """
    asked = environment.get(READERS, "").strip()
    if not asked:
        return max(1, min(MOST_READERS, int((memory - SERVER_MB) / READER_MB)))
    if not (asked.isascii() and asked.isdigit()) or int(asked) < 1:
        raise ValueError(f"{READERS} must be a whole number of at least 1, not {asked}")
    return int(asked)


def allow_connections() -> None:
    """Let this process hold many connections: often it may have a thousand, those who wait included, until it asks."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = CONNECTIONS if hard == resource.RLIM_INFINITY else min(hard, CONNECTIONS)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


class Places:
    """The places for readers, and the queue before them."""

    def __init__(self, most: int | None = None) -> None:
        """Have so many places, all free; as many as the operator says or the memory allows, if none are named."""
        self.taken = 0
        if most is not None:
            self.most = most
        self._queue: deque[asyncio.Future[None]] = deque()

    @cached_property
    def most(self) -> int:
        """How many places there are; asked only when somebody comes, because some hosts set variables so late."""
        return places_for(os.environ, memory_mb())

    @property
    def full(self) -> bool:
        """Whether a reader who comes now must wait."""
        return self.taken >= self.most

    def ask(self) -> asyncio.Future[None]:
        """Return what is done when a place has been taken for the one who asks: at once where one is free."""
        turn = asyncio.get_running_loop().create_future()
        if self.full:
            self._queue.append(turn)
        else:
            self.taken += 1
            turn.set_result(None)
        return turn

    def withdraw(self, turn: asyncio.Future[None]) -> None:
        """Give back what was asked for: the turn, or the place, which the reader takes who has waited longest."""
        if not turn.done():
            self._queue.remove(turn)
        elif self._queue:
            self._queue.popleft().set_result(None)
        else:
            self.taken -= 1


PLACES: Final = Places()
"""This server's."""


async def refuse(scope: Scope, send: Send) -> None:
    """Refuse a websocket for now, in the words of HTTP where the server can."""
    if "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": TRY_AGAIN_LATER})
        return
    headers = [
        (b"retry-after", str(round(PATIENCE)).encode()),
        (b"cache-control", b"no-store"),
        (b"content-type", b"text/plain; charset=utf-8"),
    ]
    await send({"type": "websocket.http.response.start", "status": UNAVAILABLE, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": b"All places are taken; try again later.\n"})


class Admission:
    """Stands before the page's websockets."""

    def __init__(self, app: ASGIApp, places: Places = PLACES, patience: float = PATIENCE) -> None:
        """Stand before the app, with these places and so many seconds of patience."""
        self.app = app
        self.places = places
        self.patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a websocket on when there is a place for it, and everything else at once."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        turn = self.places.ask()
        farewell: asyncio.Future[Message] | None = None
        try:
            if not turn.done():
                connect = await receive()
                # Before the handshake is answered, nothing more can be heard but that the reader has gone.
                farewell = asyncio.ensure_future(receive())
                await asyncio.wait((turn, farewell), timeout=self.patience, return_when=asyncio.FIRST_COMPLETED)
                receive = _resumed(connect, farewell, receive)
            if farewell is not None and farewell.done():
                return
            if turn.done():
                await self.app(scope, receive, send)
            else:
                await refuse(scope, send)
        finally:
            self.places.withdraw(turn)
            if farewell is not None:
                farewell.cancel()


def _resumed(connect: Message, following: asyncio.Future[Message], receive: Receive) -> Receive:
    """Return a receive that begins again with the connection, and then what is being waited for."""
    again: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
    again.set_result(connect)
    heard = deque((again, following))

    async def resumed() -> Message:
        return await (heard.popleft() if heard else receive())

    return resumed
