"""Trade by year: what each country counts apart, what nobody's name stands under, and the goal."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import altair as alt

from dashboard.charts.drawing import ACCENT, INK, QUIET, goal_rule, light_bars, marks, on_paper, solid_bars, words
from dashboard.charts.pictures import (
    YEAR,
    Mark,
    Picture,
    Point,
    Row,
    claim_point,
    each_in_words,
    ends_in_words,
    fact_point,
    source_line,
)
from dashboard.charts.words import last_month, millions, number_of_months, short_period
from dashboard.contents import TRADE_REACHED, Teller
from geodata.model import ContextFact, FactKind, Question

SUBJECT: Final = "trade"
GOAL: Final = "trade-target"
COUNTRIES: Final = ("Kazakhstan", "Azerbaijan")
"""As the reporters of the facts begin."""
NOBODY: Final = ""
PANEL_HEIGHT: Final = 68
ABOVE: Final = -10
"""Pixels: the last line of what is said of a row, over its bars."""
LINE_HEIGHT: Final = 14
COLUMN: Final = 0.76
"""Share of a year's room that its bars fill."""
BAR: Final = 0.9
"""Share of its part of the column that one of several bars fills."""


@dataclass(frozen=True)
class Panel:
    """One row of the picture: what one country counts, or what nobody's name stands under."""

    name: str
    points: tuple[Point, ...]
    absent: tuple[str, ...]
    """Periods for which no figure was found."""

    def of_kind(self, kind: Mark) -> list[Point]:
        """Return the points that are drawn this way."""
        return [point for point in self.points if point.kind is kind]


def picture(teller: Teller) -> Picture:
    """Return trade by year in three rows that share nothing but the years and the scale."""
    goal = fact_point(teller.atlas.facts[GOAL], teller)
    article = claim_point(teller.atlas.claims[TRADE_REACHED], teller)
    panels = _panels(teller)
    points = (*(point for panel in panels for point in panel.points), article, goal)
    years = [point.year for point in points if point is not goal]
    span = range(min(years), max(years) + 1)
    drawn = [
        _drawn(
            panel,
            span,
            teller,
            goal=goal,
            article=article if panel is panels[-1] else None,
            names_goal=panel is panels[0],
        )
        for panel in panels
    ]
    title = teller.say("Trade between Kazakhstan and Azerbaijan, million US dollars")
    alternative = _in_words(panels, article, goal, teller)
    return Picture(
        id="trade-by-year",
        title=title,
        chart=on_paper(
            alt.vconcat(*drawn, spacing=4).resolve_scale(x="shared", y="shared"),
            f"{title}. {alternative}",
            key=(("■", teller.say("whole year")), ("□", teller.say("part of a year")), ("◆", article.publisher)),
        ),
        alternative=alternative,
        source_line=source_line(points),
        points=points,
    )


def _whose(fact: ContextFact) -> str:
    """Return the country whose figure it is; nothing where the source does not say."""
    return next((country for country in COUNTRIES if (fact.reporter or "").startswith(country)), NOBODY)


def _panels(teller: Teller) -> tuple[Panel, ...]:
    """Return the rows of the picture, the one of nobody's figures last."""
    facts = [
        fact
        for fact in teller.atlas.facts.values()
        if fact.subject == SUBJECT and fact.question is Question.TRADE and fact.kind in {FactKind.COUNT, FactKind.GAP}
    ]
    names = {
        COUNTRIES[0]: teller.say("Kazakhstan’s figures"),
        COUNTRIES[1]: teller.say("Azerbaijan’s figures"),
        NOBODY: teller.say("Not said whose figures"),
    }
    found = []
    for who, name in names.items():
        theirs = [fact for fact in facts if _whose(fact) == who]
        points = [fact_point(fact, teller) for fact in theirs if fact.kind is FactKind.COUNT]
        # Within a year the shorter part comes first, and the whole year last.
        points.sort(key=lambda point: (point.year, point.kind is Mark.YEAR, last_month(point.period)))
        absent = tuple(fact.period for fact in theirs if fact.kind is FactKind.GAP and fact.period)
        found.append(Panel(name, tuple(points), absent))
    return tuple(found)


def _bars(points: Sequence[Point], teller: Teller) -> list[Row]:
    """Return the points with their places on the axis of years, those of one year side by side."""
    rows = []
    for year, in_year in groupby(points, key=lambda point: point.year):
        beside = list(in_year)
        room = COLUMN / len(beside)
        for place, point in enumerate(beside):
            left = year - COLUMN / 2 + place * room
            rows.append(
                point.row(
                    left=left,
                    right=left + room * (BAR if len(beside) > 1 else 1),
                    middle=year,
                    # Of several parts of a year the longest speaks for all; the others say theirs on pointing.
                    text=_number(point, teller) if point is beside[-1] else "",
                    months=number_of_months(point.period, teller.language) if point.kind is Mark.PART else "",
                )
            )
    return rows


def _number(point: Point, teller: Teller) -> str:
    return millions(point.value, teller.language, "#,##0.#")


def _drawn(
    panel: Panel, years: range, teller: Teller, *, goal: Point, article: Point | None, names_goal: bool
) -> alt.LayerChart:
    """Return one row of the picture: its bars, and above them the goal."""
    language = teller.language
    axis = alt.Axis(values=list(years), format="d", labels=article is not None, labelOverlap=False, labelFlush=False)
    scale = alt.Scale(domain=[years[0] - 0.5, years[-1] + 0.5], nice=False, zero=False)
    left, middle = (alt.X(f"{place}:Q", axis=axis, scale=scale) for place in ("left", "middle"))
    y = alt.Y("value:Q", axis=None, scale=alt.Scale(domain=[0, goal.value], nice=False))
    zero = alt.datum(0)
    bars = _bars(panel.points, teller)
    whole, part = ([row for row in bars if row["kind"] is kind] for kind in (Mark.YEAR, Mark.PART))
    fill = QUIET if article else ACCENT
    layers = [
        goal_rule([goal.row()], teller).encode(y=y),
        solid_bars(whole, teller, fill).encode(x=left, x2="right:Q", y=y, y2=zero),
        words(whole, dy=-7).encode(x=middle, y=y),
    ]
    if part:
        told = [row for row in part if row["text"]]
        layers.append(light_bars(part, teller, fill).encode(x=left, x2="right:Q", y=y, y2=zero))
        layers.append(words(told, dy=-18).encode(x=middle, y=y))
        layers.append(words(told, "months", dy=-7, color=QUIET).encode(x=middle, y=y))
    if article:
        spot = [
            article.row(
                middle=article.year,
                text=_number(article, teller),
                months=number_of_months(article.period, language),
                who=article.publisher,
            )
        ]
        layers.append(marks(spot, teller).mark_rule(color=INK).encode(x=middle, y=y, y2=zero))
        layers.append(
            marks(spot, teller)
            .mark_point(shape="diamond", filled=True, color=INK, size=80, opacity=1)
            .encode(x=middle, y=y)
        )
        layers.append(words(spot, "who", dx=-9, dy=-12, align="right").encode(x=middle, y=y))
        layers.append(words(spot, dx=-9, align="right").encode(x=middle, y=y))
        layers.append(words(spot, "months", dx=-9, dy=12, align="right", color=QUIET).encode(x=middle, y=y))
    if names_goal:
        said = teller.say("Goal: {value}, {when}", value=goal.short, when=goal.when)
        layers.append(words([goal.row(text=said)], align="left", dy=9).encode(x=alt.value(0), y=y))
    name: list[Row] = [{"text": panel.name}]
    above = ABOVE - LINE_HEIGHT if panel.absent else ABOVE
    layers.append(words(name, align="left", fontSize=12, fontWeight=600).encode(x=alt.value(0), y=alt.value(above)))
    if panel.absent:
        missing: list[Row] = [{"text": "; ".join(_not_found(period, teller) for period in panel.absent)}]
        layers.append(words(missing, align="left", color=QUIET).encode(x=alt.value(0), y=alt.value(ABOVE)))
    return alt.LayerChart(layer=layers, height=PANEL_HEIGHT)


def _not_found(period: str, teller: Teller) -> str:
    if YEAR.fullmatch(period):
        return teller.say("whole year {year}: not found", year=period)
    return teller.say("{when}: not found", when=short_period(period, teller.language))


def _in_words(panels: Sequence[Panel], article: Point, goal: Point, teller: Teller) -> str:
    said = []
    for panel in panels[:-1]:
        whole, part = panel.of_kind(Mark.YEAR), panel.of_kind(Mark.PART)
        said.append(ends_in_words(teller.say("{whose}, whole years", whose=panel.name), whole, teller))
        said.append(each_in_words(teller.say("{whose}, part of a year", whose=panel.name), part[-1:], teller))
    said.append(each_in_words(panels[-1].name, panels[-1].points, teller))
    said.append(each_in_words(teller.say("The article"), [article], teller))
    said.append(each_in_words(teller.say("Goal"), [goal], teller))
    return " ".join(filter(None, said))
