"""Two replicas behind nginx: who answers whom, what is sent and kept, what is closed, and one replica killed."""

import asyncio
import gzip
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPResponse
from itertools import cycle
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from dashboard.atlas import ATLAS
from dashboard.files import CHOICES_SCRIPT, DATA
from dashboard.serving.packing import BUNDLES
from tests.browser.conftest import Visits
from tests.browser.replicas import Front, Replicas, nginx, survive_a_kill, two_replicas
from tests.sessions import Session, run

HERE: Final = "127.0.0.1"
ADDRESSES: Final = [f"192.0.2.{number}" for number in range(1, 25)]
"""Of readers, as a load balancer before nginx would tell them."""


@pytest.fixture(scope="module")
def replicas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replicas]:
    """Yield two replicas behind nginx."""
    with two_replicas(tmp_path_factory.mktemp("nginx")) as running:
        yield running


def ask(replicas: Replicas, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    """Return nginx's answer and its body."""
    connection = HTTPConnection(urlsplit(replicas.front.address).netloc, timeout=30)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def test_a_reader_gets_the_page_and_it_knows_its_own_address(replicas: Replicas) -> None:
    """Also where a load balancer has taken the encryption off."""
    host = urlsplit(replicas.front.address).netloc
    answer, page = ask(replicas, "/?focus=btc&lang=en", Accept_Encoding="gzip")
    assert answer.status == 200
    assert answer.headers["server"] == "nginx"
    assert f'rel="canonical" href="http://{host}/?focus=btc&amp;lang=en"' in gzip.decompress(page).decode()
    _, page = ask(replicas, "/?focus=btc&lang=en", X_Forwarded_Proto="https", Host="corridors.example")
    assert 'rel="canonical" href="https://corridors.example/?focus=btc&amp;lang=en"' in page.decode()


def test_a_readers_address_decides_which_replica_answers_pages_and_websockets(replicas: Replicas) -> None:
    async def visit(address: str) -> None:
        headers = {"X-Forwarded-For": address}
        async with await Session.open(replicas.front.address, "?focus=btc&lang=en", headers=headers) as tab:
            await tab.load()
            assert tab.view["focus"] == "btc"

    def answering(address: str) -> str:
        # Nobody has asked for that before, so that nginx has not kept it.
        ask(replicas, f"/?lang=en&reader={address}", X_Forwarded_For=address)
        return replicas.front.answered_by("/")

    ask(replicas, "/earlier-tests-end-here")
    replicas.front.note_of("/earlier-tests-end-here")
    for address in ADDRESSES[:6]:
        page = answering(address)
        run(visit(address))
        assert replicas.front.answered_by("/_stcore/stream") == page
    used = {answering(address) for address in ADDRESSES[6:]}
    assert used == {f"127.0.0.1:{port}" for port in replicas.ports}


def test_each_replica_has_the_maps_frame_before_any_reader_came(replicas: Replicas) -> None:
    for server in replicas.servers:
        connection = HTTPConnection(urlsplit(server.address).netloc, timeout=30)
        connection.request("GET", "/component/streamlit_folium.st_folium/index.html")
        assert connection.getresponse().status == 200
        connection.close()


def test_files_with_their_hash_in_their_address_are_packed_and_asked_for_once(replicas: Replicas) -> None:
    bundle = next((BUNDLES / "static/js").glob("index.*.js"))
    for path in (f"/static/js/{bundle.name}", f"/{DATA.address}"):
        for asked_before in (False, True):
            answer, body = ask(replicas, path, Accept_Encoding="gzip")
            assert answer.status == 200
            assert answer.headers["content-encoding"] == "gzip"
            assert "immutable" in answer.headers["cache-control"]
            assert gzip.decompress(body)
            assert (replicas.front.answered_by(path) == "-") is asked_before
        answer, plain = ask(replicas, path, Accept_Encoding="identity")
        assert "content-encoding" not in answer.headers
        assert plain == gzip.decompress(body)


@pytest.mark.parametrize(
    "path", ["script-health-check", "metrics", "agent/session", "upload_file/a/b", "%73cript-health-check"]
)
def test_what_is_not_for_readers_is_closed(replicas: Replicas, path: str) -> None:
    answer, _ = ask(replicas, f"/_stcore/{path}")
    assert answer.status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_a_reader_can_only_read(replicas: Replicas, method: str) -> None:
    answer, _ = ask(replicas, "/", method)
    assert answer.status == 405


def test_a_page_never_meets_the_limits_and_a_flood_does(replicas: Replicas) -> None:
    """Ten readers at one address open a page of a hundred requests each; only then is there enough."""

    def open_pages(pages: int, address: str) -> list[int]:
        connection = HTTPConnection(urlsplit(replicas.front.address).netloc, timeout=30)
        found = []
        for _ in range(100 * pages):
            connection.request("GET", f"/{CHOICES_SCRIPT.address}", headers={"X-Forwarded-For": address})
            answer = connection.getresponse()
            answer.read()
            found.append(answer.status)
        connection.close()
        return found

    with ThreadPoolExecutor(10) as pool:
        assert {status for found in pool.map(open_pages, [1] * 10, ["198.51.100.1"] * 10) for status in found} == {200}
        flood = [status for found in pool.map(open_pages, [4] * 10, ["198.51.100.2"] * 10) for status in found]
    assert set(flood) == {200, 429}


def speaker(words: str) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    """Return what answers each request with these words, and stands for a replica."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(words.replace("\n", "\r\n").encode())
        await writer.drain()
        writer.close()

    return answer


def test_a_replica_without_a_place_passes_the_reader_on(tmp_path: Path) -> None:
    """Whichever of the two a reader's address means: the one with a place takes the reader."""
    full = speaker("HTTP/1.1 503 Service Unavailable\nRetry-After: 10\nContent-Length: 0\n\n")
    free = speaker("HTTP/1.1 200 OK\nContent-Length: 8\n\na place.")

    async def scenario() -> None:
        async with await asyncio.start_server(full, HERE) as one, await asyncio.start_server(free, HERE) as two:
            ports = [server.sockets[0].getsockname()[1] for server in (one, two)]
            with nginx(tmp_path, ports) as front:
                for address in ADDRESSES:
                    reader, writer = await asyncio.open_connection(HERE, urlsplit(front.address).port)
                    writer.write(
                        f"GET /_stcore/stream HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: {address}\r\n"
                        "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n".encode()
                    )
                    await reader.readuntil(b"a place.")
                    writer.close()

    run(scenario())


def test_when_no_replica_answers_the_first_answer_is_still_there(tmp_path: Path) -> None:
    """Another reader's, for the same link and host."""
    page = speaker(
        "HTTP/1.1 200 OK\nCache-Control: no-cache\nVary: Accept-Language\nContent-Length: 12\n\na first page"
    )

    readers = cycle(ADDRESSES)

    async def ask_nginx(front: Front) -> bytes:
        reader, writer = await asyncio.open_connection(HERE, urlsplit(front.address).port)
        writer.write(
            f"GET /?focus=btc HTTP/1.1\r\nHost: corridors.example\r\nX-Forwarded-For: {next(readers)}\r\n"
            "Connection: close\r\n\r\n".encode()
        )
        answer = await reader.read()
        writer.close()
        return answer

    async def scenario() -> None:
        replica = await asyncio.start_server(page, HERE)
        with nginx(tmp_path, [replica.sockets[0].getsockname()[1]] * 2) as front:
            assert (await ask_nginx(front)).endswith(b"a first page")
            assert front.answered_by("/") != "-"
            replica.close()
            await replica.wait_closed()
            # For a second nginx would answer so in any case, and ask nobody.
            asked = False
            while not asked:
                assert (await ask_nginx(front)).endswith(b"a first page")
                asked = front.answered_by("/") != "-"

    run(scenario())


def test_when_a_replica_is_killed_the_other_goes_on_and_the_first_click_works(
    browser: Browser, replicas: Replicas
) -> None:
    """The same focus, language and view; and a click in the moment of the break is not lost either."""
    visits = Visits(browser, replicas.front.address)
    page = visits("?focus=btc&lang=ru&tab=others")
    survive_a_kill(page, replicas, ATLAS.subjects["zangezur"], click_at_once=False)
    replicas.restart()
    survive_a_kill(page, replicas, ATLAS.subjects["kars-nakhchivan"], click_at_once=True)
    visits.close()
