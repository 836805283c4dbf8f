"""Other sources beside the article: tabs, differences, pictures, the article page, search and downloads."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from geodata import load_atlas
from tests.browser.conftest import PHONE, Visits
from tests.browser.dashboard_page import DashboardPage

ATLAS = load_atlas()


def test_a_tab_stands_in_the_link_and_stays_when_another_thing_is_chosen(visit: Visits) -> None:
    """The reader who compares what others say of two routes stays with the others."""
    page = visit("?focus=btc&lang=en")
    page.panel.get_by_role("link", name="What other sources say").click()
    expect(page.panel.locator(".cc-fact").first).to_be_visible()
    page.page.wait_for_function("() => location.search.includes('tab=others')")
    page.page.locator(".cc-contents a[href*='focus=dunga&']").click()
    page.expect_heading("Dunga oil field")
    expect(page.panel.locator(".cc-fact").first).to_be_visible()
    again = visit("?" + page.page.url.partition("?")[2])
    expect(again.panel.locator(".cc-fact").first).to_be_visible()


def test_a_claim_that_others_state_differently_opens_both_sides(visit: Visits) -> None:
    """The mark is a sign and a word; opening it shows who says what, with sources."""
    page = visit("?focus=trade&lang=en")
    mark = page.panel.locator(".cc-claim", has_text="547 million").locator(".cc-differs").first
    expect(mark.locator(".cc-sides")).to_be_hidden()
    mark.locator("summary").click()
    expect(mark.locator(".cc-sides dt").first).to_contain_text("The article")
    assert mark.locator(".cc-sides a[target=_blank]").count() >= 2


def test_the_arrow_keys_read_on_through_the_article_and_move_the_maps_mark(visit: Visits) -> None:
    """From statement to statement, and back; the link restores each."""
    claims = list(ATLAS.claims.values())
    first = next(place for place, claim in enumerate(claims) if claim.subject != claims[place + 1].subject)
    page = visit(f"?focus={claims[first].id}&lang=en")
    page.page.keyboard.press("ArrowRight")
    page.expect_focus(claims[first + 1].id)
    page.expect_heading(f"Statement {first + 2} of 41")
    page.page.keyboard.press("ArrowLeft")
    page.expect_heading(f"Statement {first + 1} of 41")
    page.expect_focus(claims[first].id)
    page.page.keyboard.press("ArrowRight")
    page.expect_focus(claims[first + 1].id)
    page.page.go_back()
    page.expect_focus(claims[first].id)


@pytest.mark.parametrize(
    ("query", "language", "heading"),
    [
        ("Nakchivan", "en", "Nakhchivan"),
        ("зангезурский", "ru", "Зангезурский коридор"),
        ("Bakı", "en", "Baku"),
    ],
)
def test_search_finds_by_keyboard_and_moves_panel_and_map(
    visit: Visits, query: str, language: str, heading: str
) -> None:
    """Type, arrow down, Enter."""
    page = visit(f"?lang={language}")
    box = page.page.locator("input[role=combobox]")
    box.click()
    page.page.keyboard.type(query)
    page.page.locator("#cc-hits li").first.wait_for()
    expect(page.page.locator("#cc-hits li").first).to_contain_text(heading)
    page.page.keyboard.press("ArrowDown")
    page.page.keyboard.press("Enter")
    page.expect_heading(heading)
    expect(page.page.locator("#cc-hits")).to_be_hidden()


def test_search_says_when_nothing_is_found(visit: Visits) -> None:
    """Nonsense, and markup, find nothing and run nothing."""
    page = visit("?lang=en")
    page.page.locator("input[role=combobox]").fill("<img src=x onerror=alert(1)> qqqqq")
    expect(page.page.locator(".cc-nothing")).to_have_text("Nothing found")


@pytest.mark.parametrize("size", [(1440, 900), PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("subject", ["trade", "titr", "btc", "caspian-ports"])
def test_each_picture_is_drawn_within_the_panel(
    shared_pages: Callable[[tuple[int, int]], DashboardPage],
    artefacts: Path,
    subject: str,
    language: str,
    size: tuple[int, int],
) -> None:
    """With its words, its table and its sources."""
    page = shared_pages(size).show(f"?focus={subject}&lang={language}&tab=others")
    chart = page.panel.locator("[data-testid=stVegaLiteChart]")
    chart.locator("canvas, svg").first.wait_for()
    chart.scroll_into_view_if_needed()
    page.page.screenshot(path=artefacts / f"picture-{subject}-{language}-{size[0]}.png")
    outer, inner = page.panel.bounding_box(), chart.locator("canvas, svg").first.bounding_box()
    assert outer
    assert inner
    assert inner["x"] >= outer["x"]
    assert inner["x"] + inner["width"] <= outer["x"] + outer["width"]
    page.panel.locator("details", has=page.page.locator("table")).locator("summary").click()
    assert page.panel.locator("table a[target=_blank]").count() >= 3
    assert page.page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")


def test_the_method_page_lists_every_source(visit: Visits) -> None:
    """And says what a status means, how exactly lines are drawn, and what is not known."""
    page = visit("?focus=method&lang=en")
    page.expect_heading("Sources and method")
    assert page.panel.locator(".cc-sources li").count() == len(ATLAS.sources)
    expect(page.panel).to_contain_text("has set no address for corrections")


def test_the_data_can_be_saved(visit: Visits) -> None:
    """A click on a file's name saves it under a name that says whose it is."""
    page = visit("?lang=en")
    with page.page.expect_download() as saved:
        page.page.locator(".cc-footer").get_by_role("link", name="claims.csv").click()
    assert saved.value.suggested_filename == "caspian-corridors-claims.csv"
    assert "547" in saved.value.path().read_text("utf-8-sig")


def test_a_view_can_be_cited(visit: Visits) -> None:
    """With the link, the date and the source, as text and as BibTeX."""
    page = visit("?focus=trade-547m-nine-months-2025&lang=en")
    page.panel.get_by_text("Cite this").click()
    expect(page.panel.locator("p.cc-citation")).to_contain_text("focus=trade-547m-nine-months-2025")
    expect(page.panel.locator("pre.cc-citation")).to_contain_text("zakon-kz-2025-10-21")
