"""Whatever language and time zone the browser lives in: the same ids, numbers and links."""

import pytest

from tests.browser.conftest import Visits
from tests.browser.dashboard_page import DashboardPage

LINK = "?focus=trade&lang=en&tab=others&map=40.5,49.25,6.5"
LOCALES = {
    "tr-TR": "Europe/Istanbul",
    "ar-EG": "Africa/Cairo",
    "zh-CN": "Asia/Shanghai",
    "fa-IR": "Asia/Tehran",
    "en-CA": "America/St_Johns",
}


def what_is_shown(page: DashboardPage) -> dict[str, object]:
    """Return the words, links and positions of the page, as a reader and a program see them."""
    page.page.wait_for_function("() => document.querySelector('.st-key-panel table') !== null")
    page.frame.wait_for_function("() => map.getZoom() === 6.5")
    page.page.locator("input[role=combobox]").fill("IGDIR")
    hits = page.page.locator("#cc-hits li")
    hits.first.wait_for()
    return {
        "panel": page.panel.inner_text(),
        "list": page.page.locator(".cc-contents").inner_text(),
        "links": page.page.evaluate("() => [...document.querySelectorAll('a')].map(link => link.getAttribute('href'))"),
        "hits": hits.all_inner_texts(),
        "map": page.map_view(),
        "names": page.map_element.locator(".cc-label").all_inner_texts(),
        "scale": page.map_element.locator(".leaflet-control-scale-line").inner_text(),
    }


@pytest.mark.parametrize(
    "locale", ["tr-TR", *(pytest.param(code, marks=pytest.mark.soak) for code in LOCALES if code != "tr-TR")]
)
def test_a_browser_elsewhere_shows_the_same(visit: Visits, locale: str) -> None:
    """Here an i is no longer an I, numbers may be written with other digits, and the day is another one."""
    usual = what_is_shown(visit(LINK, locale="en-GB", timezone_id="UTC"))
    assert what_is_shown(visit(LINK, locale=locale, timezone_id=LOCALES[locale])) == usual
