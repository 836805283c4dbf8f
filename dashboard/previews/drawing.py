"""A preview as SVG: the map with what the link shows marked, and under it what that is, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from dashboard.citation import OPENSTREETMAP
from dashboard.contents import Teller
from dashboard.map.data import subject_of
from dashboard.map.picture import FINE, UNITS_PER_DEGREE, Point, ground, marked, stroke
from dashboard.map.style import ACCENT, INK, PLACE_RADIUS, PORT_RADIUS, SUBJECT_COLOURS, TOWN, WATER
from dashboard.previews.band import PAPER, QUIET, SIGN_AT, SIGN_HEIGHT, WIDTH, Card, band, card, sign, sign_width
from dashboard.previews.framing import CLOSEST_TO_LINES, CLOSEST_TO_PLACES, Frame, Margins, fit
from dashboard.previews.lettering import Face, Type
from dashboard.previews.names import Box, Mark, Name, placed
from dashboard.previews.svg import element
from geodata import Atlas
from geodata.model import Place, PlaceKind

HEIGHT: Final = 630
"""Pixels; messengers want 1200 × 630."""
LARGER: Final = 1.7
"""By so much everything is drawn larger than on the page: a messenger shows the picture small."""
FINENESS: Final = 10 * FINE
GROUND_EDGE: Final = 1.2
MARGINS: Final = Margins(left=120, top=80, right=120, bottom=50)

COUNTRY: Final = Type(Face.SANS, 21, 600, "#857b66")
SEA: Final = Type(Face.SERIF_ITALIC, 25, 400, "#4a7a90")
CREDIT: Final = Type(Face.SANS, 17, 400, QUIET)
CREDIT_HEIGHT: Final = 28
PLACE_SIZE: Final = 22
SUBJECT_SIZE: Final = 26
"""Of the names of places, and of those that the picture is about."""

SCALES_OF_NAMES: Final = {1: 0.0, 2: 30.0, 3: 90.0}
"""Pixels for a degree, from which names of that prominence are written."""
ALSO_AT: Final = {"water-caspian": ((50.9, 41.4), (49.4, 43.3), (50.0, 45.4))}
"""Further (lon, lat) for a name whose own place is outside the frame."""
RINGS: Final = frozenset({PlaceKind.PORT, PlaceKind.TERMINAL})
UNDER_WATER: Final = frozenset({PlaceKind.POINT, PlaceKind.LANDING})
"""Of interest only to their own subject."""
HALO: Final = 2.2
"""Radii of a place, to the edge of what sets it off where it is what the picture is about."""
KM_PER_DEGREE: Final = 111.2
"""Of latitude."""
SMALLEST_AREA: Final = 8
"""Pixels; a smaller area of doubt looks like dirt."""


def preview(teller: Teller, *, land: str, lakes: str, icon: str) -> str:
    """Return the preview of the teller's view, WIDTH × HEIGHT; land and lakes are GeoJSON, the icon is SVG."""
    said = card(teller)
    words, height = band(said, SUBJECT_COLOURS.get(teller.view.focus or "", ACCENT))
    # What reaches over the map's lower edge goes under the words.
    return element(
        "svg",
        _map(teller, said, HEIGHT - height, land=land, lakes=lakes),
        sign(said.product, icon),
        element("g", words, transform=f"translate(0 {HEIGHT - height:.1f})"),
        xmlns="http://www.w3.org/2000/svg",
        width=WIDTH,
        height=HEIGHT,
    )


def _map(teller: Teller, said: Card, height: float, *, land: str, lakes: str) -> str:
    frame = _frame(teller, height)
    x, y = SIGN_AT
    sign_box = Box(x, y, x + sign_width(said.product), y + SIGN_HEIGHT)
    credit = Box(frame.width - CREDIT.width(OPENSTREETMAP) - 20, height - CREDIT_HEIGHT, frame.width, height)
    return "".join(
        (
            drawn_map(teller, frame, land=land, lakes=lakes, taken=(sign_box.grown(6), credit)),
            element(
                "rect", x=credit.left, y=credit.top, width=WIDTH, height=CREDIT_HEIGHT, fill=PAPER, fill_opacity=0.85
            ),
            CREDIT.drawn(OPENSTREETMAP, credit.left + 10, height - 8),
        )
    )


def drawn_map(teller: Teller, frame: Frame, *, land: str, lakes: str, taken: Iterable[Box] = ()) -> str:
    """Return a stretch of the map as SVG with what the teller's view shows marked, and no name where it is taken.

    Land and lakes are GeoJSON; all is drawn for a picture that is about 1200 pixels wide.
    """
    atlas = teller.atlas
    chosen = marked(atlas, teller.view.focus)
    pixel = UNITS_PER_DEGREE * FINENESS / frame.scale
    lines = (
        stroke(
            line,
            is_chosen=line.id in chosen,
            is_faint=bool(chosen) and line.id not in chosen,
            pixel=pixel * LARGER,
            fineness=FINENESS,
        )
        for line in sorted(atlas.lines.values(), key=lambda line: line.id in chosen)
    )
    coasts = ground(land, lakes, pixel=pixel * GROUND_EDGE, fineness=FINENESS)
    return "".join(
        (
            element("rect", width=frame.width, height=frame.height, fill=WATER),
            element("g", coasts, *lines, transform=frame.transform(FINENESS)),
            *(_area(place, frame) for place in atlas.places.values() if place.doubt_km),
            *_places_and_names(teller, chosen, frame, taken),
        )
    )


def _frame(teller: Teller, height: float) -> Frame:
    points, has_lines = points_shown(teller.atlas, teller.view.focus)
    closest = CLOSEST_TO_LINES if has_lines else CLOSEST_TO_PLACES
    return fit(points, width=WIDTH, height=height, margins=MARGINS, closest=closest)


def points_shown(atlas: Atlas, focus: str | None) -> tuple[list[Point], bool]:
    """Return the (lon, lat) points that a map of the focus must hold, and whether lines are among them."""
    chosen = marked(atlas, focus)
    paths = [atlas.lines[id_].path for id_ in (chosen or atlas.lines) if id_ in atlas.lines]
    places = [(atlas.places[id_].lon, atlas.places[id_].lat) for id_ in chosen if id_ in atlas.places]
    return [*places, *(point for path in paths for point in path)], bool(paths)


@dataclass(frozen=True)
class _Dot:
    """A place as it is drawn."""

    place: Place
    at: Point
    mark: Mark
    colour: str | None
    """That of the subject, where the place itself is what the picture is about."""

    @property
    def is_ring(self) -> bool:
        return self.place.kind in RINGS

    @property
    def radius(self) -> float:
        radius = (PORT_RADIUS if self.is_ring else PLACE_RADIUS[self.place.prominence]) * LARGER
        return max(radius, 10) if self.colour else radius

    @property
    def box(self) -> Box:
        return Box(*self.at, *self.at).grown(self.radius * HALO if self.colour else self.radius + 3)

    def drawn(self) -> str:
        x, y = self.at
        dot = element(
            "circle",
            cx=x,
            cy=y,
            r=self.radius,
            fill="#fff" if self.is_ring or self.colour or self.place.prominence > 1 else TOWN,
            stroke=self.colour or (INK if self.is_ring else TOWN),
            stroke_width=6 if self.colour else (4.2 if self.is_ring else 2),
            opacity=0.6 if self.mark is Mark.FAINT else 1,
        )
        if not self.colour:
            return dot
        return element("circle", cx=x, cy=y, r=self.radius * HALO, fill=self.colour, opacity=0.2) + dot

    def name(self, words: str, frame: Frame) -> Name:
        is_bold = self.is_ring or (
            self.mark is Mark.CHOSEN and (self.place.prominence == 1 or frame.scale >= SCALES_OF_NAMES[3])
        )
        size = SUBJECT_SIZE if self.colour else PLACE_SIZE
        type_ = Type(Face.SANS, size, 700 if is_bold or self.colour else 400)
        return Name(words, type_, self.at, self.box, self.mark)


def _dots(teller: Teller, chosen: frozenset[str], frame: Frame) -> Iterator[_Dot]:
    """Yield the places to draw: the small ones only from near, or where they are marked."""
    atlas = teller.atlas
    has_lines = any(id_ in atlas.lines for id_ in chosen)
    focus = teller.view.focus or ""
    colour = SUBJECT_COLOURS.get(subject_of(atlas).get(focus, focus), ACCENT)
    for place in atlas.places.values():
        is_chosen = place.id in chosen
        is_near = frame.scale >= SCALES_OF_NAMES[2]
        is_small = place.prominence == 3 or place.kind in UNDER_WATER
        if (is_small and not is_chosen) or (place.prominence == 3 and not is_near):
            continue
        if place.prominence == 2 and not (is_near or is_chosen):
            continue
        yield _Dot(
            place=place,
            at=frame.at(place.lon, place.lat),
            mark=Mark.NONE if not chosen else Mark.CHOSEN if is_chosen else Mark.FAINT,
            colour=colour if is_chosen and not has_lines else None,
        )


def _places_and_names(teller: Teller, chosen: frozenset[str], frame: Frame, taken: Iterable[Box]) -> Iterator[str]:
    dots = sorted(_dots(teller, chosen, frame), key=lambda dot: dot.place.id in chosen)
    edge = Box(0, 0, frame.width, frame.height).grown(-8)
    lines = teller.atlas.lines.values()
    found = list(
        placed(
            [*_names(teller, dots, frame)],
            taken=[*taken, *(dot.box for dot in dots if dot.mark is Mark.CHOSEN)],
            dots=[dot.box for dot in dots if dot.mark is not Mark.CHOSEN],
            lines=[([frame.at(*point) for point in line.path], 3 if line.id in chosen else 1) for line in lines],
            edge=edge,
        )
    )
    named = {name.dot for name, _ in found}
    # A dot of the surroundings that has no name, or is cut by the edge, would only be dirt.
    for dot in dots:
        if dot.mark is Mark.CHOSEN or dot.box in named or (dot.is_ring and edge.holds(dot.box)):
            yield dot.drawn()
    yield from (name.drawn(box) for name, box in found)


def _area(place: Place, frame: Frame) -> str:
    """Return the area within which the place lies, where its position is in doubt."""
    x, y = frame.at(place.lon, place.lat)
    radius = y - frame.at(place.lon, place.lat + (place.doubt_km or 0) / KM_PER_DEGREE)[1]
    if radius < SMALLEST_AREA:
        return ""
    colour = SUBJECT_COLOURS["dunga"]
    edge = {"stroke": colour, "stroke_dasharray": "6 7"}
    return element("circle", cx=x, cy=y, r=radius, fill=colour, fill_opacity=0.18, stroke_width=2, **edge)


def _names(teller: Teller, dots: Iterable[_Dot], frame: Frame) -> Iterator[Name]:
    """Yield the names to write, the most important first."""
    for dot in sorted(dots, key=lambda dot: (dot.mark is Mark.FAINT, dot.place.prominence, not dot.is_ring)):
        if dot.place.prominence < 3 or frame.scale >= SCALES_OF_NAMES[3]:
            yield dot.name(teller.name(dot.place), frame)
    for name in sorted(teller.atlas.names.values(), key=lambda name: name.prominence):
        places = [(name.lon, name.lat), *ALSO_AT.get(name.id, ())]
        at = next((at for place in places if frame.holds(at := frame.at(*place))), None)
        if at and frame.scale >= SCALES_OF_NAMES[name.prominence]:
            type_ = COUNTRY if name.kind == "country" else SEA
            yield Name(teller.text(name.id, "name", name.name), type_, at, mark=Mark.FAINT)
