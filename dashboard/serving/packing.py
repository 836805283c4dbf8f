"""Sends Streamlit's scripts and styles compressed, and lets browsers keep those of the map's component.

Streamlit sends them as they are, and expects a proxy in front; a reader on a slow network
would wait for two more megabytes.
"""

import gzip
import mimetypes
import re
from functools import cache
from pathlib import Path
from typing import Final

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.published import YEAR

BUNDLES: Final = (Path(streamlit.__file__).parent / "static").resolve()
"""Where Streamlit's pages and scripts lie; their names under static/ carry a hash of their content."""
COMPONENT_BUNDLE: Final = re.compile(r"/component/[^/]+/static/(js|css)/[^/]+\.[0-9a-f]{8}\.(js|css)")
"""A path of a component's own script or style, with the hash of its content."""
ICON_FONT: Final = re.compile(rb"@font-face\{[^}]*Material Symbols[^}]*\}")
"""The rule by which Streamlit loads a font of icons in advance: a third of all bytes, and our page shows none."""
PACKED: Final = frozenset({".js", ".css", ".json", ".svg"})


def bundle_at(path: str) -> Path | None:
    """Return the file at a path of the server beneath static/, or None where there is none."""
    try:
        file = (BUNDLES / path.lstrip("/")).resolve()
        return file if file.is_relative_to(BUNDLES / "static") and file.is_file() else None
    except (OSError, ValueError):  # a name that no file can have
        return None


@cache
def packed(file: Path) -> bytes:
    """Return a bundle, compressed; only files that exist are kept, so that nobody can crowd them out."""
    body = file.read_bytes()
    return gzip.compress(ICON_FONT.sub(b"", body) if file.suffix == ".css" else body, 9, mtime=0)


class PackedBundles:
    """Answers for Streamlit's own scripts and styles, and says of the component's how long they last."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before the app."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the packed bundle where the browser takes it, and pass everything else on."""
        if scope["type"] == "http" and scope["method"] == "GET" and scope["path"].startswith("/static/"):
            accepts = "gzip" in Headers(scope=scope).get("accept-encoding", "")
            bundle = bundle_at(scope["path"]) if accepts else None
            if bundle and bundle.suffix in PACKED:
                body = await run_in_threadpool(packed, bundle)
                headers = {
                    "Content-Encoding": "gzip",
                    "Cache-Control": f"public, max-age={YEAR}, immutable",
                    "Vary": "Accept-Encoding",
                }
                media_type = mimetypes.guess_type(scope["path"])[0] or "application/octet-stream"
                await Response(body, media_type=media_type, headers=headers)(scope, receive, send)
                return
        is_kept = scope["type"] == "http" and COMPONENT_BUNDLE.match(scope["path"])
        await self.app(scope, receive, self._keeping(send) if is_kept else send)

    def _keeping(self, send: Send) -> Send:
        """Return a way to send that lets browsers keep what was found."""

        async def send_to_keep(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                MutableHeaders(scope=message)["Cache-Control"] = f"public, max-age={YEAR}, immutable"
            await send(message)

        return send_to_keep
