"""How to cite a view and the data: who says it, where it stands, of what date, under which licence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from dashboard.contents.words import publisher
from dashboard.i18n import Language, formats
from dashboard.tables import period_bounds, sources_of
from geodata import Atlas
from geodata.model import Claim, ContextFact, Line, Period, Place, Source, Subject, TitleBasis

Cited = Subject | Line | Place | Claim | ContextFact

SITE: Final = "Caspian Corridors"
SITE_KEY: Final = "caspian-corridors"
LICENCE: Final = "Open Database License (ODbL) 1.0"
LICENCE_ID: Final = "ODbL-1.0"
"""SPDX."""
LICENCE_ADDRESS: Final = "https://opendatacommons.org/licenses/odbl/1-0/"
OPENSTREETMAP: Final = "© OpenStreetMap contributors"
OPENSTREETMAP_ADDRESS: Final = "https://www.openstreetmap.org/copyright"
ATTRIBUTION: Final = f"{OPENSTREETMAP}, ODbL 1.0"
"""What every copy of the data must say."""

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""BibTeX's own names, which every style can write out."""
# BibTeX counts braces even behind a backslash, so that \{ alone would break the file.
IN_TEXT: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)
# Reference managers read addresses as they are: only what would end the field is rewritten.
IN_ADDRESS: Final = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20"})


@dataclass(frozen=True)
class Citation:
    """A citation to copy."""

    text: str
    """In the reader's language, one part to a line, so that no sign sticks to an address."""
    bibtex: str
    """An entry for the view, and one for each document that it rests on."""


def data_date(atlas: Atlas) -> date:
    """Return the date of the data: the day on which its newest source was published, never today's.

    ValueError where no source bears a date.
    """
    return max(period_bounds(source.published)[0] for source in atlas.sources.values() if source.published)


def cite(atlas: Atlas, focus: str | None, *, link: str, accessed: date, language: Language) -> Citation:
    """Return the citation of what the panel shows: a subject, line, place, claim or fact, or None for all the data.

    The link is the absolute address of the view. KeyError for an id that none of these has.
    """
    record = None if focus is None else _record(atlas, focus)
    title = _title(record, language)
    documents = [] if record is None else [_document(atlas, id_, record) for id_ in sources_of(record)]
    dated = language.say(
        "{site}, data of {date}",
        site=language.say("Caspian Corridors"),
        date=_in_words(data_date(atlas), language),
    )
    licence = language.say("Data licence: {licence}; {attribution}", licence=LICENCE, attribution=OPENSTREETMAP)
    text = [
        language.say("“{title}”", title=title),
        dated,
        language.say("{link} (accessed {date})", link=link, date=_in_words(accessed, language)),
        *(_source_line(document, language) for document in documents),
        licence,
    ]
    view = {
        "title": _whole(title),
        "howpublished": _text(dated),
        "year": f"{{{data_date(atlas).year}}}",
        "note": _text(licence),
        "url": _address(link),
        "urldate": f"{{{accessed.isoformat()}}}",
    }
    entries = [_entry("-".join(filter(None, (SITE_KEY, focus))), view)]
    entries += [_entry(document.id, _source_fields(document, accessed, language)) for document in documents]
    return Citation("\n".join(text), "\n\n".join(entries) + "\n")


def _record(atlas: Atlas, focus: str) -> Cited:
    kinds: tuple[Mapping[str, Cited], ...] = (atlas.subjects, atlas.lines, atlas.places, atlas.claims, atlas.facts)
    for records in kinds:
        if focus in records:
            return records[focus]
    raise KeyError(focus)


def _title(record: Cited | None, language: Language) -> str:
    """Return the name of a thing, the sentence of a claim or fact, or the name of the whole."""
    if record is None:
        return language.say("What connects Kazakhstan and Azerbaijan")
    if isinstance(record, Claim | ContextFact):
        return language.say_content(record.id, "statement", record.statement)
    return language.say_content(record.id, "name", record.name)


def _document(atlas: Atlas, id_: str, record: Cited) -> Source:
    """Return a document, for a claim with the address of the very sentence."""
    document = atlas.sources[id_]
    return document.model_copy(update={"address": record.address}) if isinstance(record, Claim) else document


def _in_words(day: date, language: Language) -> str:
    return formats.period(day.isoformat(), language)


def _source_line(document: Source, language: Language) -> str:
    """Return one line on a document; a title that is not its shown headline stands in brackets."""
    shown = document.title_basis is TitleBasis.SHOWN
    return language.say(
        "Source: {publisher}, {title}, {date}, {address}",
        publisher=publisher(document, language),
        title=language.say("“{title}”", title=document.title) if shown else f"[{document.title}]",
        date=formats.period(document.published, language) if document.published else language.say("no date"),
        address=document.address,
    )


# BibTeX.


def _entry(key: str, fields: Mapping[str, str]) -> str:
    """Return an entry; the key is an id of the atlas, which is ASCII and stays."""
    lines = "".join(f"  {name} = {value},\n" for name, value in fields.items())
    return f"@misc{{{key},\n{lines}}}"


def _source_fields(document: Source, accessed: date, language: Language) -> dict[str, str]:
    title = document.title if document.title_basis is TitleBasis.SHOWN else f"[{document.title}]"
    return {
        "title": _whole(title),
        "howpublished": _text(publisher(document, language)),
        **(_published_fields(document.published) if document.published else {}),
        "url": _address(document.address),
        "urldate": f"{{{accessed.isoformat()}}}",
    }


def _published_fields(published: Period) -> dict[str, str]:
    """Return year, month and day as exactly as they are known."""
    first, last = period_bounds(published)
    fields = {"year": f"{{{first.year}}}"}
    if (first.year, first.month) == (last.year, last.month):
        fields["month"] = MONTHS[first.month - 1]
    if first == last:
        fields["day"] = f"{{{first.day}}}"
    return fields


def _text(words: str) -> str:
    return f"{{{' '.join(words.split()).translate(IN_TEXT)}}}"


def _whole(words: str) -> str:
    """Return a title that no style may put into lower case."""
    return f"{{{_text(words)}}}"


def _address(address: str) -> str:
    return f"{{{address.translate(IN_ADDRESS)}}}"
