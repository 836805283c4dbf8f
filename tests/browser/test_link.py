"""The link: what is shown stands in it, and opening it restores what was shown."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from dashboard.i18n import LANGUAGES
from geodata import load_atlas
from tests.browser.conftest import PHONE, Visits
from tests.browser.dashboard_page import DashboardPage
from tests.conftest import in_turn

ATLAS = load_atlas()


@pytest.mark.parametrize("focus", ["btc", "rail-agbend-karchivan", "kuryk-port", "kars-224-km-branch"])
def test_a_link_restores_its_view_in_a_fresh_browser(visit: Visits, focus: str) -> None:
    """The same panel, and the thing is in view on the map."""
    page = visit(f"?focus={focus}&lang=en")
    page.expect_focus(focus)
    name = ATLAS.subjects.get(focus) or ATLAS.lines.get(focus) or ATLAS.places.get(focus)
    page.expect_heading(name.name if name else f"Statement {list(ATLAS.claims).index(focus) + 1} of 41")
    if focus in ATLAS.lines:
        page.expect_marked(focus)


def test_a_link_with_a_position_opens_the_map_there(visit: Visits) -> None:
    """Centre and zoom are those of the link."""
    page = visit("?focus=zangezur&lang=ru&map=39.1,46.3,8")
    page.frame.wait_for_function("() => map.getZoom() === 8")
    lat, lon, _zoom = page.map_view()
    assert (round(lat, 1), round(lon, 1)) == (39.1, 46.3)
    page.expect_heading("Зангезурский коридор")


def test_sharing_copies_the_full_address_and_the_address_opens_the_same_view(visit: Visits) -> None:
    """Focus, language and the map's position all survive the round trip."""
    page = visit("?focus=btc&lang=ru", permissions=["clipboard-read", "clipboard-write"])
    page.ask_map("() => { map.setView([40.5, 44.25], 7, {animate: false}) }")
    page.page.locator(".cc-share").click()
    page.page.get_by_text("Адрес скопирован.").wait_for()
    address = page.page.evaluate("() => navigator.clipboard.readText()")
    again = visit(address.split("/")[-1])
    again.frame.wait_for_function("() => map.getZoom() === 7")
    again.expect_heading(page.heading.inner_text())
    assert again.map_view() == pytest.approx(page.map_view(), abs=0.01)
    assert again.parameters["lang"] == "ru"


def test_where_the_clipboard_is_refused_the_address_stands_there_selected(visit: Visits) -> None:
    """The reader can copy it by hand."""
    page = visit("?focus=btc&lang=en")
    page.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')) }")
    page.page.locator(".cc-share").click()
    page.page.get_by_text("Copy the address from here.").wait_for()
    chosen = """() => {
      const field = document.querySelector('dialog input');
      return field.value.slice(field.selectionStart, field.selectionEnd);
    }"""
    assert "focus=btc" in page.page.evaluate(chosen)


def test_reload_back_and_forward_do_what_a_reader_expects(visit: Visits) -> None:
    """Back goes to the thing chosen before, forward returns, reload keeps it."""
    page = visit()
    for subject in ("titr", "btc"):
        page.page.locator(f".cc-contents a[href*='focus={subject}&']").first.click()
        page.expect_focus(subject)
    page.page.go_back()
    page.expect_heading(ATLAS.subjects["titr"].name)
    page.page.go_back()
    page.expect_heading("What connects Kazakhstan and Azerbaijan")
    page.page.go_forward()
    page.page.go_forward()
    page.expect_heading(ATLAS.subjects["btc"].name)
    page.expect_marked("btc-pipeline")
    page.page.reload()
    page.wait_until_drawn()
    page.expect_heading(ATLAS.subjects["btc"].name)


@pytest.mark.parametrize(
    ("link", "notices"),
    [
        ("?focus=nothing-of-the-kind", 1),
        ("?focus=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&lang=%7B%7B7*191%7D%7D&map=%3C/script%3E", 3),
        ("?focus=btc&focus=titr", 1),
        ("?focus=" + "a" * 5000, 1),
        ("?lang=xx", 1),
        ("?map=91,0,5", 1),
        ("?map=nan,50,5", 1),
        ("?utm_source=somebody", 0),
    ],
)
def test_a_broken_link_opens_the_page_with_a_line_for_each_part(visit: Visits, link: str, notices: int) -> None:
    """Nothing of the link is repeated, and nothing in it runs."""
    page = visit(link)
    page.expect_heading("What connects Kazakhstan and Azerbaijan")
    assert page.panel.locator(".cc-notice").count() == notices
    text = page.page.locator("body").inner_text()
    assert "onerror" not in text
    assert "1337" not in text


@pytest.mark.parametrize("size", [(1440, 900), PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize(
    ("focus", "language"),
    [*((None, code) for code in LANGUAGES), *in_turn(["titr", "trade", "rail-agbend-karchivan"])],
)
def test_nothing_is_cut_off(
    shared_pages: Callable[[tuple[int, int]], DashboardPage],
    artefacts: Path,
    language: str,
    size: tuple[int, int],
    focus: str | None,
) -> None:
    """No sideways scrolling, a heading that can be seen, no two names on the map upon each other."""
    page = shared_pages(size).show(f"?lang={language}" + (f"&focus={focus}" if focus else ""))
    page.page.wait_for_function("code => document.documentElement.lang === code", arg=language)
    page.page.screenshot(path=artefacts / f"{focus or 'overview'}-{language}-{size[0]}.png", full_page=True)
    assert page.page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    assert page.heading.is_visible()
    scale = page.map_element.locator(".leaflet-control-scale-line")
    expect(scale).to_contain_text(LANGUAGES[language].say("km"))
    overlaps = """() => {
      const names = [...document.querySelectorAll('.cc-label:not([hidden])')];
      const boxes = names.map(name => [name.textContent, name.getBoundingClientRect()]);
      const meet = (p, q) =>
        p.left < q.right - 1 && q.left < p.right - 1 && p.top < q.bottom - 1 && q.top < p.bottom - 1;
      return boxes.flatMap(([a, p], i) => boxes.slice(i + 1).filter(([, q]) => meet(p, q)).map(([b]) => `${a} / ${b}`));
    }"""
    assert page.ask_map(overlaps) == []
