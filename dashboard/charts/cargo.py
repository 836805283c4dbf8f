"""Cargo on the Middle Corridor by year, with what was planned, expected and forecast beside it."""

from collections.abc import Iterable, Sequence
from typing import Final

import altair as alt

from dashboard.charts.drawing import (
    ON_ACCENT,
    QUIET,
    RULE,
    data,
    goal_rule,
    hollow_diamonds,
    on_paper,
    solid_bars,
    words,
)
from dashboard.charts.pictures import Picture, Point, Row, each_in_words, ends_in_words, fact_point, source_line
from dashboard.charts.words import millions, short
from dashboard.contents import Teller
from geodata.model import FactKind, Unit

SERIES: Final = "titr-volume"
HOPES: Final = ("titr-volume-2017-expected", "titr-plan-2025", "titr-plan-2026", "titr-worldbank-2030")
"""Plans, expectations and forecasts for one year."""
GOAL: Final = "titr-target-10mt"
"""The goal that different sources set for different years, or for none."""
HEIGHT: Final = 280
GRID: Final = 5_000_000
"""Tonnes."""
HEADROOM: Final = 1.12
INSIDE: Final = 1 / 8
"""Share of the highest number from which a bar has room for its own."""
BREAK: Final = "…"
"""Stands on the axis for years of which nothing is said."""


def picture(teller: Teller) -> Picture:
    """Return the cargo by year: bars for counts, hollow diamonds for hopes, a word for a missing year."""
    facts = teller.atlas.facts
    series = [fact for fact in facts.values() if fact.series == SERIES]
    counted = [fact_point(fact, teller) for fact in series if fact.kind is FactKind.COUNT]
    counted.sort(key=lambda point: point.period)
    absent = [int(fact.period) for fact in series if fact.kind is FactKind.GAP and fact.period]
    hopes = [fact_point(facts[id_], teller) for id_ in HOPES]
    goal = fact_point(facts[GOAL], teller)
    points = (*counted, *hopes, goal)
    title = teller.say("Cargo on the Middle Corridor, million tonnes")
    alternative = " ".join(
        [
            ends_in_words(teller.say("Cargo counted"), counted, teller),
            *(each_in_words(point.label, [point], teller) for point in (*hopes, goal)),
        ]
    )
    return Picture(
        id="titr-cargo-by-year",
        title=title,
        chart=on_paper(
            _drawn(counted, hopes, goal, absent, teller),
            f"{title}. {alternative}",
            key=(("■", teller.say("counted")), ("◇", teller.say("planned, expected or forecast"))),
        ),
        alternative=alternative,
        source_line=source_line(points),
        points=points,
    )


def _drawn(
    counted: Sequence[Point], hopes: Sequence[Point], goal: Point, absent: Sequence[int], teller: Teller
) -> alt.LayerChart:
    """Return the columns of the picture, the goal as a broken line across them."""
    highest = max(point.value for point in (*counted, *hopes, goal))
    columns = _columns([*(point.year for point in (*counted, *hopes)), *absent])
    low = _rows((point for point in counted if point.value < highest * INSIDE), teller)
    high = _rows((point for point in counted if point.value >= highest * INSIDE), teller)
    diamonds = _rows(hopes, teller)
    # The furthest stands alone, with room for the name of who forecasts it.
    named = _rows([max(hopes, key=lambda point: point.year)], teller)
    gaps: list[Row] = [{"column": str(year), "value": 0, "text": teller.say("not found")} for year in absent]
    grid: list[Row] = [{"value": GRID, "text": short(GRID, Unit.TONNES, teller.language)}]
    target = [goal.row(text=teller.say("Goal: {value} a year; {when}", value=goal.short, when=goal.when))]

    axis = alt.Axis(labelAngle=0, labelOverlap=False)
    x = alt.X("column:O", axis=axis, scale=alt.Scale(domain=columns, paddingInner=0.3, paddingOuter=0.15))
    y = alt.Y("value:Q", axis=None, scale=alt.Scale(domain=[0, highest * HEADROOM], nice=False))
    start = alt.value(0)
    layers: list[alt.Chart] = [
        alt.Chart(data(grid)).mark_rule(color=RULE, aria=False).encode(y=y),
        words(grid, align="left", dy=-7, color=QUIET).encode(x=start, y=y),
        goal_rule(target, teller).encode(y=y),
        words(target, align="left", dy=9).encode(x=start, y=y),
        solid_bars([*low, *high], teller).encode(x=x, y=y),
        words(low, dy=-7).encode(x=x, y=y),
        words(high, dy=9, color=ON_ACCENT, fontWeight=600).encode(x=x, y=y),
        words(gaps, angle=270, align="left", dx=5, color=QUIET).encode(x=x, y=y),
        hollow_diamonds(diamonds, teller).encode(x=x, y=y),
        words(diamonds, dy=-13).encode(x=x, y=y),
        words(named, "reporter", align="right", dx=-10).encode(x=x, y=y),
    ]
    return alt.LayerChart(layer=layers, height=HEIGHT)


def _rows(points: Iterable[Point], teller: Teller) -> list[Row]:
    return [point.row(column=str(point.year), text=millions(point.value, teller.language, "@#")) for point in points]


def _columns(years: Sequence[int]) -> list[str]:
    """Return the years from first to last, a break in place of two or more of which nothing is said."""
    columns: list[str] = []
    before = min(years) - 1
    for year in sorted(set(years)):
        if year - before == 2:
            columns.append(str(before + 1))
        elif year - before > 2:
            columns.append(BREAK)
        columns.append(str(year))
        before = year
    return columns
