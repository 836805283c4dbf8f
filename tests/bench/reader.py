"""One reader with a browser of their own: opens the dashboard, clicks lines, and notes what that takes."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import urlsplit

import numpy as np
from playwright.sync_api import BrowserContext, Error, Frame

from dashboard.contents import Teller, panel
from dashboard.i18n import LANGUAGES
from dashboard.view import View
from geodata import Atlas
from geodata.model import Line
from tests.browser.dashboard_page import DashboardPage

PROBE: Final = (Path(__file__).parent / "probe.js").read_text(encoding="utf-8")
PATIENCE_MS: Final = 60_000
HOVER_MS: Final = 150
"""A hand rests on what it is going to click."""
PRESS_MS: Final = 40
"""So long it holds the button."""
QUIET_S: Final = 0.35
"""So long nothing has come over the network when a page is at rest."""


@dataclass(frozen=True)
class Target:
    """Where to click a line on the first view of the map, and what the panel then says."""

    line: str
    at: tuple[float, float]
    heading: str
    words: tuple[str, ...]


def targets(atlas: Atlas, candidates: Iterable[str]) -> tuple[Target, ...]:
    """Return for each subject its candidate line with most room around one of its vertices, clicked there."""
    best: dict[str, tuple[float, Line, tuple[float, float]]] = {}
    for line in (atlas.lines[id_] for id_ in candidates):
        others = [(place.lon, place.lat) for place in atlas.places.values()]
        others += [point for other in atlas.lines.values() if other is not line for point in other.path]
        apart = np.hypot(*(np.array(line.path)[:, None] - np.array(others)).transpose(2, 0, 1)).min(axis=1)
        room = float(apart.max())
        if line.subject not in best or room > best[line.subject][0]:
            best[line.subject] = room, line, line.path[int(apart.argmax())]
    return tuple(target(atlas, line, at) for _, line, at in best.values())


def target(atlas: Atlas, line: Line, at: tuple[float, float]) -> Target:
    """Return a line to click at a position, with what the panel says of it."""
    shown = panel(Teller(atlas, View(line.id, "en"), LANGUAGES["en"]))
    words = [word for claim in shown.claims for word in (claim.statement, claim.quotation)]
    words += [detail.value for detail in shown.details] + [place.name for place in shown.places]
    return Target(line.id, at, shown.name, tuple(words))


@dataclass(frozen=True)
class Click:
    """How long after the button's release the line was drawn as marked, and the panel with all its words."""

    mark_ms: float
    panel_ms: float


class Reader:
    """One page, watched from before its first byte."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        """Open the dashboard in a browser's context, whose cache it fills."""
        self.page = context.new_page()
        self.dashboard = DashboardPage(self.page)
        self.fetched: list[tuple[str, int]] = []
        """Path and bytes, headers and body as transferred, of each request over HTTP."""
        self._last_traffic = time.perf_counter()
        self._devtools = context.new_cdp_session(self.page)
        self._watch()
        self.page.add_init_script(PROBE)
        self.page.goto(f"{address}/?lang=en", wait_until="commit")
        self._origin = float(self.page.evaluate("performance.timeOrigin"))

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, *_: object) -> None:
        self.page.close()

    def _watch(self) -> None:
        paths: dict[str, str] = {}

        def asked(event: dict[str, Any]) -> None:
            url = urlsplit(event["request"]["url"])
            if url.scheme in ("http", "https"):
                paths[event["requestId"]] = url.path

        def answered(event: dict[str, Any]) -> None:
            if event["requestId"] in paths:
                self.fetched.append((paths[event["requestId"]], int(event["encodedDataLength"])))

        def moved(_event: dict[str, Any]) -> None:
            self._last_traffic = time.perf_counter()

        self._devtools.on("Network.requestWillBeSent", asked)
        self._devtools.on("Network.loadingFinished", answered)
        for event in ("requestWillBeSent", "loadingFinished", "webSocketFrameReceived", "webSocketFrameSent"):
            self._devtools.on(f"Network.{event}", moved)
        self._devtools.send("Network.enable")
        self._devtools.send("Performance.enable")

    def rest(self) -> None:
        """Wait until nothing has come over the network for a moment."""
        while time.perf_counter() - self._last_traffic < QUIET_S:
            self.page.wait_for_timeout(50)  # so that the browser's events come in; the silence is what is awaited

    # Coming

    def picture_ms(self) -> float:
        """Return when the server's first picture of the map was drawn, after the navigation began."""
        return self._first(self.page.main_frame, "picture")

    def route_ms(self) -> float:
        """Return when the live map had drawn its first route, after the navigation began."""
        self.dashboard.map_element.locator("path[class*='stroke-']").first.wait_for(state="attached")
        return self._first(self.dashboard.frame, "route")

    def _first(self, frame: Frame, what: str) -> float:
        return cast("float", frame.wait_for_function(f"() => bench.{what}").json_value()) - self._origin

    def interactive_ms(self, target: Target) -> float:
        """Return when a first click, made as soon as a route is drawn and again each second, was answered."""
        self.route_ms()
        for _ in range(PATIENCE_MS // 1000):
            try:
                shown = self._press(target, hover_ms=0, patience_ms=1000)
            except Error:  # the frame is being replaced
                continue
            if shown:
                return shown - self._origin
        raise AssertionError(f"no click on {target.line} was answered")

    # Clicking

    def click(self, target: Target) -> Click:
        """Click a line, and return how long mark and panel took; AssertionError when one did not come."""
        shown = self._press(target, hover_ms=HOVER_MS, patience_ms=PATIENCE_MS)
        marked = self.dashboard.ask_map("() => bench.marked")
        assert shown, f"the panel did not tell of {target.line}"
        assert marked, f"{target.line} was not marked"
        released = self.dashboard.ask_map("() => bench.released")
        return Click(marked - released, shown - released)

    def _press(self, target: Target, *, hover_ms: int, patience_ms: int) -> float | None:
        x, y = self.dashboard.point_on_page(*target.at)
        self.dashboard.ask_map("line => { bench.awaitMark(line) }", target.line)
        arguments = [target.heading, target.words, patience_ms]
        self.page.evaluate("([heading, words, patience]) => { bench.awaitPanel(heading, words, patience) }", arguments)
        self.page.mouse.move(x - 3, y - 3)
        self.page.mouse.move(x, y)
        self.page.wait_for_timeout(hover_ms)  # the hand's own time, a part of what is measured
        self.page.mouse.down()
        self.page.wait_for_timeout(PRESS_MS)  # the hand's own time, too
        self.page.mouse.up()
        return cast("float | None", self.page.evaluate("bench.answer"))

    # What the browser counts

    def busy_ms(self) -> tuple[float, float]:
        """Return the time that the page's main thread has spent so far, on everything and on scripts alone."""
        metrics = {m["name"]: m["value"] for m in self._devtools.send("Performance.getMetrics")["metrics"]}
        return metrics["TaskDuration"] * 1000, metrics["ScriptDuration"] * 1000
