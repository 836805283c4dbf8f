"""The panel at an address of its own: the same, to the letter, as the page draws it."""

import json

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.panel_markup import digest, drawn_panel, parts_of
from dashboard.serving import panel_ahead
from dashboard.view import Tab, View
from tests.browser.servers import Server
from tests.sessions import Session, run

PAGE = "http://testserver/"
HEADING = '<h2 id="cc-panel-title"'


@pytest.fixture
def client() -> TestClient:
    return TestClient(Starlette(routes=[panel_ahead.ROUTE]))


@pytest.mark.parametrize("tab", Tab)
@pytest.mark.parametrize("focus", ["btc", "rail-agbend-karchivan", "aktau-port", "kars-224-km-branch", "method"])
def test_it_is_the_first_part_of_the_panel_with_its_digest(client: TestClient, focus: str, tab: Tab) -> None:
    view = View(focus, "ru", tab=tab)
    first, _ = parts_of(drawn_panel(view, ()), view, PAGE)
    for coding in ("gzip", "identity"):
        answer = client.get(f"/panel{view.link}", headers={"Accept-Encoding": coding})
        assert answer.text == first
        assert answer.headers["etag"] == f'"{digest(first)}"'


def test_it_is_no_page_and_nothing_for_a_search_engine(client: TestClient) -> None:
    headers = client.get("/panel?focus=btc&lang=en").headers
    assert headers["content-type"].startswith("text/plain")
    assert headers["x-robots-tag"] == "noindex"


def test_where_the_map_stands_and_the_colours_make_no_difference(client: TestClient) -> None:
    plain = client.get("/panel?focus=btc&lang=en")
    assert client.get("/panel?focus=btc&lang=en&map=40,50,6&theme=dark").text == plain.text


def test_a_link_that_names_nothing_known_says_so_and_does_not_repeat_it(client: TestClient) -> None:
    answer = client.get("/panel?focus=<script>&lang=en")
    assert "cc-notice" in answer.text
    assert "<script>" not in answer.text


def test_the_server_leaves_out_what_the_browser_has_drawn_and_nothing_else(served: Server) -> None:
    async def visit() -> None:
        async with await Session.open(served.address, "?lang=en") as tab:
            await tab.load()
            whole = await tab.choose("btc-pipeline")
            (panel,) = (text for text in tab.texts if HEADING in text)
            await tab.choose("titr")
            known = await tab.choose("btc-pipeline", shown=digest(panel))
            assert tab.view["focus"] == "btc-pipeline"
            assert not [text for text in tab.texts if HEADING in text]
            assert known.size < whole.size / 2
            await tab.choose("titr", shown=digest(panel))
            assert [text for text in tab.texts if HEADING in text]
            await tab.follow("?focus=btc-pipeline&lang=en")
            assert panel in tab.texts

    run(visit())


def test_a_digest_that_is_none_is_of_no_account(served: Server) -> None:
    async def visit() -> None:
        async with await Session.open(served.address, "?lang=en") as tab:
            await tab.load()
            for shown in ("", "x" * 500, ["a"], {"a": 1}, 7):
                await tab.choose("btc", shown=shown)
                await tab.choose("titr", shown=json.dumps(shown))
                assert not tab.exceptions
                assert [text for text in tab.texts if HEADING in text]

    run(visit())
