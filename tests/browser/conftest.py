"""The server and the browser that these tests share, and the rules that hold in all of them."""

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    BrowserType,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

from tests.browser.dashboard_page import DashboardPage
from tests.browser.get_browser import find_browser
from tests.browser.servers import ROOT, Server

ARTEFACTS: Final = ROOT / "tests/artefacts"
DESKTOP: Final = (1440, 900)
PHONE: Final = (390, 844)
PATIENCE: Final = 60_000
"""Milliseconds until a condition that a test waits for is given up; a busy machine is slow."""
REPORT: Final = """
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile }) =>
  console.error(`against the policy: ${violatedDirective} ${blockedURI} ${sourceFile}`));
"""
"""Says aloud, in each frame, whatever the Content-Security-Policy forbade."""
PHONE_TRAITS: Final = {"is_mobile": True, "has_touch": True, "device_scale_factor": 2}


@pytest.fixture(scope="session")
def server(served: Server) -> str:
    """Return the address of a server of our own."""
    return served.address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Yield a headless Chromium."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = launched(playwright.chromium)
        yield browser
        browser.close()


def launched(kind: BrowserType, *arguments: str) -> Browser:
    """Return another headless Chromium, started with these arguments."""
    executable = find_browser()
    assert executable, "no browser; run make test, which gets one"
    # As root, which is how containers run, Chromium starts only without its sandbox.
    own = ["--no-sandbox"] if os.geteuid() == 0 else []
    return kind.launch(executable_path=executable, args=[*own, *arguments])


class Visits:
    """Opens pages and notes whatever goes wrong in them."""

    def __init__(self, browser: Browser, server: str) -> None:
        """Start with no page open."""
        self.browser = browser
        self.server = server
        self.contexts: list[BrowserContext] = []
        self.troubles: list[str] = []

    def __call__(self, link: str = "", size: tuple[int, int] = DESKTOP, **options: Any) -> DashboardPage:
        """Open the dashboard at a link, in a browser that has never been there."""
        width, height = size
        phone: dict[str, Any] = PHONE_TRAITS if size == PHONE else {}
        context = self.browser.new_context(viewport={"width": width, "height": height}, **(phone | options))
        context.set_default_timeout(PATIENCE)
        context.add_init_script(REPORT)
        self.contexts.append(context)
        page = context.new_page()
        self._watch(page)
        page.goto(self.server + "/" + link)
        return DashboardPage(page).wait_until_drawn()

    def _watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.troubles.append(f"script error: {error}"))
        page.on("console", self._note_console)
        page.on("request", self._note_stranger)
        page.on("requestfailed", self._note_failure)
        page.on("response", self._note_refusal)

    def _note_console(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.troubles.append(f"console: {said.text}")

    def _note_refusal(self, answer: Response) -> None:
        if answer.status >= 400:
            self.troubles.append(f"{answer.status} {answer.url}")

    def _note_failure(self, request: Request) -> None:
        # A page that is closed or reloaded gives up what it was still asking for.
        if request.failure != "net::ERR_ABORTED":
            self.troubles.append(f"failed: {request.url}: {request.failure}")

    def _note_stranger(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != urlsplit(self.server).netloc:
            self.troubles.append(f"request to another host: {request.url}")

    def close(self) -> None:
        """Close every page."""
        for context in self.contexts:
            context.close()


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Visits]:
    """Yield the way to open pages; afterwards nothing may have gone wrong in any of them."""
    visits = Visits(browser, server)
    yield visits
    visits.close()
    assert not visits.troubles


@pytest.fixture(scope="module")
def shared_pages(browser: Browser, server: str) -> Iterator[Callable[[tuple[int, int]], DashboardPage]]:
    """Yield the way to a page of a size that all tests of a module share; afterwards nothing may have gone wrong."""
    visits = Visits(browser, server)
    yield cache(lambda size: visits("?lang=en", size))
    visits.close()
    assert not visits.troubles


@pytest.fixture(scope="module")
def shared_page(shared_pages: Callable[[tuple[int, int]], DashboardPage]) -> DashboardPage:
    """Return the page before a mouse that all tests of a module share."""
    return shared_pages(DESKTOP)


@pytest.fixture(scope="session")
def artefacts() -> Path:
    """Return the folder that keeps the screenshots."""
    ARTEFACTS.mkdir(exist_ok=True)
    return ARTEFACTS
