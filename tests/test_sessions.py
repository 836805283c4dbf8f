"""A tab without a browser sees what a browser would show."""

import asyncio
from collections.abc import Iterator

import pytest

from dashboard.atlas import ATLAS
from tests.browser.servers import running_server
from tests.sessions import Session


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Yield the address of a server of our own."""
    with running_server() as address:
        yield address


def test_a_tab_opens_chooses_searches_and_goes_back(server: str) -> None:
    async def visit() -> None:
        async with await Session.open(server, "?focus=btc&lang=en") as tab:
            whole = await tab.load()
            assert any(ATLAS.subjects["btc"].name in text for text in tab.texts)
            choice = await tab.choose("titr")
            assert tab.view["focus"] == "titr"
            assert tab.parameters == {"focus": ["titr"], "lang": ["en"]}
            assert choice.size < whole.size
            await tab.choose(language="ru")
            assert any("Транскаспийский" in text for text in tab.texts)
            await tab.search("Bakı")
            assert tab.hits[0]["name"] == "Баку"
            await tab.follow("?focus=btc&lang=en")
            assert tab.view["focus"] == "btc"
            assert not tab.exceptions

    asyncio.run(visit())
