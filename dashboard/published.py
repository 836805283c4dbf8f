"""Files that the browser fetches and keeps: each has its content's hash in its address.

The address changes when the content does, so a browser may keep a file for a year.
"""

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import brotli
from starlette.datastructures import Headers
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
    ".woff2": "font/woff2",
}
QUICK: Final = 6
"""How hard brotli tries where somebody waits: a few milliseconds, for a twentieth less than gzip makes of it."""
PACKED_ALREADY: Final = frozenset({".png", ".woff2"})


def best_coding(headers: Headers, codings: Iterable[str]) -> str | None:
    """Return the first of these content codings that the browser takes, or None."""
    accepted = {coding.partition(";")[0].strip() for coding in headers.get("accept-encoding", "").split(",")}
    return next((coding for coding in codings if coding in accepted), None)


def packed_quickly(body: bytes) -> Mapping[str, bytes]:
    """Return what is made for one reader, who waits for it, in each content coding; the best one first."""
    return {"br": brotli.compress(body, quality=QUICK), "gzip": gzip.compress(body, 6, mtime=0)}


def is_held(headers: Headers, etag: str) -> bool:
    """Return whether the reader holds the answer with this mark already; weak and strong marks count the same."""
    marks = {mark.strip().removeprefix("W/") for mark in headers.get("if-none-match", "").split(",")}
    return bool(marks & {"*", etag.removeprefix("W/")})


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

    @property
    def suffix(self) -> str:
        """The kind of file, as the end of its name tells it."""
        return Path(self.name).suffix

    @cached_property
    def packed(self) -> Mapping[str, bytes]:
        """The body in each content coding that is smaller; the best one first."""
        if self.suffix in PACKED_ALREADY:
            return {}
        return {"br": brotli.compress(self.body), "gzip": gzip.compress(self.body, 9, mtime=0)}

    def pack(self) -> None:
        """Compress the body now; else the first reader who asks for it waits."""
        _ = self.packed

    def answer(self, request: Request) -> Response:
        """Return the file, to be kept for a year."""
        return self.respond(request, {"Cache-Control": f"public, max-age={YEAR}, immutable"})

    def respond(self, request: Request, headers: Mapping[str, str]) -> Response:
        """Return the file with these headers, compressed where the browser takes that."""
        headers = {**headers, "Vary": "Accept-Encoding"}
        media_type = MEDIA_TYPES[self.suffix]
        coding = best_coding(request.headers, self.packed)
        if coding:
            return Response(self.packed[coding], media_type=media_type, headers={**headers, "Content-Encoding": coding})
        return Response(self.body, media_type=media_type, headers=headers)

    @property
    def route(self) -> Route:
        """The route that answers with the file."""
        return Route(f"/{self.address}", self.answer, methods=["GET"])


def as_json(name: str, value: object) -> Published:
    """Return a value as a published JSON file."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Published(name, text.encode())
