"""Words for what the atlas holds: its texts, its closed lists, its numbers and periods, in one language."""

from dataclasses import dataclass

from dashboard.i18n import Language, formats
from dashboard.view import Part, View
from geodata import Atlas
from geodata.model import (
    ARTICLE,
    Basis,
    Claim,
    Confidence,
    ContextFact,
    FactKind,
    Line,
    Mode,
    Period,
    Place,
    PlaceKind,
    Qualifier,
    Question,
    Source,
    Speaker,
    Status,
    Subject,
    SubjectKind,
    Unit,
)


def publisher(source: Source, language: Language) -> str:
    """Return who published a document, through whom, and whom it cites."""
    said = source.publisher
    if source.via:
        said = language.say("{publisher} via {outlet}", publisher=said, outlet=source.via)
    if source.citing:
        cited = language.say_content(source.id, "citing", source.citing)
        said = language.say("{publisher} (citing {source})", publisher=said, source=cited)
    return said


@dataclass(frozen=True)
class Words:
    """The atlas in one language, for one view."""

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

    def kilometres(self, length: float) -> str:
        """Return a length with its unit."""
        return formats.quantity(length, Unit.KILOMETRES, self.language)

    def position(self, lon: float, lat: float) -> str:
        """Return a position in degrees with its hemispheres."""
        north, east = (formats.number(abs(degrees), self.language) for degrees in (lat, lon))
        first = self.say("{degrees}° N", degrees=north) if lat >= 0 else self.say("{degrees}° S", degrees=north)
        second = self.say("{degrees}° E", degrees=east) if lon >= 0 else self.say("{degrees}° W", degrees=east)
        return f"{first}, {second}"

    def claim_value(self, claim: Claim) -> str:
        """Return the claim's number with its unit; nothing where it has none."""
        if claim.quantity is None:
            return ""
        amount = claim.quantity
        shown = formats.quantity(amount.value, amount.unit, self.language)
        return self.qualified(shown, amount.qualifier)

    def fact_value(self, fact: ContextFact) -> str:
        """Return the fact's value with its unit, or the words that stand in its place."""
        if fact.kind is FactKind.GAP:
            return self.say("not found")
        if fact.value is None or fact.unit is None:
            return self.text(fact.id, "value_text", fact.value_text)
        shown = formats.quantity(fact.value_high or fact.value, fact.unit, self.language)
        if fact.value_high is not None:
            shown = f"{formats.number(fact.value, self.language)}–{shown}"
        return self.qualified(shown, fact.qualifier)

    def fact_period(self, fact: ContextFact) -> str:
        """Return when the fact holds, as a date or in the source's words."""
        return self.period(fact.period) or self.text(fact.id, "period_text", fact.period_text)

    def qualified(self, shown: str, qualifier: Qualifier | None) -> str:
        """Return a value with how it stands to the true one, in the order of the language; or as it is."""
        if qualifier is None:
            return shown
        return {
            Qualifier.ABOUT: self.say("about {value}", value=shown),
            Qualifier.NEARLY: self.say("nearly {value}", value=shown),
            Qualifier.MORE_THAN: self.say("more than {value}", value=shown),
            Qualifier.AT_LEAST: self.say("at least {value}", value=shown),
            Qualifier.UP_TO: self.say("up to {value}", value=shown),
            Qualifier.BELOW: self.say("below {value}", value=shown),
        }[qualifier]

    def translation(self, claim: Claim) -> str:
        """Return the claim's quotation in the reader's language; nothing where that is the quotation's own."""
        if self.language.code == self.atlas.sources[ARTICLE].language:
            return ""
        return self.text(claim.id, "translation", claim.translation)

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
            Basis.SURVEYED: self.say("surveyed: from points checked to 1–3 km"),
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

    def kind(self, record: Subject | Line | Place) -> str:
        """Return the word for what the record is."""
        if isinstance(record, Subject):
            return self.subject_kind(record.kind)
        return self.mode_words(record.mode) if isinstance(record, Line) else self.place_kind(record.kind)

    def fact_kind(self, kind: FactKind) -> str:
        """Return what sort of figure a fact is."""
        return {
            FactKind.COUNT: self.say("count"),
            FactKind.CAPACITY: self.say("capacity"),
            FactKind.PLAN: self.say("plan or target"),
            FactKind.FORECAST: self.say("forecast"),
            FactKind.EVENT: self.say("event"),
            FactKind.AGREEMENT: self.say("agreement"),
            FactKind.DESCRIPTION: self.say("description"),
            FactKind.GAP: self.say("gap"),
        }[kind]

    def question(self, question: Question) -> str:
        """Return the heading under which the answers to a question stand."""
        return {
            Question.ROUTE: self.say("Route"),
            Question.LENGTH: self.say("Length"),
            Question.CAPACITY: self.say("Capacity"),
            Question.TRAFFIC: self.say("Traffic"),
            Question.TRADE: self.say("Trade"),
            Question.TIME: self.say("Travel time"),
            Question.COST: self.say("Cost and finance"),
            Question.DATES: self.say("Dates"),
            Question.OWNERS: self.say("Owners and parties"),
            Question.NAMES: self.say("Names and people"),
            Question.LAW: self.say("Treaties and law"),
            Question.WATER: self.say("Water level"),
        }[question]

    def confidence(self, confidence: Confidence) -> str:
        """Return how well a fact is supported."""
        return {
            Confidence.HIGH: self.say("well supported"),
            Confidence.MEDIUM: self.say("one origin"),
            Confidence.LOW: self.say("weakly supported"),
        }[confidence]

    def notice(self, part: Part) -> str:
        """Return one line on a part of the link that was ignored; it repeats nothing of the link."""
        return {
            Part.FOCUS: self.say("The link names something that is not on this map, so the overview is shown."),
            Part.LANGUAGE: self.say("The link asks for a language that is not available."),
            Part.MAP: self.say("The link gives a position that is not on this map, so the whole map is shown."),
            Part.TAB: self.say("The link names a tab that does not exist, so the first one is shown."),
            Part.THEME: self.say("The link asks for colours that do not exist, so yours are shown."),
        }[part]
