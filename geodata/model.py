"""What the atlas is made of: subjects, lines, places, claims, facts, differences and their sources.

Every record is frozen and refuses keys it does not know. Ids are unique across the whole
atlas, because a link names any of them in one parameter. Coordinates are (longitude,
latitude) in degrees, WGS 84. Sentences are English; other languages live in catalogues
whose context is ``<id>.<field>``.
"""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

MAX_QUOTED_WORDS: Final = 12
WORD: Final = re.compile(r"[\w’'-]*\w[\w’'-]*")

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+\S*$")]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2."""
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Kilometres = Annotated[float, Field(gt=0, allow_inf_nan=False)]

_ONE_DATE = r"\d{4}(?:-(?:H[12]|Q[1-4]|\d{2}(?:-\d{2})?))?"
_PERIOD: Final = re.compile(rf"^{_ONE_DATE}(?:/{_ONE_DATE})?$")


def _is_possible_period(text: str) -> str:
    """Return the text when it is a day, month, quarter, half or year, or two of them with a slash."""
    if not _PERIOD.match(text):
        raise ValueError("is not a date such as 2025, 2025-08, 2025-08-22, 2025-H1 or 2025-01/2025-09")
    for part in text.split("/"):
        numbers = [int(n) for n in part.split("-") if n.isdigit()]
        date(numbers[0], *(numbers[1:] + [1, 1])[:2])  # raises ValueError for 2025-13
    return text


Period = Annotated[str, AfterValidator(_is_possible_period)]
"""A day, month, quarter, half-year or year, or an interval ``first/last``, as in ISO 8601."""


class Record(BaseModel):
    """A frozen record that refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SubjectKind(StrEnum):
    CORRIDOR = "corridor"
    PORTS = "ports"
    PIPELINE = "pipeline"
    RAILWAY = "railway"
    CABLE = "cable"
    FIELD = "field"
    AGREEMENT = "agreement"
    THEME = "theme"


class Mode(StrEnum):
    RAIL = "rail"
    SEA = "sea"
    PIPELINE = "pipeline"
    CABLE = "cable"
    ROAD = "road"


class Status(StrEnum):
    """How far a thing has come; the definitions are published on the method page."""

    OPERATING = "operating"
    CONSTRUCTION = "construction"
    PLANNED = "planned"
    ANNOUNCED = "announced"


class Basis(StrEnum):
    """How a drawn position is known."""

    SURVEYED = "surveyed"
    INDICATIVE = "indicative"
    SCHEMATIC = "schematic"


class PlaceKind(StrEnum):
    PORT = "port"
    TERMINAL = "terminal"
    CITY = "city"
    STATION = "station"
    CROSSING = "crossing"
    LANDING = "landing"
    FIELD = "field"
    POINT = "point"


class ClaimKind(StrEnum):
    EVENT = "event"
    FACT = "fact"
    FIGURE = "figure"
    TARGET = "target"
    PLAN = "plan"
    CAUSE = "cause"
    FRAMING = "framing"
    OPINION = "opinion"


class Speaker(StrEnum):
    """Who says it in the article."""

    NARRATOR = "narrator"
    NARRATOR_OR_POLETAEV = "narrator-or-poletaev"
    POLETAEV_QUOTED = "poletaev-quoted"
    POLETAEV_REPORTED = "poletaev-reported"
    EARLIER_REPORT = "earlier-report"


class FactKind(StrEnum):
    """What sort of number it is; only a count may be added up or compared with a count."""

    COUNT = "count"
    CAPACITY = "capacity"
    PLAN = "plan"
    FORECAST = "forecast"
    EVENT = "event"
    AGREEMENT = "agreement"
    DESCRIPTION = "description"
    GAP = "gap"


class Question(StrEnum):
    """The reader's question under which a fact is shown."""

    ROUTE = "route"
    LENGTH = "length"
    CAPACITY = "capacity"
    TRAFFIC = "traffic"
    TIME = "time"
    COST = "cost"
    DATES = "dates"
    OWNERS = "owners"
    NAMES = "names"
    LAW = "law"
    WATER = "water"


class Unit(StrEnum):
    """What a number counts; values are in the base unit, so 547 million dollars is 547000000 USD."""

    USD = "USD"
    EUR = "EUR"
    TRY = "TRY"
    TONNES = "tonnes"
    TONNES_PER_YEAR = "tonnes-per-year"
    BARRELS_PER_DAY = "barrels-per-day"
    TEU = "TEU"
    TEU_PER_YEAR = "TEU-per-year"
    PASSENGERS_PER_YEAR = "passengers-per-year"
    KILOMETRES = "km"
    METRES = "metres"
    CUBIC_METRES = "cubic-metres"
    TERABITS_PER_SECOND = "terabits-per-second"
    PERCENT = "percent"
    TIMES = "times"
    YEARS = "years"
    DAYS = "days"
    HOURS = "hours"
    SESSION = "session"
    PARTIES = "parties"
    STATES = "states"
    COUNTRIES = "countries"
    COMPANIES = "companies"
    PARTICIPANTS = "participants"
    DOCUMENTS = "documents"
    WAGONS = "wagons"


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class TitleBasis(StrEnum):
    """Whether a source's title is its headline as shown, read from its address, its opening words, or ours."""

    SHOWN = "shown"
    SLUG = "slug"
    OPENING = "opening"
    DESCRIBED = "described"


class Source(Record):
    """One document that statements rest on."""

    id: Id
    title: Text
    title_basis: TitleBasis
    publisher: Text
    address: WebAddress
    published: Period | None = None
    language: LanguageCode
    licence: Text | None = None
    note: Text | None = None


class OtherName(Record):
    """A further name of a subject, and who uses it."""

    name: Text
    used_by: Text
    sources: tuple[Id, ...] = ()


class Subject(Record):
    """A thing or theme that the map is about."""

    id: Id
    name: Text
    kind: SubjectKind
    summary: Text
    other_names: tuple[OtherName, ...] = ()
    status: Status | None = None
    status_as_of: Period | None = None
    status_sources: tuple[Id, ...] = ()
    status_note: Text | None = None
    key_figures: tuple[Id, ...] = ()
    """Claims and facts whose numbers open the panel."""
    lines: tuple[Id, ...] = ()
    """In the order in which a reader follows them."""
    places: tuple[Id, ...] = ()


class Line(Record):
    """A stretch of railway, sea route, pipeline or cable between two places."""

    id: Id
    subject: Id
    code: Text
    name: Text
    start: Id
    end: Id
    via: tuple[Id, ...] = ()
    """Places that the line passes through, in order; the path has a vertex at each."""
    mode: Mode
    status: Status
    status_as_of: Period | None = None
    status_sources: tuple[Id, ...] = ()
    status_note: Text | None = None
    basis: Basis
    official_length_km: Kilometres | None = None
    official_length_sources: tuple[Id, ...] = ()
    length_km: Kilometres
    """Geodesic length of the path as drawn."""
    path: tuple[tuple[Longitude, Latitude], ...] = Field(min_length=2)


class Place(Record):
    """A town, port, terminal, crossing or point."""

    id: Id
    name: Text
    kind: PlaceKind
    country: CountryCode | None = None
    lon: Longitude
    lat: Latitude
    basis: Basis
    doubt_km: Kilometres | None = None
    """Radius within which the true position lies; drawn as an area."""
    prominence: Annotated[int, Field(ge=1, le=3)]
    """1: named at every zoom; 2: named when zoomed in; 3: named only close up."""
    status: Status | None = None
    status_as_of: Period | None = None
    status_sources: tuple[Id, ...] = ()
    note: Text | None = None


class Quantity(Record):
    """A number as the article gives it."""

    value: float
    unit: Unit
    period: Period | None = None
    words: Text
    """The number as it stands in the quotation."""
    qualifier: Text | None = None
    """For instance "more than" or "almost"."""


class Claim(Record):
    """One statement of the article, in our words, with the words that it rests on."""

    id: Id
    subject: Id
    also_subjects: tuple[Id, ...] = ()
    kind: ClaimKind
    speaker: Speaker
    statement: Text
    quotation: Text
    """Verbatim, in Russian, at most twelve words."""
    paragraph: Annotated[int, Field(ge=1)]
    quantity: Quantity | None = None
    period: Period | None = None
    """When the thing happened or holds, where the article says so."""
    ambiguity: Text | None = None
    """What the words leave open."""
    note: Text | None = None
    """Why the number cannot be compared with the quotation by machine."""
    address: WebAddress
    """The article, opened at the sentence by a text fragment."""


class ContextFact(Record):
    """What a source other than the article says."""

    id: Id
    subject: Id
    question: Question
    label: Text
    kind: FactKind
    value: float | None = None
    value_high: float | None = None
    """The upper end where the source gives a range."""
    unit: Unit | None = None
    value_text: Text | None = None
    """What stands in place of a number: a name, a route."""
    qualifier: Text | None = None
    period: Period | None = None
    period_text: Text | None = None
    """In words, where the source gives no date."""
    statement: Text
    reporter: Text | None = None
    """Whose statistics they are; two reporters are never one series."""
    series: Id | None = None
    sources: tuple[Id, ...] = ()
    confidence: Confidence
    confidence_reason: Text
    after_article: bool | None = None
    """Whether the source is later than 21 October 2025; None where it bears no date."""


class Side(Record):
    """One of the positions in a difference."""

    who: Text
    says: Text
    claims: tuple[Id, ...] = ()
    facts: tuple[Id, ...] = ()


class Discrepancy(Record):
    """A point where sources differ, told neutrally."""

    id: Id
    title: Text
    wording: Text
    sides: tuple[Side, ...] = Field(min_length=2)

    @property
    def claims(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(c for side in self.sides for c in side.claims))

    @property
    def facts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(f for side in self.sides for f in side.facts))


class Name(Record):
    """A country or water whose name stands on the map."""

    id: Id
    name: Text
    kind: Annotated[str, StringConstraints(pattern=r"^(country|water)$")]
    lon: Longitude
    lat: Latitude
    prominence: Annotated[int, Field(ge=1, le=3)]


class Atlas(Record):
    """Everything that is known, by id, in the order of the files."""

    subjects: Mapping[str, Subject]
    lines: Mapping[str, Line]
    places: Mapping[str, Place]
    claims: Mapping[str, Claim]
    facts: Mapping[str, ContextFact]
    discrepancies: Mapping[str, Discrepancy]
    sources: Mapping[str, Source]
    names: Mapping[str, Name]
