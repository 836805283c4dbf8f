"""The reader's language: where it comes from, what follows it, and that nothing is cut off in it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from dashboard.i18n import LANGUAGES
from tests.browser.conftest import PHONE, Visits, launched
from tests.browser.dashboard_page import DashboardPage


@pytest.mark.parametrize(("wanted", "code"), [("kk-KZ", "kk"), ("az-AZ", "az"), ("zh-CN", "en")])
def test_the_first_language_is_the_browsers_in_the_first_answer_and_on_the_live_page(
    browser: Browser, server: str, wanted: str, code: str
) -> None:
    """A browser of that language asks for it by the same header each time, when it opens the page's socket too."""
    speaking = launched(browser.browser_type, f"--accept-lang={wanted}")
    visits = Visits(speaking, server)
    page = visits()
    page.expect_heading(LANGUAGES[code].say("What connects Kazakhstan and Azerbaijan"))
    page.page.wait_for_function("code => document.documentElement.lang === code", arg=code)
    expect(page.page).to_have_title(LANGUAGES[code].say("Caspian Corridors"))
    answered = page.page.evaluate("() => fetch('/', {cache: 'no-store'}).then(answer => answer.text())")
    assert f'<html lang="{code}">' in answered
    speaking.close()
    assert not visits.troubles


def test_the_link_counts_more_than_the_browser(visit: Visits) -> None:
    page = visit("?lang=tr", locale="ru-RU")
    page.expect_heading(LANGUAGES["tr"].say("What connects Kazakhstan and Azerbaijan"))


def test_the_windows_title_and_the_pages_language_follow_each_choice(visit: Visits) -> None:
    page = visit("?focus=baku&lang=en")
    expect(page.page).to_have_title("Baku · Caspian Corridors")
    for code, title in {"az": "Bakı · Xəzər dəhlizləri", "kk": "Бакы · Каспий дәліздері"}.items():
        page.page.locator(f"[data-language={code}]").click()
        expect(page.page).to_have_title(title)
        page.page.wait_for_function("code => document.documentElement.lang === code", arg=code)
    page.page.locator(".cc-contents a[href*='focus=trade&']").first.click()
    expect(page.page).to_have_title("Екіжақты сауда · Каспий дәліздері")
    page.panel.locator(".cc-back a").click()
    expect(page.page).to_have_title("Каспий дәліздері")


@pytest.mark.parametrize("size", [(1440, 900), PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("code", LANGUAGES)
def test_the_header_has_room_for_the_words_of_each_language(
    shared_pages: Callable[[tuple[int, int]], DashboardPage], code: str, size: tuple[int, int]
) -> None:
    """Name, search, languages and share stand beside or below each other, never upon each other."""
    page = shared_pages(size).show(f"?lang={code}")
    expect(page.page.locator(".cc-header h1")).to_have_text(LANGUAGES[code].say("Caspian Corridors"))
    overlaps = """() => {
      const header = '.cc-header h1, .cc-header p, .cc-search input, .cc-tools a, .cc-share';
      const parts = [...document.querySelectorAll(header)];
      const boxes = parts.map(part => [part.textContent, part.getBoundingClientRect()]);
      const meet = (p, q) =>
        p.left < q.right - 1 && q.left < p.right - 1 && p.top < q.bottom - 1 && q.top < p.bottom - 1;
      return boxes.flatMap(([a, p], i) => boxes.slice(i + 1).filter(([, q]) => meet(p, q)).map(([b]) => `${a} / ${b}`));
    }"""
    assert page.page.evaluate(overlaps) == []
    assert page.page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")


def test_the_names_of_countries_are_put_into_capitals_as_their_language_does(visit: Visits) -> None:
    """The letter i of Turkish keeps its dot; the browser knows that from the page's language."""
    page = visit("?lang=tr")
    kazakhstan = page.map_element.locator(".cc-country", has_text="Kazakistan")
    assert kazakhstan.inner_text() == "KAZAKİSTAN"
    assert page.map_element.locator(".cc-country", has_text="Irak").inner_text() == "IRAK"
