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
from types import MappingProxyType
from typing import Annotated, Final, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

ARTICLE: Final = "zakon-kz-2025-10-21"
"""Id of the source that every claim quotes."""
MAX_QUOTED_WORDS: Final = 12
WORD: Final = re.compile(r"[\w’'-]*\w[\w’'-]*")


class DataError(Exception):
    """What is wrong with the content, in one sentence: file, record, field and remedy."""


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+\S*$")]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2."""
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Kilometres = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
"""A number written as one: a text that looks like a number is refused."""

_ONE_DATE: Final = r"\d{4}(?:-(?:H[12]|Q[1-4]|\d{2}(?:-\d{2})?))?"
_PERIOD: Final = re.compile(rf"{_ONE_DATE}(?:/{_ONE_DATE})?")
_FIRST_MONTH: Final = {"H1": 1, "H2": 7, "Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10}


def _first_day(text: str) -> date:
    """Return the first day of a day, month, quarter, half or year; ValueError for the 30th of February."""
    year, *rest = text.split("-")
    month, day = [_FIRST_MONTH[part] if part in _FIRST_MONTH else int(part) for part in (*rest, "1", "1")[:2]]
    return date(int(year), month, day)


def _is_possible_period(text: str) -> str:
    """Return the text when it is a day, month, quarter, half or year, or two of them with a slash."""
    if not _PERIOD.fullmatch(text):
        raise ValueError(
            f"is {text!r}, not a date; write it like 2025, 2025-08, 2025-08-22, 2025-H1 or 2025-01/2025-09"
        )
    try:
        days = [_first_day(part) for part in text.split("/")]
    except ValueError:
        raise ValueError(f"is {text!r}, a day that no calendar has; correct the date") from None
    if days != sorted(days):
        raise ValueError(f"is {text!r}, an interval that ends before it begins; put the earlier date first")
    return text


Period = Annotated[str, AfterValidator(_is_possible_period)]
"""A day, month, quarter, half-year or year, or an interval ``first/last``, as in ISO 8601."""


class Record(BaseModel):
    """A frozen record that refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SubjectKind(StrEnum):
    """What sort of thing a subject is; subjects are listed in this order."""

    CORRIDOR = "corridor"
    PORTS = "ports"
    PIPELINE = "pipeline"
    RAILWAY = "railway"
    CABLE = "cable"
    FIELD = "field"
    AGREEMENT = "agreement"
    THEME = "theme"


class Mode(StrEnum):
    """What moves along a line."""

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
    """What sort of place it is."""

    PORT = "port"
    TERMINAL = "terminal"
    CITY = "city"
    STATION = "station"
    CROSSING = "crossing"
    LANDING = "landing"
    FIELD = "field"
    POINT = "point"


class ClaimKind(StrEnum):
    """What the article does in a sentence: it reports, counts, plans, explains or judges."""

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
    TRADE = "trade"
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


class Qualifier(StrEnum):
    """How a number stands to the true one."""

    ABOUT = "about"
    NEARLY = "nearly"
    MORE_THAN = "more-than"
    AT_LEAST = "at-least"
    UP_TO = "up-to"
    BELOW = "below"


class Confidence(StrEnum):
    """How well a fact is supported: by two or more origins, by one, or weakly."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class TitleBasis(StrEnum):
    """Whether a title is the headline as shown, read from the address, the opening words, or ours."""

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
    via: Text | None = None
    """The outlet that carried it, where that is another."""
    citing: Text | None = None
    """Whom the publisher names as its own source."""
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

    @property
    def stops(self) -> tuple[str, ...]:
        """The places that the line joins, from its start to its end."""
        return (self.start, *self.via, self.end)


_Ring = Annotated[list[tuple[Longitude, Latitude]], Field(min_length=4)]


class Polygon(BaseModel):
    """An outline, with the outlines of its holes."""

    type: Literal["Polygon"]
    coordinates: Annotated[list[_Ring], Field(min_length=1)]


class MultiPolygon(BaseModel):
    """Several outlines, each with the outlines of its holes."""

    type: Literal["MultiPolygon"]
    coordinates: Annotated[list[Annotated[list[_Ring], Field(min_length=1)]], Field(min_length=1)]


Area = Annotated[Polygon | MultiPolygon, Field(discriminator="type")]
"""Land or water of the base map, as GeoJSON writes it."""


class Accuracy(Record):
    """How far the stations that a line was built without lie from it, as the build measured."""

    median_km: Annotated[float, Field(ge=0)]
    p90_km: Annotated[float, Field(ge=0)]
    """Nine tenths of the stations lie within this."""


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

    value: Number
    unit: Unit
    period: Period | None = None
    words: Text
    """The number as it stands in the quotation."""
    qualifier: Qualifier | None = None


class Claim(Record):
    """One statement of the article, in our words, with the words that it rests on."""

    id: Id
    number: Annotated[int, Field(ge=1)]
    """Its place among the article's statements."""
    subject: Id
    also_subjects: tuple[Id, ...] = ()
    kind: ClaimKind
    speaker: Speaker
    statement: Text
    quotation: Text
    """Verbatim, in Russian, at most twelve words."""
    translation: Text
    """The quotation word for word in English: no more than the words say."""
    paragraph: Annotated[int, Field(ge=1)]
    quantity: Quantity | None = None
    label: Text | None = None
    """What the number counts, where it opens a panel as a key figure."""
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
    value: Number | None = None
    value_high: Number | None = None
    """The upper end where the source gives a range."""
    unit: Unit | None = None
    value_text: Text | None = None
    """What stands in place of a number: a name, a route."""
    qualifier: Qualifier | None = None
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
        """Ids of the claims that any side rests on, each once."""
        return tuple(dict.fromkeys(c for side in self.sides for c in side.claims))

    @property
    def facts(self) -> tuple[str, ...]:
        """Ids of the facts that any side rests on, each once."""
        return tuple(dict.fromkeys(f for side in self.sides for f in side.facts))


class Name(Record):
    """A country or water whose name stands on the map."""

    id: Id
    name: Text
    kind: Annotated[str, StringConstraints(pattern=r"^(country|water)$")]
    lon: Longitude
    lat: Latitude
    prominence: Annotated[int, Field(ge=1, le=3)]


_R = TypeVar("_R", bound=Record)
ById = Annotated[Mapping[str, _R], AfterValidator(MappingProxyType)]
"""Records by their ids; nobody can add, change or take away one."""


class Atlas(Record):
    """Everything that is known, by id: subjects and what is theirs by kind, all else as the files list it."""

    subjects: ById[Subject]
    lines: ById[Line]
    places: ById[Place]
    claims: ById[Claim]
    facts: ById[ContextFact]
    discrepancies: ById[Discrepancy]
    sources: ById[Source]
    names: ById[Name]
