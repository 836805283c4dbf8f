"""The page without a mouse and without sight: what has the focus, where it goes, and what is said."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from dashboard.atlas import ATLAS
from dashboard.contents import Teller
from dashboard.i18n import LANGUAGES
from dashboard.map.data import map_words, reading_order
from dashboard.view import View
from tests.browser.conftest import DESKTOP, PHONE, Visits
from tests.browser.dashboard_page import DashboardPage

ORDER = [thing for _, things in reading_order(ATLAS) for thing in things]
OVERVIEW = "What connects Kazakhstan and Azerbaijan"
BTC = "Baku–Tbilisi–Ceyhan pipeline"

RING_IS_SEEN = """() => {
  const covers = [...document.querySelectorAll('.leaflet-control, .cc-keys')];
  const boxes = covers.map((node) => node.getBoundingClientRect());
  const covered = ({x, y}) => boxes.some((box) => x > box.left && x < box.right && y > box.top && y < box.bottom);
  const seen = ({x, y}) => x > 0 && y > 0 && x < innerWidth && y < innerHeight && !covered({x, y});
  return [...document.querySelectorAll('path.cc-ring')].some((ring) => {
    const steps = Array.from({length: 200}, (_, step) => ring.getTotalLength() * step / 200);
    return steps.some((step) => seen(ring.getPointAtLength(step).matrixTransform(ring.getScreenCTM())));
  });
}"""
"""Whether some of the ring stands on the map where nothing covers it."""


def spoken_names(code: str) -> list[str]:
    """Return what a screen reader says of each line and place, in their order."""
    words = map_words(Teller(ATLAS, View(None, code), LANGUAGES[code]))
    names, kinds, lines = words["names"], words["kinds"], words["lines"]
    assert isinstance(names, dict)
    assert isinstance(kinds, dict)
    assert isinstance(lines, dict)
    told = {id_: (names[id_], kinds[id_]) for id_ in kinds}
    told |= {id_: (line["name"], line["kind"]) for id_, line in lines.items()}
    return [", ".join(told[id_]) for id_ in ORDER]


def name_of(id_: str) -> str:
    """Return the English name of a line or place."""
    return (ATLAS.lines.get(id_) or ATLAS.places[id_]).name


def stand_on_the_list(page: DashboardPage) -> None:
    """Go to the map's lines and places by Tab, from the button before the map."""
    page.map_element.locator(".cc-skip").focus()
    page.press("Tab", "Tab")


@pytest.mark.parametrize("size", [DESKTOP, pytest.param(PHONE, marks=pytest.mark.soak)], ids=["desktop", "phone"])
def test_every_line_and_place_is_reached_ringed_and_chosen_by_keyboard(visit: Visits, size: tuple[int, int]) -> None:
    """In order, each with its name; the ring is in view, Enter chooses, and the focus stays."""
    page = visit("?lang=en", size)
    stand_on_the_list(page)
    for id_, spoken in zip(ORDER, spoken_names("en"), strict=True):
        assert page.focused == spoken
        assert page.ask_map(RING_IS_SEEN), id_
        page.press("Enter")
        page.expect_heading(name_of(id_))
        assert page.focused == spoken
        chosen = page.map_element.locator("[role=option][aria-selected=true]")
        assert chosen.all_text_contents() == [spoken]
        page.press("ArrowDown")


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_names_on_the_map_are_spoken_in_the_readers_language(shared_page: DashboardPage, code: str) -> None:
    """Of all lines and places, of the map, and of its frame."""
    language = LANGUAGES[code]
    page = shared_page.show(f"?lang={code}")
    options = page.map_element.get_by_role("listbox", name=language.say("Lines and places on the map"))
    expect(options.get_by_role("option")).to_have_text(spoken_names(code))
    title = language.say("Map of the corridors")
    expect(page.page.locator(".st-key-map iframe")).to_have_attribute("title", title)
    in_words = language.say("Lines: {lines}; places: {places}.", lines=len(ATLAS.lines), places=len(ATLAS.places))
    in_words += " " + language.say("The list below the map holds all of them as text, and does the same.")
    described = page.map_element.get_by_role("group", name=title)
    expect(described).to_have_accessible_description(re.compile("^" + re.escape(in_words)))
    assert page.ask_map("() => [document.title, document.documentElement.lang]") == [title, code]


def test_keys_jump_through_the_lines_and_places(visit: Visits) -> None:
    """To the ends, from subject to subject, and to a name by its letters."""
    page = visit("?lang=en")
    spoken = spoken_names("en")
    firsts = [spoken[ORDER.index(first)] for _, (first, *_rest) in reading_order(ATLAS)]
    stand_on_the_list(page)
    page.press("ArrowUp")
    assert page.focused == spoken[0]
    page.press("ArrowRight", "PageDown")
    assert page.focused == firsts[1]
    page.press("PageDown", "ArrowDown", "PageUp")
    assert page.focused == firsts[2]
    page.press("PageUp")
    assert page.focused == firsts[1]
    page.press("End")
    assert page.focused == spoken[-1]
    page.press("ArrowDown", "Home")
    assert page.focused == spoken[0]
    page.press("g", "a", "b")
    assert page.focused == "Gabala, city"


def test_tab_enters_the_list_once_at_what_is_chosen(visit: Visits) -> None:
    """Before it stands the way past the map, after it stand the map's controls."""
    page = visit("?focus=gabala&lang=en")
    page.map_element.locator(".cc-skip").focus()
    page.press("Tab")
    assert page.focused == "Map of the corridors"
    page.press("Tab")
    assert page.focused == "Gabala, city"
    controls = page.tab_to("© OpenStreetMap contributors, ODbL")
    assert controls[:7] == [
        "Zoom in", "Zoom out", "Show all", "Zoom to the Caucasus", "Move the map", "Background", controls[-1]
    ]  # fmt: skip
    page.press("Shift+Tab", *["Shift+Tab"] * 6)
    assert page.focused == "Gabala, city"


def test_the_map_moves_to_what_has_the_focus_when_that_is_out_of_view(visit: Visits) -> None:
    """And only then."""
    page = visit("?lang=en")
    before = page.map_view()
    stand_on_the_list(page)
    assert page.map_view() == before
    page.ask_map("() => { map.setView([40.2, 44.5], 8, {animate: false}) }")
    page.press("End")
    assert not page.ask_map("() => map.getBounds().contains([40.2, 54.5])")
    assert page.ask_map(RING_IS_SEEN)
    page.press("Home")
    assert page.ask_map(RING_IS_SEEN)


def test_the_map_is_moved_by_arrow_keys_and_by_buttons(visit: Visits) -> None:
    """Whoever cannot drag has both."""
    page = visit("?lang=en&map=45,55,6")
    page.map_element.locator(".cc-skip").focus()
    page.press("Tab", "ArrowRight")
    page.frame.wait_for_function("() => map.getCenter().lng > 55.5")
    page.map_element.get_by_text("Move the map", exact=True).click()
    page.map_element.get_by_role("button", name="Move up").click()
    page.frame.wait_for_function("() => map.getCenter().lat > 46")


def test_escape_leaves_the_map_for_the_panel(visit: Visits) -> None:
    """From the list, from a control, from the map itself."""
    page = visit("?focus=btc&lang=en")
    for place in ("[role=option][tabindex='0']", ".cc-legend summary", "#map_div"):
        page.map_element.locator(place).focus()
        page.press("Escape")
        page.expect_focused(BTC)


def test_links_lead_past_the_header_and_past_the_map(visit: Visits) -> None:
    """They are the first that Tab finds, and can be seen then."""
    page = visit("?focus=btc&lang=en")
    page.press("Tab")
    assert page.focused == "Skip to what is shown"
    box = page.page.locator(".cc-skips a").first.bounding_box()
    assert box
    assert box["height"] >= 44
    page.press("Enter")
    page.expect_focused(BTC)
    page.tab_to("Skip the map: go to the list", "Shift+Tab")
    expect(page.map_element.locator(".cc-skip")).to_be_in_viewport()
    page.press("Enter")
    page.expect_focused("Everything on the map, as a list")
    assert "#" not in page.page.url


def test_within_another_page_where_there_is_no_list_the_map_leads_to_the_panel(visit: Visits) -> None:
    """And does not speak of a list."""
    page = visit("?focus=btc&lang=en&embed=true")
    page.map_element.get_by_role("button", name="Skip to what is shown").focus()
    page.press("Enter")
    page.expect_focused(BTC)
    expect(page.map_element.locator("#cc-in-words")).to_have_text(
        f"Lines: {len(ATLAS.lines)}; places: {len(ATLAS.places)}."
    )


# Where the focus is after a choice.


def test_after_a_choice_in_the_panel_its_heading_has_the_focus(visit: Visits) -> None:
    """The link that was followed is gone with the old panel."""
    page = visit("?lang=en")
    page.panel.locator("a[href*='focus=btc&']").focus()
    page.press("Enter")
    page.expect_heading(BTC)
    page.expect_focused(BTC)
    page.panel.locator(".cc-back a").focus()
    page.press("Enter")
    page.expect_focused(OVERVIEW)


def test_after_turning_to_a_tab_the_tab_has_the_focus(visit: Visits) -> None:
    """So that the next one is one key away."""
    page = visit("?focus=btc&lang=en")
    page.panel.get_by_role("link", name="What other sources say").focus()
    page.press("Enter")
    expect(page.panel.locator(".cc-fact").first).to_be_visible()
    page.expect_focused("What other sources say")
    page.press("Tab")
    page.expect_focused("Sources and method")


def test_reading_on_keeps_the_focus_on_the_way_on(visit: Visits) -> None:
    """Until there is no further statement: then the heading has it."""
    page = visit(f"?focus={list(ATLAS.claims)[-3]}&lang=en")
    page.panel.locator("a[rel=next]").focus()
    page.press("Enter")
    page.expect_heading("Statement 40 of 41")
    page.expect_focused("Next statement →")
    page.press("Enter")
    page.expect_heading("Statement 41 of 41")
    page.expect_focused("Statement 41 of 41")


def test_after_a_choice_in_the_list_the_focus_stays_and_the_list_shows_the_choice(visit: Visits) -> None:
    """The list is not drawn anew; the chosen thing stands out in it as on the map."""
    page = visit("?lang=en")
    link = page.page.locator(".cc-contents a[href*='focus=btc&']")
    link.focus()
    page.press("Enter")
    page.expect_heading(BTC)
    expect(link).to_be_focused()
    expect(page.page.locator(".cc-contents [aria-current=true]")).to_have_count(1)
    expect(link).to_have_attribute("aria-current", "true")


def test_after_a_search_the_heading_of_what_was_found_has_the_focus(visit: Visits) -> None:
    """As after following any other link to it."""
    page = visit("?lang=en")
    page.page.locator("input[role=combobox]").focus()
    page.page.keyboard.type("Gabala")
    page.page.locator("#cc-hits li").first.wait_for()
    page.press("ArrowDown", "Enter")
    page.expect_heading("Gabala")
    page.expect_focused("Gabala")


def test_after_a_change_of_language_the_language_has_the_focus(visit: Visits) -> None:
    """Although the whole page has been drawn anew."""
    page = visit("?focus=btc&lang=en")
    page.page.locator("[data-language=ru]").focus()
    page.press("Enter")
    page.page.locator(".cc-contents h2", has_text="списком").wait_for()
    page.expect_focused("Русский")


def test_going_back_does_not_lose_the_focus(visit: Visits) -> None:
    """The panel changes under a reader who stands in it."""
    page = visit("?lang=en")
    page.panel.locator("a[href*='focus=btc&']").focus()
    page.press("Enter")
    page.expect_focused(BTC)
    page.panel.get_by_role("link", name="Sources and method").focus()
    page.page.go_back()
    page.expect_heading(OVERVIEW)
    page.expect_focused(OVERVIEW)


# What is said.


def test_what_is_shown_is_said_in_one_sentence(visit: Visits) -> None:
    """Name, kind, status and tab; after choices on the map, in the panel and by search, in the reader's language."""
    page = visit("?lang=en")
    page.expect_said("")
    stand_on_the_list(page)
    page.press("End", "Enter")
    page.expect_said("Now shown: Yerevan, city.")
    page.page.locator(".cc-contents a[href*='focus=btc&']").click()
    page.expect_said(f"Now shown: {BTC}, oil pipeline, operating, What the article says.")
    page.panel.get_by_role("link", name="What other sources say").click()
    page.expect_said(f"Now shown: {BTC}, oil pipeline, operating, What other sources say.")
    page.page.locator("[data-language=ru]").click()
    said = "нефтепровод, действует, Что говорят другие источники."
    page.expect_said(f"Язык страницы: Русский. Показано: Нефтепровод Баку – Тбилиси – Джейхан, {said}")
    assert page.page.title() == "Нефтепровод Баку – Тбилиси – Джейхан · Каспийские коридоры"


def test_how_much_a_search_has_found_is_said(visit: Visits) -> None:
    """As a number, or that there is nothing."""
    page = visit("?lang=en")
    box = page.page.locator("input[role=combobox]")
    box.fill("Gabala")
    page.page.locator("#cc-hits li").first.wait_for()
    page.expect_said(f"Found: {page.page.locator('#cc-hits li').count()}")
    box.fill("qqqqq")
    page.expect_said("Nothing found")


def test_what_was_ignored_of_a_link_is_said(visit: Visits) -> None:
    """The notice is not only shown."""
    page = visit("?focus=nothing-of-the-kind&lang=en")
    page.expect_said(page.panel.locator(".cc-notice").inner_text())


def test_it_is_said_when_an_answer_does_not_come(visit: Visits) -> None:
    """Once, in one sentence; test_failures.py listens when the map does not come."""
    page = visit("?lang=en")
    page.page.evaluate("() => { WebSocket.prototype.send = () => {}; }")
    page.page.locator(".cc-contents a[href*='focus=btc&']").click()
    page.expect_said("No answer yet; the page asks again.")


def test_there_is_one_live_region(visit: Visits) -> None:
    """Two would talk at once."""
    page = visit("?focus=nothing-of-the-kind&lang=en")
    live = "[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log], output"
    count = f"() => [...document.querySelectorAll('{live}')].filter((node) => !node.closest('dialog')).length"
    assert page.page.evaluate(count) == 1
    assert page.ask_map(count) == 0


# The shape of the page.


@pytest.mark.parametrize(
    "link", ["", "focus=titr", "focus=trade&tab=others", "focus=btc&tab=sources", "focus=method", "focus=differences"]
)
def test_headings_form_an_outline(shared_page: DashboardPage, link: str) -> None:
    """One of the first level; no level is skipped on the way down."""
    page = shared_page.show(f"?{link}&lang=en")
    levels = page.page.evaluate(
        "() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]"
        ".filter((heading) => heading.checkVisibility()).map((heading) => +heading.localName[1])"
    )
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_page_has_its_landmarks(visit: Visits) -> None:
    """Banner, main, footer, search; the panel and the list are regions with names."""
    page = visit("?focus=btc&lang=en")
    for role in ("banner", "main", "contentinfo", "search"):
        expect(page.page.get_by_role(role)).to_have_count(1)
    expect(page.page.get_by_role("main").locator(".st-key-map, .st-key-panel")).to_have_count(2)
    expect(page.page.get_by_role("main").get_by_role("banner")).to_have_count(0)
    for region in (BTC, "Everything on the map, as a list"):
        expect(page.page.get_by_role("region", name=region)).to_have_count(1)
    names = page.page.get_by_role("navigation").evaluate_all("all => all.map((one) => one.ariaLabel)")
    assert all(names)
    assert len(set(names)) == len(names)


def test_what_is_said_more_fully_on_pointing_is_shown_on_focus_too(visit: Visits) -> None:
    """Escape takes it away."""
    page = visit("?focus=btc&lang=en&tab=others")
    shown = "node => getComputedStyle(node, '::after').content"
    for tip in [page.panel.locator(f"{tag}.cc-tip:visible").first for tag in ("button", "a")]:
        assert tip.evaluate(shown) == "none"
        tip.focus()
        page.press("Shift+Tab", "Tab")
        expect(tip).to_be_focused()
        assert tip.evaluate(shown).strip('"') == tip.get_attribute("aria-label")
        page.press("Escape")
        assert tip.evaluate(shown) == "none"


@pytest.mark.parametrize(("wish", "is_calm"), [("reduce", True), ("no-preference", False)])
def test_nothing_moves_where_the_reader_wants_no_motion(visit: Visits, wish: str, is_calm: bool) -> None:
    """Neither zooms nor pans of the map glide then."""
    page = visit("?lang=en", reduced_motion=wish)
    frames = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    running = f"async () => {{ map.zoomIn(); await {frames}; return document.getAnimations().length; }}"
    assert (page.ask_map(running) == 0) is is_calm
    page.frame.wait_for_function("() => !document.querySelector('.leaflet-zoom-anim')")
    moved = """() => {
      const before = map.getCenter().lng;
      map.panBy([90, 0]);
      return map.getCenter().lng - before;
    }"""
    assert (page.ask_map(moved) > 0) is is_calm


# A whole visit.


def test_a_reader_with_only_a_keyboard_opens_reads_and_shares_every_subject(visit: Visits) -> None:
    """Each is opened from the panel, read to its end, and shared; the focus is never lost on the way."""
    page = visit("?lang=en")
    page.press("Tab", "Enter")
    page.expect_focused(OVERVIEW)
    for subject in ATLAS.subjects.values():
        page.tab_to(subject.name)
        page.press("Enter")
        page.expect_focused(subject.name)
        way = page.tab_to("← All subjects")
        assert "the page itself" not in way
        tabs = ["What the article says", "What other sources say", "Sources and method"]
        assert [stop for stop in way if stop in tabs] == tabs
        statements = [claim.statement for claim in ATLAS.claims.values() if claim.subject == subject.id]
        assert [stop for stop in way if stop in statements] == statements
        page.tab_to("Share", "Shift+Tab")
        page.press("Enter")
        page.page.locator("dialog[open]").wait_for()
        assert f"focus={subject.id}&" in page.page.locator("dialog input").first.input_value()
        assert page.page.evaluate("() => Boolean(document.activeElement.closest('dialog'))")
        page.press("Escape")
        page.expect_focused("Share")
        page.tab_to("← All subjects")
        page.press("Enter")
        page.expect_focused(OVERVIEW)


def test_a_reader_with_only_a_keyboard_searches_changes_the_language_and_uses_the_map(visit: Visits) -> None:
    """From one to the next, and out of the map by Escape."""
    page = visit("?lang=en")
    page.tab_to("Search")
    page.page.keyboard.type("Gabala")
    page.page.locator("#cc-hits li").first.wait_for()
    page.press("ArrowDown", "Enter")
    page.expect_focused("Gabala")
    page.tab_to("Русский", "Shift+Tab")
    page.press("Enter")
    page.expect_heading("Габала")
    page.expect_focused("Русский")
    page.tab_to("Габала, город")
    page.press("Home", "Enter")
    line = spoken_names("ru")[0].split(", ")[0]
    page.expect_heading(line)
    assert page.focused == spoken_names("ru")[0]
    page.press("Escape")
    page.expect_focused(line)
    page.expect_focus(ORDER[0])
