"""How things look: one table of colours and strokes, from which the page, the map and its pictures are drawn.

Each colour has a light and a dark form. A subject's colour stands out from land and water in
both, and from every other subject's for colour-blind readers too; a status is told by the
pattern of the line, never by colour alone. Widths and dashes are in pixels.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from geodata.model import Status


class Theme(StrEnum):
    """What the colours are made for."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Colour:
    """A colour in each theme, as six hexadecimal digits."""

    light: str
    dark: str

    def under(self, theme: Theme) -> str:
        """Return the colour in a theme."""
        return self.light if theme is Theme.LIGHT else self.dark


COLOURS: Final = {
    # The page.
    "paper": Colour("#fdfcf8", "#161b1f"),
    "tint": Colour("#f1eee3", "#222a2f"),
    "field": Colour("#ffffff", "#1b2125"),
    "ink": Colour("#1b2a34", "#e9e4d8"),
    "quiet": Colour("#58636d", "#a7b0b6"),
    "accent": Colour("#0b5f7c", "#74c4dc"),
    "on-accent": Colour("#ffffff", "#0b1d24"),
    "rule": Colour("#ddd6c5", "#374046"),
    "edge": Colour("#857f6f", "#77828a"),
    "stripe": Colour("#e4dfce", "#2f393f"),
    "quotation": Colour("#3d4a55", "#c9ccc9"),
    "caution": Colour("#fbf3e0", "#2c2617"),
    "caution-rule": Colour("#d9b65c", "#8a7136"),
    "caution-ink": Colour("#7a5200", "#e6c67a"),
    "shade": Colour("#141e28", "#000000"),
    # The map.
    "land": Colour("#f7f4ea", "#252a2b"),
    "water": Colour("#d3e4ea", "#0f212b"),
    "border": Colour("#cfc7b4", "#454d51"),
    "coast": Colour("#a9bfc8", "#3d535e"),
    "aside": Colour("#757c7f", "#747d81"),
    "casing": Colour("#ffffff", "#0b1013"),
    "place": Colour("#ffffff", "#0b1013"),
    "town": Colour("#56616b", "#b4bcc1"),
    "country": Colour("#6b614c", "#a89f89"),
    "sea": Colour("#30627a", "#86b4c8"),
}
"""By role. `on-accent` is text on the accent, `edge` the rim of what can be filled in or switched;
lines beside the chosen one fade towards `aside`."""

SUBJECTS: Final = {
    "titr": Colour("#3f8195", "#7ec5ca"),
    "caspian-ports": Colour("#1f2d3a", "#d5dde3"),
    "btc": Colour("#a03d3c", "#f1563a"),
    "kars-nakhchivan": Colour("#673785", "#cca4ff"),
    "zangezur": Colour("#9a7011", "#e6b94c"),
    "digital-silk-road": Colour("#0150da", "#5382ff"),
    "dunga": Colour("#5a2c03", "#b28b73"),
    "caspian-division": Colour("#3d5a6c", "#9db4c2"),
    "trade": Colour("#4a4a4a", "#b3b0aa"),
    "visit": Colour("#4a4a4a", "#b3b0aa"),
    "ots": Colour("#4a4a4a", "#b3b0aa"),
}
"""By id. Those that have no line or area on the map may share a colour: their names stand beside it."""

LINE_WIDTH: Final = 3.0
CHOSEN_WIDTH: Final = 6.0
FAINT_WIDTH: Final = 2.2
FAINT_SHARE: Final = 0.5
"""How much of its own colour a line keeps beside the chosen one; enough to be told by the legend."""
CASING_WIDTH: Final = 2.5
"""On each side of a line, in the colour of the casing."""
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

# The light forms by name, for pictures that have no page around them.
SUBJECT_COLOURS: Final = {id_: colour.light for id_, colour in SUBJECTS.items()}
LAND: Final = COLOURS["land"].light
WATER: Final = COLOURS["water"].light
BORDER: Final = COLOURS["border"].light
COAST: Final = COLOURS["coast"].light
INK: Final = COLOURS["ink"].light
TOWN: Final = COLOURS["town"].light
ACCENT: Final = COLOURS["accent"].light
CASING: Final = COLOURS["casing"].light

PLACE_RADIUS: Final = {1: 3.2, 2: 2.8, 3: 2.4}
"""By prominence."""
PORT_RADIUS: Final = 5.5


def var(name: str) -> str:
    """Return a colour of the table as a style or an SVG attribute names it, so that it follows the theme."""
    if name not in COLOURS:
        raise ValueError(f"{name} is no colour of the table in dashboard/map/style.py")
    return f"var(--{name})"


def subject_var(id_: str) -> str:
    """Return a subject's colour as a style or an SVG attribute names it."""
    return f"var(--subject-{id_})"


def faint(id_: str, theme: Theme) -> str:
    """Return the colour of a subject's line beside the chosen one, as six hexadecimal digits."""
    own, aside = SUBJECTS[id_].under(theme), COLOURS["aside"].under(theme)
    channels = ((int(own[at : at + 2], 16), int(aside[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a * FAINT_SHARE + b * (1 - FAINT_SHARE)):02x}" for a, b in channels)


def faint_var(subject: str) -> str:
    """Return the same for a style or an SVG attribute, given how they name the subject's colour."""
    return f"color-mix(in srgb,{subject} {FAINT_SHARE:.0%},{var('aside')})"


def _properties(theme: Theme) -> str:
    named: Iterable[tuple[str, Colour]] = (
        *COLOURS.items(),
        *((f"subject-{id_}", colour) for id_, colour in SUBJECTS.items()),
    )
    return f"color-scheme:{theme};" + ";".join(f"--{name}:{colour.under(theme)}" for name, colour in named)


def colour_rules() -> str:
    """Return the table as style rules: light; dark on a screen where `data-theme` or, without it, the device asks.

    Each subject's entries on the page are given its colour, as `--subject`.
    """
    dark = _properties(Theme.DARK)
    subjects = "".join(f'[data-subject="{id_}"]{{--subject:{subject_var(id_)}}}' for id_ in SUBJECTS)
    return (
        f":root{{{_properties(Theme.LIGHT)}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme]){{{dark}}}}}"
        f"@media screen{{:root[data-theme=dark]{{{dark}}}}}{subjects}"
    )


def light_rules(selector: str) -> str:
    """Return the table's light forms as a style rule, for what is never dark."""
    return f"{selector}{{{_properties(Theme.LIGHT)}}}"


def style_table() -> dict[str, object]:
    """Return the table as the map's script wants it; colours by the names under which its style sheet has them."""
    return {
        "subjects": {id_: subject_var(id_) for id_ in SUBJECTS},
        "faintSubjects": {id_: faint_var(subject_var(id_)) for id_ in SUBJECTS},
        "dashes": {status.value: dash for status, dash in DASHES.items()},
        "width": LINE_WIDTH,
        "chosenWidth": CHOSEN_WIDTH,
        "faintWidth": FAINT_WIDTH,
        "casing": CASING_WIDTH,
        "pointer": POINTER_WIDTH,
        "placePointer": PLACE_POINTER_RADIUS,
        "placeRadius": PLACE_RADIUS,
        "portRadius": PORT_RADIUS,
        "casingColour": var("casing"),
        **{name: var(name) for name in ("ink", "accent", "town", "place")},
    }
