"""Lets through only what a reader's page says over its websocket: short, sensible, and no faster than a reader acts.

Streamlit takes more there than readers have to say: to clear every cache, to name the
files of the repository, to run again when a file changes. Such orders are passed over.
What no browser sends, or sends so often, ends the connection; a browser opens a new one.
"""

import json
import time
from collections.abc import Callable
from typing import Final

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

READERS: Final = frozenset({"rerun_script", "stop_script", "app_heartbeat"})
"""The kinds of message that a page sends when its reader does something, or nothing."""
LARGEST: Final = 256 * 1024
"""Bytes; a choice takes fewer than one thousand, but repeats the link, however long that is."""
MOST_VALUES: Final = 100
"""What a page may report of its components at once; ours has three."""
JSON: Final = frozenset({"json_value", "json_trigger_value"})
"""How our components report; a widget of Streamlit's own on the page would need another entry."""
AT_ONCE: Final = 300
"""Messages that may come without a pause."""
PER_SECOND: Final = 20
"""Messages that may come for good; a held arrow key sends thirty for a few seconds."""

UNSUPPORTED, INVALID, VIOLATION, TOO_BIG = 1003, 1007, 1008, 1009
"""Why a connection ends (RFC 6455)."""


class UnwantedMessageError(Exception):
    """What came is nothing that a browser sends; the connection ends with this code."""

    def __init__(self, code: int) -> None:
        """Keep the code."""
        super().__init__(code)
        self.code = code


class Pace:
    """Counts messages, and knows when one is too many."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Start with as many as may come at once; the clock counts seconds."""
        self.clock = clock
        self.left: float = AT_ONCE
        self.at = clock()

    def count(self) -> None:
        """Take note of one more message; an UnwantedMessageError says that it has come too soon."""
        now = self.clock()
        self.left = min(AT_ONCE, self.left + (now - self.at) * PER_SECOND) - 1
        self.at = now
        if self.left < 0:
            raise UnwantedMessageError(VIOLATION)


def kind_of(event: Message) -> str | None:
    """Return what kind of message has come, None for an empty one; UnwantedMessageError where no browser sends it."""
    data = event.get("bytes")
    if data is None:
        raise UnwantedMessageError(UNSUPPORTED)
    if len(data) > LARGEST:
        raise UnwantedMessageError(TOO_BIG)
    message = BackMsg()
    try:
        message.ParseFromString(data)
        values = message.rerun_script.widget_states.widgets
        if len(values) > MOST_VALUES or any(value.WhichOneof("value") not in JSON for value in values):
            raise UnwantedMessageError(VIOLATION)
        for value in values:
            json.loads(value.json_value or value.json_trigger_value)
    except (DecodeError, ValueError, RecursionError):
        raise UnwantedMessageError(INVALID) from None
    return message.WhichOneof("type")


class ReadersMessages:
    """Stands between the websockets and Streamlit."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before the app."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what readers say, and everything that is no websocket."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        pace = Pace()
        ended = False

        async def receive_from_reader() -> Message:
            nonlocal ended
            while True:
                event = await receive()
                if event["type"] != "websocket.receive":
                    return event
                try:
                    pace.count()
                    if kind_of(event) in READERS:
                        return event
                except UnwantedMessageError as unwanted:
                    ended = True
                    await send({"type": "websocket.close", "code": unwanted.code})
                    return {"type": "websocket.disconnect", "code": unwanted.code}

        async def send_while_open(event: Message) -> None:
            if not ended:
                await send(event)

        await self.app(scope, receive_from_reader, send_while_open)
