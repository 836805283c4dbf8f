"""What the panel says about whatever is chosen: a subject, line, place, statement, difference, source or page."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from dashboard.contents.method import method
from dashboard.contents.records import Detail, DifferenceEntry, FactGroup, LinkEntry, Panel, TabEntry
from dashboard.contents.teller import Teller
from dashboard.view import Part, Tab
from geodata import Atlas
from geodata.model import ARTICLE, Claim, ContextFact, Discrepancy, Line, Place, PlaceKind, Source, Subject

OVERVIEW: Final = "overview"
ARTICLE_PAGE: Final = "article"
DIFFERENCES_PAGE: Final = "differences"
METHOD_PAGE: Final = "method"


def known_ids(atlas: Atlas) -> frozenset[str]:
    """Return the ids that a link may name."""
    records = (atlas.subjects, atlas.lines, atlas.places, atlas.claims, atlas.facts, atlas.discrepancies, atlas.sources)
    return frozenset({ARTICLE_PAGE, DIFFERENCES_PAGE, METHOD_PAGE}.union(*records))


def panel(teller: Teller, ignored: Iterable[Part] = ()) -> Panel:
    """Return the panel for the teller's view, with a line for each part of the link that was ignored."""
    found = _differences_told_once(_chosen(teller))
    back = "" if teller.view.focus is None else teller.view.choose(None).link
    return replace(found, back=back, notices=tuple(map(teller.notice, ignored)))


def title(teller: Teller, shown: Panel) -> str:
    """Return the title of the document that shows the panel."""
    name = teller.say("Caspian Corridors")
    return f"{shown.name} · {name}" if teller.view.focus else name


def spoken(teller: Teller, shown: Panel) -> str:
    """Return the sentence in which a screen reader is told what the panel shows now."""
    tab = next((tab.name for tab in shown.tabs if tab.chosen), "")
    words = (shown.name, shown.kind, shown.status.words if shown.status else "", tab)
    return teller.say("Now shown: {what}.", what=", ".join(filter(None, words)))


def _differences_told_once(found: Panel) -> Panel:
    """Return the panel with the sides of each difference at its first mention; further mentions lead there."""
    told: set[str] = set()

    def shortened(differences: tuple[DifferenceEntry, ...]) -> Iterator[DifferenceEntry]:
        for difference in differences:
            yield replace(difference, sides=()) if difference.id in told else difference
            told.add(difference.id)

    claims = tuple(replace(claim, differences=tuple(shortened(claim.differences))) for claim in found.claims)
    facts = tuple(
        replace(
            group, facts=tuple(replace(fact, differences=tuple(shortened(fact.differences))) for fact in group.facts)
        )
        for group in found.facts
    )
    return replace(found, claims=claims, facts=facts)


def _chosen(teller: Teller) -> Panel:
    focus, atlas = teller.view.focus, teller.atlas
    if focus is None:
        return overview(teller)
    if focus in PAGES:
        return PAGES[focus](teller)
    builders: tuple[tuple[Mapping[str, Any], Callable[[Teller, Any], Panel]], ...] = (
        (atlas.subjects, subject_panel),
        (atlas.lines, line_panel),
        (atlas.places, place_panel),
        (atlas.claims, claim_panel),
        (atlas.facts, fact_panel),
        (atlas.discrepancies, difference_panel),
        (atlas.sources, source_panel),
    )
    return next(build(teller, records[focus]) for records, build in builders if focus in records)


def pages(teller: Teller) -> tuple[LinkEntry, ...]:
    """Return the pages that are about the whole: the article, the differences, the method."""
    names = {
        ARTICLE_PAGE: teller.say("The article, claim by claim"),
        DIFFERENCES_PAGE: teller.say("Where sources differ"),
        METHOD_PAGE: teller.say("Sources and method"),
    }
    return tuple(
        LinkEntry(id_, name, teller.link_to(id_), chosen=id_ == teller.view.focus) for id_, name in names.items()
    )


def overview(teller: Teller) -> Panel:
    """Return the panel with nothing chosen: what the map is, and the subjects."""
    return Panel(
        id=OVERVIEW,
        name=teller.say("What connects Kazakhstan and Azerbaijan"),
        summary=teller.say(
            "Railways, sea routes, a pipeline and a cable between Central Asia and Europe. Choose one, "
            "on the map or here, to read what a news article of 21 October 2025 says about it, what other sources "
            "say, and the words that each statement rests on."
        ),
        subjects=tuple(map(teller.entry, teller.atlas.subjects.values())),
        pages=pages(teller),
        article=teller.source(teller.atlas.sources[ARTICLE]),
        has_citation=True,
    )


def article_page(teller: Teller) -> Panel:
    """Return all statements of the article, in its order."""
    return Panel(
        id=ARTICLE_PAGE,
        name=teller.say("The article, claim by claim"),
        summary=teller.say(
            "All {number} statements of the article in its own order, in our words, each with the words that it rests "
            "on. Open one, and go on with the arrow keys: the map follows.",
            number=len(teller.atlas.claims),
        ),
        article=teller.source(teller.atlas.sources[ARTICLE]),
        claims=tuple(map(teller.claim, teller.atlas.claims.values())),
    )


def differences_page(teller: Teller) -> Panel:
    """Return every point where sources differ."""
    return Panel(
        id=DIFFERENCES_PAGE,
        name=teller.say("Where sources differ"),
        summary=teller.say(
            "{number} points where the article differs from other sources, or they from each other. Both sides are "
            "shown with their sources; nothing is averaged.",
            number=len(teller.atlas.discrepancies),
        ),
        differences=tuple(map(teller.difference, teller.atlas.discrepancies.values())),
    )


def method_page(teller: Teller) -> Panel:
    """Return how the map was made, and every source that it rests on."""
    return Panel(id=METHOD_PAGE, name=teller.say("Sources and method"), method=method(teller), has_citation=True)


PAGES: Final[Mapping[str, Callable[[Teller], Panel]]] = {
    ARTICLE_PAGE: article_page,
    DIFFERENCES_PAGE: differences_page,
    METHOD_PAGE: method_page,
}


def _tabs(teller: Teller) -> tuple[TabEntry, ...]:
    names = {
        Tab.ARTICLE: teller.say("What the article says"),
        Tab.OTHERS: teller.say("What other sources say"),
        Tab.SOURCES: teller.say("Sources and method"),
    }
    view = teller.view
    return tuple(TabEntry(tab, name, view.turn_to(tab).full_link, tab is view.tab) for tab, name in names.items())


def _with_tab(found: Panel, teller: Teller, subject: Subject) -> Panel:
    """Return the panel with what the chosen tab holds, and only that."""
    found = replace(found, tabs=_tabs(teller), has_citation=teller.view.tab is Tab.SOURCES)
    if teller.view.tab is Tab.ARTICLE:
        return replace(found, claims=teller.claims_of(subject.id))
    if teller.view.tab is Tab.OTHERS:
        return replace(found, facts=teller.facts_of(subject.id), pictures_of=subject.id)
    return replace(
        found,
        details=(*found.details, *_drawing_of(teller, subject)),
        sources=teller.sources(sources_of(subject, teller.atlas)),
        pages=pages(teller),
    )


def _drawing_of(teller: Teller, subject: Subject) -> tuple[Detail, ...]:
    bases = dict.fromkeys(teller.atlas.lines[id_].basis for id_ in subject.lines)
    return tuple(Detail(teller.say("How it is drawn"), teller.basis_words(basis)) for basis in bases)


def sources_of(subject: Subject, atlas: Atlas) -> tuple[str, ...]:
    """Return the ids of the documents that the subject's statements and statuses rest on; the article first."""
    cited = [ARTICLE, *_cited_for_itself(subject)]
    cited += [source for id_ in subject.lines for source in _cited_for_itself(atlas.lines[id_])]
    cited += [source for fact in atlas.facts.values() if fact.subject == subject.id for source in fact.sources]
    return tuple(dict.fromkeys(cited))


def subject_panel(teller: Teller, subject: Subject) -> Panel:
    """Return the panel of a subject."""
    found = Panel(
        id=subject.id,
        name=teller.name(subject),
        kind=teller.subject_kind(subject.kind),
        summary=teller.text(subject.id, "summary", subject.summary),
        status=teller.status(subject),
        names=teller.names(subject),
        figures=teller.figures_of(subject),
        goal=teller.goal_of(subject),
        lines=tuple(teller.entry(teller.atlas.lines[id_]) for id_ in subject.lines),
        places=tuple(teller.entry(teller.atlas.places[id_]) for id_ in subject.places),
    )
    return _with_tab(found, teller, subject)


def line_panel(teller: Teller, line: Line) -> Panel:
    """Return the panel of a line: its own facts, then what is said of its subject."""
    subject = teller.atlas.subjects[line.subject]
    details = [Detail(teller.say("Drawn length"), teller.kilometres(round(line.length_km)))]
    if line.official_length_km is not None:
        official = teller.kilometres(line.official_length_km)
        details.insert(0, Detail(teller.say("Official length"), official, teller.sources(line.official_length_sources)))
    details.append(Detail(teller.say("How it is drawn"), teller.basis_words(line.basis)))
    found = Panel(
        id=line.id,
        name=teller.name(line),
        kind=teller.mode_words(line.mode),
        parent=teller.entry(subject),
        status=teller.status(line),
        details=tuple(details),
        places=tuple(teller.entry(teller.atlas.places[id_]) for id_ in line.stops),
    )
    return _with_tab(found, teller, subject)


def place_panel(teller: Teller, place: Place) -> Panel:
    """Return the panel of a place: what meets there, and what the article says where only one subject does."""
    atlas = teller.atlas
    lines = [line for line in atlas.lines.values() if place.id in line.stops]
    owners = [subject.id for subject in atlas.subjects.values() if place.id in subject.places]
    subjects = tuple(dict.fromkeys([*owners, *(line.subject for line in lines)]))
    details = [Detail(teller.say("Position"), teller.position(place.lon, place.lat))]
    if place.kind is PlaceKind.PORT and place.status is None:
        details.append(Detail(teller.say("Status"), teller.say("not found in the sources that were read")))
    if place.doubt_km is not None:
        details.append(Detail(teller.say("Position known within"), teller.kilometres(place.doubt_km)))
    return Panel(
        id=place.id,
        name=teller.name(place),
        kind=teller.place_kind(place.kind),
        summary=teller.text(place.id, "note", place.note),
        status=teller.status(place),
        details=tuple(details),
        lines=tuple(map(teller.entry, lines)),
        subjects=tuple(teller.entry(atlas.subjects[id_]) for id_ in subjects),
        claims=teller.claims_of(subjects[0]) if len(subjects) == 1 else (),
    )


def claim_panel(teller: Teller, claim: Claim) -> Panel:
    """Return the panel of one statement of the article, with its neighbours to read on."""
    in_order = list(teller.atlas.claims.values())
    place = in_order.index(claim)
    before, after = in_order[:place][-1:], in_order[place + 1 :][:1]
    return Panel(
        id=claim.id,
        name=teller.say("Statement {number} of {total}", number=claim.number, total=len(in_order)),
        kind=teller.say("from the article"),
        parent=teller.entry(teller.atlas.subjects[claim.subject]),
        claims=(teller.claim(claim),),
        previous=teller.statement_entry(before[0]) if before else None,
        following=teller.statement_entry(after[0]) if after else None,
        pages=pages(teller)[:1],
        has_citation=True,
    )


def fact_panel(teller: Teller, fact: ContextFact) -> Panel:
    """Return the panel of one statement of another source."""
    entry = teller.fact(fact)
    return Panel(
        id=fact.id,
        name=entry.label,
        kind=teller.say("from other sources"),
        parent=teller.entry(teller.atlas.subjects[fact.subject]),
        facts=(FactGroup(teller.question(fact.question), (entry,)),),
        has_citation=True,
    )


def difference_panel(teller: Teller, discrepancy: Discrepancy) -> Panel:
    """Return the panel of a point where sources differ."""
    entry = teller.difference(discrepancy)
    return Panel(
        id=discrepancy.id,
        name=entry.title,
        kind=teller.say("where sources differ"),
        difference=entry,
        pages=pages(teller)[1:2],
    )


def _cited_for_itself(thing: Subject | Line | Place) -> tuple[str, ...]:
    """Return the documents that the thing's status, length and names rest on."""
    cited = list(thing.status_sources)
    if isinstance(thing, Line):
        cited += thing.official_length_sources
    if isinstance(thing, Subject):
        cited += [source for name in thing.other_names for source in name.sources]
    return tuple(cited)


def source_panel(teller: Teller, source: Source) -> Panel:
    """Return the panel of a document: what it is, and all that rests on it."""
    atlas = teller.atlas
    entry = teller.source(source)
    facts = [fact for fact in atlas.facts.values() if source.id in fact.sources]
    claims = list(atlas.claims.values()) if source.id == ARTICLE else []
    things: tuple[Subject | Line | Place, ...] = (
        *atlas.subjects.values(),
        *atlas.lines.values(),
        *atlas.places.values(),
    )
    resting = [thing for thing in things if source.id in _cited_for_itself(thing)]
    details = [
        Detail(teller.say("Publisher"), entry.publisher),
        Detail(teller.say("Published"), entry.published or teller.say("no date given")),
        Detail(teller.say("Language"), teller.language.name_of(source.language)),
        Detail(teller.say("Address"), source.address, address=source.address),
    ]
    return Panel(
        id=source.id,
        name=source.title,
        kind=teller.say("source"),
        summary=teller.text(source.id, "note", source.note),
        details=tuple(details),
        rests_on_it=(
            *map(teller.statement_entry, claims),
            *map(teller.statement_entry, facts),
            *map(teller.entry, resting),
        ),
        pages=pages(teller)[2:],
    )
