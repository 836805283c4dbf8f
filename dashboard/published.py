"""Files that the browser fetches and keeps: each has its content's hash in its address.

The address changes when the content does, so a browser may keep a file for a year.
"""

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

YEAR: Final = 365 * 24 * 3600
"""Seconds."""
MEDIA_TYPES: Final = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".geojson": "application/geo+json; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".csv": "text/csv; charset=utf-8; header=present",
    ".txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True)
class Published:
    """A file as the server sends it."""

    name: str
    body: bytes

    @cached_property
    def address(self) -> str:
        """The file's path on the server, without a leading slash."""
        digest = hashlib.sha256(self.body).hexdigest()[:12]
        return f"files/{digest}/{self.name}"

    @cached_property
    def packed(self) -> bytes:
        """The body, compressed."""
        return gzip.compress(self.body, 9, mtime=0)

    def answer(self, request: Request) -> Response:
        """Return the file, to be kept for a year."""
        return self.respond(request, {"Cache-Control": f"public, max-age={YEAR}, immutable"})

    def respond(self, request: Request, headers: Mapping[str, str]) -> Response:
        """Return the file with these headers, compressed where the browser takes that."""
        headers = {**headers, "Vary": "Accept-Encoding"}
        media_type = MEDIA_TYPES[Path(self.name).suffix]
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(self.packed, media_type=media_type, headers={**headers, "Content-Encoding": "gzip"})
        return Response(self.body, media_type=media_type, headers=headers)

    @property
    def route(self) -> Route:
        """The route that answers with the file."""
        return Route(f"/{self.address}", self.answer, methods=["GET"])


def as_json(name: str, value: object) -> Published:
    """Return a value as a published JSON file."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Published(name, text.encode())
