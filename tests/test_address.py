"""The server's own address: the one that the environment names, or the one that was asked, if it can be one."""

import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from dashboard.serving.address import configured, own_address
from geodata import DataError


def asked(host: str, client: str = "203.0.113.7", scheme: str = "http", **headers: str) -> Request:
    """Return a request to a host by an address, with more headers."""
    given = {"host": host, **{name.replace("_", "-"): value for name, value in headers.items()}}
    raw = [(name.encode(), value.encode()) for name, value in given.items()]
    path = {"type": "http", "method": "GET", "path": "/", "query_string": b""}
    return Request({**path, "scheme": scheme, "headers": raw, "client": (client, 5000), "server": ("testserver", 80)})


@pytest.mark.parametrize("host", ["map.example", "MAP.example:8501", "localhost:8501", "[::1]:8501", "a_service:80"])
def test_the_address_is_the_one_that_was_asked(host: str) -> None:
    assert own_address(asked(host), public=None) == f"http://{host}"


@pytest.mark.parametrize(
    "host",
    ["", '"><script>', "map.example/path", "map.example:port", "a b", "a@b", "a" * 300, "[::1", "map.example:123456"],
)
def test_a_request_to_no_possible_host_is_refused(host: str) -> None:
    with pytest.raises(HTTPException) as refused:
        own_address(asked(host), public=None)
    assert refused.value.status_code == 400


def test_the_address_of_the_environment_stands_above_all_that_a_request_says() -> None:
    hostile = asked("evil.example", x_forwarded_proto="http", x_forwarded_host="evil.example")
    assert own_address(hostile, public="https://map.example/atlas") == "https://map.example/atlas"


@pytest.mark.parametrize(
    ("client", "scheme"),
    [("127.0.0.1", "https"), ("::1", "https"), ("::ffff:127.0.0.1", "https"), ("203.0.113.7", "http")],
)
def test_only_a_proxy_of_this_machine_says_that_the_reader_came_by_https(client: str, scheme: str) -> None:
    """As uvicorn runs the server, with nothing set."""

    def answer(request: Request) -> PlainTextResponse:
        return PlainTextResponse(own_address(request, public=None))

    uvicorn = Middleware(ProxyHeadersMiddleware, trusted_hosts="127.0.0.1,::1")
    behind = Starlette(routes=[Route("/", answer)], middleware=[uvicorn])
    headers = {"Host": "map.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.4"}
    asking = TestClient(behind, client=(client, 5000))
    assert asking.get("/", headers=headers).text == f"{scheme}://map.example"


@pytest.mark.parametrize(
    ("setting", "address"),
    [
        ("", None),
        ("  ", None),
        ("https://map.example", "https://map.example"),
        ("https://map.example/", "https://map.example"),
        (" http://localhost:8501 ", "http://localhost:8501"),
        ("https://host.example/maps/caspian/", "https://host.example/maps/caspian"),
    ],
)
def test_a_setting_names_the_address(setting: str, address: str | None) -> None:
    assert configured(setting) == address


@pytest.mark.parametrize(
    "setting", ["map.example", "ftp://map.example", "https://map.example/?a=b", 'https://a"b', "https://"]
)
def test_a_setting_that_is_no_address_stops_the_start(setting: str) -> None:
    with pytest.raises(DataError, match="CASPIAN_CORRIDORS_ADDRESS"):
        configured(setting)
