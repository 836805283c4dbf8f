"""How the map was made: definitions, names, accuracy, gaps, and every source."""

import os
from typing import Final

from dashboard.contents.records import Definition, Detail, Method
from dashboard.contents.teller import Teller
from dashboard.i18n.letters import dictionary_key
from geodata import load_accuracy
from geodata.model import Basis, FactKind, Status

REVIEWED: Final = "2026-11-22"
"""When the content was last gone through as a whole."""
CONTACT: Final = "CASPIAN_CORRIDORS_CONTACT"
"""The environment variable in which a host names the address for corrections."""


def method(teller: Teller) -> Method:
    """Return the method page."""
    atlas = teller.atlas
    named = [subject for subject in atlas.subjects.values() if subject.other_names]
    by_publisher = sorted(
        atlas.sources.values(),
        key=lambda source: (dictionary_key(source.publisher, teller.language.code), source.id),
    )
    return Method(
        statuses=tuple(Definition(teller.status_words(s), teller.status_definition(s)) for s in Status),
        bases=tuple(Definition(basis.value, teller.basis_words(basis)) for basis in Basis),
        names=tuple((teller.name(subject), teller.names(subject)) for subject in named),
        gaps=tuple(teller.fact(fact) for fact in atlas.facts.values() if fact.kind is FactKind.GAP),
        accuracy=_accuracy(teller),
        reviewed=teller.period(REVIEWED),
        contact=os.environ.get(CONTACT, ""),
        sources=tuple(map(teller.source, by_publisher)),
    )


def _accuracy(teller: Teller) -> tuple[Detail, ...]:
    """Return for each measured line how far the stations that it was built without lie from it."""
    measured = load_accuracy()
    return tuple(
        Detail(
            teller.name(line),
            teller.say(
                "half of the points within {median}, nine tenths within {most}",
                median=teller.kilometres(measured[line.id].median_km),
                most=teller.kilometres(measured[line.id].p90_km),
            ),
        )
        for line in teller.atlas.lines.values()
        if line.id in measured
    )
