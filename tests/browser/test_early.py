"""The live map before the rest of the page, and panels before the server's answer."""

from collections.abc import Callable
from typing import Final

from playwright.sync_api import Page, Route, expect

from dashboard.atlas import ATLAS
from tests.browser.conftest import DESKTOP, PHONE, Visits
from tests.browser.dashboard_page import DashboardPage

PIPELINE: Final = (36.41, 37.82)
"""A point of it with nothing else near: (lon, lat)."""
STREAMLITS: Final = "**/static/js/index.*.js"


def hold_streamlit(page: Page) -> Callable[[], None]:
    """Let Streamlit's first script wait, and return what lets it come."""
    held: list[Route] = []
    is_held = True

    def hold(route: Route) -> None:
        if is_held:
            held.append(route)
        else:
            route.continue_()

    def release() -> None:
        nonlocal is_held
        is_held = False
        for route in held:
            route.continue_()

    page.route(STREAMLITS, hold)
    return release


def early_map(page: Page) -> DashboardPage:
    """Return the page when the live map stands in the first answer, and the rest is not there."""
    page.frame_locator("#first iframe").locator(".cc-label:not([hidden])").first.wait_for()
    expect(page.locator("#first iframe")).to_be_visible()
    return DashboardPage(page)


def click_early(page: DashboardPage, lon: float, lat: float) -> None:
    """Click a position on the map in the first answer."""
    x, y = page.ask_map("at => { const p = map.latLngToContainerPoint(at); return [p.x, p.y] }", [lat, lon])
    page.page.locator("#first iframe").click(position={"x": x, "y": y})


def test_the_map_lives_before_streamlit_and_goes_on_in_the_page_as_it_is(visit: Visits) -> None:
    """Its view and what was chosen on it, too."""
    context = visit.browser.new_context()
    page = context.new_page()
    release = hold_streamlit(page)
    with page.expect_request(STREAMLITS):
        page.goto(f"{visit.server}/?lang=en&map=40.5,45,5.5", wait_until="commit")
    early = early_map(page)
    assert early.map_view() == [40.5, 45, 5.5]
    early.ask_map("() => { window.isTheSame = true; map.setView([39, 40], 6, {animate: false}) }")
    click_early(early, *PIPELINE)
    expect(page.locator("#first .cc-early h2")).to_have_text(ATLAS.lines["btc-pipeline"].name)
    release()
    early.expect_heading(ATLAS.lines["btc-pipeline"].name)
    early.expect_focus("btc-pipeline")
    expect(page.locator("#first")).to_have_count(0)
    assert early.ask_map("() => window.isTheSame")
    assert early.map_view() == [39, 40, 6]
    early.expect_marked("btc-pipeline")
    expect(page.locator("iframe")).to_have_count(1)
    context.close()


def test_who_reads_in_the_first_answer_reads_on_in_the_page(visit: Visits) -> None:
    """On a phone as in the panel, the page stands where they had scrolled to."""
    for size, scrolled, taken in ((PHONE, "#first", "#stMain"), (DESKTOP, "#first .cc-early", ".st-key-panel")):
        context = visit.browser.new_context(viewport={"width": size[0], "height": size[1]})
        page = context.new_page()
        release = hold_streamlit(page)
        page.goto(f"{visit.server}/?focus=btc&lang=en&tab=sources", wait_until="commit")
        early_map(page)
        expect(page.locator("#first .cc-sources")).to_contain_text("bp Azerbaijan")
        page.locator(scrolled).evaluate("part => { part.scrollTop = 400 }")
        release()
        expect(page.locator("#first")).to_have_count(0)
        assert page.locator(taken).evaluate("part => part.scrollTop") == 400
        context.close()


def test_a_browser_that_cannot_move_a_frame_has_the_map_in_the_page(visit: Visits) -> None:
    context = visit.browser.new_context()
    context.add_init_script("delete Element.prototype.moveBefore; delete DocumentFragment.prototype.moveBefore;")
    page = DashboardPage(context.new_page())
    page.page.goto(f"{visit.server}/?focus=btc&lang=en")
    page.wait_until_drawn()
    expect(page.page.locator("#first")).to_have_count(0)
    page.click_on_map(*PIPELINE)
    page.expect_heading(ATLAS.lines["btc-pipeline"].name)
    context.close()


def test_a_panel_that_was_pointed_at_is_drawn_before_the_answer_and_confirmed_by_it(visit: Visits) -> None:
    page = visit("?lang=en")
    fetched = []
    page.page.on("response", lambda answer: fetched.append(answer.url) if "/panel?" in answer.url else None)
    with page.page.expect_response("**/panel?focus=btc-pipeline&lang=en"):
        page.page.mouse.move(*page.point_on_page(*PIPELINE))
    page.page.wait_for_function("() => window.caspianCorridors.texts.size > 0")
    # The answer is not let through until what is drawn has been looked at.
    page.page.evaluate("""() => {
      const { send } = window.caspianCorridors;
      window.caspianCorridors.send = (choice) => { window.kept = () => send(choice); };
    }""")
    page.click_on_map(*PIPELINE)
    page.expect_heading(ATLAS.lines["btc-pipeline"].name)
    assert page.parameters == {"lang": "en"}
    page.page.evaluate("() => window.kept()")
    page.expect_focus("btc-pipeline")
    page.page.wait_for_function("() => window.caspianCorridors.ahead === null")
    page.expect_heading(ATLAS.lines["btc-pipeline"].name)
    assert len(fetched) == 1


def test_where_nothing_could_be_fetched_the_answer_brings_the_panel(visit: Visits) -> None:
    context = visit.browser.new_context()
    page = DashboardPage(context.new_page())
    page.page.route("**/panel?*", lambda route: route.fulfill(status=500, body="no"))
    page.page.goto(f"{visit.server}/?lang=en")
    page.wait_until_drawn()
    expect(page.page.locator("#first")).to_have_count(0)
    with page.page.expect_response("**/panel?*"):
        page.page.mouse.move(*page.point_on_page(*PIPELINE))
    page.click_on_map(*PIPELINE)
    page.expect_heading(ATLAS.lines["btc-pipeline"].name)
    context.close()


def test_a_panel_with_pictures_gets_them_with_the_answer(visit: Visits) -> None:
    """And the last of several choices wins, whichever were drawn before their answers."""
    page = visit("?lang=en&tab=others")
    links = page.page.locator(".cc-contents .cc-choice[href]")
    for focus in ("dunga", "btc", "titr", "trade", "btc"):
        links.and_(page.page.locator(f"[href*='focus={focus}&']")).first.hover()
        page.page.wait_for_function(
            "focus => [...window.caspianCorridors.texts.values()].some((text) => text.includes(focus))", arg=focus
        )
    for focus in ("dunga", "titr", "trade", "btc"):
        links.and_(page.page.locator(f"[href*='focus={focus}&']")).first.click()
    page.expect_heading(ATLAS.subjects["btc"].name)
    page.expect_focus("btc")
    page.page.wait_for_function("() => window.caspianCorridors.ahead === null")
    page.expect_heading(ATLAS.subjects["btc"].name)
    expect(page.panel.locator(".stVegaLiteChart")).to_have_count(1)
    expect(page.panel.locator(".stVegaLiteChart")).to_be_visible()
