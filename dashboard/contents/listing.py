"""Everything on the map as a list: the text twin of the map."""

from dataclasses import replace

from dashboard.contents.records import LinkEntry
from dashboard.contents.teller import Teller


def listing(teller: Teller) -> tuple[LinkEntry, ...]:
    """Return every subject with its lines and places, and last the further places on the map."""
    atlas = teller.atlas
    subjects = []
    for subject in atlas.subjects.values():
        stops = [place for line in subject.lines for place in atlas.lines[line].stops]
        parts = [teller.entry(atlas.lines[id_]) for id_ in subject.lines]
        parts += [teller.entry(atlas.places[id_]) for id_ in dict.fromkeys([*subject.places, *stops])]
        subjects.append(replace(teller.entry(subject), parts=tuple(parts)))
    listed = {part.id for subject in subjects for part in subject.parts}
    others = tuple(teller.entry(place) for place in atlas.places.values() if place.id not in listed)
    return (*subjects, LinkEntry(id="", name=teller.say("Other places on the map"), link="", parts=others))
