"""What the visitor looks at, and its form in the link.

The link is the state: it is read at each run, so that any server can answer any reader.
It holds ids and numbers only, never labels; what it does not know is left out and named.
"""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final
from urllib.parse import urlencode

from dashboard.map.style import Theme

LONGEST_VALUE: Final = 60
"""Characters; no id and no position on the map is longer."""
LOWEST_ZOOM: Final = 3.0
HIGHEST_ZOOM: Final = 12.0
EMBEDDED: Final = ("embed", "true")
"""The parameter of a page within another one, and its value.

They are Streamlit's: it keeps them in the link through every choice, and shows them to nobody.
"""
NUMBER: Final = re.compile(r"-?\d{1,3}(\.\d{1,6})?", re.ASCII)


class Tab(StrEnum):
    """A tab of the panel of a subject or line."""

    ARTICLE = "article"
    OTHERS = "others"
    SOURCES = "sources"


@dataclass(frozen=True)
class MapView:
    """Centre (degrees) and zoom of the map."""

    lat: float
    lon: float
    zoom: float

    def __str__(self) -> str:
        """Return the form in the link: latitude, longitude, zoom."""
        return f"{self.lat:.4f},{self.lon:.4f},{self.zoom:g}"


@dataclass(frozen=True)
class View:
    """The chosen thing (an id, or None for the overview), the language, where the map stands, the tab, the colours."""

    focus: str | None
    language: str
    map: MapView | None = None
    tab: Tab = Tab.ARTICLE
    theme: Theme | None = None
    """Which the link asks for; the links on the page do not pass it on."""

    def choose(self, focus: str | None) -> "View":
        """Return this view with another thing chosen; the map stays where the reader put it."""
        return replace(self, focus=focus, map=None)

    def turn_to(self, tab: Tab) -> "View":
        """Return this view with another tab of the panel."""
        return replace(self, tab=tab, map=None)

    def speak(self, language: str) -> "View":
        """Return this view in another language."""
        return replace(self, language=language)

    @property
    def parameters(self) -> dict[str, str]:
        """The link's parameters; the language is always written out."""
        tab = None if self.tab is Tab.ARTICLE else self.tab.value
        found = {"focus": self.focus, "lang": self.language, "tab": tab, "map": self.map and str(self.map)}
        return {name: value for name, value in found.items() if value}

    @property
    def link(self) -> str:
        """The link, relative to the page; where it names no tab, a reader stays on the tab that is open."""
        return "?" + urlencode(self.parameters, safe=",")

    @property
    def full_link(self) -> str:
        """The link with its tab written out, even where that is the first one."""
        return "?" + urlencode(self.parameters | {"tab": self.tab}, safe=",")


class Part(StrEnum):
    """A parameter of the link."""

    FOCUS = "focus"
    LANGUAGE = "lang"
    MAP = "map"
    TAB = "tab"
    THEME = "theme"


def asks_for_embedding(parameters: Iterable[tuple[str, str]]) -> bool:
    """Return whether the link's parameters, as (name, value), ask for the page that stands within another one."""
    return any((name.lower(), value.lower()) == EMBEDDED for name, value in parameters)


def read_view(
    parameters: Mapping[str, Sequence[str]],
    *,
    known: Container[str],
    languages: Container[str],
    preferred_language: str,
) -> tuple[View, tuple[Part, ...]]:
    """Return the view that the link's parameters ask for, and the parts of it that were ignored.

    A part is ignored when it is given twice, is too long, or is no known id, language or
    position on Earth. Parameters of other names are nobody's business here.
    """
    ignored: list[Part] = []

    def single(part: Part) -> str | None:
        values = parameters.get(part, ())
        if len(values) == 1 and 0 < len(values[0]) <= LONGEST_VALUE:
            return values[0]
        if values:
            ignored.append(part)
        return None

    focus = single(Part.FOCUS)
    if focus is not None and focus not in known:
        ignored.append(Part.FOCUS)
        focus = None
    language = single(Part.LANGUAGE)
    if language is not None and language not in languages:
        ignored.append(Part.LANGUAGE)
        language = None
    position = single(Part.MAP)
    map_view = _read_map_view(position) if position is not None else None
    if position is not None and map_view is None:
        ignored.append(Part.MAP)
    tab = single(Part.TAB)
    if tab is not None and tab not in set(Tab):
        ignored.append(Part.TAB)
        tab = None
    theme = single(Part.THEME)
    if theme is not None and theme not in set(Theme):
        ignored.append(Part.THEME)
        theme = None
    view = View(
        focus, language or preferred_language, map_view, Tab(tab or Tab.ARTICLE), Theme(theme) if theme else None
    )
    return view, tuple(ignored)


def _read_map_view(text: str) -> MapView | None:
    """Return the position that the text names, or None where it is none on Earth."""
    numbers = text.split(",")
    if len(numbers) != 3 or not all(NUMBER.fullmatch(number) for number in numbers):
        return None
    lat, lon, zoom = map(float, numbers)
    # The map is drawn in the Mercator projection, which ends at 85 degrees.
    if abs(lat) > 85 or abs(lon) > 180 or not LOWEST_ZOOM <= zoom <= HIGHEST_ZOOM:
        return None
    return MapView(lat, lon, zoom)
