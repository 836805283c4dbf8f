"""Foreign messages over the websocket: whoever sends them harms nobody, neither the server nor other readers."""

import asyncio
import json
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from typing import Any, Final
from urllib.parse import urlsplit

import psutil
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed

from dashboard.atlas import ATLAS
from dashboard.serving.messages import AT_ONCE, INVALID, LARGEST, TOO_BIG, UNSUPPORTED, VIOLATION
from tests.browser.servers import Server, started_server
from tests.hostile.health import QUICK, watched_health
from tests.hostile.links import SEED
from tests.sessions import TRIGGER_OF, Session, run

MEGABYTE: Final = 1_000_000
CUT_OFF: Final = {TOO_BIG, 1006}
"""How a sender learns that it was too much: by the reason, or by a connection that breaks before the reason comes."""
GROWTH: Final = 50 * MEGABYTE
"""What the server may keep of all that it is sent here."""


@asynccontextmanager
async def tab_of(address: str) -> AsyncIterator[Session]:
    """Yield a loaded tab; it may be thrown out meanwhile."""
    async with await Session.open(address, "?focus=btc&lang=en") as tab:
        await tab.load()
        yield tab


async def thrown_out(tab: Session) -> int:
    """Return with which code the server ends the connection."""
    with suppress(ConnectionClosed):
        while True:
            await asyncio.wait_for(tab.hear(), 20)
    return tab.socket.close_code or 0


async def still_served(tab: Session) -> None:
    """Follow a link in the tab; the server knows it and shows what it asks for."""
    await tab.follow("?focus=dunga&lang=en")
    assert tab.view["focus"] == "dunga"
    assert not tab.exceptions


def sent(code: int, *frames: bytes | str) -> Callable[[str], Awaitable[None]]:
    """Return a reader who sends these frames and is thrown out with the code."""

    async def send(address: str) -> None:
        async with tab_of(address) as tab:
            with suppress(ConnectionClosed):  # thrown out before the last of them
                for frame in frames:
                    await tab.socket.send(frame)
            assert await thrown_out(tab) == code

    return send


def too_big(megabytes: int, compression: str | None = None) -> Callable[[str], Awaitable[None]]:
    """Return a reader who sends so much that the server ends the connection before it has all come."""

    async def send(address: str) -> None:
        async with await Session.open(address, "?lang=en", compression=compression) as tab:
            await tab.load()
            assert bool(tab.socket.protocol.extensions) == bool(compression)
            with suppress(ConnectionClosed):
                await tab.socket.send(bytes(megabytes * MEGABYTE))
            assert await thrown_out(tab) in CUT_OFF

    return send


def passed_over(**order: Any) -> Callable[[str], Awaitable[None]]:
    """Return a reader who orders what no reader may, again and again, and is not heard."""

    async def insist(address: str) -> None:
        async with tab_of(address) as tab:
            for _ in range(20):
                await tab.socket.send(BackMsg(**order).SerializeToString())
            await still_served(tab)

    return insist


async def truncated(address: str) -> None:
    """Send the first half of what a reader would say."""
    async with tab_of(address) as tab:
        whole = tab.choice("titr").SerializeToString()
        await tab.socket.send(whole[: len(whole) // 2])
        assert await thrown_out(tab) == INVALID


async def unknown_fragment(address: str) -> None:
    """Ask for parts of the page that it does not have."""
    async with tab_of(address) as tab:
        for name in ("nothing", "../../etc/passwd", "a" * 5000, "\0"):
            await tab.socket.send(tab.request(name).SerializeToString())
        await still_served(tab)


async def unknown_page(address: str) -> None:
    """Ask for pages that there are not."""
    async with tab_of(address) as tab:
        for name in ("nothing", "../../etc/passwd", "{{7*191}}"):
            message = tab.request()
            message.rerun_script.page_script_hash = name
            message.rerun_script.page_name = name
            await tab.say(message)
            assert not tab.exceptions
        await still_served(tab)


async def unknown_values(address: str) -> None:
    """Report two thousand values of components that the page does not have."""
    async with tab_of(address) as tab:
        message = tab.request()
        for number in range(2000):
            message.rerun_script.widget_states.widgets.add(id=f"unknown-{number}", json_value="{}")
        await tab.socket.send(message.SerializeToString())
        assert await thrown_out(tab) == VIOLATION


async def values_of_other_types(address: str) -> None:
    """Report of the page's own components what they never say."""
    fields: dict[str, Any] = {
        "string_value": "x",
        "bool_value": True,
        "int_value": 2**60,
        "double_value": float("nan"),
        "bytes_value": b"\xff" * 1000,
        "trigger_value": True,
    }
    for field, value in fields.items():
        async with tab_of(address) as tab:
            message = tab.request()
            message.rerun_script.widget_states.widgets.add(id=tab.component("search"), **{field: value})
            await tab.socket.send(message.SerializeToString())
            assert await thrown_out(tab) == VIOLATION


async def odd_choices(address: str) -> None:
    """Choose what cannot be chosen."""
    values: tuple[object, ...] = (
        1,
        None,
        [],
        {"focus": ["btc"]},
        {"focus": {"a": 1}, "language": 7, "tab": True},
        {"focus": "a" * 5000, "language": "xx", "tab": "{{7*191}}"},
        {"focus": "<img src=x onerror=alert(1)>"},
        float("nan"),
    )
    async with tab_of(address) as tab:
        carrier = tab.component("choices")
        fragment = tab.choice().rerun_script.fragment_id
        for value in values:
            await tab.say(tab.request(fragment, {TRIGGER_OF.format(carrier): {"event": "choice", "value": value}}))
            assert not tab.exceptions, value
            assert tab.view["focus"] is None or tab.view["focus"] in ATLAS.subjects
        await still_served(tab)


async def odd_searches(address: str) -> None:
    """Search for what is no text, or far too long, or markup."""
    async with tab_of(address) as tab:
        for words in (*"\0\ud7ff", "<img src=x onerror=alert(1)>", "{{7*191}}", "a" * 50_000, "а́" * 5000, "%" * 999):
            await tab.search(words)
            assert not tab.exceptions
        box = tab.component("search")
        for value in ({"query": {"a": 1}}, {"query": None}, {"query": float("nan")}, {"other": 1}, [1], 7, None):
            message = tab.request()
            message.rerun_script.widget_states.widgets.add(id=box, json_value=json.dumps(value))
            await tab.say(message)
            assert not tab.exceptions, value


async def value_that_is_no_json(address: str) -> None:
    """Report what Streamlit could not read; it would write a page-long report about it into its log."""
    async with tab_of(address) as tab:
        message = tab.request()
        message.rerun_script.widget_states.widgets.add(id=tab.component("search"), json_value="{")
        await tab.socket.send(message.SerializeToString())
        assert await thrown_out(tab) == INVALID


async def value_too_deep(address: str) -> None:
    """Report a list of lists of lists, and so on."""
    async with tab_of(address) as tab:
        message = tab.request()
        message.rerun_script.widget_states.widgets.add(id=tab.component("search"), json_value="[" * 100_000)
        await tab.socket.send(message.SerializeToString())
        assert await thrown_out(tab) == INVALID


async def long_link(address: str) -> None:
    """Open a link of 400 KB."""
    async with await Session.open(address, "?focus=" + "a" * 400_000) as tab:
        await tab.socket.send(tab.request().SerializeToString())
        assert await thrown_out(tab) == TOO_BIG


async def three_hundred_runs(address: str) -> None:
    """Ask for a run three hundred times without waiting; the server runs the page for the last link."""
    async with tab_of(address) as tab:
        for number in range(AT_ONCE - 20):
            tab.query = f"focus={list(ATLAS.subjects)[number % 2]}&lang=en"
            await tab.socket.send(tab.request().SerializeToString())
        tab.query = "focus=visit&lang=en"
        await tab.socket.send(tab.request().SerializeToString())
        while not tab.elements or tab.view["focus"] != "visit":
            await asyncio.wait_for(tab.hear_a_run(), 20)
        assert not tab.exceptions


async def stops_amid_runs(address: str) -> None:
    """Stop each run as soon as it has been asked for."""
    async with tab_of(address) as tab:
        for _ in range(50):
            await tab.socket.send(tab.request().SerializeToString())
            await tab.socket.send(BackMsg(stop_script=True).SerializeToString())
        tab.query = "focus=dunga&lang=en"
        await tab.socket.send(tab.request().SerializeToString())
        while not tab.elements or tab.view["focus"] != "dunga":
            await asyncio.wait_for(tab.hear_a_run(), 20)


async def flood(address: str) -> None:
    """Send five thousand messages as fast as they go."""
    async with tab_of(address) as tab:
        beat = BackMsg(app_heartbeat=True).SerializeToString()
        with suppress(ConnectionClosed):
            for _ in range(5000):
                await tab.socket.send(beat)
        assert await thrown_out(tab) == VIOLATION


async def addresses_for_uploads(address: str) -> None:
    """Ask where a thousand files may be put; there is no such place."""
    async with tab_of(address) as tab:
        message = BackMsg()
        message.file_urls_request.file_names.extend(["../../x"] * 1000)
        await tab.socket.send(message.SerializeToString())
        await still_served(tab)


async def work_on_the_server(address: str) -> None:
    """Ask Streamlit to write files for programmers."""
    async with tab_of(address) as tab:
        message = BackMsg()
        message.backend_operation_request.install_skills.SetInParent()
        await tab.socket.send(message.SerializeToString())
        await still_served(tab)


async def unfinished_message(address: str) -> None:
    """Begin a message of many parts and never end it."""
    async with tab_of(address) as tab:

        async def parts() -> AsyncIterator[bytes]:
            while True:
                yield b"\0" * MEGABYTE

        with pytest.raises(ConnectionClosed):
            await tab.socket.send(parts())
        assert tab.socket.close_code in CUT_OFF


async def sudden_leave(address: str) -> None:
    """Cut the connection in the middle of a run, twenty times."""
    for _ in range(20):
        tab = await Session.open(address, "?lang=en")
        await tab.socket.send(tab.request().SerializeToString())
        tab.socket.transport.abort()


async def silence(address: str) -> None:
    """Open a hundred tabs that say nothing."""
    async with AsyncExitStack() as tabs:
        for _ in range(100):
            await tabs.enter_async_context(await Session.open(address))


async def no_websocket_at_all(address: str) -> None:
    """Speak nonsense after the handshake, below the level of messages."""
    parts = urlsplit(address)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    writer.write(
        b"GET /_stcore/stream HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    assert b" 101 " in await reader.readline()
    writer.write(b"\xff" * 5000)
    await asyncio.wait_for(reader.read(), 20)  # ends when the server has closed
    writer.close()


NOISE: Final = random.Random(SEED)  # noqa: S311  not for secrets
SEQUENCES: Final[dict[str, Callable[[str], Awaitable[None]]]] = {
    "a text": sent(UNSUPPORTED, "hello"),
    "nothing": passed_over(),
    "noise": sent(INVALID, *(b"\xff" + NOISE.randbytes(NOISE.randrange(4000)) for _ in range(30))),
    "half a message": truncated,
    "a field of another type": sent(INVALID, bytes([11 << 3 | 2, 5, 1, 2, 3])),
    "an unknown fragment": unknown_fragment,
    "an unknown page": unknown_page,
    "2,000 unknown values": unknown_values,
    "values of other types": values_of_other_types,
    "odd choices": odd_choices,
    "odd searches": odd_searches,
    "a value that is no JSON": value_that_is_no_json,
    "a value too deep": value_too_deep,
    "a link of 400 KB": long_link,
    "300 runs": three_hundred_runs,
    "stops amid runs": stops_amid_runs,
    "a flood": flood,
    "a large message": sent(TOO_BIG, b"\0" * (LARGEST + 1)),
    "24 MB": too_big(24),
    "150 MB": too_big(150),
    "100 MB, compressed": too_big(100, "deflate"),
    "clear the caches": passed_over(clear_cache=True),
    "name the repository's files": passed_over(load_git_info=True),
    "run on save": passed_over(set_run_on_save=True),
    "cut the connection": passed_over(debug_disconnect_websocket=True),
    "shut down": passed_over(debug_shutdown_runtime=True),
    "places for uploads": addresses_for_uploads,
    "work on the server": work_on_the_server,
    "an unfinished message": unfinished_message,
    "a sudden leave": sudden_leave,
    "silence": silence,
    "no websocket": no_websocket_at_all,
}


@contextmanager
def kept_small(server: Server) -> Iterator[None]:
    """Let the block ask whatever it wants; afterwards the server must not have grown."""
    process = psutil.Process(server.process.pid)
    before = process.memory_info().rss
    yield
    assert process.memory_info().rss - before < GROWTH


def harm(server: Server, name: str) -> None:
    """Let one reader send the sequence while another reads on; the other must not notice."""

    async def both() -> None:
        async with tab_of(server.address) as innocent:
            attack = asyncio.ensure_future(SEQUENCES[name](server.address))
            subjects = iter(list(ATLAS.subjects) * 1000)
            while not attack.done():
                chosen = next(subjects)
                await innocent.choose(chosen)
                assert innocent.view["focus"] == chosen
                assert not innocent.exceptions
            await attack
            await innocent.choose("trade")
            assert any(ATLAS.subjects["trade"].name in text for text in innocent.texts)

    run(both())


def test_foreign_messages_harm_nobody(served: Server) -> None:
    """One after the other on one server, which stays well and small."""
    with kept_small(served), watched_health(served.address) as health:
        for name in SEQUENCES:
            harm(served, name)
    assert health.answers


@pytest.mark.soak
@pytest.mark.parametrize("name", SEQUENCES)
def test_the_server_answers_at_once_whatever_it_is_sent(name: str) -> None:
    """On a server of its own, against what the same machine needs when nobody asks for harm."""
    with started_server() as server:
        harm(server, "nothing")
        with watched_health(server.address) as usual:
            harm(server, "nothing")
        with kept_small(server), watched_health(server.address) as health:
            harm(server, name)
        assert health.p99 < max(QUICK, 2 * usual.p99)
