"""A file that does not come: never a blank page, but a sentence, the picture of the map, and the list."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from dashboard.atlas import ATLAS
from tests.browser.conftest import DESKTOP
from tests.browser.dashboard_page import MAP

MAP_FAILED: Final = "The map could not be loaded. The list below holds everything that it shows."
PAGE_IS_LATE: Final = "The whole page takes longer than usual to open"
LONG_ENOUGH: Final = 40_000
"""Milliseconds; the page waits a while for what is slow before it says so."""

WITHOUT_MAP: Final = {
    "the map's script": "**/map.js",
    "the map's style": "**/map.css",
    "the map's data": "**/map.json",
    "the land": "**/land.geojson",
    "the lakes": "**/lakes.geojson",
    "the names": "**/words-en.json",
    "the map's frame": "**/component/*/index.html*",
    "the frame's script": "**/component/*/static/js/*.js",
}
"""The page lives; the picture stands where the map would."""
WITHOUT_PAGE: Final = {
    "Streamlit's script": "**/static/js/index.*.js",
    "the script of choices": "**/choices.js",
    "the panel's script": "**/panel.js",
    "the state of the server": "**/_stcore/h*",
}
"""The server's first answer stays."""
WITHOUT_LITTLE: Final = {"the icon": "**/icon.svg", "the search's script": "**/search.js"}
"""All else is as usual."""


def refused(route: Route) -> None:
    """Let nothing come."""
    route.abort("connectionrefused")


def broken(route: Route) -> None:
    """Let an error of the server come."""
    route.fulfill(status=500, body="")


def ended_early(route: Route) -> None:
    """Let the first half come."""
    whole = route.fetch()
    body = whole.body()
    headers = {
        name: value for name, value in whole.headers.items() if name not in {"content-encoding", "content-length"}
    }
    route.fulfill(status=whole.status, headers=headers, body=body[: len(body) // 2])


CASES: Final = (
    pytest.param(
        refused,
        {"the map's script", "the map's style", "the names", "Streamlit's script", "the panel's script", "the icon"},
        id="some",
    ),
    *(pytest.param(way, None, marks=pytest.mark.soak) for way in (refused, broken, ended_early)),
)
"""How they fail, and which: some at each change, all in the long run."""


@contextmanager
def opened_without(
    browser: Browser, server: str, patterns: list[str], way: Callable[[Route], None]
) -> Iterator[list[Page]]:
    """Yield a page without each file, opened at once, so that they wait at the same time."""
    contexts = [browser.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]}) for _ in patterns]
    pages = [context.new_page() for context in contexts]
    for page, pattern in zip(pages, patterns, strict=True):
        page.route(pattern, way)
        page.goto(f"{server}/?focus=btc&lang=en", wait_until="commit")
    yield pages
    for context in contexts:
        context.close()


def some(files: dict[str, str], names: set[str] | None) -> list[str]:
    """Return the patterns of the files with these names; of all, if none are given."""
    return [pattern for name, pattern in files.items() if names is None or name in names]


def expect_the_picture(stands_in: Locator, sentence: str) -> None:
    """Wait until the picture of the map stands there, and the sentence with it."""
    said = stands_in.locator("p", has_text=sentence)
    expect(said).to_be_visible(timeout=LONG_ENOUGH)
    expect(stands_in.locator("figure svg")).to_be_visible()


@pytest.mark.parametrize(("way", "names"), CASES)
def test_without_the_map_the_picture_stands_in_its_place_and_the_rest_works(
    browser: Browser, server: str, way: Callable[[Route], None], names: set[str] | None
) -> None:
    """The panel answers choices, and the picture marks what was chosen."""
    with opened_without(browser, server, some(WITHOUT_MAP, names), way) as pages:
        for page in pages:
            expect_the_picture(page.locator(".st-key-map"), MAP_FAILED)
            expect(page.locator(".cc-said")).to_have_text(MAP_FAILED)
            expect(page.locator("#first")).to_have_count(0)
            before = page.locator(".st-key-map figure svg").inner_html()
            page.locator(".cc-contents a[href*='focus=kars-nakhchivan&']").click()
            expect(page.locator(".st-key-panel h2")).to_have_text(ATLAS.subjects["kars-nakhchivan"].name)
            expect_the_picture(page.locator(".st-key-map"), MAP_FAILED)
            page.wait_for_function(
                "before => document.querySelector('.st-key-map figure svg').innerHTML !== before", arg=before
            )


@pytest.mark.parametrize(("way", "names"), CASES)
def test_without_the_page_the_first_answer_stays_and_its_links_work(
    browser: Browser, server: str, way: Callable[[Route], None], names: set[str] | None
) -> None:
    """With the live map; it says what the link shows, and each link of its list opens that of another subject."""
    patterns = some(WITHOUT_PAGE, names)
    if way is ended_early:
        patterns.remove(WITHOUT_PAGE["the state of the server"])  # half of its "ok" is a yes, too: the page lives
    with opened_without(browser, server, patterns, way) as pages:
        for page in pages:
            expect(page.locator("#first p", has_text=PAGE_IS_LATE)).to_be_visible(timeout=LONG_ENOUGH)
            live = page.frame_locator("#first iframe")
            live.locator(".cc-label:not([hidden])").first.wait_for()
            expect(page.locator("#first .cc-early h2")).to_have_text(ATLAS.subjects["btc"].name)
            expect(page.locator("#first")).to_contain_text(ATLAS.subjects["btc"].summary)
            assert page.locator("#first .cc-contents h3 a").count() == len(ATLAS.subjects)
            page.locator("#first .cc-contents h3 a", has_text=ATLAS.subjects["dunga"].name).click()
            expect(page.locator("#first .cc-early h2")).to_have_text(ATLAS.subjects["dunga"].name)


@pytest.mark.parametrize(("way", "names"), CASES)
def test_without_a_small_thing_all_else_is_as_usual(
    browser: Browser, server: str, way: Callable[[Route], None], names: set[str] | None
) -> None:
    """The map is drawn, and the panel answers."""
    with opened_without(browser, server, some(WITHOUT_LITTLE, names), way) as pages:
        for page in pages:
            frame = page.frame_locator(MAP)
            frame.locator(".cc-label:not([hidden])").first.wait_for(state="attached", timeout=LONG_ENOUGH)
            expect(page.locator("#first")).to_have_count(0, timeout=LONG_ENOUGH)
            page.locator(".cc-contents a[href*='focus=dunga&']").click()
            expect(page.locator(".st-key-panel h2")).to_have_text(ATLAS.subjects["dunga"].name)
