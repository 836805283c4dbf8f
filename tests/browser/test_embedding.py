"""The embedded view: map and panel in another site's page, whose reader's browser keeps no third-party cookies."""

import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, FrameLocator, Page, expect

from dashboard.i18n import LANGUAGES
from geodata import load_atlas
from tests.browser.conftest import PHONE, Visits
from tests.browser.dashboard_page import MAP
from tests.browser.get_browser import find_browser

ATLAS = load_atlas()
LONGEST = max(ATLAS.lines.values(), key=lambda line: line.length_km)
NO_THIRD_PARTY_COOKIES = {"profile": {"block_third_party_cookies": True, "cookie_controls_mode": 1}}
"""Chromium's own setting."""
STORAGE = "() => { try { return window.localStorage && 'open' } catch (error) { return error.name } }"


@contextmanager
def article(body: str) -> Iterator[str]:
    """Yield the address of a page with that body, on another site than the dashboard's localhost."""
    page = f"<!doctype html><html lang='en'><meta charset='utf-8'><title>An article</title>{body}".encode()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/" else 204)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            if self.path == "/":
                self.wfile.write(page)

        def log_message(self, *_words: object) -> None:
            """Say nothing of requests."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def read(browser: Browser, tmp_path: Path) -> Iterator[Callable[[str], Page]]:
    """Yield the way to open an address in a browser that keeps no third-party cookies; no script may fail in it."""
    preferences = tmp_path / "Default/Preferences"
    preferences.parent.mkdir()
    preferences.write_text(json.dumps(NO_THIRD_PARTY_COOKIES), encoding="utf-8")
    context = browser.browser_type.launch_persistent_context(
        tmp_path,
        executable_path=find_browser(),
        args=["--no-sandbox"] if os.geteuid() == 0 else [],
        viewport={"width": 1100, "height": 760},
    )
    context.set_default_timeout(20_000)
    troubles = []

    def note(said: ConsoleMessage) -> None:
        if said.type == "error":
            troubles.append(said.text)

    def open_page(address: str) -> Page:
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(address)
        return page

    yield open_page
    context.close()
    assert not troubles


def embedded(page: Page) -> FrameLocator:
    """Return the embedded view in a page, once its map has been drawn."""
    frame = page.frame_locator("iframe")
    frame.frame_locator(MAP).locator(".cc-label:not([hidden])").first.wait_for(state="attached")
    frame.locator("#first").wait_for(state="detached")
    return frame


def expect_heading(page: FrameLocator | Page, words: str) -> None:
    """Wait until the panel opens with these words."""
    page.locator(".st-key-panel h2", has_text=words).wait_for()


def click_line(page: Page, frame: FrameLocator, lon: float, lat: float) -> None:
    """Click a position on the embedded map with the mouse."""
    inner = next(found for found in page.frames if "streamlit_folium" in found.url)
    find = "([lat, lon]) => { const { x, y } = map.latLngToContainerPoint([lat, lon]); return { x, y } }"
    frame.frame_locator(MAP).locator("#map_div").click(position=inner.evaluate(find, [lat, lon]))


def code_of(visit: Visits, link: str, **options: object) -> str:
    """Return the code that the share dialog offers for a link."""
    page = visit(link, **options).page  # type: ignore[arg-type]
    page.locator(".cc-share").click()
    return page.locator("dialog textarea").input_value()


def russian(line: str) -> str:
    """Return a line's name in Russian."""
    return LANGUAGES["ru"].say_content(line, "name", ATLAS.lines[line].name)


def test_an_embedded_view_works_where_third_party_cookies_are_blocked(
    visit: Visits, read: Callable[[str], Page]
) -> None:
    """The code of the share dialog, pasted into another site's page: drawn, and a click on a line changes the panel."""
    with article(code_of(visit, "?focus=btc&lang=en")) as address:
        page = read(address)
        frame = embedded(page)
        inner = next(found for found in page.frames if "embed=true" in found.url)
        assert inner.evaluate(STORAGE) == "SecurityError"
        expect_heading(frame, ATLAS.subjects["btc"].name)
        click_line(page, frame, *LONGEST.path[len(LONGEST.path) // 2])
        expect_heading(frame, LONGEST.name)
        inner.wait_for_function("id => new URLSearchParams(location.search).get('focus') === id", arg=LONGEST.id)
        assert "embed=true" in inner.url


def test_an_embedded_view_is_map_and_panel_and_a_way_to_the_whole(visit: Visits, read: Callable[[str], Page]) -> None:
    """The whole page opens beside the article, at what the reader has chosen, and is not an embedded one."""
    with article(code_of(visit, "?focus=zangezur&lang=ru")) as address:
        page = read(address)
        frame = embedded(page)
        for absent in (".cc-header", ".cc-search", ".cc-tools", ".cc-contents", ".cc-footer"):
            expect(frame.locator(absent)).to_have_count(0)
        inner = next(found for found in page.frames if "embed=true" in found.url)
        assert inner.evaluate("() => document.querySelector('.stMain').scrollHeight <= innerHeight")
        assert inner.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        section = ATLAS.subjects["zangezur"].lines[0]
        frame.locator(f".st-key-panel a[href*='focus={section}&']").first.click()
        expect_heading(frame, russian(section))
        with page.expect_popup() as opened:
            frame.locator(".cc-way-out a").click()
        whole = opened.value
        expect_heading(whole, russian(section))
        expect(whole.locator(".cc-share")).to_be_visible()
        assert "embed" not in whole.url


def test_an_answer_that_stays_away_leaves_the_embedded_view_embedded(
    visit: Visits, read: Callable[[str], Page]
) -> None:
    """The choice goes into the frame's own link then, which says that it is embedded as before."""
    with article(code_of(visit, "?focus=btc&lang=en")) as address:
        page = read(address)
        frame = embedded(page)
        inner = next(found for found in page.frames if "embed=true" in found.url)
        inner.evaluate("() => { window.caspianCorridors.send = () => {} }")  # a choice that gets lost
        frame.locator(".st-key-panel a[href*='focus=sangachal-terminal']").first.click()
        expect_heading(frame, "Sangachal")
        assert "embed=true" in inner.url
        expect(frame.locator(".cc-header")).to_have_count(0)


@pytest.mark.parametrize("size", [(1440, 900), PHONE], ids=["desktop", "phone"])
def test_the_code_is_copied_and_names_what_it_shows(visit: Visits, size: tuple[int, int]) -> None:
    page = visit("?focus=btc&lang=ru", size, permissions=["clipboard-read", "clipboard-write"]).page
    page.locator(".cc-share").click()
    page.locator("[data-corridors=copy-code]").click()
    page.get_by_text("Код скопирован.").wait_for()
    code = page.evaluate("() => navigator.clipboard.readText()")
    assert code == page.locator("dialog textarea").input_value()
    frame = page.evaluate(
        """code => {
          const frame = new DOMParser().parseFromString(code, "text/html").querySelector("iframe");
          const link = Object.fromEntries(new URL(frame.src).searchParams);
          return { title: frame.title, height: frame.height, link };
        }""",
        code,
    )
    assert frame["title"] == "Нефтепровод Баку – Тбилиси – Джейхан · Каспийские коридоры"
    assert frame["height"] == "600"
    assert frame["link"].keys() == {"focus", "lang", "map", "embed"}
    assert "embed" not in page.locator("dialog input").first.input_value()
