"""axe-core on every view: no violation of WCAG 2.0, 2.1 and 2.2, level A and AA, nor of what axe calls best practice.

It runs in the page and in the map's frame, in two languages, on a desktop and on a phone.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Visits
from tests.browser.dashboard_page import DashboardPage

AXE: Final = Axe()
TAGS: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
OPTIONS: Final = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},  # off by itself, though WCAG 2.2 asks for it
    "resultTypes": ["violations"],
}


@dataclass(frozen=True)
class Look:
    """In what way a reader looks at the page."""

    language: str
    size: tuple[int, int]
    theme: Literal["light", "dark"]


LOOKS: Final = {
    f"{language}-{device}-{theme}": Look(language, size, theme)
    for language in ("en", "ru")
    for device, size in {"desktop": DESKTOP, "phone": PHONE}.items()
    for theme in ("light", "dark")
}
AT_EACH_CHANGE: Final = {"en-desktop-light", "ru-phone-dark"}
"""Each language, device and theme; how else they meet follows in the long run."""
looks = [
    pytest.param(look, id=name, marks=[] if name in AT_EACH_CHANGE else pytest.mark.soak)
    for name, look in LOOKS.items()
]

BARE_MAIN: Final = ("aria-allowed-role", "#stMain")
UPSTREAM: Final = {
    BARE_MAIN: "Best practice only, no criterion of WCAG. Streamlit 1.67 puts all that an app draws into one <main>, "
    "header and footer too, and offers no way to say which part is which. So its <main> is given no role, and the map "
    "with the panel that of main; HTML does not provide for that, yet browsers follow it. No issue about it was found "
    "in Streamlit's tracker.",
}
"""What Streamlit causes and we cannot change: rule, element, and why it stays. Nothing else is let pass."""


def untouched(page: DashboardPage) -> None:
    """Leave the view as the link opens it."""


def search(page: DashboardPage) -> None:
    """Search, and stand on the first hit."""
    page.page.locator("input[role=combobox]").fill("Baku")
    page.page.locator("#cc-hits li").first.wait_for()
    page.page.keyboard.press("ArrowDown")


def search_in_vain(page: DashboardPage) -> None:
    """Search for what is not there."""
    page.page.locator("input[role=combobox]").fill("qqqqq")
    expect(page.page.locator(".cc-nothing")).not_to_be_empty()


def share(page: DashboardPage) -> None:
    """Open the dialog."""
    page.page.locator(".cc-share").click()
    page.page.locator("dialog[open]").wait_for()


def unfold(page: DashboardPage) -> None:
    """Open whatever is folded, in the panel and on the map."""
    for frame in page.page.frames:
        frame.evaluate("() => document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")


def stand_on_the_map(page: DashboardPage) -> None:
    """Go through the map by keyboard."""
    page.map_element.locator("[role=option][tabindex='0']").focus()
    page.page.keyboard.press("PageDown")
    page.map_element.locator(".cc-ring").first.wait_for()


def wait_for_the_chart(page: DashboardPage) -> None:
    """Wait until the picture is drawn."""
    page.panel.locator("[data-testid=stVegaLiteChart] svg").first.wait_for()


def tidy(page: DashboardPage) -> None:
    """Put away what an earlier view has opened."""
    page.page.evaluate("() => document.querySelector('dialog')?.close()")
    page.page.locator("input[role=combobox]").fill("")


VIEWS: Final[dict[str, tuple[str, Callable[[DashboardPage], None]]]] = {
    "overview": ("", untouched),
    "subject, the article": ("focus=titr", unfold),
    "subject, other sources": ("focus=trade&tab=others", wait_for_the_chart),
    "subject, other sources unfolded": ("focus=caspian-ports&tab=others", unfold),
    "subject, sources and method": ("focus=btc&tab=sources", unfold),
    "line": ("focus=rail-agbend-karchivan", unfold),
    "place": ("focus=aktau-port", unfold),
    "statement": ("focus=kars-224-km-branch", unfold),
    "fact": ("focus=titr-length-rail", unfold),
    "difference": ("focus=difference-a1", untouched),
    "document": ("focus=zakon-kz-2025-10-21", untouched),
    "the article": ("focus=article", untouched),
    "where sources differ": ("focus=differences", untouched),
    "sources and method": ("focus=method", untouched),
    "search": ("", search),
    "search in vain": ("", search_in_vain),
    "share": ("focus=btc", share),
    "map by keyboard": ("", stand_on_the_map),
    "map unfolded": ("", unfold),
}
OPENED: Final = {"overview": "", "notice": "focus=nothing-of-the-kind", "embedded": "focus=btc&embed=true"}
"""What a link opens, before anything has been chosen."""


def violations(page: Page) -> dict[tuple[str, str], str]:
    """Return what is wrong with each element that breaks a rule, by rule and element, wherever it stands."""
    for frame in page.frames:
        if not frame.evaluate("() => 'axe' in window"):  # twice there, it would answer itself twice, and so on
            frame.evaluate(AXE.axe_script)  # from the page, axe asks itself in the frames
    found: dict[str, Any] = AXE.run(page, options=OPTIONS).response
    return {
        (rule["id"], " ".join(node["target"])): f"{rule['help']}: {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    }


def ours(found: dict[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """Return what is wrong without what Streamlit causes."""
    return {place: why for place, why in found.items() if place not in UPSTREAM}


@pytest.fixture(scope="module", params=looks)
def looked_at(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[tuple[Look, DashboardPage]]:
    """Yield one page for all views of a look; afterwards nothing may have gone wrong in it."""
    look: Look = request.param
    visits = Visits(browser, server)
    yield look, visits(f"?lang={look.language}", look.size, color_scheme=look.theme)
    visits.close()
    assert not visits.troubles


@pytest.mark.parametrize("view", VIEWS)
def test_no_rule_of_accessibility_is_broken(looked_at: tuple[Look, DashboardPage], view: str) -> None:
    """On each view, as it comes after a choice and with what can be unfolded."""
    look, page = looked_at
    link, handle = VIEWS[view]
    tidy(page)
    handle(page.show(f"?lang={look.language}&{link}"))
    assert ours(violations(page.page)) == {}


@pytest.mark.parametrize("link", OPENED.values(), ids=OPENED)
@pytest.mark.parametrize("look", looks)
def test_what_a_link_opens_breaks_no_rule(visit: Visits, look: Look, link: str) -> None:
    """The same, as the page was loaded."""
    page = visit(f"?lang={look.language}&{link}", look.size, color_scheme=look.theme)
    assert ours(violations(page.page)) == {}


@pytest.mark.parametrize("look", looks)
def test_the_first_answer_breaks_no_rule_either(browser: Browser, server: str, look: Look) -> None:
    """It is all that a reader has while Streamlit's scripts do not come."""
    width, height = look.size
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=look.theme)
    context.route("**/static/js/**", lambda route: route.abort())
    page = context.new_page()
    page.goto(f"{server}/?focus=btc&lang={look.language}")
    page.locator("#first .cc-early h2").wait_for()
    assert violations(page) == {}
    context.close()


def test_what_is_let_pass_is_still_there(looked_at: tuple[Look, DashboardPage]) -> None:
    """Or else it must go from the list."""
    _, page = looked_at
    assert UPSTREAM.keys() <= violations(page.page).keys()
