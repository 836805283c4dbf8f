"""Raw requests that no browser makes: never an error of the server, and no file but those that are offered."""

import socket
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesParser
from typing import Final, NamedTuple
from urllib.parse import urlsplit

import pytest

from dashboard.downloads import DOWNLOADS
from dashboard.files import FILES
from tests.browser.servers import ROOT, Server

SECRETS: Final = (
    b"root:x:0:",  # /etc/passwd
    b"gatherUsageStats",  # .streamlit/config.toml
    b"import streamlit",  # our programs and Streamlit's
    b"[project]",  # pyproject.toml
    b"ref: refs/",  # .git/HEAD
)
"""What stands in files that nobody may read."""

UP: Final = (
    "../",
    "..%2f",
    "%2e%2e/",
    "%2e%2e%2f",
    "..%252f",
    "..%c0%af",
    "..\\",
    "..%5c",
    "%2e%2e%5c",
    ".%00./",
    "....//",
)
"""One folder up, in all the ways in which that has been written to get past somebody."""
FOLDERS: Final = (
    "/",
    "/static/",
    "/static/js/",
    "/files/",
    "/data/",
    "/component/streamlit_folium.st_folium/",
    "/media/",
)
TARGETS: Final = ("etc/passwd", ".streamlit/config.toml", "dashboard/app.py", "pyproject.toml")
PATHS: Final = (
    "/.git/HEAD",
    "/.git/config",
    "/.streamlit/config.toml",
    "/.streamlit/secrets.toml",
    "/.env",
    "/static/.htaccess",
    "/dashboard/app.py",
    "/app.py",
    "/app/static/app.py",
    "/geodata/places.csv",
    "//etc/passwd",
    "///etc/passwd",
    "/\\\\server\\share\\file",
    "/%5c%5cserver%5cshare",
    "//server/share",
    "/C:/windows/win.ini",
    "/static/C:/windows/win.ini",
    "/static/C%3a%5cwindows",
    "/%00",
    "/static/js/%00.js",
    "/static/index.html%00.js",
    "/file:///etc/passwd",
    "/static/file:%2f%2f%2fetc%2fpasswd",
    "/~root/.bashrc",
    "/CON",
    "/static/NUL",
    "/" + "a" * 5000,
    "/static/" + "a" * 5000,
    "/static/" + "a/" * 3000,
    "/?" + "a" * 60_000,
    "/x%0d%0aSet-Cookie:%20a=b",
    "http://other.example/",
    "*",
    "",
    "nothing",
)
METHODS: Final = ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "A" * 300)
HOSTS: Final = (
    "",
    "a b",
    "localhost:99999999",
    "<script>",
    "[::1",
    "x" * 3000,
    "user:word@localhost",
    "localhost/path?x=",
)
GET: Final = "GET / HTTP/1.1\r\nConnection: close\r\nHost: localhost\r\n"
WHOLE: Final = {
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "two hosts": f"{GET}Host: other.example\r\n\r\n".encode(),
    "HTTP/1.0": b"GET / HTTP/1.0\r\n\r\n",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "HTTP/9.9": GET.replace("1.1", "9.9").encode() + b"\r\n",
    "a TLS greeting": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "bytes in the path": b"GET /\xff\xfe?focus=\xff HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "bytes in a header": f"{GET}Accept-Language: ".encode() + b"\xff\xfe{{7*191}}\r\n\r\n",
    "two lengths": f"{GET}Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd".encode(),
    "a length and chunks": f"{GET}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n".encode(),
    "a negative length": f"{GET}Content-Length: -5\r\n\r\n".encode(),
    "a long header": f"{GET}Cookie: {'a=b; ' * 3000}\r\n\r\n".encode(),
    "2,000 headers": (GET + "".join(f"X-{number}: y\r\n" for number in range(2000)) + "\r\n").encode(),
    "odd encodings": f"{GET}Accept-Encoding: gzip;q=0, br;q=x, *;q=9\r\n\r\n".encode(),
    "many marks": f"{GET}If-None-Match: {'W/,' * 5000}\r\n\r\n".replace("/ ", "/data/claims.csv ", 1).encode(),
    "odd ranges": f"{GET}Range: bytes=9-1,-,0-0,x\r\n\r\n".replace("/ ", f"/{FILES[0].address} ", 1).encode(),
    "a forwarded host": f"{GET}X-Forwarded-Host: <script>\r\nX-Forwarded-Proto: javascript\r\n\r\n".encode(),
    "a websocket of version 1": (
        b"GET /_stcore/stream HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: x\r\nSec-WebSocket-Version: 1\r\n\r\n"
    ),
    "a websocket elsewhere": (
        b"GET /nothing HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    ),
}


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: Message
    body: bytes


def ask(server: Server, request: bytes) -> Answer:
    """Send the bytes as they are, and return what comes back until the server closes."""
    parts = urlsplit(server.address)
    with socket.create_connection((parts.hostname, parts.port), timeout=20) as connection:
        connection.sendall(request)
        whole = b"".join(iter(lambda: connection.recv(65_536), b""))
    head, _, body = whole.partition(b"\r\n\r\n")
    line, _, headers = head.partition(b"\r\n")
    return Answer(int(line.split()[1]), BytesParser().parsebytes(headers + b"\r\n\r\n"), body)


def request_for(path: str, method: str = "GET", host: str = "localhost", more: str = "") -> bytes:
    """Return a request as a program may write it."""
    return f"{method} {path} HTTP/1.1\r\nHost: {host}\r\n{more}Connection: close\r\n\r\n".encode()


def climbs() -> Iterator[str]:
    """Yield paths that try to leave each folder for a file that nobody may read."""
    for folder in FOLDERS:
        for up in UP:
            for target in TARGETS:
                yield folder + up * 8 + target


def assert_harmless(answer: Answer, of: object) -> None:
    """No error of the server, and nothing from outside of what it offers."""
    assert answer.status < 500, of
    assert "set-cookie" not in answer.headers, of
    assert not any(secret in answer.body for secret in SECRETS), of


def test_the_secrets_would_be_recognised() -> None:
    """Else the tests below could not fail."""
    assert b"gatherUsageStats" in (ROOT / ".streamlit/config.toml").read_bytes()
    assert b"import streamlit" in (ROOT / "dashboard/app.py").read_bytes()
    assert b"[project]" in (ROOT / "pyproject.toml").read_bytes()


def test_no_path_leads_outside(served: Server) -> None:
    for path in (*climbs(), *PATHS):
        answer = ask(served, request_for(path))
        assert_harmless(answer, path)
        assert answer.status in {400, 404} or path.startswith("/?"), path


def test_dotfiles_are_not_there(served: Server) -> None:
    for path in PATHS:
        if "/." in path:
            assert ask(served, request_for(path)).status == 404, path


@pytest.mark.parametrize("path", ["/", "/data/claims.csv", f"/{FILES[0].address}", "/_stcore/health", "/nothing"])
def test_no_other_method_is_answered(served: Server, path: str) -> None:
    for method in METHODS:
        answer = ask(served, request_for(path, method))
        assert_harmless(answer, method)
        assert answer.status in {400, 404, 405} or (method == "OPTIONS" and answer.status == 204), method


def test_no_host_is_believed_that_is_none(served: Server) -> None:
    for host in HOSTS:
        answer = ask(served, request_for("/?lang=en", host=host))
        assert_harmless(answer, host)
        assert not set(host) & set("<[ @?") or host.encode() + b"/" not in answer.body


@pytest.mark.parametrize("name", WHOLE)
def test_a_request_that_is_none_is_refused_or_answered_as_usual(served: Server, name: str) -> None:
    assert_harmless(ask(served, WHOLE[name]), name)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/?focus=<img>", 200),
        ("/_stcore/health", 200),
        ("/_stcore/host-config", 200),
        ("/_stcore/metrics", 404),
        (f"/{FILES[0].address}", 200),
        (f"/{DOWNLOADS[0].address}", 200),
        ("/component/nothing/index.html", 404),
        ("/component/streamlit_folium.st_folium/..%2findex.html", 400),
        ("/static/nothing.js", 404),
        ("/nothing", 404),
    ],
)
def test_every_answer_bears_the_headers(served: Server, path: str, status: int) -> None:
    answer = ask(served, request_for(path))
    assert answer.status == status
    policy = answer.headers["content-security-policy"]
    assert "object-src 'none'" in policy
    assert ("'unsafe-inline'" in policy.partition("script-src ")[2].partition(";")[0]) == path.startswith("/component/")
    assert "unsafe-eval" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert answer.headers["permissions-policy"]
    assert "x-powered-by" not in answer.headers


def test_an_answer_to_another_method_bears_the_headers(served: Server) -> None:
    answer = ask(served, request_for("/", "POST"))
    assert answer.status == 405
    assert "object-src 'none'" in answer.headers["content-security-policy"]
