"""The rules that span records and files: each problem is a sentence that names file and remedy."""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, pairwise
from typing import Final

from geodata.model import (
    ARTICLE,
    MAX_QUOTED_WORDS,
    WORD,
    Atlas,
    Claim,
    ContextFact,
    FactKind,
    Line,
    Place,
    PlaceKind,
    Subject,
)

REBUILD_LINES: Final = "rebuild the lines with `python -m geodata.build.lines`"

EARTH_RADIUS_KM: Final = 6371.0
LENGTH_TOLERANCE: Final = 0.01
"""Share by which a length on the sphere may differ from the geodesic one, with room to spare."""

COUNTRY_BOUNDS: Final[Mapping[str, tuple[float, float, float, float]]] = {
    "AM": (43.4, 38.8, 46.7, 41.4),
    "AZ": (44.7, 38.3, 50.7, 42.0),
    "CN": (73.4, 18.0, 135.1, 53.6),
    "GE": (39.9, 41.0, 46.8, 43.7),
    "IR": (44.0, 25.0, 63.4, 39.8),
    "KG": (69.2, 39.1, 80.4, 43.3),
    "KZ": (46.4, 40.5, 87.4, 55.5),
    "RU": (19.6, 41.1, 180.0, 82.0),
    "TM": (52.4, 35.1, 66.7, 42.9),
    "TR": (25.6, 35.8, 44.9, 42.2),
    "UZ": (55.9, 37.1, 73.2, 45.6),
}
"""West, south, east and north of a country, in degrees, generously: they catch exchanged coordinates."""

_NUMBER: Final = re.compile(r"\d+(?: \d{3})*(?:,\d+)?")
_MULTIPLIERS: Final = (
    (re.compile(r"тыс(?:\.|яч)"), Decimal(10) ** 3),
    (re.compile(r"млн|миллион"), Decimal(10) ** 6),
    (re.compile(r"млрд|миллиард"), Decimal(10) ** 9),
    (re.compile(r"трлн|триллион"), Decimal(10) ** 12),
)
_CLOSING: Final = ' ."»)'
_DIGITS: Final = re.compile(r"\d+")
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")

Problem = tuple[str, str, str]
"""Id of the record, what is wrong with it, and the remedy."""


@dataclass(frozen=True)
class Origin:
    """Where a record is written: the file, what to call the record there, its sentence's ends if a claim."""

    file: str
    record: str
    sentence: tuple[str, ...] = ()


def problems(atlas: Atlas, origins: Mapping[str, Origin], article: str | None = None) -> Iterator[str]:
    """Yield what is wrong between the records, one sentence each; the article's text is optional."""
    for rule in RULES:
        for record_id, wrong, remedy in rule(atlas):
            origin = origins[record_id]
            yield f"{origin.file}: {origin.record}: {wrong}; {remedy}."
    for record_id, wrong in _misdrawn_lines(atlas):
        origin = origins[record_id]
        file = origin.file.replace("subject.toml", "lines.geojson")
        yield f"{file}: {origin.record}: {wrong}; {REBUILD_LINES}."
    if article is not None:
        for claim in atlas.claims.values():
            origin = origins[claim.id]
            for wrong, remedy in _not_in_article(claim, origin.sentence, article):
                yield f"{origin.file}: {origin.record}: {wrong}; {remedy}."


# References


def _unknown_ids(atlas: Atlas) -> Iterator[Problem]:
    """Yield the ids that a record names and nothing has."""
    for record_id, field, ids, known, where in _references(atlas):
        for other in ids:
            if other not in known:
                yield record_id, f"{field} names {other!r}, which nobody has described", where


def _references(
    atlas: Atlas,
) -> Iterator[tuple[str, str, Iterable[str], Iterable[str], str]]:
    """Yield each reference: by whom, in which field, to which ids, among which, and the remedy."""
    add_source = "add geodata/sources/<id>.toml, or correct the id"
    add_place = "add the place to geodata/places.csv, or correct the id"
    correct = "correct the id"
    told = [*atlas.claims, *atlas.facts]
    for subject in atlas.subjects.values():
        yield subject.id, "status_sources", subject.status_sources, atlas.sources, add_source
        yield subject.id, "places", subject.places, atlas.places, add_place
        yield subject.id, "key_figures", subject.key_figures, told, correct
        for number, name in enumerate(subject.other_names):
            yield subject.id, f"other_names[{number}].sources", name.sources, atlas.sources, add_source
    for line in atlas.lines.values():
        yield line.id, "start", (line.start,), atlas.places, add_place
        yield line.id, "end", (line.end,), atlas.places, add_place
        yield line.id, "via", line.via, atlas.places, add_place
        yield line.id, "status_sources", line.status_sources, atlas.sources, add_source
        yield line.id, "official_length_sources", line.official_length_sources, atlas.sources, add_source
    for place in atlas.places.values():
        yield place.id, "status_sources", place.status_sources, atlas.sources, add_source
    for claim in atlas.claims.values():
        yield claim.id, "also_subjects", claim.also_subjects, atlas.subjects, correct
    for fact in atlas.facts.values():
        yield fact.id, "sources", fact.sources, atlas.sources, add_source
    for discrepancy in atlas.discrepancies.values():
        for number, side in enumerate(discrepancy.sides):
            yield discrepancy.id, f"sides[{number}].claims", side.claims, atlas.claims, correct
            yield discrepancy.id, f"sides[{number}].facts", side.facts, atlas.facts, correct


def _unused_sources(atlas: Atlas) -> Iterator[Problem]:
    """Yield the sources that carry nothing."""
    used = {ARTICLE} if atlas.claims else set()
    for _, field, ids, _, _ in _references(atlas):
        if field.endswith("sources"):
            used.update(ids)
    for source_id in atlas.sources:
        if source_id not in used:
            yield source_id, "nothing rests on it", "name it where it is used, or delete its file"


def _stray_places(atlas: Atlas) -> Iterator[Problem]:
    """Yield the places of no subject and no line; towns help to find one's way and may stand alone."""
    used = {place for subject in atlas.subjects.values() for place in subject.places}
    for line in atlas.lines.values():
        used.update(line.stops)
    for place in atlas.places.values():
        if place.id not in used and place.kind is not PlaceKind.CITY:
            yield place.id, "no subject and no line has it", "add it to a subject's places, or delete it"


def _foreign_key_figures(atlas: Atlas) -> Iterator[Problem]:
    """Yield the key figures that belong to another subject."""
    for subject in atlas.subjects.values():
        for figure in subject.key_figures:
            claim, fact = atlas.claims.get(figure), atlas.facts.get(figure)
            owners = (claim.subject, *claim.also_subjects) if claim else (fact.subject,) if fact else ()
            if subject.id not in owners:
                yield subject.id, f"key_figures names {figure!r} of another subject", "choose its own"
            if claim and claim.label is None:
                yield claim.id, "is a key figure without a label", "say in label what it counts"


# Status, length, sources


def _undated_statuses(atlas: Atlas) -> Iterator[Problem]:
    """Yield the statuses without date or source, and dates and sources without status."""
    records: tuple[Subject | Line | Place, ...] = (
        *atlas.subjects.values(),
        *atlas.lines.values(),
        *atlas.places.values(),
    )
    for record in records:
        if record.status and not record.status_as_of:
            yield record.id, "status has no date", "add status_as_of"
        if record.status and not record.status_sources:
            yield record.id, "status has no source", "add status_sources"
        if not record.status and (record.status_as_of or record.status_sources):
            yield record.id, "status is missing beside its date or source", "add status, or take them away"


def _unsourced_lengths(atlas: Atlas) -> Iterator[Problem]:
    """Yield the official lengths without a source, and sources without a length."""
    for line in atlas.lines.values():
        if line.official_length_km and not line.official_length_sources:
            yield line.id, "official_length_km has no source", "add official_length_sources"
        if line.official_length_sources and not line.official_length_km:
            yield line.id, "official_length_km is missing beside its source", "add it"


# Places


def _misplaced_places(atlas: Atlas) -> Iterator[Problem]:
    """Yield the places outside their country, above all those with lon and lat exchanged."""
    for place in atlas.places.values():
        bounds = COUNTRY_BOUNDS.get(place.country or "")
        if bounds and not _within(bounds, place.lon, place.lat):
            where = f"lon {place.lon}, lat {place.lat} is not in {place.country}"
            if _within(bounds, place.lat, place.lon):
                yield place.id, f"{where}, but would be the other way round", "exchange lon and lat"
            else:
                yield place.id, where, "correct the coordinates or the country"


def _within(bounds: tuple[float, float, float, float], lon: float, lat: float) -> bool:
    west, south, east, north = bounds
    return west <= lon <= east and south <= lat <= north


# Lines as drawn


def _misdrawn_lines(atlas: Atlas) -> Iterator[tuple[str, str]]:
    """Yield id and fault of each line that does not run through its places at its stated length."""
    for line in atlas.lines.values():
        start, *via, end = ((atlas.places[place].lon, atlas.places[place].lat) for place in line.stops)
        if line.path[0] != start:
            yield line.id, f"path begins at {line.path[0]}, not at {line.start} {start}"
        if line.path[-1] != end:
            yield line.id, f"path ends at {line.path[-1]}, not at {line.end} {end}"
        rest = iter(line.path)
        for place, point in zip(line.via, via, strict=True):
            if point not in rest:  # reads on from where the last one was found, so order counts
                yield line.id, f"path does not pass {place} {point} in its turn"
                break
        length_km = sum(_spherical_km(a, b) for a, b in pairwise(line.path))
        if abs(length_km - line.length_km) > LENGTH_TOLERANCE * line.length_km:
            yield line.id, f"length_km is {line.length_km}, but the path is {length_km:.1f} km long"


def _spherical_km(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Return the distance in km on a sphere: near enough for a check, and fast."""
    lon_a, lat_a, lon_b, lat_b = map(math.radians, (*start, *end))
    half_chord = (
        math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half_chord))


# Claims


def _long_quotations(atlas: Atlas) -> Iterator[Problem]:
    """Yield the quotations that are longer than is fair."""
    for claim in atlas.claims.values():
        count = len(WORD.findall(claim.quotation))
        if count > MAX_QUOTED_WORDS:
            wrong = f"quotation has {count} words, and {MAX_QUOTED_WORDS} are allowed"
            yield claim.id, wrong, "shorten it to the words that carry the statement"


def _mistranslated_numbers(atlas: Atlas) -> Iterator[Problem]:
    """Yield the quotations whose digits are not those of their translation."""
    for claim in atlas.claims.values():
        here, there = (sorted(_DIGITS.findall(words)) for words in (claim.translation, claim.quotation))
        if here != there:
            wrong = f"translation has the numbers {', '.join(here)}, the quotation {', '.join(there)}"
            yield claim.id, wrong, "translate the words as they are"


def _unquoted_numbers(atlas: Atlas) -> Iterator[Problem]:
    """Yield the numbers and years that do not stand in the quotation and that no note explains."""
    for claim in atlas.claims.values():
        quantity = claim.quantity
        if quantity and quantity.words not in claim.quotation:
            wrong = f"quantity.words {quantity.words!r} is not in the quotation"
            yield claim.id, wrong, "copy the number as it stands there"
        elif quantity:
            value = Decimal(str(quantity.value))
            numbers = numbers_in(quantity.words)
            if numbers and value not in numbers:
                wrong = f"quantity.value {value} is not in quantity.words {quantity.words!r}"
                yield claim.id, wrong, "give the value that stands there, in base units"
            elif not numbers and not claim.note:
                wrong = f"quantity.words {quantity.words!r} holds no digits to compare"
                yield claim.id, wrong, "say in note how the number was read"
        periods = (claim.period or "") + " " + (quantity.period or "" if quantity else "")
        for year in sorted(set(_YEAR.findall(periods)) - set(_YEAR.findall(claim.quotation))):
            if not claim.note:
                wrong = f"the year {year} of its period is not in the quotation"
                yield claim.id, wrong, "say in note how the period was read"


def numbers_in(words: str) -> frozenset[Decimal]:
    """Return the numbers written with digits in Russian words, in base units: 10 млн is 10000000."""
    found = set()
    plain = words.replace("\u00a0", " ").replace("\u202f", " ")
    for match in _NUMBER.finditer(plain):
        value = Decimal(match.group().replace(" ", "").replace(",", "."))
        following = plain[match.end() :].lstrip()
        factors = (factor for pattern, factor in _MULTIPLIERS if pattern.match(following))
        found.add(value * next(factors, Decimal(1)))
    return frozenset(found)


def _not_in_article(claim: Claim, sentence: tuple[str, ...], article: str) -> Iterator[tuple[str, str]]:
    """Yield what of a claim does not stand in the article where it should."""
    paragraphs = [text.strip() for text in article.split("\n\n") if text.strip()]
    if claim.quotation not in article:
        yield "quotation is not in the article", "copy it letter by letter, with its quotation marks"
        return
    home = paragraphs[claim.paragraph - 1] if claim.paragraph <= len(paragraphs) else ""
    if claim.quotation not in home:
        yield f"quotation is not in paragraph {claim.paragraph}", "correct the paragraph's number"
        return
    first, last = sentence[0], sentence[-1]
    # Browsers look for a text fragment without minding capitals.
    if (count := article.casefold().count(first.casefold())) != 1:
        wrong = f"sentence begins {first!r}, found {count} times in the article"
        yield wrong, "give more or other words, so that the link opens one place"
        return
    begin = home.find(first)
    end = home.find(last, begin + (len(first) if len(sentence) > 1 else 0)) + len(last)
    if begin < 0 or end < begin + len(first):
        yield (
            f"sentence from {first!r} to {last!r} is not in paragraph {claim.paragraph}",
            ("copy its first and last words"),
        )
    elif not begin <= home.find(claim.quotation) <= end - len(claim.quotation.rstrip(_CLOSING)):
        yield "sentence does not hold the quotation", "copy the words around the quotation"


# Facts


def _unsupported_facts(atlas: Atlas) -> Iterator[Problem]:
    """Yield the facts without source, gaps with a number, and parts that do not fit together."""
    for fact in atlas.facts.values():
        for wrong, remedy in _faults(fact):
            yield fact.id, wrong, remedy


def _faults(fact: ContextFact) -> Iterator[tuple[str, str]]:
    if fact.kind is FactKind.GAP:
        if fact.value is not None or fact.value_high is not None:
            yield "value stands in a gap", "take it away, or give another kind and a source"
        return
    if not fact.sources:
        yield "sources is missing", "name a source, or make it a gap without a value"
    if fact.value is not None and fact.unit is None:
        yield "unit is missing beside value", "add it"
    if fact.unit is not None and fact.value is None:
        yield "value is missing beside unit", "add it, or take the unit away"
    if fact.value_high is not None and (fact.value is None or fact.value_high <= fact.value):
        yield "value_high is not above value", "give the range's lower end as value"
    if fact.confidence == "low" and "memory" in fact.confidence_reason:
        yield "confidence_reason says that it rests on memory", "find a source, or make it a gap"


def _mixed_series(atlas: Atlas) -> Iterator[Problem]:
    """Yield what keeps a series from being one reporter's counts in one unit, once for each period."""
    series: dict[str, list[ContextFact]] = defaultdict(list)
    for fact in atlas.facts.values():
        if fact.series and fact.kind not in (FactKind.COUNT, FactKind.GAP):
            wrong = f"series {fact.series!r} holds counts, and this is a {fact.kind}"
            yield fact.id, wrong, "take series away"
        elif fact.series and fact.kind is FactKind.COUNT:
            series[fact.series].append(fact)
    attributes: tuple[tuple[str, Callable[[ContextFact], object]], ...] = (
        ("reporter", lambda fact: fact.reporter),
        ("unit", lambda fact: fact.unit),
        ("subject", lambda fact: fact.subject),
    )
    for name, facts in series.items():
        first = facts[0]
        for fact, (field, value) in ((fact, pair) for fact in facts for pair in attributes):
            if value(fact) != value(first):
                wrong = f"{field} is {value(fact)!s}, but {value(first)!s} in {first.id}, of one series"
                yield fact.id, wrong, f"take series {name!r} away, or give it a series of its own"
        periods: dict[str | None, str] = {}
        for fact in facts:
            if fact.period is None:
                yield fact.id, f"period is missing in series {name!r}", "add it"
            elif fact.period in periods:
                wrong = f"period {fact.period} stands in series {name!r} already, in {periods[fact.period]}"
                yield fact.id, wrong, "take series away from one of the two"
            periods[fact.period] = fact.id


def _one_sided_discrepancies(atlas: Atlas) -> Iterator[Problem]:
    """Yield the differences that rest on neither claims nor facts."""
    for discrepancy in atlas.discrepancies.values():
        if not any(chain(discrepancy.claims, discrepancy.facts)):
            yield discrepancy.id, "sides name neither claim nor fact", "name what each side says"


def _misnumbered_claims(atlas: Atlas) -> Iterator[Problem]:
    """Yield the claims whose number leaves a gap or is another's, counting from 1 in the article's order."""
    paragraph = 1
    for expected, claim in enumerate(atlas.claims.values(), 1):
        if claim.number != expected:
            yield (
                claim.id,
                f"number is {claim.number} where {expected} is next",
                "count the claims in the article's order",
            )
        if claim.paragraph < paragraph:
            yield (
                claim.id,
                f"stands in paragraph {claim.paragraph}, after a claim of {paragraph}",
                "correct number or paragraph",
            )
        paragraph = claim.paragraph


RULES: Final[tuple[Callable[[Atlas], Iterator[Problem]], ...]] = (
    _unknown_ids,
    _undated_statuses,
    _unsourced_lengths,
    _misplaced_places,
    _misnumbered_claims,
    _long_quotations,
    _mistranslated_numbers,
    _unquoted_numbers,
    _unsupported_facts,
    _mixed_series,
    _one_sided_discrepancies,
    _foreign_key_figures,
    _stray_places,
    _unused_sources,
)
