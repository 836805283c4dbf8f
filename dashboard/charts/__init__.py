"""Pictures of the figures: four charts of the atlas, each with its records, its words and its sources."""

from collections.abc import Callable
from typing import Final

from dashboard.charts import cargo, oil, ports, trade
from dashboard.charts.pictures import Chart, Mark, Picture, Point
from dashboard.contents import Teller

__all__ = ["PICTURES", "Chart", "Mark", "Picture", "Point", "charts_of"]

PICTURES: Final[dict[str, Callable[[Teller], Picture]]] = {
    "trade": trade.picture,
    "titr": cargo.picture,
    "btc": oil.picture,
    "caspian-ports": ports.picture,
}
"""By the subject whose panel shows the picture."""


def charts_of(subject: str, teller: Teller) -> tuple[Picture, ...]:
    """Return the pictures of a subject in the teller's language; most subjects have none.

    They are the same for every view, so that who draws them often may keep them by subject and language.
    A KeyError names the fact or claim that a picture needs and the atlas does not have.
    """
    return (PICTURES[subject](teller),) if subject in PICTURES else ()
