"""What the page says, as plain records: text in the reader's language, ready to be drawn."""

from dataclasses import dataclass

from geodata.model import Confidence, FactKind, Status


@dataclass(frozen=True)
class SourceEntry:
    """A document that can be opened, and the link to what rests on it."""

    id: str
    link: str
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
    """A number or date that opens the panel."""

    label: str
    value: str
    period: str
    source: str
    address: str
    link: str
    """To the claim or fact that it is."""
    document: SourceEntry
    """That it rests on."""


@dataclass(frozen=True)
class FactEntry:
    """What a source other than the article says."""

    id: str
    link: str
    label: str
    kind: FactKind
    kind_words: str
    value: str
    period: str
    statement: str
    reporter: str
    confidence: Confidence
    confidence_words: str
    is_after_article: bool
    sources: tuple[SourceEntry, ...]
    differences: tuple["DifferenceEntry", ...] = ()
    chosen: bool = False


@dataclass(frozen=True)
class FactGroup:
    """The facts that answer one question."""

    title: str
    facts: tuple[FactEntry, ...]


@dataclass(frozen=True)
class SideEntry:
    """One position in a difference, with what it rests on."""

    who: str
    says: str
    parts: tuple[LinkEntry, ...]
    sources: tuple[SourceEntry, ...]


@dataclass(frozen=True)
class DifferenceEntry:
    """A point where sources differ."""

    id: str
    link: str
    title: str
    wording: str
    sides: tuple[SideEntry, ...] = ()


@dataclass(frozen=True)
class ClaimEntry:
    """A statement of the article with the words that it rests on."""

    id: str
    number: int
    link: str
    statement: str
    quotation: str
    translation: str
    """Of the quotation; nothing where the reader's language is the quotation's."""
    speaker: str
    paragraph: int
    address: str
    ambiguity: str
    subject: LinkEntry
    differences: tuple[DifferenceEntry, ...] = ()
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
    """A short fact of a line, place, fact or source: what it is, and its value."""

    label: str
    value: str
    sources: tuple[SourceEntry, ...] = ()
    address: str = ""


@dataclass(frozen=True)
class Definition:
    """A term of the method page, and what it means here."""

    term: str
    meaning: str


@dataclass(frozen=True)
class TabEntry:
    """A tab of the panel."""

    id: str
    name: str
    link: str
    chosen: bool


@dataclass(frozen=True)
class Method:
    """How the map was made: the method page."""

    statuses: tuple[Definition, ...]
    bases: tuple[Definition, ...]
    names: tuple[tuple[str, tuple[NameEntry, ...]], ...]
    gaps: tuple[FactEntry, ...]
    accuracy: tuple[Detail, ...]
    reviewed: str
    contact: str
    sources: tuple[SourceEntry, ...]


@dataclass(frozen=True)
class Panel:
    """Everything that the panel says about the chosen thing."""

    id: str
    name: str
    kind: str = ""
    summary: str = ""
    parent: LinkEntry | None = None
    status: StatusEntry | None = None
    names: tuple[NameEntry, ...] = ()
    figures: tuple[FigureEntry, ...] = ()
    goal: GoalEntry | None = None
    details: tuple[Detail, ...] = ()
    tabs: tuple[TabEntry, ...] = ()
    claims: tuple[ClaimEntry, ...] = ()
    facts: tuple[FactGroup, ...] = ()
    difference: DifferenceEntry | None = None
    differences: tuple[DifferenceEntry, ...] = ()
    sources: tuple[SourceEntry, ...] = ()
    lines: tuple[LinkEntry, ...] = ()
    places: tuple[LinkEntry, ...] = ()
    subjects: tuple[LinkEntry, ...] = ()
    rests_on_it: tuple[LinkEntry, ...] = ()
    pictures_of: str = ""
    """The subject whose figures are drawn as pictures, where the tab shows them."""
    method: Method | None = None
    article: SourceEntry | None = None
    previous: LinkEntry | None = None
    following: LinkEntry | None = None
    pages: tuple[LinkEntry, ...] = ()
    notices: tuple[str, ...] = ()
    back: str = ""
    """The link to the overview, where the panel is not it."""
    has_citation: bool = False
