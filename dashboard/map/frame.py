"""The map's frame: streamlit-folium's own page, and what it is told to draw, the same for every reader.

Streamlit would open the frame after its scripts have come and the page has been drawn. So the
server has the map drawn once, at its own first visit, and keeps what streamlit-folium then hands
to the frame; the first answer opens the frame at once with it.
"""

import json
from dataclasses import dataclass


@dataclass(frozen=True)
class MapFrame:
    """What Streamlit would tell the browser of the map."""

    component: str
    """As Streamlit names it."""
    arguments: str
    """Of streamlit-folium's page, as JSON."""

    @property
    def address(self) -> str:
        """The page in the frame: its path on the server, without a leading slash."""
        return f"component/{self.component}/index.html"

    @property
    def message(self) -> dict[str, object]:
        """The message that Streamlit would send to the frame, by its protocol for components."""
        return {"type": "streamlit:render", "args": json.loads(self.arguments), "dfs": [], "disabled": False}


_kept: list[MapFrame] = []


def keep(frame: MapFrame) -> None:
    """Keep the frame for all readers."""
    _kept[:] = [frame]


def kept() -> MapFrame | None:
    """Return the frame, or None where the map has not been drawn yet."""
    return _kept[0] if _kept else None
