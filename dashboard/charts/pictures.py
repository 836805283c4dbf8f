"""What a picture is made of: points that each name the record they rest on, and words about them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, Final, TypeAlias

import altair as alt

from dashboard.charts.words import short
from dashboard.contents import Teller
from geodata.model import Claim, ContextFact, FactKind, Unit

Chart: TypeAlias = alt.Chart | alt.LayerChart | alt.VConcatChart
Row: TypeAlias = dict[str, object]
"""A point as the chart's data hold it, with what its place on the paper needs."""

YEAR: Final = re.compile(r"\d{4}")


class Mark(StrEnum):
    """How a number is drawn: counts are solid, what is only hoped for is hollow."""

    YEAR = "year"
    """Counted over a whole year."""
    PART = "part"
    """Counted over a part of a year."""
    CAPACITY = "capacity"
    GOAL = "goal"
    """Planned, expected or forecast."""
    ARTICLE = "article"
    """Given by the article."""


@dataclass(frozen=True)
class Point:
    """One number of the atlas on a chart."""

    id: str
    """Of the fact or claim."""
    value: float
    """In the unit, never rounded."""
    unit: Unit
    period: str
    """As in the atlas; nothing where the record has none."""
    label: str
    series: str
    """Whose numbers they are: the series of the fact, or its reporter; nothing where nobody says."""
    kind: Mark
    words: str
    """The value with its unit, in the reader's language."""
    short: str
    """The same for a narrow place, as "about 15 Mt"."""
    when: str
    """The period in the reader's language."""
    reporter: str
    publisher: str
    address: str

    @property
    def year(self) -> int:
        """The year in which the period begins."""
        return int(self.period[:4])

    def row(self, **place: object) -> Row:
        """Return the point as a row of the chart's data, without the address: a chart leads nowhere by itself."""
        told = asdict(self) | {"spoken": f"{self.label}: {self.words}, {self.when}"} | place
        del told["address"]
        return told


@dataclass(frozen=True)
class Picture:
    """A chart with everything that stands around it."""

    id: str
    title: str
    chart: Chart
    alternative: str
    """The chart in words, for those who do not see it."""
    source_line: tuple[tuple[str, str], ...]
    """Publisher and address, each document once."""
    points: tuple[Point, ...]

    @cached_property
    def spec(self) -> dict[str, Any]:
        """The chart as Vega-Lite, written and validated once: Altair takes a tenth of a second for it."""
        return dict(self.chart.to_dict())


def mark_of(fact: ContextFact) -> Mark:
    """Return how a fact with a number is drawn; ValueError for a fact that is no number of a chart."""
    if fact.kind is FactKind.COUNT:
        return Mark.YEAR if YEAR.fullmatch(fact.period or "") else Mark.PART
    if fact.kind is FactKind.CAPACITY:
        return Mark.CAPACITY
    if fact.kind in {FactKind.PLAN, FactKind.FORECAST}:
        return Mark.GOAL
    raise ValueError(f"fact {fact.id} is of kind {fact.kind}, which no chart draws")


def fact_point(fact: ContextFact, teller: Teller) -> Point:
    """Return the point of a fact; ValueError where it has no number."""
    if fact.value is None or fact.unit is None:
        raise ValueError(f"fact {fact.id} has no number to draw")
    entry = teller.figure(fact)
    return Point(
        id=fact.id,
        value=fact.value,
        unit=fact.unit,
        period=fact.period or "",
        label=entry.label,
        series=fact.series or fact.reporter or "",
        kind=mark_of(fact),
        words=entry.value,
        short=teller.qualified(short(fact.value, fact.unit, teller.language), fact.qualifier),
        when=entry.period,
        reporter=teller.text(fact.id, "reporter", fact.reporter),
        publisher=entry.source,
        address=entry.address,
    )


def claim_point(claim: Claim, teller: Teller) -> Point:
    """Return the point of a number of the article; ValueError where the claim has none."""
    if claim.quantity is None:
        raise ValueError(f"claim {claim.id} has no number to draw")
    entry = teller.figure(claim)
    return Point(
        id=claim.id,
        value=claim.quantity.value,
        unit=claim.quantity.unit,
        period=claim.quantity.period or claim.period or "",
        label=entry.label,
        series=claim.id,
        kind=Mark.ARTICLE,
        words=entry.value,
        short=short(claim.quantity.value, claim.quantity.unit, teller.language),
        when=entry.period,
        reporter="",
        publisher=entry.source,
        address=entry.address,
    )


def source_line(points: Iterable[Point]) -> tuple[tuple[str, str], ...]:
    """Return publisher and address of the points' documents, each once, in the points' order."""
    return tuple(dict.fromkeys((point.publisher, point.address) for point in points))


def each_in_words(who: str, points: Sequence[Point], teller: Teller) -> str:
    """Return a sentence that names every point; nothing for no points."""
    said = [teller.say("{value} ({when})", value=point.words, when=point.when) for point in points]
    # A comma may stand in a number, so that the parts are kept apart by semicolons.
    return teller.say("{who}: {figures}.", who=who, figures="; ".join(said)) if said else ""


def ends_in_words(who: str, points: Sequence[Point], teller: Teller) -> str:
    """Return a sentence that names the first, the last and the highest of the points, which are in order of time."""
    if len(points) < 3:
        return each_in_words(who, points, teller)
    first, last, highest = points[0], points[-1], max(points, key=lambda point: point.value)
    return teller.say(
        "{who}: first {first} ({first_when}), last {last} ({last_when}), highest {highest} ({highest_when}).",
        who=who,
        first=first.words,
        first_when=first.when,
        last=last.words,
        last_when=last.when,
        highest=highest.words,
        highest_when=highest.when,
    )
