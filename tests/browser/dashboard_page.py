"""The dashboard as a reader handles it: the map, the panel, the list and the link."""

from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Frame, Locator, Page, expect

MAP: Final = ".st-key-map iframe"
FOCUSED: Final = """() => {
  let node = document.activeElement;
  while (node.contentDocument) node = node.contentDocument.activeElement;
  const words = node.getAttribute('aria-label') ?? (node === document.body ? 'the page itself' : node.textContent);
  return words.trim().replace(/\\s+/g, ' ');
}"""
"""The words of what has the focus, on the page or in the map's frame."""
MOST_STOPS: Final = 200
"""No part of the page is farther away than so many times Tab."""


class DashboardPage:
    """One open page."""

    def __init__(self, page: Page) -> None:
        """Keep the browser's page."""
        self.page = page

    def wait_until_drawn(self) -> "DashboardPage":
        """Return when the map's lines and names, and the panel, are there."""
        self.map_element.locator(".cc-label:not([hidden])").first.wait_for(state="attached")
        self.heading.wait_for()
        return self

    # The panel.

    @property
    def panel(self) -> Locator:
        """The panel."""
        return self.page.locator(".st-key-panel")

    @property
    def heading(self) -> Locator:
        """The panel's one heading."""
        return self.panel.locator("h2")

    def expect_heading(self, words: str) -> None:
        """Wait until the panel opens with these words."""
        expect(self.heading).to_have_text(words)

    # The link.

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters of the page's address."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.page.url).query).items()}

    def expect_focus(self, focus: str | None) -> None:
        """Wait until the page's address names this thing, or nothing."""
        self.page.wait_for_function("focus => new URLSearchParams(location.search).get('focus') === focus", arg=focus)

    def follow(self, link: str) -> "DashboardPage":
        """Go to another link of the page as going back and forward does, without loading it anew."""
        self.page.evaluate(
            """link => { history.pushState({}, "", link); dispatchEvent(new PopStateEvent("popstate")) }""", link
        )
        return self

    def show(self, link: str) -> "DashboardPage":
        """Show another view, as a click on a link does; the tab too, which else stays as it was."""
        self.page.evaluate(
            """link => {
              const made = document.querySelector(".cc-contents").appendChild(document.createElement("a"));
              made.href = link.includes("tab=") ? link : `${link}&tab=article`;
              made.click();
              made.remove();
            }""",
            link,
        )
        self.page.wait_for_function(
            """link => {
              const shown = new URLSearchParams(location.search);
              const isShown = [...new URLSearchParams(link)].every(([name, value]) => shown.get(name) === value);
              return isShown && window.caspianCorridors.pending === null;
            }""",
            arg=link,
        )
        return self

    # The keyboard, and what a screen reader is told.

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    @property
    def focused(self) -> str:
        """The words of what has the focus now."""
        return str(self.page.evaluate(FOCUSED))

    def expect_focused(self, words: str) -> None:
        """Wait until what has these words has the focus."""
        self.page.wait_for_function(f"words => ({FOCUSED})() === words", arg=words)

    def tab_to(self, words: str, key: str = "Tab") -> list[str]:
        """Press Tab until what begins with these words has the focus; return what had it on the way."""
        way: list[str] = []
        while len(way) < MOST_STOPS:
            self.press(key)
            way.append(self.focused)
            if way[-1].startswith(words):
                return way
        raise AssertionError(f"{words} was not reached by {key}, but {way}")

    def expect_said(self, sentence: str) -> None:
        """Wait until a screen reader has been told this."""
        expect(self.page.locator(".cc-said")).to_have_text(sentence)

    # The map.

    @property
    def map_element(self) -> Any:
        """The map's frame, to look for elements in."""
        return self.page.frame_locator(MAP)

    @property
    def frame(self) -> Frame:
        """The map's frame, to ask its script."""
        return next(frame for frame in self.page.frames if "streamlit_folium" in frame.url)

    def ask_map(self, expression: str, argument: object = None) -> Any:
        """Return what an expression gives in the map's frame, where `map` is the Leaflet map."""
        return self.frame.evaluate(expression, argument)

    def show_on_map(self, path: list[tuple[float, float]]) -> None:
        """Move the map to a stretch of (lon, lat) points, as a reader who zooms in would."""
        corners = [[lat, lon] for lon, lat in path]
        self.ask_map("corners => { map.fitBounds(corners, {animate: false, maxZoom: 12, padding: [60, 60]}) }", corners)

    def point_on_page(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a position stands on the page, in CSS pixels."""
        x, y = self.ask_map(
            "([lat, lon]) => { const p = map.latLngToContainerPoint([lat, lon]); return [p.x, p.y] }",
            [lat, lon],
        )
        box = self.page.locator(MAP).bounding_box()
        assert box
        return box["x"] + x, box["y"] + y

    def click_on_map(self, lon: float, lat: float) -> None:
        """Click a position with the mouse."""
        self.page.mouse.click(*self.point_on_page(lon, lat))

    def map_view(self) -> list[float]:
        """Return the map's centre (lat, lon) and zoom."""
        found: list[float] = self.ask_map("() => [map.getCenter().lat, map.getCenter().lng, map.getZoom()]")
        return found

    def expect_marked(self, *lines: str) -> None:
        """Wait until exactly these lines are marked on the map: drawn once more, wider than all the others."""
        marked = self.map_element.locator("path[class*=chosen-]")
        expect(marked).to_have_count(len(lines))
        for line in lines:
            expect(self.map_element.locator(f"path.chosen-{line}")).to_have_attribute("stroke-width", "6")
