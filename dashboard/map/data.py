"""What the browser fetches to draw the map: geometry and style once, names in each language.

These are files of their own, not part of the map's script: Folium compiles its output as
a second template on the server, so no text of the content may pass through it.
"""

from typing import Final

import xyzservices.providers as tile_providers
from xyzservices import TileProvider

from dashboard.contents import Teller
from dashboard.map.style import style_table
from dashboard.view import HIGHEST_ZOOM, LOWEST_ZOOM
from geodata import Atlas
from geodata.model import Line, Place, Status, Subject, SubjectKind

FIRST_VIEW: Final = ((38.3, 26.2), (53.4, 85.2))
"""Istanbul to Dostyk, with room for their names, amid what can be panned: (lat, lon) south-west, north-east."""
CAUCASUS: Final = ((38.5, 42.6), (42.3, 50.2))
PANNABLE: Final = ((27.6, 17.2), (60.4, 97.8))
"""The base map reaches this far."""

TILES: Final[dict[str, TileProvider]] = {
    "street": tile_providers.OpenStreetMap.Mapnik,
    "satellite": tile_providers.Esri.WorldImagery,
}
"""Online tiles; off until the reader switches them on."""


def map_data(atlas: Atlas) -> dict[str, object]:
    """Return what is drawn, without a word of any language; paths are (lat, lon) for Leaflet."""
    return {
        "style": style_table(),
        "firstView": FIRST_VIEW,
        "caucasus": CAUCASUS,
        "pannable": PANNABLE,
        "zooms": [LOWEST_ZOOM, HIGHEST_ZOOM],
        "lines": [_line(line) for line in atlas.lines.values()],
        "places": [_place(place) for place in atlas.places.values()],
        "names": [
            {"id": name.id, "kind": name.kind, "at": [name.lat, name.lon], "prominence": name.prominence}
            for name in atlas.names.values()
        ],
        "marks": marks(atlas),
        "subjectOf": subject_of(atlas),
        "order": [{"subject": subject, "things": things} for subject, things in reading_order(atlas)],
        "legend": legend(atlas),
        "tiles": {
            id_: {
                "url": tiles.build_url(),
                "attribution": tiles.attribution,
                "maxZoom": tiles.get("max_zoom", 18),
            }
            for id_, tiles in TILES.items()
        },
    }


def _line(line: Line) -> dict[str, object]:
    return {
        "id": line.id,
        "subject": line.subject,
        "mode": line.mode,
        "status": line.status,
        "path": [[lat, lon] for lon, lat in line.path],
    }


def _place(place: Place) -> dict[str, object]:
    return {
        "id": place.id,
        "kind": place.kind,
        "at": [place.lat, place.lon],
        "prominence": place.prominence,
        "doubtKm": place.doubt_km,
    }


def marks(atlas: Atlas) -> dict[str, list[str]]:
    """Return which lines and places stand out for each subject; lines and places mark themselves."""
    return {subject.id: [*subject.lines, *_own_places(subject, atlas)] for subject in atlas.subjects.values()}


def subject_of(atlas: Atlas) -> dict[str, str]:
    """Return the subject that each statement of whatever source, and each difference, marks on the map."""
    statements = {claim.id: claim.subject for claim in atlas.claims.values()}
    statements |= {fact.id: fact.subject for fact in atlas.facts.values()}
    differences = atlas.discrepancies.values()
    return statements | {d.id: statements[next(iter((*d.claims, *d.facts)))] for d in differences}


def _own_places(subject: Subject, atlas: Atlas) -> list[str]:
    stops = [place for id_ in subject.lines for place in atlas.lines[id_].stops]
    return list(dict.fromkeys([*subject.places, *stops]))


def reading_order(atlas: Atlas) -> list[tuple[str | None, list[str]]]:
    """Return every line and place once, by subject, in the order in which the keyboard goes through them.

    Subject by subject, they are its lines along the route, then its places: first those that it
    names, then those where its lines stop. A theme gets what no other subject has; last come
    the places that no subject has.
    """
    marked: list[tuple[str | None, list[str]]] = [*marks(atlas).items(), (None, list(atlas.places))]
    named: list[tuple[str | None, list[str]]] = [
        (subject.id, [*subject.lines, *subject.places])
        for subject in atlas.subjects.values()
        if subject.kind is not SubjectKind.THEME
    ]
    owners: dict[str, str | None] = {}
    for subject, things in (*named, *marked):
        for thing in things:
            owners.setdefault(thing, subject)
    groups = ((subject, [thing for thing in things if owners[thing] == subject]) for subject, things in marked)
    return [(subject, things) for subject, things in groups if things]


def legend(atlas: Atlas) -> dict[str, list[str]]:
    """Return the subjects that have lines, and the statuses that lines have, in the order of the legend."""
    found = {line.status for line in atlas.lines.values()}
    return {
        "subjects": [subject.id for subject in atlas.subjects.values() if subject.lines],
        "statuses": [status for status in Status if status in found],
    }


def map_words(teller: Teller) -> dict[str, object]:
    """Return every word that stands on the map, in the teller's language."""
    atlas, say = teller.atlas, teller.say
    names = {subject.id: teller.name(subject) for subject in atlas.subjects.values()}
    names |= {place.id: teller.name(place) for place in atlas.places.values()}
    names |= {name.id: teller.text(name.id, "name", name.name) for name in atlas.names.values()}
    spoken = {
        line.id: {
            "name": teller.name(line),
            "kind": f"{teller.mode_words(line.mode)}, {teller.status_words(line.status)}",
        }
        for line in atlas.lines.values()
    }
    return {
        "names": names,
        "lines": spoken,
        "kinds": {place.id: _kind_of_place(place, teller) for place in atlas.places.values()},
        "statuses": {status.value: teller.status_words(status) for status in Status},
        "legend": say("Legend"),
        "showAll": say("Show all"),
        "caucasus": say("Zoom to the Caucasus"),
        "zoomIn": say("Zoom in"),
        "zoomOut": say("Zoom out"),
        "background": say("Background"),
        "embedded": say("Plain map"),
        "street": say("Streets, online"),
        "satellite": say("Satellite, online"),
        "asksServer": say("Online backgrounds are fetched from another server, which sees your address."),
        "tilesFailed": say("The online background does not answer; the plain map stays."),
        "attribution": say("© OpenStreetMap contributors, ODbL"),
        "kilometres": say("km"),
        "metres": say("m"),
        "map": say("Map of the corridors"),
        "mapInWords": say("Lines: {lines}; places: {places}.", lines=len(atlas.lines), places=len(atlas.places)),
        "listBelow": say("The list below the map holds all of them as text, and does the same."),
        "skipToList": say("Skip the map: go to the list"),
        "skipToPanel": say("Skip to what is shown"),
        "things": say("Lines and places on the map"),
        "furtherPlaces": say("Other places on the map"),
        "thingKeys": say(
            "Arrow keys: from one to the next. Page Up and Page Down: from subject to subject. Letters: to a name. "
            "Enter: choose. Escape: leave the map."
        ),
        "mapKeys": say("Arrow keys move the map, plus and minus zoom, Escape leaves it."),
        "move": say("Move the map"),
        "moveLeft": say("Move left"),
        "moveRight": say("Move right"),
        "moveUp": say("Move up"),
        "moveDown": say("Move down"),
        "touchHint": say("Two fingers move the map."),
        "wheelHint": say("Click the map, or hold Ctrl, to zoom with the wheel."),
    }


def _kind_of_place(place: Place, teller: Teller) -> str:
    """Return what the place is, and its status where it has one."""
    kind = teller.place_kind(place.kind)
    return f"{kind}, {teller.status_words(place.status)}" if place.status else kind
