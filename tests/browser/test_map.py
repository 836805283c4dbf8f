"""Choosing on the map: every line and place by a real mouse, and a map that stays what it is."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Route, expect

from dashboard.i18n import LANGUAGES
from geodata import load_atlas
from geodata.model import Line, Place
from tests.browser.conftest import Visits
from tests.browser.dashboard_page import DashboardPage

ATLAS = load_atlas()


def distinctive_vertex(line: Line) -> tuple[float, float]:
    """Return the vertex of the line that is farthest from any place and from any other line's vertices."""
    others = [(place.lon, place.lat) for place in ATLAS.places.values()]
    others += [point for other in ATLAS.lines.values() if other.id != line.id for point in other.path]
    return max(line.path[1:-1], key=lambda at: min((at[0] - x) ** 2 + (at[1] - y) ** 2 for x, y in others))


def around(lon: float, lat: float, degrees: float = 0.3) -> list[tuple[float, float]]:
    return [(lon - degrees, lat - degrees), (lon + degrees, lat + degrees)]


@pytest.mark.parametrize("line", ATLAS.lines.values(), ids=lambda line: line.id)
def test_a_click_on_a_line_opens_its_panel(shared_page: DashboardPage, line: Line) -> None:
    """The panel, the address and the map all tell of the line."""
    lon, lat = distinctive_vertex(line)
    shared_page.show_on_map(around(lon, lat))
    shared_page.click_on_map(lon, lat)
    shared_page.expect_heading(line.name)
    shared_page.expect_focus(line.id)
    shared_page.expect_marked(line.id)
    assert shared_page.panel.locator(".cc-claim").count() >= 1


@pytest.mark.parametrize("place", ATLAS.places.values(), ids=lambda place: place.id)
def test_a_click_on_a_place_opens_its_panel(shared_page: DashboardPage, place: Place) -> None:
    """Zoomed in until it stands apart, each place can be chosen."""
    shared_page.show_on_map(around(place.lon, place.lat, 0.05))
    shared_page.click_on_map(place.lon, place.lat)
    shared_page.expect_heading(place.name)
    shared_page.expect_focus(place.id)


def test_every_line_and_place_has_an_element_that_takes_the_pointer(shared_page: DashboardPage) -> None:
    """Others find the lines and places by their classes; the line that is hit is at least 16 pixels wide."""
    for id_ in ATLAS.lines:
        width = shared_page.map_element.locator(f"path.line-{id_}").get_attribute("stroke-width")
        assert float(width) >= 16
    for id_ in ATLAS.places:
        assert shared_page.map_element.locator(f"path.place-{id_}").count() == 1


def test_the_map_is_never_rebuilt(visit: Visits) -> None:
    """Ten choices by map, list and panel, and a change to each language, keep the same map, pan and zoom."""
    page = visit()
    page.ask_map("() => { map.getContainer().dataset.kept = 'yes'; map.setView([40.5, 44], 5.5, {animate: false}) }")
    before = page.map_view()
    for line in ("btc-pipeline", "rail-kars-dilucu", "rail-horadiz-agbend", "sea-aktau-alat"):
        lon, lat = distinctive_vertex(ATLAS.lines[line])
        page.click_on_map(lon, lat)
        page.expect_focus(line)
    for subject in ("titr", "btc", "zangezur"):
        page.page.locator(f".cc-contents a[href*='focus={subject}&']").first.click()
        page.expect_heading(ATLAS.subjects[subject].name)
    page.panel.locator("a[href*='focus=rail-agbend-karchivan&']").first.click()
    page.expect_focus("rail-agbend-karchivan")
    for code, language in reversed(LANGUAGES.items()):
        page.page.locator(f"[data-language={code}]").click()
        page.page.locator(".cc-contents h2", has_text=language.say("Everything on the map, as a list")).wait_for()
        caspian = language.say_content("water-caspian", "name", "Caspian Sea")
        page.map_element.locator(".cc-water", has_text=caspian).wait_for()
        assert page.ask_map("() => document.documentElement.lang") == code
    assert page.map_view() == before
    assert page.ask_map("() => map.getContainer().dataset.kept") == "yes"


def test_the_same_line_can_be_chosen_again_after_the_panel_was_closed(visit: Visits) -> None:
    """Neither the second click on the same line nor a click after closing is lost."""
    page = visit()
    line = ATLAS.lines["btc-pipeline"]
    page.click_on_map(*distinctive_vertex(line))
    page.expect_heading(line.name)
    page.click_on_map(*distinctive_vertex(line))
    page.expect_heading(line.name)
    page.panel.locator(".cc-back a").click()
    page.expect_heading("What connects Kazakhstan and Azerbaijan")
    page.expect_focus(None)
    page.click_on_map(*distinctive_vertex(line))
    page.expect_heading(line.name)


def test_choosing_moves_the_map_only_when_the_thing_is_out_of_view(visit: Visits) -> None:
    """A thing in view leaves the map where it is; one out of view is brought in; Show all goes back."""
    page = visit()
    first = page.map_view()
    page.page.locator(".cc-contents a[href*='focus=dunga&']").click()
    page.expect_heading("Dunga oil field")
    assert page.map_view() == first
    page.ask_map("() => { map.setView([50, 75], 7, {animate: false}) }")
    page.page.locator(".cc-contents a[href*='focus=btc&']").click()
    page.frame.wait_for_function("() => map.getBounds().contains([40, 41])")
    page.map_element.get_by_role("button", name="Show all").click()
    # The zoom is continuous, and Leaflet works it out from the one before.
    page.frame.wait_for_function("zoom => Math.abs(map.getZoom() - zoom) < 1e-6", arg=first[2])


def test_the_pointer_is_told_what_is_under_it(visit: Visits) -> None:
    """Hovering names the line and its status."""
    page = visit()
    page.page.mouse.move(*page.point_on_page(*distinctive_vertex(ATLAS.lines["btc-pipeline"])))
    tooltip = page.map_element.locator(".cc-tooltip")
    tooltip.wait_for()
    assert "pipeline" in tooltip.inner_text()
    assert "operating" in tooltip.inner_text()


TILE_SERVERS: dict[str, Callable[[Route], None]] = {
    "refuses": lambda route: route.abort("connectionrefused"),
    "fails": lambda route: route.fulfill(status=500),
    "hangs": lambda _route: None,
}


def test_online_tiles_are_off_until_asked_for_and_the_plain_map_stays_without_them(
    browser: Browser, server: str
) -> None:
    """Whether their server refuses, fails or never answers: the map says so, keeps its land and answers as before."""
    visits = Visits(browser, server)
    page = visits()
    assert not visits.troubles
    line = ATLAS.lines["btc-pipeline"]
    page.map_element.get_by_text("Background", exact=True).click()
    for answer in TILE_SERVERS.values():
        page.map_element.get_by_text("Plain map", exact=True).click()
        expect(page.map_element.get_by_text("does not answer")).to_have_count(0)
        page.page.context.unroute("https://**")
        page.page.context.route("https://**", answer)
        page.map_element.get_by_text("Streets, online").click()
        page.map_element.get_by_text("does not answer; the plain map stays").wait_for()
        page.page.mouse.move(*page.point_on_page(*distinctive_vertex(line)))
        expect(page.map_element.locator(".cc-tooltip b")).to_have_text(line.name)
        page.click_on_map(*distinctive_vertex(line))
        page.expect_heading(line.name)
        page.page.locator(".cc-contents a[href*='focus=dunga&']").click()
        page.expect_heading(ATLAS.subjects["dunga"].name)
    visits.close()
