"""What goes on paper: the panel with all its tabs, its sources numbered, the address of the view, and the dates."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from functools import cached_property

from dashboard.charts import Mark, Picture
from dashboard.citation import Citation, cite, data_date
from dashboard.contents import Teller, panel
from dashboard.contents.panels import ARTICLE_PAGE, OVERVIEW
from dashboard.contents.records import DifferenceEntry, LinkEntry, Panel, SourceEntry
from dashboard.i18n import formats
from dashboard.tables import sources_of
from dashboard.view import Part, Tab
from geodata.model import ARTICLE


@dataclass(frozen=True)
class Bar:
    """A number of a picture, as a row with a bar."""

    label: str
    when: str
    words: str
    """The value with its unit."""
    share: float
    """Of the highest value of the picture, which is 1."""
    kind: Mark
    source: SourceEntry


@dataclass(frozen=True)
class Bars:
    """A picture of figures whose bars stand beside the figures."""

    title: str
    kinds: tuple[Mark, ...]
    """Those that occur, in the order of the key."""
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Edition:
    """Everything that one print edition says."""

    panel: Panel
    """With what all of its tabs hold."""
    summary: str
    """The panel's, without its words about what to press, or the statement that the panel is about."""
    summaries: tuple[tuple[LinkEntry, str], ...]
    """Each subject with its summary, where the panel lists the subjects of the whole map."""
    differences: tuple[DifferenceEntry, ...]
    """All that its statements mention, each once."""
    pictures: tuple[Bars, ...]
    sources: tuple[SourceEntry, ...]
    """All that it cites, in the order of their numbers."""
    citation: Citation | None
    link: str
    """The absolute address of the view on the live map."""
    printed: str
    """The date of printing."""

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each source, from 1, by its id."""
        return {source.id: number for number, source in enumerate(self.sources, 1)}


def edition(
    teller: Teller,
    ignored: Iterable[Part],
    *,
    address: str,
    printed: date,
    charts_of: Callable[[str], Sequence[Picture]],
) -> Edition:
    """Return the print edition of the teller's view.

    The address is that of the page, without a slash at its end; the parts of the link that
    were ignored are named in the panel; charts_of gives the pictures of a subject.
    """
    view, language = teller.view, teller.language
    shown = whole_panel(teller, ignored)
    link = f"{address}/{view.link}"
    pictures = charts_of(shown.pictures_of)
    citation = None
    if shown.has_citation:
        focus = view.focus if view.focus == shown.id and shown.method is None else None
        citation = cite(teller.atlas, focus, link=link, accessed=printed, language=language)
    return Edition(
        panel=shown,
        summary=_summary(teller, shown),
        summaries=_summaries(teller, shown),
        differences=_differences(shown),
        pictures=tuple(_bars(picture, teller) for picture in pictures),
        sources=teller.sources(dict.fromkeys(_cited(shown, pictures, teller))),
        citation=citation,
        link=link,
        printed=formats.period(printed.isoformat(), language),
    )


def whole_panel(teller: Teller, ignored: Iterable[Part] = ()) -> Panel:
    """Return the panel with what all of its tabs hold, and no tabs."""
    by_tab = {tab: panel(replace(teller, view=teller.view.turn_to(tab)), ignored) for tab in Tab}
    article, others, sources = by_tab[Tab.ARTICLE], by_tab[Tab.OTHERS], by_tab[Tab.SOURCES]
    if not article.tabs:
        return article
    return replace(
        article,
        tabs=(),
        facts=others.facts,
        pictures_of=others.pictures_of,
        details=tuple(dict.fromkeys(sources.details)),
        sources=sources.sources,
        has_citation=sources.has_citation,
    )


def data_of(teller: Teller) -> str:
    """Return the name of the whole and the date of its data, in one line."""
    return teller.say(
        "{site}, data of {date}",
        site=teller.say("Caspian Corridors"),
        date=formats.period(data_date(teller.atlas).isoformat(), teller.language),
    )


def _summary(teller: Teller, shown: Panel) -> str:
    if shown.id in teller.atlas.claims:
        return shown.claims[0].statement
    if shown.id in teller.atlas.facts:
        return shown.facts[0].facts[0].statement
    if shown.id == OVERVIEW:
        return teller.say(
            "Railways, sea routes, a pipeline and a cable between Central Asia and Europe. For each, the live map "
            "tells what a news article of 21 October 2025 says about it, what other sources say, and the words that "
            "each statement rests on."
        )
    if shown.id == ARTICLE_PAGE:
        return teller.say(
            "All {number} statements of the article in its own order, in our words, each with the words that it "
            "rests on.",
            number=len(shown.claims),
        )
    return shown.summary


def _summaries(teller: Teller, shown: Panel) -> tuple[tuple[LinkEntry, str], ...]:
    if teller.view.focus is not None:
        return ()
    subjects = teller.atlas.subjects
    return tuple((entry, teller.text(entry.id, "summary", subjects[entry.id].summary)) for entry in shown.subjects)


def _differences(shown: Panel) -> tuple[DifferenceEntry, ...]:
    mentioned = [difference for claim in shown.claims for difference in claim.differences]
    mentioned += [difference for group in shown.facts for fact in group.facts for difference in fact.differences]
    found: dict[str, DifferenceEntry] = {}
    for difference in (*mentioned, *shown.differences):
        found.setdefault(difference.id, difference)  # the first mention tells the sides
    return tuple(found.values())


def _bars(picture: Picture, teller: Teller) -> Bars:
    highest = max(point.value for point in picture.points)
    bars = tuple(
        Bar(
            label=point.label,
            when=point.when,
            words=point.words,
            share=point.value / highest,
            kind=point.kind,
            source=teller.source(teller.atlas.sources[_document(point.id, teller)]),
        )
        for point in picture.points
    )
    found = {bar.kind for bar in bars}
    return Bars(picture.title, tuple(kind for kind in Mark if kind in found), bars)


def _document(id_: str, teller: Teller) -> str:
    """Return the id of the document that a claim or fact rests on; of several, the first."""
    atlas = teller.atlas
    return sources_of(atlas.claims.get(id_) or atlas.facts[id_])[0]


def _cited(shown: Panel, pictures: Iterable[Picture], teller: Teller) -> Iterator[str]:
    """Yield the ids of the documents that the panel cites, about as they appear; the article before all others."""
    if shown.claims or shown.article:
        yield ARTICLE
    if shown.method:
        yield from (source.id for source in shown.method.sources)
    yield from _documents_in(shown)
    for picture in pictures:
        yield from (_document(point.id, teller) for point in picture.points)


def _documents_in(record: object) -> Iterator[str]:
    """Yield the id of each document within a record, at whatever depth."""
    if isinstance(record, SourceEntry):
        yield record.id
    elif isinstance(record, tuple):
        for part in record:
            yield from _documents_in(part)
    elif is_dataclass(record) and not isinstance(record, type):
        for field in fields(record):
            yield from _documents_in(getattr(record, field.name))
