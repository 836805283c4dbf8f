"""What the Caspian ports handled, against the capacity that sources state for them."""

from collections.abc import Mapping, Sequence
from typing import Final

import altair as alt

from dashboard.charts.drawing import (
    QUIET,
    goal_rule,
    hollow_diamonds,
    light_bars,
    on_paper,
    open_bars,
    solid_bars,
    words,
)
from dashboard.charts.pictures import Mark, Picture, Point, Row, each_in_words, fact_point, source_line
from dashboard.charts.words import short_period
from dashboard.contents import Teller
from geodata.model import ContextFact, FactKind

PORTS: Final = {
    "aktau-port": (
        "aktau-capacity-12",
        "aktau-capacity-11",
        "aktau-capacity-15",
        "aktau-throughput-2022",
        "aktau-throughput-10m-2023",
        "aktau-throughput-2024-2025",
    ),
    "kuryk-port": ("kuryk-capacity", "kuryk-throughput-10m-2023", "kuryk-throughput-2024-exp"),
    "alat-port": (
        "baku-capacity",
        "baku-throughput-2021",
        "baku-throughput-2024",
        "baku-throughput-9m-2025",
        "baku-throughput-2025-exp",
    ),
}
"""The facts of each port, in the order of its rows."""
ROW_HEIGHT: Final = 17
NAMES_WIDTH: Final = 112
"""Pixels to the left of the bars."""
LONGEST: Final = 0.6
"""Share of the width that the highest figure takes; its words need the rest."""


def picture(teller: Teller) -> Picture:
    """Return the ports, a row for each figure: open bars for capacity, solid ones for cargo."""
    facts = (teller.atlas.facts[id_] for ids in PORTS.values() for id_ in ids)
    points = {fact.id: fact_point(fact, teller) for fact in facts if fact.kind is not FactKind.GAP}
    title = teller.say("Cargo handled by the ports, and the capacity that sources state")
    alternative = " ".join(
        _in_words(port, [points[id_] for id_ in ids if id_ in points], teller) for port, ids in PORTS.items()
    )
    return Picture(
        id="ports-cargo-and-capacity",
        title=title,
        chart=on_paper(_drawn(points, teller), f"{title}. {alternative}"),
        alternative=alternative,
        source_line=source_line(points.values()),
        points=tuple(points.values()),
    )


def _drawn(points: Mapping[str, Point], teller: Teller) -> alt.LayerChart:
    """Return the ports one below the other, each a heading and its rows."""
    heads: list[Row] = []
    names: list[Row] = []
    rows: list[Row] = []
    gaps: list[Row] = []
    place = 0
    for port, ids in PORTS.items():
        heads.append({"place": place, "text": teller.name(teller.atlas.places[port])})
        for id_ in ids:
            place += 1
            names.append({"place": place, "text": _row_name(teller.atlas.facts[id_], teller)})
            if id_ in points:
                rows.append(points[id_].row(place=place))
            else:
                gaps.append({"place": place, "text": teller.say("not found")})
        place += 1
    of_kind = {kind: [row for row in rows if row["kind"] is kind] for kind in Mark}

    highest = max(point.value for point in points.values())
    y = alt.Y("place:O", axis=None, scale=alt.Scale(domain=list(range(place)), paddingInner=0.32, paddingOuter=0.1))
    x = alt.X("value:Q", axis=None, scale=alt.Scale(domain=[0, highest / LONGEST], nice=False))
    zero, left = alt.datum(0), alt.value(-NAMES_WIDTH)
    layers: list[alt.Chart] = [
        open_bars(of_kind[Mark.CAPACITY], teller).encode(x=x, x2=zero, y=y),
        solid_bars(of_kind[Mark.YEAR], teller).encode(x=x, x2=zero, y=y),
        light_bars(of_kind[Mark.PART], teller).encode(x=x, x2=zero, y=y),
        goal_rule(of_kind[Mark.GOAL], teller).encode(x=x, x2=zero, y=y),
        hollow_diamonds(of_kind[Mark.GOAL], teller).encode(x=x, y=y),
        words(rows, "short", align="left", dx=8).encode(x=x, y=y),
        words(gaps, align="left", dx=4, color=QUIET).encode(x=alt.value(0), y=y),
        words(names, align="left", color=QUIET).encode(x=left, y=y),
        words(heads, align="left", fontWeight=600, fontSize=12).encode(x=left, y=y),
    ]
    return alt.LayerChart(layer=layers, height=place * ROW_HEIGHT)


def _row_name(fact: ContextFact, teller: Teller) -> str:
    period = fact.period or ""
    if fact.kind is FactKind.CAPACITY:
        return teller.say("capacity, {year}", year=period[:4])
    when = short_period(period, teller.language)
    return teller.say("expected, {when}", when=when) if fact.kind is FactKind.FORECAST else when


def _in_words(port: str, points: Sequence[Point], teller: Teller) -> str:
    name = teller.name(teller.atlas.places[port])
    kinds = {
        teller.say("{port}, cargo handled", port=name): {Mark.YEAR, Mark.PART},
        teller.say("{port}, cargo expected", port=name): {Mark.GOAL},
        teller.say("{port}, stated capacity", port=name): {Mark.CAPACITY},
    }
    said = (
        each_in_words(who, [point for point in points if point.kind in these], teller) for who, these in kinds.items()
    )
    return " ".join(filter(None, said))
