"""The atlas as tables: what the downloads hold, and what is told as text beside the map.

Each table is a pandas DataFrame with one row per record, in the order of the atlas, ids
first. Texts come in every language of the catalogues, as ``statement_en`` and
``statement_ru``. Numbers are in base units, with the unit in a column of its own. A period
stands as the atlas writes it, and beside it its first and last day. Nothing known is a
missing value, never a zero. A cell with several ids or addresses parts them by spaces,
since neither holds one.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Final

import pandas as pd

from dashboard.i18n import LANGUAGES, Language
from geodata import Atlas
from geodata.model import (
    ARTICLE,
    Basis,
    Claim,
    ClaimKind,
    Confidence,
    ContextFact,
    FactKind,
    Line,
    Mode,
    Place,
    PlaceKind,
    Qualifier,
    Question,
    Side,
    Speaker,
    Status,
    Subject,
    SubjectKind,
    TitleBasis,
    Unit,
)
from geodata.texts import OF_THE_ARTICLE

Row = dict[str, object]

DTYPES: Final[Mapping[str, str]] = {
    "value": "Float64",
    "value_high": "Float64",
    "official_length_km": "Float64",
    "drawn_length_km": "Float64",
    "lon": "Float64",
    "lat": "Float64",
    "doubt_km": "Float64",
    "prominence": "Int64",
    "number": "Int64",
    "paragraph": "Int64",
    "side": "Int64",
    "after_article": "boolean",
}
"""The columns that hold something other than text."""

MEANINGS: Final[Mapping[str, str]] = {
    "id": "Id; unique in the whole atlas, and what a link names in its focus parameter",
    "subject": "Id of the subject that it belongs to",
    "subjects": "Ids of the subjects that it belongs to, itself or through a line",
    "also_subjects": "Ids of further subjects that it concerns",
    "kind": "What sort it is, from a closed list",
    "name": "Name",
    "summary": "What it is, in a sentence",
    "other_names": "Further names, each with those who use it in brackets, parted by semicolons",
    "other_names_source_ids": "Ids of the sources for the further names",
    "other_names_source_addresses": "Addresses of the sources for the further names",
    "key_figures": "Ids of the claims and facts whose numbers open its panel",
    "lines": "Ids of its lines, in the order in which a reader follows them",
    "places": "Ids of its places",
    "code": "Short code of the line",
    "mode": "What moves along the line, from a closed list",
    "start_place": "Id of the place where the line starts",
    "end_place": "Id of the place where the line ends",
    "via_places": "Ids of the places that the line passes, in order",
    "status": "How far it has come, from a closed list; missing where no source says so",
    "status_as_of": "When the status held",
    "status_note": "What else there is to know of the status",
    "status_source_ids": "Ids of the sources for the status",
    "status_source_addresses": "Addresses of the sources for the status",
    "basis": "How its position is known: surveyed, indicative, or schematic",
    "official_length_km": "Length that a source states, in kilometres",
    "official_length_source_ids": "Ids of the sources for the stated length",
    "official_length_source_addresses": "Addresses of the sources for the stated length",
    "drawn_length_km": "Geodesic length of the line as drawn, in kilometres",
    "country": "Country, ISO 3166-1 alpha-2; missing at sea",
    "lon": "Longitude in degrees, WGS 84",
    "lat": "Latitude in degrees, WGS 84",
    "doubt_km": "Radius within which the true position lies, in kilometres",
    "prominence": "1: named on the map at every zoom; 2: when zoomed in; 3: only close up",
    "number": "Its place among the article’s statements, counted from 1",
    "speaker": "Who says it in the article, from a closed list",
    "paragraph": "Paragraph of the article, counted from 1",
    "question": "The reader’s question that it answers, from a closed list",
    "label": "What the number or date stands for, in a few words",
    "statement": "The statement in our own words",
    "quotation_ru": "The article’s words that the statement rests on, verbatim, in Russian",
    "quotation": "The article’s words that the statement rests on, translated",
    "quotation_address": "Address of the article, opened at the sentence",
    "value": "The number, in the base unit: 547 million dollars is 547000000; missing is not zero",
    "value_high": "Upper end, where the source gives a range that begins at value",
    "unit": "Unit of the number, from a closed list",
    "value_qualifier": "How the number stands to the true one, as more-than, from a closed list",
    "value_words_ru": "The number as it stands in the quotation",
    "value_text": "What stands in place of a number: a name, a route",
    "value_period": "Period that the number covers",
    "period": "When it happened or holds",
    "period_text": "The period in words, where the source gives no date",
    "reporter": "Whose statistics they are; two reporters are never one series",
    "series": "Id of the series that the number continues",
    "confidence": "high: two or more origins agree; medium: one; low: weakly supported",
    "confidence_reason": "Why the confidence is what it is",
    "after_article": "Whether the source is later than the article; missing where it bears no date",
    "ambiguity": "What the words leave open",
    "note": "What else there is to know",
    "source_ids": "Ids of the sources that it rests on",
    "source_addresses": "Addresses of the sources that it rests on, in the order of their ids",
    "difference_ids": "Ids of the differences that it is part of",
    "title": "Title",
    "title_basis": "shown: the headline; slug: read from the address; opening: the first words; described: ours",
    "publisher": "Who published it",
    "via": "The outlet that carried it, where that is another",
    "citing": "Whom the publisher names as its own source",
    "address": "Web address",
    "published": "When it was published; missing where it bears no date",
    "language": "Language of the document, ISO 639-1",
    "used_by": "Ids of the subjects, lines, places, claims and facts that rest on it",
    "side": "Number of the side within the difference, counted from 1",
    "wording": "The whole difference in neutral words",
    "who": "Whose position it is",
    "says": "What this side says",
    "claim_ids": "Ids of the article’s claims that this side rests on",
    "fact_ids": "Ids of the facts that this side rests on",
}
"""What each column means, the same in every table; without its language, start or end."""

CLOSED_LISTS: Final[Mapping[tuple[str, str], type[StrEnum]]] = {
    ("claims", "kind"): ClaimKind,
    ("claims", "speaker"): Speaker,
    ("claims", "unit"): Unit,
    ("claims", "value_qualifier"): Qualifier,
    ("facts", "kind"): FactKind,
    ("facts", "question"): Question,
    ("facts", "unit"): Unit,
    ("facts", "value_qualifier"): Qualifier,
    ("facts", "confidence"): Confidence,
    ("sources", "title_basis"): TitleBasis,
    ("lines", "mode"): Mode,
    ("lines", "status"): Status,
    ("lines", "basis"): Basis,
    ("places", "kind"): PlaceKind,
    ("places", "status"): Status,
    ("places", "basis"): Basis,
    ("subjects", "kind"): SubjectKind,
    ("subjects", "status"): Status,
}
"""The columns, by table and name, whose values come from a closed list."""

_FIRST_MONTH_AND_COUNT: Final = {"H1": (1, 6), "H2": (7, 6), "Q1": (1, 3), "Q2": (4, 3), "Q3": (7, 3), "Q4": (10, 3)}


def period_bounds(period: str) -> tuple[date, date]:
    """Return the first and the last day of a period of the atlas; both days belong to it."""
    first, _, last = period.partition("/")
    return _days(first)[0], _days(last or first)[1]


def _days(text: str) -> tuple[date, date]:
    """Return the first and the last day of a year, half, quarter, month or day."""
    year, *rest = text.split("-")
    if len(rest) == 2:
        day = date.fromisoformat(text)
        return day, day
    part = rest[0] if rest else None
    if part is None:
        month, count = 1, 12
    elif part in _FIRST_MONTH_AND_COUNT:
        month, count = _FIRST_MONTH_AND_COUNT[part]
    else:
        month, count = int(part), 1
    last = month + count - 1
    return date(int(year), month, 1), date(int(year), last, monthrange(int(year), last)[1])


def column_meaning(column: str) -> str:
    """Return what a column means, in one English sentence; KeyError for a column of no table."""
    if column in MEANINGS:
        return MEANINGS[column]
    stem, _, ending = column.rpartition("_")
    if ending in {"start", "end"}:
        return f"{MEANINGS[stem]}: {'first' if ending == 'start' else 'last'} day, ISO 8601"
    return f"{MEANINGS[stem]}, in {_english_name(LANGUAGES[ending])}"


def _english_name(language: Language) -> str:
    return language.locale.get_language_name("en") or language.code


def claims(atlas: Atlas) -> pd.DataFrame:
    """Return what the article says: one row per claim, in the article's order."""
    differences_of = _differences_of(atlas)
    return _frame(
        {
            "id": claim.id,
            "number": claim.number,
            "subject": claim.subject,
            "also_subjects": _joined(claim.also_subjects),
            "kind": claim.kind.value,
            "speaker": claim.speaker.value,
            "paragraph": claim.paragraph,
            **_in_words(claim.id, "label", claim.label),
            **_in_words(claim.id, "statement", claim.statement),
            **_quotation(atlas, claim),
            **_claimed_quantity(claim),
            **_period("period", claim.period),
            **_in_words(claim.id, "ambiguity", claim.ambiguity),
            **_in_words(claim.id, "note", claim.note),
            **_sources(atlas, "source", (ARTICLE,)),
            "quotation_address": claim.address,
            "difference_ids": _joined(differences_of[claim.id]),
        }
        for claim in sorted(atlas.claims.values(), key=lambda claim: claim.number)
    )


def _quotation(atlas: Atlas, claim: Claim) -> Row:
    """Return the article's words in every language: first its own, then the translations."""
    own = atlas.sources[ARTICLE].language
    translated = _in_words(claim.id, OF_THE_ARTICLE, claim.translation, column="quotation")
    return {f"quotation_{own}": claim.quotation} | {
        column: words for column, words in translated.items() if column != f"quotation_{own}"
    }


def _claimed_quantity(claim: Claim) -> Row:
    """Return the cells of the number that a claim gives; all are missing where it gives none."""
    amount = claim.quantity
    qualifier, period = (amount.qualifier, amount.period) if amount else (None, None)
    return {
        "value": amount and amount.value,
        "unit": amount and amount.unit.value,
        "value_qualifier": qualifier and qualifier.value,
        "value_words_ru": amount and amount.words,
        **_period("value_period", period),
    }


def facts(atlas: Atlas) -> pd.DataFrame:
    """Return what other sources say: one row per fact; what was looked for and not found is of kind gap."""
    differences_of = _differences_of(atlas)
    return _frame(
        {
            "id": fact.id,
            "subject": fact.subject,
            "question": fact.question.value,
            "kind": fact.kind.value,
            **_in_words(fact.id, "label", fact.label),
            **_in_words(fact.id, "statement", fact.statement),
            "value": fact.value,
            "value_high": fact.value_high,
            "unit": fact.unit and fact.unit.value,
            "value_qualifier": fact.qualifier and fact.qualifier.value,
            **_in_words(fact.id, "value_text", fact.value_text),
            **_period("period", fact.period),
            **_in_words(fact.id, "period_text", fact.period_text),
            **_in_words(fact.id, "reporter", fact.reporter),
            "series": fact.series,
            "confidence": fact.confidence.value,
            **_in_words(fact.id, "confidence_reason", fact.confidence_reason),
            "after_article": fact.after_article,
            **_sources(atlas, "source", fact.sources),
            "difference_ids": _joined(differences_of[fact.id]),
        }
        for fact in atlas.facts.values()
    )


def sources(atlas: Atlas) -> pd.DataFrame:
    """Return the documents: one row per source, with the ids of all that rests on it."""
    resting_on = _resting_on(atlas)
    return _frame(
        {
            "id": source.id,
            "title": source.title,
            "title_basis": source.title_basis.value,
            "publisher": source.publisher,
            "via": source.via,
            **_in_words(source.id, "citing", source.citing),
            "address": source.address,
            **_period("published", source.published),
            "language": source.language,
            **_in_words(source.id, "note", source.note),
            "used_by": _joined(resting_on[source.id]),
        }
        for source in atlas.sources.values()
    )


def lines(atlas: Atlas) -> pd.DataFrame:
    """Return the lines: one row each, without the path; lengths in kilometres."""
    return _frame(
        {
            "id": line.id,
            "subject": line.subject,
            "code": line.code,
            **_in_words(line.id, "name", line.name),
            "mode": line.mode.value,
            "start_place": line.start,
            "end_place": line.end,
            "via_places": _joined(line.via),
            **_status(atlas, line),
            **_in_words(line.id, "status_note", line.status_note),
            "basis": line.basis.value,
            "official_length_km": line.official_length_km,
            **_sources(atlas, "official_length_source", line.official_length_sources),
            "drawn_length_km": line.length_km,
        }
        for line in atlas.lines.values()
    )


def places(atlas: Atlas) -> pd.DataFrame:
    """Return the places: one row each, positions in degrees (WGS 84)."""
    subjects_at = _subjects_at(atlas)
    return _frame(
        {
            "id": place.id,
            "subjects": _joined(subjects_at[place.id]),
            **_in_words(place.id, "name", place.name),
            "kind": place.kind.value,
            "country": place.country,
            "lon": place.lon,
            "lat": place.lat,
            "basis": place.basis.value,
            "doubt_km": place.doubt_km,
            "prominence": place.prominence,
            **_status(atlas, place),
            **_in_words(place.id, "note", place.note),
        }
        for place in atlas.places.values()
    )


def subjects(atlas: Atlas) -> pd.DataFrame:
    """Return the subjects: one row each, with the ids of their lines and places."""
    return _frame(
        {
            "id": subject.id,
            **_in_words(subject.id, "name", subject.name),
            "kind": subject.kind.value,
            **_in_words(subject.id, "summary", subject.summary),
            **{f"other_names_{code}": _other_names(subject, language) for code, language in LANGUAGES.items()},
            **_sources(
                atlas,
                "other_names_source",
                dict.fromkeys(source for other in subject.other_names for source in other.sources),
            ),
            **_status(atlas, subject),
            **_in_words(subject.id, "status_note", subject.status_note),
            "key_figures": _joined(subject.key_figures),
            "lines": _joined(subject.lines),
            "places": _joined(subject.places),
        }
        for subject in atlas.subjects.values()
    )


def differences(atlas: Atlas) -> pd.DataFrame:
    """Return the points where sources differ: one row per side, so that a difference has two rows or more."""
    return _frame(
        {
            "id": difference.id,
            "side": number + 1,
            **_in_words(difference.id, "title", difference.title),
            **_in_words(difference.id, "wording", difference.wording),
            **_in_words(difference.id, f"sides.{number}.who", side.who, column="who"),
            **_in_words(difference.id, f"sides.{number}.says", side.says, column="says"),
            "claim_ids": _joined(side.claims),
            "fact_ids": _joined(side.facts),
            **_sources(atlas, "source", _sources_of_side(atlas, side)),
        }
        for difference in atlas.discrepancies.values()
        for number, side in enumerate(difference.sides)
    )


def sources_of(record: Subject | Line | Place | Claim | ContextFact) -> tuple[str, ...]:
    """Return the ids of the sources that a record itself rests on, each once."""
    if isinstance(record, Claim):
        return (ARTICLE,)
    if isinstance(record, ContextFact):
        return record.sources
    if isinstance(record, Line):
        return tuple(dict.fromkeys(record.status_sources + record.official_length_sources))
    named = [source for other in record.other_names for source in other.sources] if isinstance(record, Subject) else []
    return tuple(dict.fromkeys([*record.status_sources, *named]))


TABLES: Final[Mapping[str, Callable[[Atlas], pd.DataFrame]]] = {
    "subjects": subjects,
    "lines": lines,
    "places": places,
    "claims": claims,
    "facts": facts,
    "differences": differences,
    "sources": sources,
}
"""Every table by its name."""


def _frame(rows: Iterable[Row]) -> pd.DataFrame:
    """Return the rows as a DataFrame of pandas' nullable types; without rows it has no columns."""
    frame = pd.DataFrame(list(rows))
    return frame.astype({column: DTYPES.get(column, "string") for column in frame.columns})


def _joined(ids: Iterable[str]) -> str | None:
    """Return ids or addresses in one cell; none of them is a missing value."""
    return " ".join(ids) or None


def _in_words(record: str, field: str, english: str | None, *, column: str | None = None) -> Row:
    """Return a text of the content in every language; a text that is not there stays missing."""
    return {
        f"{column or field}_{code}": language.say_content(record, field, english) if english else None
        for code, language in LANGUAGES.items()
    }


def _period(column: str, period: str | None) -> Row:
    """Return a period as it stands, and the ISO dates of its first and last day."""
    start, end = map(str, period_bounds(period)) if period else (None, None)
    return {column: period, f"{column}_start": start, f"{column}_end": end}


def _sources(atlas: Atlas, column: str, ids: Iterable[str]) -> Row:
    """Return the ids of sources, and beside them their addresses."""
    ids = tuple(ids)
    return {
        f"{column}_ids": _joined(ids),
        f"{column}_addresses": _joined(atlas.sources[id_].address for id_ in ids),
    }


def _status(atlas: Atlas, record: Subject | Line | Place) -> Row:
    """Return how far a thing has come, since when that is known, and from whom."""
    return {
        "status": record.status and record.status.value,
        **_period("status_as_of", record.status_as_of),
        **_sources(atlas, "status_source", record.status_sources),
    }


def _other_names(subject: Subject, language: Language) -> str | None:
    """Return a subject's further names with those who use them, in one cell."""
    named = []
    for number, other in enumerate(subject.other_names):
        name = language.say_content(subject.id, f"other_names.{number}.name", other.name)
        used_by = language.say_content(subject.id, f"other_names.{number}.used_by", other.used_by)
        named.append(f"{name} ({used_by})")
    return "; ".join(named) or None


def _sources_of_side(atlas: Atlas, side: Side) -> tuple[str, ...]:
    """Return the ids of the sources of a side's claims and facts, each once."""
    of_claims = [ARTICLE] if side.claims else []
    return tuple(dict.fromkeys(of_claims + [source for fact in side.facts for source in atlas.facts[fact].sources]))


def _differences_of(atlas: Atlas) -> Mapping[str, list[str]]:
    """Return the ids of the differences that each claim or fact is part of."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for difference in atlas.discrepancies.values():
        for statement in (*difference.claims, *difference.facts):
            found[statement].append(difference.id)
    return found


def _subjects_at(atlas: Atlas) -> Mapping[str, list[str]]:
    """Return the ids of the subjects that each place belongs to, itself or through a line."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for subject in atlas.subjects.values():
        stops = [place for line in subject.lines for place in atlas.lines[line].stops]
        for place in dict.fromkeys([*subject.places, *stops]):
            found[place].append(subject.id)
    return found


def _resting_on(atlas: Atlas) -> Mapping[str, list[str]]:
    """Return the ids of the records that rest on each source."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for records in (atlas.subjects, atlas.lines, atlas.places, atlas.claims, atlas.facts):
        for record in records.values():
            for source in sources_of(record):
                found[source].append(record.id)
    return found
