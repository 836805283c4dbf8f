"""The server's own address, as the world knows it: for what must be absolute in its pages.

It is the one that the environment names, or else the one that was asked. What a request
calls the server is a stranger's word: it is used only where it has the form of a host, in
the answer to that request.
"""

import os
import re
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request

from geodata import DataError

ADDRESS: Final = "CASPIAN_CORRIDORS_ADDRESS"
"""The environment variable that names the public address of the page, as https://map.example or https://host.example/map."""
HERE: Final = "\ue000"
"""Stands for the address in what is made once for all readers; no text holds this character."""
HOST: Final = r"(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?"
PUBLIC: Final = re.compile(rf"https?://{HOST}(?:/[A-Za-z0-9._~-]+)*")


def configured(setting: str) -> str | None:
    """Return the address that a setting names, or None where it is empty; DataError where it is no address."""
    named = setting.strip().rstrip("/")
    if not named:
        return None
    if not PUBLIC.fullmatch(named):
        raise DataError(f"{ADDRESS} is no address of a page; write it like https://map.example, or unset it.")
    return named


PUBLIC_ADDRESS: Final = configured(os.environ.get(ADDRESS, ""))


def own_address(request: Request, public: str | None = PUBLIC_ADDRESS) -> str:
    """Return the address of the page without a slash at its end; HTTPException for a request to no possible host."""
    if public is not None:
        return public
    host = request.headers.get("host", "")
    if not re.fullmatch(HOST, host):
        raise HTTPException(400)
    return f"{_scheme(request)}://{host}"


def _scheme(request: Request) -> str:
    """Return http or https, as the reader asked for it.

    Behind a proxy that is what the proxy says. Uvicorn believes those that its
    FORWARDED_ALLOW_IPS names, but knows this machine's own not by the address ::ffff:127.0.0.1,
    which they have where the server listens to both kinds of addresses, as Streamlit's does.
    """
    said = request.headers.get("x-forwarded-proto", "")
    if said in ("http", "https") and request.client and request.client.host == "::ffff:127.0.0.1":
        return said
    return request.url.scheme
