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


async def visit(app: ASGIApp) -> MapFrame:
    """Open the page as a browser would, leave when it has been drawn, and return the map's frame.

    Raises RuntimeError where it is not drawn: a server that cannot draw it had better not start.
    """
    sent: asyncio.Queue[Message] = asyncio.Queue()
    outcome: asyncio.Future[MapFrame] = asyncio.get_running_loop().create_future()
    frames: list[MapFrame] = []

    def fail(trouble: str) -> None:
        if not outcome.done():
            outcome.set_exception(RuntimeError(f"the page cannot be shown: {trouble}"))

    def finish() -> None:
        if not frames:
            fail("it has no map")
        elif not outcome.done():
            outcome.set_result(frames[0])

    async def answer(message: Message) -> None:
        if message["type"] == "websocket.close":
            fail(f"the websocket was closed with code {message.get('code')}")
        if message["type"] != "websocket.send":
            return
        told = ForwardMsg.FromString(message["bytes"])
        drawn = told.delta.new_element
        if drawn.HasField("exception"):
            fail(f"{drawn.exception.type} while the page was drawn")
        if drawn.HasField("component_instance"):
            frames.append(MapFrame(drawn.component_instance.component_name, drawn.component_instance.json_args))
        if told.HasField("script_finished"):
            finish()

    sent.put_nowait({"type": "websocket.connect"})
    sent.put_nowait({"type": "websocket.receive", "bytes": BackMsg(rerun_script=ClientState()).SerializeToString()})
    connection = asyncio.ensure_future(app(_handshake(), sent.get, answer))
    connection.add_done_callback(lambda _: fail("the connection ended"))
    patience = asyncio.get_running_loop().call_later(PATIENCE, fail, f"it was not drawn within {PATIENCE:.0f} seconds")
    try:
        return await outcome
    finally:
        patience.cancel()
        sent.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await connection
