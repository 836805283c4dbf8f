"""How things look on the map: one table, from which the map and its legend are drawn.

Colours are Paul Tol's and Okabe–Ito's, chosen so that the subjects stay apart for
colour-blind readers; a status is told by the pattern of the line, never by colour alone.
Widths and dashes are in pixels.
"""

from typing import Final

from geodata.model import Status

SUBJECT_COLOURS: Final = {
    "titr": "#12708a",
    "caspian-ports": "#1f2d3a",
    "btc": "#b03a2e",
    "kars-nakhchivan": "#6a4c93",
    "zangezur": "#b8860b",
    "digital-silk-road": "#3f6fd8",
    "dunga": "#7a4b22",
    "caspian-division": "#3d5a6c",
    "trade": "#4a4a4a",
    "visit": "#4a4a4a",
    "ots": "#4a4a4a",
}

LINE_WIDTH: Final = 3.0
CHOSEN_WIDTH: Final = 6.0
CASING_WIDTH: Final = 2.5
"""White on each side of a line."""
POINTER_WIDTH: Final = 22
"""Width of the invisible line that takes the pointer."""
PLACE_POINTER_RADIUS: Final = 11

DASHES: Final[dict[Status, str | None]] = {
    Status.OPERATING: None,
    Status.CONSTRUCTION: "9 6",
    Status.PLANNED: "0.1 6",
    Status.ANNOUNCED: "0.1 13",
}
"""A stroke of almost no length with round ends is a dot."""

LAND: Final = "#f7f4ea"
WATER: Final = "#d3e4ea"
BORDER: Final = "#cfc7b4"
COAST: Final = "#a9bfc8"
INK: Final = "#1b2a34"
TOWN: Final = "#56616b"
ACCENT: Final = "#0b5f7c"

PLACE_RADIUS: Final = {1: 3.2, 2: 2.8, 3: 2.4}
"""By prominence."""
PORT_RADIUS: Final = 5.5


def subject_rules() -> str:
    """Return the style rules that give each subject's entries on the page its colour."""
    return "".join(f'[data-subject="{id_}"]{{--subject:{colour}}}' for id_, colour in SUBJECT_COLOURS.items())


def style_table() -> dict[str, object]:
    """Return the table as the browser wants it."""
    return {
        "subjects": SUBJECT_COLOURS,
        "dashes": {status.value: dash for status, dash in DASHES.items()},
        "width": LINE_WIDTH,
        "chosenWidth": CHOSEN_WIDTH,
        "casing": CASING_WIDTH,
        "pointer": POINTER_WIDTH,
        "placePointer": PLACE_POINTER_RADIUS,
        "placeRadius": PLACE_RADIUS,
        "portRadius": PORT_RADIUS,
        "land": LAND,
        "water": WATER,
        "border": BORDER,
        "coast": COAST,
        "ink": INK,
        "town": TOWN,
        "accent": ACCENT,
    }
