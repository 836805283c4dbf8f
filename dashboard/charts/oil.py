"""Kazakh oil through the Baku–Tbilisi–Ceyhan pipeline by year, each reporter with a shape of its own."""

from collections.abc import Sequence
from typing import Final

import altair as alt

from dashboard.charts.drawing import ACCENT, INK, LIGHT, QUIET, RULE, data, marks, on_paper, words
from dashboard.charts.pictures import Mark, Picture, Point, Row, each_in_words, fact_point, source_line
from dashboard.charts.words import months
from dashboard.contents import Teller
from geodata.model import FactKind

SERIES: Final = ("btc-kazakh-oil-turan", "btc-kazakh-oil")
OTHERS: Final = (
    "btc-kazakh-oil-2024",
    "btc-kazakh-oil-8m-2025",
    "btc-kazakh-oil-2025-kmg",
    "btc-kazakh-oil-2025-minister",
)
"""Figures that stand in no series."""
FROM_AKTAU: Final = "btc-kazakh-oil-2025-minister"
"""Counts what left Aktau, and not what entered the pipeline."""
SHAPES: Final = ("triangle-up", "circle", "square", "diamond", "triangle-down", "cross")
"""In the order in which the reporters appear."""
ROW_HEIGHT: Final = 28
YEARS_WIDTH: Final = 38
"""Pixels to the left of the marks."""
LONGEST: Final = 0.36
"""Share of the width that the highest figure takes at most; the words need the rest."""
WORDS_WIDTH: Final = 215
"""Pixels, in the language that takes most."""


def picture(teller: Teller) -> Picture:
    """Return the oil by year: a row for each figure, and an empty one for each year without."""
    facts = teller.atlas.facts
    in_series = [fact for fact in facts.values() if fact.series in SERIES and fact.kind is FactKind.COUNT]
    points = [fact_point(fact, teller) for fact in (*in_series, *(facts[id_] for id_ in OTHERS))]
    points.sort(key=lambda point: (point.year, point.kind is Mark.YEAR, point.value))
    title = teller.say("Kazakh oil through the Baku–Tbilisi–Ceyhan pipeline, by who reports it")
    alternative = _in_words(points, teller)
    return Picture(
        id="btc-kazakh-oil-by-year",
        title=title,
        chart=on_paper(_drawn(points, teller), f"{title}. {alternative}"),
        alternative=alternative,
        source_line=source_line(points),
        points=tuple(points),
    )


def _drawn(points: Sequence[Point], teller: Teller) -> alt.LayerChart:
    """Return the rows of the picture from the first year down to the last."""
    reporters = dict.fromkeys(point.reporter for point in points)
    shape_of = dict(zip(reporters, SHAPES, strict=False))
    rows: list[Row] = []
    years: list[Row] = []
    gaps: list[Row] = []
    place = 0
    for year in range(points[0].year, points[-1].year + 1):
        years.append({"place": place, "text": str(year)})
        in_year = [point for point in points if point.year == year]
        for point in in_year:
            rows.append(point.row(place=place, shape=shape_of[point.reporter], text=_figure(point, teller)))
            place += 1
        if not in_year:
            gaps.append({"place": place, "text": teller.say("no figure")})
            place += 1
    whole, part = ([row for row in rows if row["kind"] is kind] for kind in (Mark.YEAR, Mark.PART))

    highest = max(point.value for point in points)
    y = alt.Y("place:O", axis=None, scale=alt.Scale(domain=list(range(place)), padding=0))
    # On a narrow paper the marks make room for the words, which do not shrink.
    share = f"clamp((width - {WORDS_WIDTH}) / width, 0.04, {LONGEST})"
    scale = alt.Scale(domainMin=0, domainMax=alt.ExprRef(f"{highest} / {share}"), nice=False)
    x = alt.X("value:Q", axis=None, scale=scale)
    shape = alt.Shape("shape:N", scale=None, legend=None)
    start = alt.value(0)
    layers: list[alt.Chart] = [
        alt.Chart(data([{}])).mark_rule(color=INK, aria=False).encode(x=start),
        marks(rows, teller).mark_rule(color=RULE, strokeWidth=2).encode(x=x, x2=alt.datum(0), y=y),
        marks(whole, teller).mark_point(filled=True, color=ACCENT, size=95, opacity=1).encode(x=x, y=y, shape=shape),
        marks(part, teller)
        .mark_point(fill=ACCENT, fillOpacity=LIGHT, stroke=ACCENT, strokeWidth=1.2, size=95, opacity=1)
        .encode(x=x, y=y, shape=shape),
        words(rows, align="left", dx=11, dy=-5, fontWeight=600).encode(x=x, y=y),
        words(rows, "reporter", align="left", dx=11, dy=6, color=QUIET).encode(x=x, y=y),
        words(gaps, align="left", dx=6, color=QUIET).encode(x=start, y=y),
        words(years, align="left").encode(x=alt.value(-YEARS_WIDTH), y=y),
    ]
    return alt.LayerChart(layer=layers, height=place * ROW_HEIGHT)


def _figure(point: Point, teller: Teller) -> str:
    if point.kind is Mark.PART:
        return f"{point.short}, {months(point.period, teller.language)}"
    return teller.say("{value}, Aktau to Azerbaijan", value=point.short) if point.id == FROM_AKTAU else point.short


def _in_words(points: Sequence[Point], teller: Teller) -> str:
    through = [point for point in points if point.id != FROM_AKTAU]
    said = [
        each_in_words(reporter, [point for point in through if point.reporter == reporter], teller)
        for reporter in dict.fromkeys(point.reporter for point in through)
    ]
    said += [each_in_words(point.label, [point], teller) for point in points if point not in through]
    return " ".join(said)
