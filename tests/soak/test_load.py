"""Many readers at once: how long they wait, whether each answer is right, and what happens when there are too many."""

import time
from collections.abc import Iterator
from typing import Any, Final
from urllib.request import urlopen

import pytest

from dashboard.serving.admission import MOST_READERS
from tests.browser.servers import Server, started_server
from tests.sessions import Session, run
from tests.soak.measuring import cpu_seconds, crowd, memory_mb, report

RECOVERY: Final = 30.0
"""Seconds."""


@pytest.fixture(scope="module")
def fresh_server() -> Iterator[Server]:
    """Yield a server of our own."""
    with started_server() as running:
        yield running


def attend(server: Server, readers: int, per_second: float, seconds: float) -> dict[str, Any]:
    """Let readers come and choose, and return their figures and the server's; nothing may have gone wrong."""
    before = memory_mb(server)
    with crowd(server.address, readers, per_second, seconds) as people:
        came = people.hear()
        assert (came["opened"], came["broken"]) == (readers, [])
        cpu = cpu_seconds(server)
        people.go_on()
        figures = people.hear()
        cpu = cpu_seconds(server) - cpu
        figures["cpu_ms_per_choice"] = 1000 * cpu / figures["choices"]
        figures["mb_per_reader"] = (memory_mb(server) - before) / readers
    assert figures["broken"] == []
    assert figures["wrong"] == []
    assert figures["held_back"] == 0
    assert figures["choices"] == round(per_second * seconds)
    report(f"{readers} readers, {per_second:g} choices a second", **figures)
    return figures


def test_each_of_many_readers_gets_the_right_answer(served: Server) -> None:
    """A short form of what follows."""
    attend(served, 20, 2, 10)


@pytest.mark.soak
def test_200_readers_with_20_choices_a_second_wait_hardly_at_all(fresh_server: Server) -> None:
    figures = attend(fresh_server, 200, 20, 60)
    assert figures["p95"] <= 0.3
    assert figures["p99"] <= 1.0


@pytest.mark.soak
def test_500_readers_with_50_choices_a_second_wait_less_than_a_second(fresh_server: Server) -> None:
    figures = attend(fresh_server, 500, 50, 60)
    assert figures["p95"] <= 1.0


@pytest.mark.soak
def test_three_times_too_many_are_asked_to_wait_and_the_server_recovers(fresh_server: Server) -> None:
    """Those who are in are served, slowly; those who are not get the first answer; and no answer is wrong."""
    with crowd(fresh_server.address, 1500, 150, 30) as people:
        came = people.hear()
        assert came["broken"] == []
        assert came["opened"] == MOST_READERS
        assert came["refused"] == 1500 - MOST_READERS
        people.go_on()
        asked = time.monotonic()
        with urlopen(f"{fresh_server.address}/?lang=en", timeout=60) as page:  # noqa: S310  our own server
            assert "all places are taken" in page.read().decode()
        first_answer = time.monotonic() - asked
        figures = people.hear()
        assert figures["broken"] == []
        assert figures["wrong"] == []
    left = time.monotonic()
    while run(seconds_for_a_choice(fresh_server.address)) > 1.0:
        assert time.monotonic() - left < RECOVERY
    recovered = time.monotonic() - left
    assert recovered < RECOVERY
    assert fresh_server.process.poll() is None
    report("1500 readers, 150 choices a second", **(came | figures), first_answer=first_answer, recovered=recovered)


async def seconds_for_a_choice(address: str) -> float:
    """Return how long a new reader waits for the page and one choice."""
    began = time.monotonic()
    async with await Session.open(address, "?lang=en", patience=RECOVERY) as tab:
        await tab.load(RECOVERY)
        await tab.choose("btc", patience=RECOVERY)
    return time.monotonic() - began
