"""Who is let in when the server is full, who waits, and who is refused."""

import asyncio
import resource

import pytest
from starlette.types import Message, Receive, Scope, Send

from dashboard.serving.admission import (
    CONNECTIONS,
    MOST_READERS,
    READERS,
    Admission,
    Places,
    allow_connections,
    memory_mb,
    places_for,
)
from tests.sessions import run

HANDSHAKE: Scope = {"type": "websocket", "extensions": {"websocket.http.response": {}}}


class Page:
    """Stands for the page: accepts each reader, and keeps the connection until the reader goes."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Speak as Streamlit does."""
        if scope["type"] == "websocket":
            assert (await receive())["type"] == "websocket.connect"
            await send({"type": "websocket.accept"})
            while (await receive())["type"] != "websocket.disconnect":
                pass
        else:
            await send({"type": "http.response.start", "status": 200})


class Reader:
    """A reader's connection to the page."""

    def __init__(self, admission: Admission, scope: Scope = HANDSHAKE) -> None:
        """Knock."""
        self.sent: asyncio.Queue[Message] = asyncio.Queue()
        self.heard: list[Message] = []
        self.sent.put_nowait({"type": "websocket.connect"})
        self.connection = asyncio.ensure_future(admission(scope, self.sent.get, self.hear))

    async def hear(self, message: Message) -> None:
        """Note what the server says."""
        self.heard.append(message)

    async def leave(self) -> None:
        """Go, and wait until the server has noticed."""
        self.sent.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await self.connection

    @property
    def is_in(self) -> bool:
        """Whether the page has been reached."""
        return {"type": "websocket.accept"} in self.heard


async def settled() -> None:
    """Let everybody do what can be done now."""
    for _ in range(10):
        await asyncio.sleep(0)


def test_readers_wait_for_a_place_and_take_it_in_the_order_in_which_they_came() -> None:
    async def scenario() -> None:
        admission = Admission(Page(), Places(1))
        first, second, third = (Reader(admission) for _ in range(3))
        await settled()
        assert (first.is_in, second.is_in, third.is_in) == (True, False, False)
        await first.leave()
        await settled()
        assert (second.is_in, third.is_in) == (True, False)
        await second.leave()
        await settled()
        assert third.is_in
        await third.leave()
        assert admission.places.taken == 0

    run(scenario())


def test_who_goes_while_waiting_leaves_the_turn_to_the_next() -> None:
    async def scenario() -> None:
        admission = Admission(Page(), Places(1))
        first, second, third = (Reader(admission) for _ in range(3))
        await settled()
        await second.leave()
        assert not second.heard
        await first.leave()
        await settled()
        assert third.is_in
        await third.leave()
        assert admission.places.taken == 0

    run(scenario())


def test_who_has_waited_long_is_refused_for_now() -> None:
    """A proxy may ask another replica then, because the refusal is an answer of HTTP."""

    async def scenario() -> None:
        admission = Admission(Page(), Places(1), patience=0.01)
        first = Reader(admission)
        await settled()
        second, third = Reader(admission), Reader(admission, {"type": "websocket"})
        await asyncio.gather(second.connection, third.connection)
        assert second.heard[0]["status"] == 503
        assert (b"retry-after", b"10") in second.heard[0]["headers"]
        assert third.heard == [{"type": "websocket.close", "code": 1013}]
        await first.leave()
        assert admission.places.taken == 0

    run(scenario())


def test_a_connection_that_fails_frees_its_place() -> None:
    async def failing(*_connection: object) -> None:
        raise OSError("the reader's network")

    async def scenario() -> None:
        admission = Admission(failing, Places(1))
        with pytest.raises(OSError, match="network"):
            await Reader(admission).connection
        assert admission.places.taken == 0

    run(scenario())


def test_files_and_pages_need_no_place() -> None:
    async def scenario() -> None:
        admission = Admission(Page(), Places(1))
        reader = Reader(admission)
        await settled()
        asked = Reader(admission, {"type": "http"})
        await asked.connection
        assert asked.heard[0]["status"] == 200
        await reader.leave()

    run(scenario())


@pytest.mark.parametrize(
    ("environment", "memory", "places"),
    [
        ({}, 512, 424),
        ({}, 16_000, MOST_READERS),
        ({}, 128, 1),
        ({READERS: "40"}, 16_000, 40),
        ({READERS: " "}, 16_000, MOST_READERS),
    ],
)
def test_there_are_as_many_places_as_the_operator_says_or_the_memory_allows(
    environment: dict[str, str], memory: float, places: int
) -> None:
    assert places_for(environment, memory) == places


@pytest.mark.parametrize("asked", ["0", "-1", "many", "1.5", "²"])
def test_a_number_of_places_that_is_none_stops_the_start(asked: str) -> None:
    with pytest.raises(ValueError, match=READERS):
        places_for({READERS: asked}, 16_000)


def test_the_memory_is_this_machines_or_less() -> None:
    assert 64 < memory_mb() < 2**24


def test_a_process_that_may_have_few_connections_takes_as_many_as_it_may_have() -> None:
    before, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
    try:
        allow_connections()
        allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        assert allowed == (CONNECTIONS if hard == resource.RLIM_INFINITY else min(hard, CONNECTIONS))
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (before, hard))
