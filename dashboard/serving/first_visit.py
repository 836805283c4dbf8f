"""The server's own first visit: it opens the page once before any reader comes, and keeps the map that is drawn.

Streamlit serves the files of a component only after some visitor's run has imported it. A
reader whose page came from another replica, or from before a restart, would get 404 for the
map's frame; and the first reader of a server would wait for its imports.
"""

import asyncio
from typing import Final

import streamlit as st
from starlette.types import ASGIApp, Message, Scope
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.map.frame import MapFrame

PATIENCE: Final = 60.0
"""Seconds that the page may take; it needs about one."""


def _handshake() -> Scope:
    """Return the request by which a browser would open its websocket; as a program, it names no origin."""
    base = st.get_option("server.baseUrlPath").strip("/")
    path = f"/{base}/_stcore/stream" if base else "/_stcore/stream"
    # Where only some hosts are answered, one of them.
    host = next(iter(st.get_option("server.allowedHosts")), "localhost").replace("*", "localhost")
    return {
        "type": "websocket",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "ws",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", host.encode())],
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 0),
        "subprotocols": ["streamlit"],
        "state": {},
    }


class _Visitor:
    """Hears what the server says, until it has drawn the page or something is wrong."""

    def __init__(self) -> None:
        """Have heard nothing."""
        self.outcome: asyncio.Future[MapFrame] = asyncio.get_running_loop().create_future()
        self.frame: MapFrame | None = None

    def fail(self, trouble: str) -> None:
        """Take note of what is wrong; what comes later counts no more."""
        if not self.outcome.done():
            self.outcome.set_exception(RuntimeError(f"the page cannot be shown: {trouble}"))

    async def hear(self, message: Message) -> None:
        """Take note of what the server says."""
        if message["type"] == "websocket.close":
            self.fail(f"the websocket was closed with code {message.get('code')}")
        if message["type"] != "websocket.send":
            return
        told = ForwardMsg.FromString(message["bytes"])
        drawn = told.delta.new_element
        if drawn.HasField("exception"):
            self.fail(f"{drawn.exception.type} while the page was drawn")
        if drawn.HasField("component_instance"):
            self.frame = MapFrame(drawn.component_instance.component_name, drawn.component_instance.json_args)
        if told.HasField("script_finished"):
            self._finish()

    def _finish(self) -> None:
        if self.frame is None:
            self.fail("it has no map")
        elif not self.outcome.done():
            self.outcome.set_result(self.frame)


async def visit(app: ASGIApp) -> MapFrame:
    """Open the page as a browser would, leave when it has been drawn, and return the map's frame.

    Raises RuntimeError where it is not drawn: a server that cannot draw it had better not start.
    """
    visitor = _Visitor()
    sent: asyncio.Queue[Message] = asyncio.Queue()
    sent.put_nowait({"type": "websocket.connect"})
    sent.put_nowait({"type": "websocket.receive", "bytes": BackMsg(rerun_script=ClientState()).SerializeToString()})
    connection = asyncio.ensure_future(app(_handshake(), sent.get, visitor.hear))
    connection.add_done_callback(lambda _: visitor.fail("the connection ended"))
    late = f"it was not drawn within {PATIENCE:.0f} seconds"
    patience = asyncio.get_running_loop().call_later(PATIENCE, visitor.fail, late)
    try:
        return await visitor.outcome
    finally:
        patience.cancel()
        sent.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await connection
