"""Refuses websockets that another site's page opens, before Streamlit sees them.

Streamlit would look up its own outside address first, and stand still meanwhile.
"""

from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

POLICY_VIOLATION: Final = 1008
"""RFC 6455."""


def is_own_origin(headers: Headers) -> bool:
    """Return whether the request comes from a page of the host that it asks; programs name no origin."""
    origin = headers.get("origin")
    if origin is None:
        return True
    host = headers.get("x-forwarded-host") or headers.get("host", "")
    return urlsplit(origin).netloc.lower() == host.lower() != ""


class OwnOriginSockets:
    """Lets through only websockets of our own pages."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before the app."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a foreign websocket, and pass everything else on."""
        if scope["type"] == "websocket" and not is_own_origin(Headers(scope=scope)):
            await receive()
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
            return
        await self.app(scope, receive, send)
