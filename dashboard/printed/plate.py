"""The map on paper, as SVG: what the link shows, or what is chosen with its surroundings; with scale and north."""

import math
from dataclasses import dataclass
from typing import Final

from dashboard.contents import Teller
from dashboard.i18n import formats
from dashboard.map.style import INK
from dashboard.previews.drawing import drawn_map, points_shown
from dashboard.previews.framing import CLOSEST_TO_LINES, CLOSEST_TO_PLACES, Frame, Margins, around, fit
from dashboard.previews.lettering import Face, Type
from dashboard.previews.names import Box
from dashboard.previews.svg import element

WIDTH: Final = 1500
HEIGHT: Final = 870
"""Of the drawing, which becomes as wide as the text on the page: 174 mm."""
LARGER: Final = WIDTH / 1200
"""Than a preview, in which names and lines are as wide in pixels."""
MARGINS: Final = Margins(left=150, top=110, right=150, bottom=110)
USUAL_WIDTH: Final = 900
"""Pixels of the live map on which a reader took the link."""
WORLD: Final = 256
"""Pixels of 360 degrees on the live map at zoom 0."""

INSET: Final = 26
"""From the map's edge to what is drawn over it."""
LONGEST_BAR: Final = 300
TALLEST_ARROW: Final = 58
KM_PER_DEGREE: Final = 111.32
"""Of longitude, at the equator."""
WORDS: Final = Type(Face.SANS, 20)
LETTER: Final = Type(Face.SANS, 24, 600)


def plate(teller: Teller, *, land: str, lakes: str) -> str:
    """Return the map of the teller's view, WIDTH × HEIGHT; land and lakes are GeoJSON."""
    frame = frame_of(teller)
    scale, scale_box = _scale(teller, frame)
    north, north_box = _north(teller)
    return element(
        "svg",
        drawn_map(teller, frame, land=land, lakes=lakes, taken=(scale_box, north_box)),
        scale,
        north,
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        aria_label=teller.say("Map of the corridors"),
    )


def frame_of(teller: Teller) -> Frame:
    """Return the stretch of the map that is printed: where the link puts the map, or else around what is chosen."""
    where = teller.view.map
    if where is not None:
        scale = WORLD * 2**where.zoom / 360 * WIDTH / USUAL_WIDTH
        return around(where.lon, where.lat, scale=scale, width=WIDTH, height=HEIGHT)
    points, has_lines = points_shown(teller.atlas, teller.view.focus)
    closest = (CLOSEST_TO_LINES if has_lines else CLOSEST_TO_PLACES) * LARGER
    return fit(points, width=WIDTH, height=HEIGHT, margins=MARGINS, closest=closest)


def middle(frame: Frame) -> float:
    """Return the latitude of the frame's middle, in degrees."""
    y = frame.top + frame.height / 2 / frame.scale
    return math.degrees(math.atan(math.sinh(math.radians(-y))))


def round_length(longest: float) -> float:
    """Return the longest of 1, 2, 5, 10, 20, 50 … that is not longer."""
    power = 10.0 ** math.floor(math.log10(longest))
    return max(step * power for step in (1, 2, 5) if step * power <= longest)


@dataclass(frozen=True)
class Scale:
    """A length on the ground, and how long it is in the map's middle."""

    length_km: float
    length_px: float
    lat: float
    """Degrees: on this map a length grows towards the poles."""


def scale_of(frame: Frame) -> Scale:
    """Return a round length that has room in a corner of the map."""
    lat = middle(frame)
    km_per_pixel = KM_PER_DEGREE * math.cos(math.radians(lat)) / frame.scale
    length_km = round_length(LONGEST_BAR * km_per_pixel)
    return Scale(length_km, length_km / km_per_pixel, lat)


def _scale(teller: Teller, frame: Frame) -> tuple[str, Box]:
    """Return the scale as a bar with its words, and the room that it takes."""
    scale = scale_of(frame)
    length = scale.length_px
    words = teller.say(
        "{distance} at {latitude}",
        distance=teller.kilometres(scale.length_km),
        latitude=teller.say("{degrees}° N", degrees=formats.number(round(scale.lat), teller.language)),
    )
    box = Box(INSET, HEIGHT - INSET - 42, INSET + 24 + max(length, WORDS.width(words)), HEIGHT - INSET)
    x, y = box.left + 12, box.bottom - 14
    drawn = (
        element("rect", x=box.left, y=box.top, width=box.right - box.left, height=42, fill="#fff", fill_opacity=0.8),
        element("rect", x=x, y=y, width=length, height=6, fill="#fff", stroke=INK, stroke_width=1.5),
        element("rect", x=x, y=y, width=length / 2, height=6, fill=INK),
        WORDS.drawn(words, x, y - 7),
    )
    return "".join(drawn), box.grown(6)


def _north(teller: Teller) -> tuple[str, Box]:
    """Return an arrow to the north, and the room that it takes."""
    letter = teller.say("N")
    x, top = WIDTH - INSET - 16, INSET
    foot = top + TALLEST_ARROW
    arrow = f"M{x} {top}l13 {TALLEST_ARROW}l-13 -14l-13 14z"
    drawn = (
        element("path", d=arrow, fill=INK, stroke="#fff", stroke_width=3, paint_order="stroke"),
        LETTER.drawn(
            letter, x - LETTER.width(letter) / 2, foot + 22, stroke="#fff", stroke_width=4, paint_order="stroke"
        ),
    )
    return "".join(drawn), Box(x - 20, top - 6, x + 20, foot + 30)
