"""The server speaks to nobody first, and pages of other sites cannot speak to it."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest
from websockets.exceptions import InvalidStatus

from dashboard.downloads import DOWNLOADS
from dashboard.files import FILES
from dashboard.previews import gallery
from dashboard.view import View
from tests.browser.servers import started_server
from tests.hostile.conftest import GUARD, Guarded
from tests.hostile.health import QUICK, watched_health
from tests.sessions import Session, run

OTHER_SITES = ("https://other.example", "http://localhost.other.example", "null", "http://localhost:1", "file://")


def test_the_guard_notes_an_attempt_and_ends_it(tmp_path: Path) -> None:
    """Else the tests below could not fail."""
    diary = tmp_path / "diary.txt"
    program = "import socket; socket.create_connection(('127.0.0.1', 9))"
    ended = subprocess.run(  # noqa: S603  fixed words
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(GUARD), "TEST_DIARY": str(diary)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "is forbidden here" in ended.stderr
    assert diary.read_text().startswith("socket.")


def test_the_server_opens_no_connection_whatever_its_readers_do(guarded: Guarded) -> None:
    """At the start, for a page, clicks, a search, a language, a broken link, a preview and every file."""
    address = guarded.server.address

    async def read() -> None:
        async with await Session.open(address, "?focus=btc&lang=en") as tab:
            await tab.load()
            await tab.choose("trade", tab="others")
            await tab.search("Baku")
            await tab.choose(language="ru")
            await tab.follow("?focus=nothing")
            assert not tab.exceptions

    run(read())
    preview = gallery.address(View("btc", "en"))
    paths = ("", "_stcore/health", "_stcore/host-config", "robots.txt", "sitemap.xml", preview)
    for path in (*paths, *(file.address for file in (*FILES, *DOWNLOADS))):
        with urlopen(f"{address}/{path}") as answer:  # noqa: S310  our own server
            assert answer.status == 200
    assert not guarded.attempts


async def knock(address: str, times: int) -> None:
    """Try to open websockets from pages of other sites; each is refused."""
    for number in range(times):
        with pytest.raises(InvalidStatus) as refused:
            await Session.open(address, origin=OTHER_SITES[number % len(OTHER_SITES)])
        assert refused.value.response.status_code == 403


def test_other_sites_cannot_open_a_session_and_make_the_server_ask_nobody(guarded: Guarded) -> None:
    """Streamlit would ask what its own outside address is, and stand still meanwhile."""
    with watched_health(guarded.server.address) as health:
        run(knock(guarded.server.address, 100))
    assert health.answers
    assert not guarded.attempts


@pytest.mark.soak
def test_the_server_answers_at_once_while_other_sites_knock() -> None:
    """Against what the same machine needs when nobody knocks."""
    with started_server() as server:
        with watched_health(server.address) as usual:
            run(knock(server.address, 1))
            run(asyncio.sleep(2))
        with watched_health(server.address) as health:
            run(knock(server.address, 100))
        assert health.p99 < max(QUICK, 2 * usual.p99)
