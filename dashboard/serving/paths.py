"""Answers 404 wherever there is nothing: Streamlit would answer with its page, to be kept for a year.

What is not named here is closed: Streamlit's figures about itself, its uploads, its log-in
and its interface for programs among it.
"""

from collections.abc import Sequence
from typing import Final

from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.serving.packing import bundle_at

STREAMLITS: Final = (
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/bidi-components/",
    "/component/",
    "/favicon.png",
)
"""What its scripts in the browser ask for, beside files; a slash at the end stands for all beneath."""


def is_streamlits(path: str) -> bool:
    """Return whether Streamlit has something of use at a path."""
    if any(path.startswith(known) if known.endswith("/") else path == known for known in STREAMLITS):
        return True
    return path.startswith("/static/") and bundle_at(path) is not None


class KnownPaths:
    """Lets through only requests for what there is."""

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute]) -> None:
        """Stand before the app, whose routes beside Streamlit's are given."""
        self.app = app
        self.routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 404 where there is nothing, and pass everything else on."""
        if scope["type"] == "http" and not self.is_known(scope):
            await PlainTextResponse("Not found", 404)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def is_known(self, scope: Scope) -> bool:
        """Return whether there is something at the path of a request."""
        ours = any(route.matches(scope)[0] is not Match.NONE for route in self.routes)
        return ours or is_streamlits(scope["path"])
