"""Which files the browser fetches: Leaflet, the map's script and style, its data and its words."""

from pathlib import Path
from typing import Final

import streamlit
import xstatic.pkg.leaflet

from dashboard.atlas import ATLAS
from dashboard.contents import Teller
from dashboard.fonts import FACES, font_faces
from dashboard.i18n import LANGUAGES
from dashboard.map.data import map_data, map_words
from dashboard.map.style import colour_rules
from dashboard.published import Published, as_json
from dashboard.view import View
from geodata import load_base_map

ASSETS: Final = Path(__file__).parent / "assets"
BASE_MAP: Final = load_base_map()
LEAFLET: Final = Path(xstatic.pkg.leaflet.BASE_DIR)
MEDIA: Final = Path(streamlit.__file__).parent / "static/static/media"
PAGE_FONT: Final = "SourceSansVF-Upright.*.woff2"
"""The font that Streamlit gives the page."""
TO_ROOT: Final = "../../"
"""From the map's frame, and from a published file, to the server's root, under any base path."""
FONTS: Final = {face: Published(face.file.name, face.file.read_bytes()) for face in FACES}


def fonts(to_root: str) -> str:
    """Return the style rules that give a page of its own the dashboard's fonts; to_root leads to the server's root."""
    (page_font,) = MEDIA.glob(PAGE_FONT)
    return (
        f'@font-face{{font-family:"Source Sans";font-weight:200 900;font-display:swap;'
        f'src:url("{to_root}static/media/{page_font.name}") format("woff2")}}\n'
        + font_faces(lambda face: to_root + FONTS[face].address)
    )


def _words(code: str) -> Published:
    teller = Teller(ATLAS, View(None, code), LANGUAGES[code])
    return as_json(f"words-{code}.json", map_words(teller))


MAP_SCRIPT: Final = Published(
    "map.js", (LEAFLET / "leaflet.js").read_bytes() + b"\n" + (ASSETS / "map.js").read_bytes()
)
"""Leaflet and our script in one request."""
MAP_STYLE: Final = Published(
    "map.css",
    (LEAFLET / "leaflet.css").read_bytes()
    + f"{fonts(TO_ROOT)}{colour_rules()}\n".encode()
    + (ASSETS / "map.css").read_bytes(),
)
DATA: Final = as_json("map.json", map_data(ATLAS))
LAND: Final = Published("land.geojson", BASE_MAP["land.geojson"])
LAKES: Final = Published("lakes.geojson", BASE_MAP["lakes.geojson"])
ICON: Final = Published("icon.svg", (ASSETS / "icon.svg").read_bytes())
CHOICES_SCRIPT: Final = Published(
    "choices.js", b"\n".join((ASSETS / f"{name}.js").read_bytes() for name in ("attention", "choices", "ahead"))
)
"""One module of several files, in one request."""
PLACE_SCRIPT: Final = Published("place.js", (ASSETS / "place.js").read_bytes())
PANEL_SCRIPT: Final = Published("panel.js", (ASSETS / "panel.js").read_bytes())
CONNECTION_SCRIPT: Final = Published("connection.js", (ASSETS / "connection.js").read_bytes())
PRINT_SCRIPT: Final = Published("print.js", (ASSETS / "print.js").read_bytes())
PRINT_STYLE: Final = Published("print.css", (ASSETS / "print.css").read_bytes())
SEARCH_SCRIPT: Final = Published("search.js", (ASSETS / "search.js").read_bytes())
WORDS: Final = {code: _words(code) for code in LANGUAGES}

FILES: Final = (
    MAP_SCRIPT,
    MAP_STYLE,
    DATA,
    LAND,
    LAKES,
    ICON,
    CHOICES_SCRIPT,
    PLACE_SCRIPT,
    PANEL_SCRIPT,
    CONNECTION_SCRIPT,
    SEARCH_SCRIPT,
    PRINT_SCRIPT,
    PRINT_STYLE,
    *WORDS.values(),
    *FONTS.values(),
)


def from_map_frame(file: Published) -> str:
    """Return the file's address as the map's frame sees it."""
    return TO_ROOT + file.address


def component_script(file: Published) -> str:
    """Return a script that runs a published one as a component of the page.

    Streamlit sends a component's script with every run, so that it had better be one line.
    """
    return f"""export default async (component) =>
      (await import(new URL("{file.address}", document.baseURI))).default(component);"""


MAP_ADDRESSES: Final[dict[str, object]] = {
    "data": from_map_frame(DATA),
    "land": from_map_frame(LAND),
    "lakes": from_map_frame(LAKES),
    "words": {code: from_map_frame(file) for code, file in WORDS.items()},
}
