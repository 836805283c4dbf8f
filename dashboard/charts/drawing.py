"""The paper that all charts are drawn on: its colours and type, and the marks that they share."""

from collections.abc import Sequence
from typing import Any, Final

import altair as alt

from dashboard.charts.pictures import Chart, Row
from dashboard.contents import Teller
from dashboard.map.style import var

# By name, so that a chart that stands on the page follows its theme.
ACCENT: Final = var("accent")
ON_ACCENT: Final = var("on-accent")
INK: Final = var("ink")
QUIET: Final = var("quiet")
RULE: Final = var("rule")
PAPER: Final = var("paper")
FONT: Final = "Source Sans, sans-serif"
SMALL: Final = 11
"""Pixels; nothing on a chart is smaller."""
LIGHT: Final = 0.28
"""Opacity of what was counted over a part of a year only."""
DASH: Final = (4, 3)

EMBEDDING: Final[dict[str, Any]] = {"embedOptions": {"actions": False, "renderer": "svg"}}


def data(rows: Sequence[Row]) -> alt.InlineData:
    """Return the rows as the chart's own data."""
    return alt.InlineData(values=list(rows))


def marks(rows: Sequence[Row], teller: Teller) -> alt.Chart:
    """Return a chart of the rows, whose marks say on pointing, and to a screen reader, what they are."""
    tooltip = [
        # The key "title" is what Vega's tooltip prints as a heading.
        alt.Tooltip("label:N", title="title"),
        alt.Tooltip("words:N", title=teller.say("Value")),
        alt.Tooltip("when:N", title=teller.say("Period")),
        alt.Tooltip("publisher:N", title=teller.say("Published by")),
    ]
    drawn: alt.Chart = alt.Chart(data(rows)).encode(tooltip=tooltip, description=alt.Description("spoken:N"))
    return drawn


def solid_bars(rows: Sequence[Row], teller: Teller, colour: str = ACCENT) -> alt.Chart:
    """Return bars for what was counted over whole years; their places are for the caller to encode."""
    drawn: alt.Chart = marks(rows, teller).mark_bar(color=colour)
    return drawn


def light_bars(rows: Sequence[Row], teller: Teller, colour: str = ACCENT) -> alt.Chart:
    """Return bars for what was counted over a part of a year."""
    drawn: alt.Chart = marks(rows, teller).mark_bar(fill=colour, fillOpacity=LIGHT, stroke=colour, strokeWidth=1)
    return drawn


def open_bars(rows: Sequence[Row], teller: Teller) -> alt.Chart:
    """Return bars for capacities."""
    drawn: alt.Chart = marks(rows, teller).mark_bar(fill=PAPER, stroke=INK, strokeWidth=1)
    return drawn


def hollow_diamonds(rows: Sequence[Row], teller: Teller) -> alt.Chart:
    """Return marks for what was planned, expected or forecast."""
    drawn: alt.Chart = marks(rows, teller).mark_point(
        shape="diamond", fill=PAPER, stroke=INK, strokeWidth=1.4, size=75, opacity=1
    )
    return drawn


def goal_rule(rows: Sequence[Row], teller: Teller) -> alt.Chart:
    """Return a broken line for what was planned, expected or forecast."""
    drawn: alt.Chart = marks(rows, teller).mark_rule(color=INK, strokeDash=DASH, strokeWidth=1.2)
    return drawn


def words(rows: Sequence[Row], text: str = "text", **style: Any) -> alt.Chart:
    """Return a text of the rows in small type."""
    look: dict[str, Any] = {"color": INK, "fontSize": SMALL, "aria": False} | style
    drawn: alt.Chart = alt.Chart(data(rows)).mark_text(**look).encode(text=f"{text}:N")
    return drawn


def on_paper(chart: Chart, description: str, key: Sequence[tuple[str, str]] = ()) -> Chart:
    """Return the chart with the page's type and colours, its words for a screen reader, and its key above it.

    The key is signs, each with its meaning.
    """
    if key:
        said = "\N{EM SPACE}".join(f"{sign} {meaning}" for sign, meaning in key)
        title = alt.Title(said, anchor="start", fontSize=12, fontWeight="normal", color=QUIET, offset=8)
        chart = chart.properties(title=title)
    drawn: Chart = (
        chart.properties(description=description, usermeta=EMBEDDING, background="transparent")
        .configure(font=FONT)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=QUIET,
            labelFontSize=SMALL,
            domainColor=INK,
            grid=False,
            ticks=False,
            labelPadding=5,
            title=None,
        )
    )
    return drawn
