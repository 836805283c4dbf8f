"""What a panel, a list row and the map's labels say: the atlas in words, for one view.

Pure functions from atlas, view and language to plain records. They know nothing of
Streamlit, so that the page, a printout or a preview can show the same records.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from dashboard.i18n import Language, formats
from dashboard.view import Part, View
from geodata import Atlas
from geodata.model import (
    Basis,
    Claim,
    ContextFact,
    Line,
    Mode,
    Period,
    Place,
    PlaceKind,
    Source,
    Speaker,
    Status,
    Subject,
    SubjectKind,
    Unit,
)

ARTICLE: Final = "zakon-kz-2025-10-21"
"""The source id of the article that the map illustrates."""
TRADE_REACHED: Final = "trade-547m-nine-months-2025"
TRADE_GOAL: Final = "trade-target-1bn-usd"
AREA_OF_WORLD: Final = "overview"


@dataclass(frozen=True)
class SourceEntry:
    """A document that can be opened."""

    title: str
    publisher: str
    address: str
    published: str
    language: str


@dataclass(frozen=True)
class LinkEntry:
    """Something of the atlas that can be chosen."""

    id: str
    name: str
    link: str
    kind: str = ""
    status: Status | None = None
    status_words: str = ""
    subject: str = ""
    chosen: bool = False
    parts: tuple["LinkEntry", ...] = ()


@dataclass(frozen=True)
class StatusEntry:
    """How far a thing has come, since when that is known, and from whom."""

    status: Status
    words: str
    definition: str
    as_of: str
    note: str
    sources: tuple[SourceEntry, ...]


@dataclass(frozen=True)
class FigureEntry:
    """A number that opens the panel."""

    label: str
    value: str
    period: str
    source: str
    address: str


@dataclass(frozen=True)
class ClaimEntry:
    """A statement of the article with the words that it rests on."""

    id: str
    link: str
    statement: str
    quotation: str
    speaker: str
    paragraph: int
    address: str
    ambiguity: str
    subject: LinkEntry
    chosen: bool = False


@dataclass(frozen=True)
class NameEntry:
    """A further name, and who uses it."""

    name: str
    used_by: str
    sources: tuple[SourceEntry, ...]


@dataclass(frozen=True)
class GoalEntry:
    """A number on its way to a goal, for a picture."""

    reached: str
    goal: str
    share: float
    """Between 0 and 1."""
    period: str
    caution: str


@dataclass(frozen=True)
class Detail:
    """A short fact of a line or place: what it is, and its value."""

    label: str
    value: str
    sources: tuple[SourceEntry, ...] = ()


@dataclass(frozen=True)
class Panel:
    """Everything that the panel says about the chosen thing."""

    id: str
    name: str
    kind: str
    lead: str = ""
    summary: str = ""
    parent: LinkEntry | None = None
    status: StatusEntry | None = None
    names: tuple[NameEntry, ...] = ()
    figures: tuple[FigureEntry, ...] = ()
    goal: GoalEntry | None = None
    details: tuple[Detail, ...] = ()
    claims: tuple[ClaimEntry, ...] = ()
    lines: tuple[LinkEntry, ...] = ()
    places: tuple[LinkEntry, ...] = ()
    subjects: tuple[LinkEntry, ...] = ()
    notices: tuple[str, ...] = ()
    back: str = ""
    """The link to the overview, where the panel is not it."""
    article: SourceEntry | None = None


@dataclass(frozen=True)
class Teller:
    """Tells the atlas in one language, for one view."""

    atlas: Atlas
    view: View
    language: Language

    def say(self, message: str, /, **values: object) -> str:
        """Return an interface message in the reader's language."""
        return self.language.say(message, **values)

    def text(self, record: str, field_name: str, english: str | None) -> str:
        """Return a sentence of the content in the reader's language; nothing stays nothing."""
        return self.language.say_content(record, field_name, english) if english else ""

    def name(self, record: Subject | Line | Place) -> str:
        """Return the record's name."""
        return self.text(record.id, "name", record.name)

    def period(self, period: Period | None) -> str:
        """Return the period in words; nothing stays nothing."""
        return formats.period(period, self.language) if period else ""

    # Words for the closed lists of the atlas.

    def status_words(self, status: Status) -> str:
        """Return the word for a status."""
        return {
            Status.OPERATING: self.say("operating"),
            Status.CONSTRUCTION: self.say("under construction"),
            Status.PLANNED: self.say("planned"),
            Status.ANNOUNCED: self.say("announced"),
        }[status]

    def status_definition(self, status: Status) -> str:
        """Return what the status means here."""
        return {
            Status.OPERATING: self.say("Carries goods, oil or data today."),
            Status.CONSTRUCTION: self.say("Ground was broken, and a dated source says so."),
            Status.PLANNED: self.say("A government or owner has committed to it in a signed, dated document."),
            Status.ANNOUNCED: self.say("Someone has said that it will be built."),
        }[status]

    def subject_kind(self, kind: SubjectKind) -> str:
        """Return the word for a kind of subject."""
        return {
            SubjectKind.CORRIDOR: self.say("transport corridor"),
            SubjectKind.PORTS: self.say("seaports"),
            SubjectKind.PIPELINE: self.say("oil pipeline"),
            SubjectKind.RAILWAY: self.say("railway"),
            SubjectKind.CABLE: self.say("fibre-optic cable"),
            SubjectKind.FIELD: self.say("oil field"),
            SubjectKind.AGREEMENT: self.say("agreement"),
            SubjectKind.THEME: self.say("theme"),
        }[kind]

    def mode_words(self, mode: Mode) -> str:
        """Return the word for a mode of carrying."""
        return {
            Mode.RAIL: self.say("railway"),
            Mode.SEA: self.say("sea route"),
            Mode.PIPELINE: self.say("oil pipeline"),
            Mode.CABLE: self.say("fibre-optic cable"),
            Mode.ROAD: self.say("road"),
        }[mode]

    def place_kind(self, kind: PlaceKind) -> str:
        """Return the word for a kind of place."""
        return {
            PlaceKind.PORT: self.say("port"),
            PlaceKind.TERMINAL: self.say("terminal"),
            PlaceKind.CITY: self.say("city"),
            PlaceKind.STATION: self.say("railway station"),
            PlaceKind.CROSSING: self.say("border crossing"),
            PlaceKind.LANDING: self.say("cable landing"),
            PlaceKind.FIELD: self.say("oil field"),
            PlaceKind.POINT: self.say("point at sea"),
        }[kind]

    def basis_words(self, basis: Basis) -> str:
        """Return how exactly a thing is drawn."""
        return {
            Basis.SURVEYED: self.say("surveyed: within 1–3 km"),
            Basis.INDICATIVE: self.say("indicative: the exact route is not published"),
            Basis.SCHEMATIC: self.say("schematic: only the ends are known"),
        }[basis]

    def speaker_words(self, speaker: Speaker) -> str:
        """Return who says it in the article."""
        return {
            Speaker.NARRATOR: self.say("Zakon.kz"),
            Speaker.NARRATOR_OR_POLETAEV: self.say("Zakon.kz, possibly retelling Eduard Poletaev"),
            Speaker.POLETAEV_QUOTED: self.say("Eduard Poletaev, political scientist, quoted"),
            Speaker.POLETAEV_REPORTED: self.say("Eduard Poletaev, political scientist, in reported speech"),
            Speaker.EARLIER_REPORT: self.say("Zakon.kz, referring to an earlier report of its own"),
        }[speaker]

    # Records.

    def source(self, source: Source) -> SourceEntry:
        """Return a document as the reader sees it."""
        return SourceEntry(
            title=source.title,
            publisher=source.publisher,
            address=source.address,
            published=self.period(source.published),
            language=source.language,
        )

    def sources(self, ids: Iterable[str]) -> tuple[SourceEntry, ...]:
        """Return the documents of these ids."""
        return tuple(self.source(self.atlas.sources[id_]) for id_ in ids)

    def entry(self, record: Subject | Line | Place, kind: str = "") -> LinkEntry:
        """Return a thing of the atlas as something to choose."""
        status = record.status
        return LinkEntry(
            id=record.id,
            name=self.name(record),
            link=self.view.choose(record.id).link,
            kind=kind or self.kind(record),
            status=status,
            status_words=self.status_words(status) if status else "",
            subject=record.subject if isinstance(record, Line) else record.id,
            chosen=record.id == self.view.focus,
        )

    def kind(self, record: Subject | Line | Place) -> str:
        """Return the word for what the record is."""
        if isinstance(record, Subject):
            return self.subject_kind(record.kind)
        return self.mode_words(record.mode) if isinstance(record, Line) else self.place_kind(record.kind)

    def status(self, record: Subject | Line | Place) -> StatusEntry | None:
        """Return how far the thing has come, where that is known."""
        if record.status is None:
            return None
        note = None if isinstance(record, Place) else record.status_note
        return StatusEntry(
            status=record.status,
            words=self.status_words(record.status),
            definition=self.status_definition(record.status),
            as_of=self.period(record.status_as_of),
            note=self.text(record.id, "status_note", note),
            sources=self.sources(record.status_sources),
        )

    def claim(self, claim: Claim) -> ClaimEntry:
        """Return a statement of the article."""
        return ClaimEntry(
            id=claim.id,
            link=self.view.choose(claim.id).link,
            statement=self.text(claim.id, "statement", claim.statement),
            quotation=claim.quotation,
            speaker=self.speaker_words(claim.speaker),
            paragraph=claim.paragraph,
            address=claim.address,
            ambiguity=self.text(claim.id, "ambiguity", claim.ambiguity),
            subject=self.entry(self.atlas.subjects[claim.subject]),
            chosen=claim.id == self.view.focus,
        )

    def figure(self, record: Claim | ContextFact) -> FigureEntry:
        """Return a number or date that opens the panel."""
        if isinstance(record, Claim):
            amount = record.quantity
            value = self.claim_value(record)
            period = self.period((amount and amount.period) or record.period)
            source, address = self.say("the article"), record.address
        else:
            value = self.fact_value(record)
            period = self.period(record.period) or self.text(record.id, "period_text", record.period_text)
            document = self.atlas.sources[record.sources[0]]
            source, address = document.publisher, document.address
        label = self.text(record.id, "label", record.label)
        return FigureEntry(label, value or period, period if value else "", source, address)

    def claim_value(self, claim: Claim) -> str:
        """Return the claim's number with its unit; nothing where it has none."""
        if claim.quantity is None:
            return ""
        amount = claim.quantity
        shown = formats.quantity(amount.value, amount.unit, self.language)
        return self._qualified(claim.id, shown, amount.qualifier, "quantity.qualifier")

    def fact_value(self, fact: ContextFact) -> str:
        """Return the fact's value with its unit, or the words that stand in its place."""
        if fact.value is None or fact.unit is None:
            return self.text(fact.id, "value_text", fact.value_text)
        shown = formats.quantity(fact.value_high or fact.value, fact.unit, self.language)
        if fact.value_high is not None:
            shown = f"{formats.number(fact.value, self.language)}–{shown}"
        return self._qualified(fact.id, shown, fact.qualifier, "qualifier")

    def _qualified(self, record: str, shown: str, qualifier: str | None, field_name: str) -> str:
        return f"{self.text(record, field_name, qualifier)} {shown}" if qualifier else shown

    def goal(self) -> GoalEntry | None:
        """Return the trade that the article names on its way to the goal that it names."""
        reached, goal = (self.atlas.claims[id_].quantity for id_ in (TRADE_REACHED, TRADE_GOAL))
        if reached is None or goal is None:
            return None
        return GoalEntry(
            reached=formats.quantity(reached.value, reached.unit, self.language),
            goal=formats.quantity(goal.value, goal.unit, self.language),
            share=reached.value / goal.value,
            period=self.period(reached.period),
            caution=self.say("The article sets no date for the goal, and does not say whose statistics these are."),
        )

    # Panels.

    def claims_of(self, subject: str) -> tuple[ClaimEntry, ...]:
        """Return the article's statements about a subject, in the article's order; its own first."""
        claims = self.atlas.claims.values()
        own = [claim for claim in claims if claim.subject == subject]
        also = [claim for claim in claims if subject in claim.also_subjects]
        return tuple(map(self.claim, own + also))

    def figures_of(self, subject: Subject) -> tuple[FigureEntry, ...]:
        """Return the numbers that open the subject's panel."""
        records = (self.atlas.claims.get(id_) or self.atlas.facts[id_] for id_ in subject.key_figures)
        return tuple(map(self.figure, records))

    def subject_panel(self, subject: Subject) -> Panel:
        """Return the panel of a subject."""
        return Panel(
            id=subject.id,
            name=self.name(subject),
            kind=self.subject_kind(subject.kind),
            summary=self.text(subject.id, "summary", subject.summary),
            status=self.status(subject),
            names=tuple(
                NameEntry(
                    name=self.text(subject.id, f"other_names.{place}.name", other.name),
                    used_by=self.text(subject.id, f"other_names.{place}.used_by", other.used_by),
                    sources=self.sources(other.sources),
                )
                for place, other in enumerate(subject.other_names)
            ),
            figures=self.figures_of(subject),
            goal=self.goal() if {TRADE_REACHED, TRADE_GOAL} <= set(subject.key_figures) else None,
            claims=self.claims_of(subject.id),
            lines=tuple(self.entry(self.atlas.lines[id_]) for id_ in subject.lines),
            places=tuple(self.entry(self.atlas.places[id_]) for id_ in subject.places),
        )

    def line_panel(self, line: Line) -> Panel:
        """Return the panel of a line: its own facts, then what the article says of its subject."""
        subject = self.atlas.subjects[line.subject]
        details = [Detail(self.say("Drawn length"), self._kilometres(round(line.length_km)))]
        if line.official_length_km is not None:
            official = self._kilometres(line.official_length_km)
            sources = self.sources(line.official_length_sources)
            details.insert(0, Detail(self.say("Official length"), official, sources))
        details.append(Detail(self.say("How it is drawn"), self.basis_words(line.basis)))
        return Panel(
            id=line.id,
            name=self.name(line),
            kind=self.mode_words(line.mode),
            parent=self.entry(subject),
            status=self.status(line),
            details=tuple(details),
            claims=self.claims_of(subject.id),
            places=tuple(self.entry(self.atlas.places[id_]) for id_ in line.stops),
        )

    def _kilometres(self, length: float) -> str:
        return formats.quantity(length, Unit.KILOMETRES, self.language)

    def place_panel(self, place: Place) -> Panel:
        """Return the panel of a place: what meets there, and what the article says of those subjects."""
        lines = [line for line in self.atlas.lines.values() if place.id in line.stops]
        subjects = dict.fromkeys(
            [subject.id for subject in self.atlas.subjects.values() if place.id in subject.places]
            + [line.subject for line in lines]
        )
        details = [Detail(self.say("Position"), self._position(place))]
        if place.doubt_km is not None:
            details.append(Detail(self.say("Position known within"), self._kilometres(place.doubt_km)))
        return Panel(
            id=place.id,
            name=self.name(place),
            kind=self.place_kind(place.kind),
            summary=self.text(place.id, "note", place.note),
            status=self.status(place),
            details=tuple(details),
            lines=tuple(map(self.entry, lines)),
            subjects=tuple(self.entry(self.atlas.subjects[id_]) for id_ in subjects),
            claims=tuple(claim for id_ in subjects for claim in self.claims_of(id_)) if len(subjects) == 1 else (),
        )

    def _position(self, place: Place) -> str:
        lat, lon = (formats.number(abs(degrees), self.language) for degrees in (place.lat, place.lon))
        north = self.say("{degrees}° N", degrees=lat) if place.lat >= 0 else self.say("{degrees}° S", degrees=lat)
        east = self.say("{degrees}° E", degrees=lon) if place.lon >= 0 else self.say("{degrees}° W", degrees=lon)
        return f"{north}, {east}"

    def claim_panel(self, claim: Claim) -> Panel:
        """Return the panel of one statement of the article."""
        subject = self.atlas.subjects[claim.subject]
        entry = self.claim(claim)
        others = tuple(other for other in self.claims_of(subject.id) if other.id != claim.id)
        return Panel(
            id=claim.id,
            name=self.say(
                "Statement {number} of {total}",
                number=self._place_in_article(claim),
                total=len(self.atlas.claims),
            ),
            kind=self.say("from the article"),
            parent=self.entry(subject),
            claims=(entry, *others),
        )

    def _place_in_article(self, claim: Claim) -> int:
        return list(self.atlas.claims).index(claim.id) + 1

    def overview(self) -> Panel:
        """Return the panel with nothing chosen: what the map is, and the subjects."""
        return Panel(
            id=AREA_OF_WORLD,
            name=self.say("What connects Kazakhstan and Azerbaijan"),
            kind="",
            summary=self.say(
                "Railways, sea routes, a pipeline and a cable between Central Asia and Europe. Choose one, "
                "on the map or here, to read what a news article of 21 October 2025 says about it, "
                "with the words that each statement rests on."
            ),
            subjects=tuple(map(self.entry, self.atlas.subjects.values())),
            article=self.source(self.atlas.sources[ARTICLE]),
        )

    def panel(self, ignored: Iterable[Part] = ()) -> Panel:
        """Return the panel for the view, with a line for each part of the link that was ignored."""
        atlas, focus = self.atlas, self.view.focus
        if focus is None:
            found = self.overview()
        elif focus in atlas.subjects:
            found = self.subject_panel(atlas.subjects[focus])
        elif focus in atlas.lines:
            found = self.line_panel(atlas.lines[focus])
        elif focus in atlas.places:
            found = self.place_panel(atlas.places[focus])
        else:
            found = self.claim_panel(atlas.claims[focus])
        back = "" if focus is None else self.view.choose(None).link
        return replace(found, back=back, notices=tuple(map(self.notice, ignored)))

    def notice(self, part: Part) -> str:
        """Return one line on a part of the link that was ignored; it repeats nothing of the link."""
        return {
            Part.FOCUS: self.say("The link names something that is not on this map, so the overview is shown."),
            Part.LANGUAGE: self.say("The link asks for a language that is not available."),
            Part.MAP: self.say("The link gives a position that is not on this map, so the whole map is shown."),
        }[part]

    # The list below the map.

    def contents(self) -> tuple[LinkEntry, ...]:
        """Return every subject with its lines and places, and last the further places on the map."""
        atlas = self.atlas
        subjects = []
        for subject in atlas.subjects.values():
            stops = [place for line in subject.lines for place in atlas.lines[line].stops]
            places = dict.fromkeys([*subject.places, *stops])
            parts = [self.entry(atlas.lines[id_]) for id_ in subject.lines]
            parts += [self.entry(atlas.places[id_]) for id_ in places]
            subjects.append(replace(self.entry(subject), parts=tuple(parts)))
        listed = {part.id for subject in subjects for part in subject.parts}
        others = tuple(self.entry(place) for place in atlas.places.values() if place.id not in listed)
        return (*subjects, LinkEntry(id="", name=self.say("Other places on the map"), link="", parts=others))


def known_ids(atlas: Atlas) -> frozenset[str]:
    """Return the ids that a link may name."""
    return frozenset({*atlas.subjects, *atlas.lines, *atlas.places, *atlas.claims})
