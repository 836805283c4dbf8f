"""Ten thousand links that nobody wrote in good faith: no exception, no echo, and only what the atlas knows is shown."""

import re
from collections.abc import Iterable
from html import unescape
from itertools import islice
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.atlas import KNOWN_IDS
from dashboard.i18n import LANGUAGES
from dashboard.serving import first_answer, panel_ahead
from dashboard.view import HIGHEST_ZOOM, LOWEST_ZOOM, Part, Tab, View, read_view
from tests.browser.servers import Server
from tests.hostile.links import MARK, fuzzed_links
from tests.sessions import Session, run

KNOWN = tuple(sorted(KNOWN_IDS))


def assert_within_the_known(view: View) -> None:
    """Every part of the view is one that the atlas, the catalogues or the Earth has."""
    assert view.focus is None or view.focus in KNOWN_IDS
    assert view.language in LANGUAGES
    assert view.tab in set(Tab)
    if view.map is not None:
        assert abs(view.map.lat) <= 85
        assert abs(view.map.lon) <= 180
        assert LOWEST_ZOOM <= view.map.zoom <= HIGHEST_ZOOM


def test_any_link_is_read_as_a_view_of_what_there_is() -> None:
    for link in fuzzed_links(10_000, KNOWN):
        view, ignored = read_view(
            parse_qs(link, keep_blank_values=True), known=KNOWN_IDS, languages=LANGUAGES, preferred_language="en"
        )
        assert_within_the_known(view)
        assert set(ignored) <= set(Part)
        again, none_ignored = read_view(
            parse_qs(view.full_link.removeprefix("?")), known=KNOWN_IDS, languages=LANGUAGES, preferred_language="en"
        )
        assert not none_ignored
        assert (again.focus, again.language, again.tab) == (view.focus, view.language, view.tab)


@pytest.mark.parametrize("path", ["/", "/panel"])
def test_no_answer_repeats_anything_of_a_link(path: str) -> None:
    client = TestClient(Starlette(routes=[Route("/", first_answer.answer), panel_ahead.ROUTE]))
    for link in fuzzed_links(300, KNOWN):
        answer = client.get(f"{path}?{quote(link, safe='%&=;?')}")
        assert answer.status_code == 200
        assert MARK not in answer.text


def run_links(address: str, links: Iterable[str]) -> None:
    """Follow each link, a hundred in one tab, as going back and forward does; every page must be sound."""

    async def follow_in_one_tab(some: Iterable[str]) -> None:
        async with await Session.open(address, "?lang=en") as tab:
            await tab.load()
            for link in some:
                await tab.follow(link)
                assert not tab.exceptions, link
                assert MARK not in tab.everything, link
                assert_the_page_shows_what_there_is(tab)

    async def follow_all() -> None:
        rest = iter(links)
        while some := tuple(islice(rest, 100)):
            await follow_in_one_tab(some)

    run(follow_all())


def assert_the_page_shows_what_there_is(tab: Session) -> None:
    """All that the server says of its view is known, and so is each link on the page."""
    shown = tab.view
    assert shown["focus"] is None or shown["focus"] in KNOWN_IDS
    assert shown["language"] in LANGUAGES
    assert shown["tab"] in {None, *Tab}
    for link in re.findall(r'href="(\?[^"]*)"', "".join(tab.texts)):
        parameters = parse_qs(urlsplit(unescape(link)).query)
        assert set(parameters) <= set(Part)
        assert set(parameters.get("focus", [])) <= set(KNOWN_IDS)
        assert set(parameters["lang"]) <= set(LANGUAGES)


def test_a_tab_shows_only_what_there_is_whatever_its_link(served: Server) -> None:
    run_links(served.address, fuzzed_links(100, KNOWN))


@pytest.mark.soak
def test_a_tab_shows_only_what_there_is_for_ten_thousand_links(served: Server) -> None:
    run_links(served.address, fuzzed_links(10_000, KNOWN))
