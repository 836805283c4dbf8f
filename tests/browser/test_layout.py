"""Every width, both ways up, zoomed, light and dark, in English and the longest language.

Nothing is cut off, nothing lies upon another, and fingers have room.
"""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Locator, expect

from dashboard.i18n import CATALOGUES, LANGUAGES, SOURCE_LANGUAGE
from dashboard.i18n.po import read_catalogue
from geodata import load_atlas
from tests.browser.conftest import Visits
from tests.browser.dashboard_page import MAP, DashboardPage

ATLAS: Final = load_atlas()
FAULTS: Final = (Path(__file__).parent / "layout.js").read_text(encoding="utf-8")
TOUCHED: Final = ((320, 640), (640, 320), (390, 844), (844, 390), (768, 1024), (1024, 768))
POINTED: Final = ((1024, 700), (1440, 900), (900, 1440), (2560, 1440), (720, 450))
"""The last is 1440 × 900 at 200 %: a browser that enlarges a page has a smaller window for it."""
LARGE_LETTERS: Final = 32
"""Pixels: twice a browser's usual size."""
LARGE_LETTERED: Final = ((390, 844), (1440, 900))
VIEWS: Final = (
    "",
    "focus=titr",
    "focus=rail-agbend-karchivan",
    f"focus={next(iter(ATLAS.discrepancies))}",
    "focus=trade&tab=others",
    "focus=btc&tab=others",
    "focus=caspian-ports&tab=sources",
)


PICTURED: Final = frozenset(view for view in VIEWS if "tab=others" in view)


def longest_language() -> str:
    """Return the language whose interface takes the most letters."""

    def letters(code: str) -> int:
        return sum(
            len(str(message.string)) for message in read_catalogue(CATALOGUES / f"{code}.po") if not message.context
        )

    return max((code for code in LANGUAGES if code != SOURCE_LANGUAGE), key=letters)


LONGEST: Final = longest_language()


@pytest.fixture(scope="module", params=[SOURCE_LANGUAGE, LONGEST])
def language(request: pytest.FixtureRequest) -> str:
    """Return each language to look at."""
    return str(request.param)


AT_EACH_CHANGE: Final = {
    (SOURCE_LANGUAGE, VIEWS[0]),
    (SOURCE_LANGUAGE, VIEWS[3]),
    (SOURCE_LANGUAGE, VIEWS[4]),
    (LONGEST, VIEWS[2]),
}
"""The overview, a difference, pictures, a line in many words; the other views follow in the long run."""
each_view = pytest.mark.parametrize(
    ("language", "view"),
    [
        pytest.param(*seen, marks=[] if seen in AT_EACH_CHANGE else pytest.mark.soak)
        for seen in product((SOURCE_LANGUAGE, LONGEST), VIEWS)
    ],
    indirect=["language"],
    scope="module",
)


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
        """selector => {
          const frame = document.querySelector(selector);
          const { x, y } = frame.contentWindow.map.getSize();
          return x === frame.clientWidth && y === frame.clientHeight;
        }""",
        arg=MAP,
    )
    page.frame.wait_for_function(
        """() => {
          const names = [...document.querySelectorAll(".cc-label:not([hidden])")];
          const now = names.map((name) => Object.values(name.getBoundingClientRect().toJSON()).join()).join(";");
          const isStill = now === window.namesBefore;
          window.namesBefore = now;
          return isStill;
        }""",
        polling=150,
    )
    for document in (page.page, page.frame):
        document.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def show(page: DashboardPage, view: str, language: str) -> None:
    """Show a view of the page, with its pictures."""
    page.show(f"?lang={language}&{view}")
    if view in PICTURED:
        page.panel.locator("svg.marks").wait_for()


def faults(page: DashboardPage, size: tuple[int, int], *, fingers: bool) -> dict[str, list[str]]:
    """Return what is wrong with page and map in a window of that size, by theme."""
    page.page.set_viewport_size({"width": size[0], "height": size[1]})
    found: dict[str, list[str]] = {}
    for theme in ("light", "dark"):
        page.page.emulate_media(color_scheme=theme)
        settle(page)
        found[theme] = page.page.evaluate(FAULTS, {"fingers": fingers})
        found[theme] += [f"on the map: {fault}" for fault in page.frame.evaluate(FAULTS, {"fingers": fingers})]
    return {theme: wrong for theme, wrong in found.items() if wrong}


@each_view
def test_on_a_touched_screen_all_is_in_place_and_large_enough(touched: DashboardPage, language: str, view: str) -> None:
    show(touched, view, language)
    found = {size: faults(touched, size, fingers=True) for size in TOUCHED}
    assert {size: wrong for size, wrong in found.items() if wrong} == {}


@each_view
def test_before_a_mouse_all_is_in_place_at_every_width_and_zoom(
    pointed: DashboardPage, language: str, view: str
) -> None:
    show(pointed, view, language)
    found = {size: faults(pointed, size, fingers=False) for size in POINTED}
    assert {size: wrong for size, wrong in found.items() if wrong} == {}


@each_view
def test_with_letters_twice_as_large_all_is_in_place(pointed: DashboardPage, language: str, view: str) -> None:
    """As a reader sets them in the browser; the window stays as it is."""
    settings = pointed.page.context.new_cdp_session(pointed.page)
    settings.send("Page.enable")
    settings.send("Page.setFontSizes", {"fontSizes": {"standard": LARGE_LETTERS}})
    try:
        show(pointed, view, language)
        found = {size: faults(pointed, size, fingers=False) for size in LARGE_LETTERED}
    finally:
        settings.send("Page.setFontSizes", {"fontSizes": {"standard": LARGE_LETTERS // 2}})
        settings.detach()
    assert {size: wrong for size, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("size", [(320, 640), (390, 844), (844, 390)], ids=str)
def test_what_opens_fits_the_window_and_the_finger(touched: DashboardPage, size: tuple[int, int]) -> None:
    """The languages, the hits of a search, and the dialogue that shares."""
    page = touched.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate("() => document.querySelector('.stMain').scrollTo(0, 0)")
    settle(touched)
    fold = page.locator(".cc-fold")
    if fold.is_visible():
        expect(page.locator(".cc-languages")).to_be_hidden()
        fold.tap()
        expect(fold).to_have_attribute("aria-expanded", "true")
    within(page.locator(".cc-languages"), size)
    for link in page.locator(".cc-languages a").all():
        large_enough(link)
    page.locator(".cc-header p").tap()
    page.locator("input[role=combobox]").fill("a")
    page.locator("#cc-hits a").first.wait_for()
    within(page.locator("#cc-hits"), size)
    large_enough(page.locator("#cc-hits a").first)
    page.locator("input[role=combobox]").fill("")
    page.locator(".cc-share").tap()
    within(page.locator(".cc-dialog"), size)
    for control in page.locator(".cc-dialog :is(button, .cc-tick, input[type=text])").all():
        control.scroll_into_view_if_needed()
        within(control, size)
        large_enough(control)
    page.locator(".cc-dialog [data-corridors=close]").tap()
    expect(page.locator(".cc-dialog")).to_be_hidden()


def within(part: Locator, size: tuple[int, int]) -> None:
    """Assert that a part of the page does not reach over the window's sides, nor above it."""
    box = part.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size[0]
    assert box["y"] >= 0


def large_enough(part: Locator) -> None:
    """Assert that a finger finds a part of the page."""
    box = part.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 43.5


@pytest.mark.parametrize("size", [(320, 640), (390, 844), (768, 1024), (1024, 768), (1440, 900), (2560, 1440)], ids=str)
def test_live_map_and_panel_take_the_very_places_of_the_first_ones(
    browser: Browser, server: str, pointed: DashboardPage, language: str, size: tuple[int, int]
) -> None:
    """Nothing that has been seen jumps."""
    show(pointed, VIEWS[0], language)
    width, height = size
    pointed.page.set_viewport_size({"width": width, "height": height})
    settle(pointed)
    context = browser.new_context(viewport={"width": width, "height": height})
    context.route("**/static/js/index.*.js", lambda route: route.abort())
    try:
        first = context.new_page()
        first.goto(f"{server}/?lang={language}")
        picture = place_of(first.locator("#first figure"))
        contents, footer = (place_of(first.locator(part)) for part in (".cc-contents", ".cc-footer"))
        panel = [place_of(part) for part in first.locator(".cc-early .cc-part > :visible").all()]
    finally:
        context.close()
    assert picture == place_of(pointed.page.locator(MAP))
    live = [place_of(part) for part in pointed.panel.locator(".cc-part > :visible").all()]
    assert panel
    assert panel == live[: len(panel)]
    assert contents == place_of(pointed.page.locator(".cc-contents"))
    assert footer[:3] == place_of(pointed.page.locator(".cc-footer"))[:3]


def place_of(part: Locator) -> list[int]:
    """Return where a part of the page stands: left, top, width, height."""
    box = part.bounding_box()
    assert box
    return [round(side) for side in (box["x"], box["y"], box["width"], box["height"])]
