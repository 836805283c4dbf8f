"""Sends Streamlit's scripts and styles compressed, and lets browsers keep those of the map's component.

Streamlit sends them as they are, and expects a proxy in front; a reader on a slow network
would wait for two more megabytes.
"""

import gzip
import mimetypes
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import brotli
import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.published import YEAR, best_coding

BUNDLES: Final = (Path(streamlit.__file__).parent / "static").resolve()
"""Where Streamlit's pages and scripts lie; their names under static/ carry a hash of their content."""
COMPONENT_BUNDLE: Final = re.compile(r"/component/[^/]+/static/(js|css)/[^/]+\.[0-9a-f]{8}\.(js|css)")
"""A path of a component's own script or style, with the hash of its content."""
ICON_FONT: Final = re.compile(rb"@font-face\{[^}]*Material Symbols[^}]*\}")
"""The rule by which Streamlit loads a font of icons in advance: a third of all bytes, and our page shows none."""
BROTLI: Final = 9
"""How hard to try; the last two degrees would delay the start by seconds for a tenth less."""
CODINGS: Final = ("br", "gzip")
"""The best one first."""
PACKED: Final = frozenset({".js", ".css", ".json", ".svg"})


def bundle_at(path: str) -> Path | None:
    """Return the file at a path of the server beneath static/, or None where there is none."""
    try:
        file = (BUNDLES / path.lstrip("/")).resolve()
        return file if file.is_relative_to(BUNDLES / "static") and file.is_file() else None
    except (OSError, ValueError):  # a name that no file can have
        return None


_kept: Final[dict[Path, Mapping[str, bytes]]] = {}


def packed(file: Path) -> Mapping[str, bytes]:
    """Return a bundle in each content coding, the best one first, and keep it.

    Only what exists is kept, so that nobody can crowd it out.
    """
    if file not in _kept:
        body = file.read_bytes()
        if file.suffix == ".css":
            body = ICON_FONT.sub(b"", body)
        _kept[file] = {"br": brotli.compress(body, quality=BROTLI), "gzip": gzip.compress(body, 9, mtime=0)}
    return _kept[file]


class PackedBundles:
    """Answers for Streamlit's own scripts and styles, and says of the component's how long they last."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before the app."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the packed bundle where the browser takes it, and pass everything else on."""
        if scope["type"] == "http" and scope["method"] == "GET" and scope["path"].startswith("/static/"):
            coding = best_coding(Headers(scope=scope), CODINGS)
            bundle = bundle_at(scope["path"]) if coding else None
            if coding and bundle and bundle.suffix in PACKED:
                codings = _kept[bundle] if bundle in _kept else await run_in_threadpool(packed, bundle)
                headers = {
                    "Content-Encoding": coding,
                    "Cache-Control": f"public, max-age={YEAR}, immutable",
                    "Vary": "Accept-Encoding",
                }
                media_type = mimetypes.guess_type(scope["path"])[0] or "application/octet-stream"
                await Response(codings[coding], media_type=media_type, headers=headers)(scope, receive, send)
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
