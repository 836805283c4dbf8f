"""Every width, both ways up, zoomed, light and dark, in English and the longest language.

Nothing is cut off, nothing lies upon another, and fingers have room.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser

from dashboard.i18n import CATALOGUES, LANGUAGES, SOURCE_LANGUAGE
from dashboard.i18n.po import read_catalogue
from geodata import load_atlas
from tests.browser.conftest import Visits
from tests.browser.dashboard_page import DashboardPage

ATLAS: Final = load_atlas()
FAULTS: Final = (Path(__file__).parent / "layout.js").read_text(encoding="utf-8")
TOUCHED: Final = ((320, 640), (640, 320), (390, 844), (844, 390), (768, 1024), (1024, 768))
POINTED: Final = ((1024, 700), (1440, 900), (900, 1440), (2560, 1440), (720, 450))
"""The last is the one before the last but two, enlarged to 200 %: a browser's zoom makes the window smaller."""
LARGE_LETTERS: Final = 32
"""Pixels: twice a browser's usual size."""
VIEWS: Final = (
    "",
    "focus=titr",
    "focus=rail-agbend-karchivan",
    f"focus={next(iter(ATLAS.discrepancies))}",
    "focus=trade&tab=others",
    "focus=btc&tab=others",
    "focus=caspian-ports&tab=sources",
)


def longest_language() -> str:
    """Return the language whose interface takes the most letters."""

    def letters(code: str) -> int:
        return sum(
            len(str(message.string)) for message in read_catalogue(CATALOGUES / f"{code}.po") if not message.context
        )

    return max((code for code in LANGUAGES if code != SOURCE_LANGUAGE), key=letters)


@pytest.fixture(scope="module", params=[SOURCE_LANGUAGE, longest_language()])
def language(request: pytest.FixtureRequest) -> str:
    """Return each language to look at."""
    return str(request.param)


@pytest.fixture(scope="module")
def touched(browser: Browser, server: str, language: str) -> Iterator[DashboardPage]:
    """Yield a page on a screen that is touched."""
    visits = Visits(browser, server)
    yield visits(f"?lang={language}", TOUCHED[0], has_touch=True, is_mobile=True)
    visits.close()
    assert not visits.troubles


@pytest.fixture(scope="module")
def pointed(browser: Browser, server: str, language: str) -> Iterator[DashboardPage]:
    """Yield a page before a mouse."""
    visits = Visits(browser, server)
    yield visits(f"?lang={language}", POINTED[0])
    visits.close()
    assert not visits.troubles


def settle(page: DashboardPage) -> None:
    """Wait until page and map have been laid out anew."""
    page.page.wait_for_function(
        """() => {
          const frame = document.querySelector("iframe[title*='streamlit_folium']");
          const { x, y } = frame.contentWindow.map.getSize();
          return x === frame.clientWidth && y === frame.clientHeight;
        }"""
    )
    for document in (page.page, page.frame):
        document.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def show(page: DashboardPage, view: str, language: str) -> None:
    """Show a view of the page, as a click on a link does."""
    page.page.evaluate(
        """link => {
          const made = document.querySelector(".cc-contents").appendChild(document.createElement("a"));
          made.href = link;
          made.click();
          made.remove();
        }""",
        f"?lang={language}&{view}" if "tab=" in view else f"?lang={language}&tab=article&{view}",
    )
    page.page.wait_for_function(
        """view => {
          const link = new URLSearchParams(location.search);
          const isShown = [...new URLSearchParams(view)].every(([name, value]) => link.get(name) === value);
          return isShown && window.caspianCorridors.pending === null;
        }""",
        arg=view,
    )
    if "trade" in view or "btc" in view:
        page.panel.locator("svg.marks").wait_for()


def faults(page: DashboardPage, *, fingers: bool) -> list[str]:
    """Return what is wrong with the page and the map as they are now."""
    settle(page)
    found: list[str] = page.page.evaluate(FAULTS, {"fingers": fingers})
    return found + [f"map: {fault}" for fault in page.frame.evaluate(FAULTS, {"fingers": fingers})]


def resize(page: DashboardPage, size: tuple[int, int]) -> None:
    """Give the window another size."""
    page.page.set_viewport_size({"width": size[0], "height": size[1]})


@pytest.mark.parametrize("view", VIEWS)
def test_on_a_touched_screen_all_is_in_place_and_large_enough(touched: DashboardPage, language: str, view: str) -> None:
    show(touched, view, language)
    found = {}
    for size in TOUCHED:
        resize(touched, size)
        for theme in ("light", "dark"):
            touched.page.emulate_media(color_scheme=theme)
            found[*size, theme] = faults(touched, fingers=True)
    assert {place: wrong for place, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("view", VIEWS)
def test_before_a_mouse_all_is_in_place_at_every_width_and_zoom(
    pointed: DashboardPage, language: str, view: str
) -> None:
    show(pointed, view, language)
    found = {}
    for size in POINTED:
        resize(pointed, size)
        for theme in ("light", "dark"):
            pointed.page.emulate_media(color_scheme=theme)
            found[*size, theme] = faults(pointed, fingers=False)
    assert {place: wrong for place, wrong in found.items() if wrong} == {}
