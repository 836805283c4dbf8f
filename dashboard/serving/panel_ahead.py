"""The panel of a view at an address of its own, which a browser fetches when its reader points at what it tells of.

A choice is then drawn at once, from what is there already; the server's answer to it confirms
that by a digest, or brings what has changed.
"""

import gzip
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.panel_markup import digest, drawn_panel, parts_of
from dashboard.published import best_coding, packed_quickly
from dashboard.serving.address import own_address
from dashboard.serving.link import asked_view
from dashboard.view import Part, View

PATH: Final = "panel"
KEPT: Final = 600
"""Seconds; what has changed since comes with the answer to the choice."""


@lru_cache(maxsize=512)
def _packed(view: View, ignored: tuple[Part, ...], page: str, _today: date) -> tuple[str, Mapping[str, bytes]]:
    """Return what stands before the panel's pictures: its digest, and it in each content coding, the best one first."""
    first, _ = parts_of(drawn_panel(view, ignored), view, page)
    return digest(first), packed_quickly(first.encode())


def answer(request: Request) -> Response:
    """Return the first part of the panel; as plain text, because it is no page."""
    view, ignored = asked_view(request)
    view = replace(view, map=None, theme=None)
    told, packed = _packed(view, ignored, f"{own_address(request)}/", datetime.now(UTC).date())
    headers = {
        "ETag": f'"{told}"',
        "Cache-Control": f"public, max-age={KEPT}",
        "Vary": "Accept-Encoding, Accept-Language",
        "X-Robots-Tag": "noindex",
    }
    coding = best_coding(request.headers, packed)
    if coding:
        return Response(packed[coding], media_type="text/plain", headers=headers | {"Content-Encoding": coding})
    return Response(gzip.decompress(packed["gzip"]), media_type="text/plain", headers=headers)


ROUTE: Final = Route(f"/{PATH}", answer, methods=["GET"])
