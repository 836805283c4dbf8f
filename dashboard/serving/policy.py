"""Headers that tell a browser what our pages may do.

The page itself runs no inline script and no eval; Streamlit starts its components from
blob addresses. The map's frame must allow inline scripts, because streamlit-folium starts
the map with one, but no eval. Tiles are images of the hosts in `TILES`, and of no other.
"""

import base64
import hashlib
import os
import re
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.map.data import TILES

EMBEDDERS: Final = "CASPIAN_CORRIDORS_EMBEDDERS"
"""The environment variable that names the origins whose pages may embed ours, parted by spaces; all, if unset."""
COMPONENTS: Final = ("/component/", "/_stcore/bidi-components/")
ACTIVE: Final = ("text/html", "text/javascript", "application/javascript")
"""The kinds of answer that may do something: pages, and scripts, which may be a worker's."""
INERT: Final = "default-src 'none'; style-src 'unsafe-inline'; object-src 'none'; frame-ancestors 'none'"
"""For all others; a picture may have its own style."""
INLINE_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def script_hashes(html: str) -> tuple[str, ...]:
    """Return the CSP hash of each inline script of a document."""
    return tuple(
        "'sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() + "'"
        for script in INLINE_SCRIPT.findall(html)
    )


def tile_hosts() -> tuple[str, ...]:
    """Return the origins from which online backgrounds come."""
    addresses = (urlsplit(tiles.build_url()) for tiles in TILES.values())
    return tuple(f"{address.scheme}://{address.netloc}" for address in addresses)


def _policy(scripts: str, images: str = "") -> str:
    others = os.environ.get(EMBEDDERS, "").split()
    # The page itself embeds the map's frame.
    embedders = " ".join(("'self'", *others)) if others else "*"
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src {scripts}",
            "style-src 'self' 'unsafe-inline'",
            f"img-src 'self' data: blob: {images}".strip(),
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "frame-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'none'",
            f"frame-ancestors {embedders}",
        )
    )


class SecurityHeaders:
    """Adds the headers to every answer, that of an error among them."""

    def __init__(self, app: ASGIApp, page: str) -> None:
        """Work out the policies; page is the document that the server answers with."""
        self.app = app
        self.page_policy = _policy(" ".join(("'self' blob:", *script_hashes(page))))
        self.frame_policy = _policy("'self' 'unsafe-inline'", " ".join(tile_hosts()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back with its headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_frame = scope["path"].startswith(COMPONENTS)

        has_begun = False

        async def send_with_headers(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = self._policy_for(headers, is_frame=is_frame)
                headers["X-Content-Type-Options"] = "nosniff"
                # Tile servers ask who embeds them; they learn the origin and no more.
                headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
                headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
                headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception:
            # Starlette would answer for us, but outside of all layers, and so without the headers.
            if not has_begun:
                await PlainTextResponse("Something went wrong here.", 500)(scope, receive, send_with_headers)
            raise

    def _policy_for(self, headers: MutableHeaders, *, is_frame: bool) -> str:
        if is_frame:
            return self.frame_policy
        return self.page_policy if headers.get("content-type", "").startswith(ACTIVE) else INERT
