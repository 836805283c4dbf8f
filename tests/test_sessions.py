"""A tab without a browser sees what a browser would show."""

from dashboard.atlas import ATLAS
from tests.browser.servers import Server
from tests.sessions import Session, run


def test_a_tab_opens_chooses_searches_and_goes_back(served: Server) -> None:
    async def visit() -> None:
        async with await Session.open(served.address, "?focus=btc&lang=en") as tab:
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

    run(visit())
