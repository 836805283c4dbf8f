"""Readers in haste: the last thing that they did is what they see, and nothing breaks on the way."""

import pytest
from playwright.sync_api import expect

from dashboard.atlas import ATLAS
from tests.browser.conftest import Visits
from tests.browser.dashboard_page import DashboardPage

CLICK_THROUGH = """times => {
  const links = [...document.querySelectorAll(".cc-contents h3 a")];
  for (let i = 0; i < times; i++) links[(i * 7) % links.length].click();
  document.querySelector(".cc-contents a[href*='focus=kuryk-port&']").click();
}"""
"""Clicks from subject to subject as fast as the page can take it, and at last on a port."""


def expect_shown(page: DashboardPage, focus: str, name: str) -> None:
    """Wait until panel, link and map show the thing, and nothing says that anything went wrong."""
    page.expect_heading(name)
    page.expect_focus(focus)
    page.frame.wait_for_function(
        "name => [...document.querySelectorAll('.cc-label.cc-chosen')].some(label => label.textContent === name)",
        arg=name,
    )
    expect(page.page.locator("[data-testid=stException]")).to_have_count(0)


def test_of_two_hundred_rapid_clicks_the_last_one_wins(visit: Visits) -> None:
    """The panel, the link and the map agree on it."""
    page = visit("?lang=en")
    page.page.evaluate(CLICK_THROUGH, 200)
    expect_shown(page, "kuryk-port", ATLAS.places["kuryk-port"].name)


@pytest.mark.parametrize("times", [6, pytest.param(100, marks=pytest.mark.soak)])
def test_reloading_amid_runs_ends_with_the_page_of_the_link(visit: Visits, times: int) -> None:
    """Each reload comes when the page before has just begun to speak with the server."""
    page = visit("?focus=aktau-port&lang=en")
    for _ in range(times):
        with page.page.expect_websocket():
            page.page.reload(wait_until="commit")
    page.wait_until_drawn()
    expect_shown(page, "aktau-port", ATLAS.places["aktau-port"].name)


def test_two_tabs_of_one_reader_do_not_disturb_each_other(visit: Visits) -> None:
    """Each shows what was chosen in it, in its language."""
    one = visit("?lang=en")
    other = DashboardPage(one.page.context.new_page())
    other.page.goto(f"{visit.server}/?lang=ru")
    other.wait_until_drawn()
    for subject in ("titr", "btc", "dunga"):
        one.page.locator(f".cc-contents a[href*='focus={subject}&']").first.click()
        other.page.locator(".cc-contents a[href*='focus=zangezur&']").first.click()
    one.expect_heading(ATLAS.subjects["dunga"].name)
    other.expect_heading("Зангезурский коридор")
    assert one.parameters == {"focus": "dunga", "lang": "en"}
    assert other.parameters == {"focus": "zangezur", "lang": "ru"}
