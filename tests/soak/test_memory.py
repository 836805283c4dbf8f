"""Thousands of page loads and hundreds of choices leave no more behind than the first did."""

import asyncio
from collections.abc import Iterator
from itertools import cycle, islice
from typing import Final

import pytest
from playwright.sync_api import CDPSession

from dashboard.atlas import ATLAS
from tests.browser.conftest import Visits
from tests.browser.dashboard_page import DashboardPage
from tests.browser.servers import Server, started_server
from tests.sessions import Session, run
from tests.soak.measuring import MEGABYTE, memory_mb, report

AT_ONCE: Final = 4
"""Readers who open the page at the same time."""
KEPT: Final = 128
"""Streamlit keeps so many closed pages for a while, in case their readers come back."""


@pytest.fixture
def fresh_server() -> Iterator[Server]:
    """Yield a server that no other test has used."""
    with started_server() as running:
        yield running


def open_and_close(server: Server, times: int) -> None:
    """Open the page, wait until it has been drawn, and close it; so many times."""

    async def readers() -> None:
        links = islice(cycle(f"?focus={id_}&lang=en" for id_ in ATLAS.subjects), times)

        async def read_some() -> None:
            for link in links:
                async with await Session.open(server.address, link) as tab:
                    await tab.load()
                    assert not tab.exceptions

        await asyncio.gather(*(read_some() for _ in range(AT_ONCE)))

    run(readers())


def grown(server: Server, times: int) -> float:
    """Return by what share the server's memory has grown over so many page loads, after as many as it keeps."""
    open_and_close(server, KEPT)
    before = memory_mb(server)
    open_and_close(server, times)
    after = memory_mb(server)
    report(f"{times} page loads", mb_before=before, mb_after=after, growth=after / before - 1)
    return after / before - 1


def test_a_hundred_page_loads_leave_the_servers_memory_as_it_was(served: Server) -> None:
    """A short form of what follows."""
    assert grown(served, 100) < 0.05


@pytest.mark.soak
def test_two_thousand_page_loads_leave_the_servers_memory_as_it_was(fresh_server: Server) -> None:
    assert grown(fresh_server, 2000) < 0.05


def heap_mb(browser: CDPSession) -> float:
    """Return the memory of the page's scripts, the map's frame with them, without what is garbage."""
    browser.send("HeapProfiler.collectGarbage")
    return float(browser.send("Runtime.getHeapUsage")["usedSize"]) / MEGABYTE


def choose(page: DashboardPage, times: int) -> None:
    """Choose one subject after the other, and wait for each."""
    for id_ in islice(cycle(ATLAS.subjects), times):
        page.page.locator(f".cc-contents a[href*='focus={id_}&']").first.click()
        page.expect_focus(id_)
        page.expect_heading(ATLAS.subjects[id_].name)


@pytest.mark.soak
def test_five_hundred_choices_leave_the_browsers_memory_as_it_was(visit: Visits) -> None:
    page = visit("?lang=en")
    browser = page.page.context.new_cdp_session(page.page)
    choose(page, 22)
    before = heap_mb(browser)
    choose(page, 500)
    after = heap_mb(browser)
    report("500 choices", mb_before=before, mb_after=after, growth=after / before - 1)
    assert after / before - 1 < 0.2
