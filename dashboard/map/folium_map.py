"""The Folium map: an empty map whose script is the same for every reader and every view.

streamlit-folium names its component by a hash of the map's script: change one byte, and
the browser throws the map away, with its zoom. So nothing here depends on the view; what
varies reaches the map's own script as messages from the page.
"""

import json
from typing import Final

import folium
import streamlit as st
from folium.template import Template
from streamlit_folium import st_folium

from dashboard.files import MAP_ADDRESSES, MAP_SCRIPT, MAP_STYLE, PLACE_SCRIPT, component_script, from_map_frame
from dashboard.map import frame

_PLACE: Final = st.components.v2.component("map", js=component_script(PLACE_SCRIPT), isolate_styles=False)

HEIGHT: Final = 620
"""Pixels, until the page's style says otherwise."""
START: Final = (45.0, 55.0)
"""(lat, lon); the map's own script fits the first view."""


class Script(folium.MacroElement):
    """A line of JavaScript in the map's script: constants only, never a word of the content."""

    _template = Template("{% macro script(this, kwargs) %}{{ this.code }}{% endmacro %}")

    def __init__(self, code: str) -> None:
        """Keep the line."""
        super().__init__()  # type: ignore[no-untyped-call]  # branca comes without types
        self.code = code


def build_map() -> folium.Map:
    """Return a new map: no tiles, no host but ours, and one call that draws everything in the browser."""
    canvas = folium.Map(
        location=START,
        zoom_start=4,
        tiles=None,
        zoom_control=False,
        attribution_control=False,
        zoom_snap=0,  # any zoom, so that the first view fits exactly
        max_bounds_viscosity=1.0,
        world_copy_jump=False,
    )
    canvas.default_js = [("map", from_map_frame(MAP_SCRIPT))]
    canvas.default_css = [("map", from_map_frame(MAP_STYLE))]
    canvas.add_child(Script(f"window.drawCorridors(map_div, {json.dumps(MAP_ADDRESSES)});"))
    return canvas


def draw_map() -> None:
    """Draw the map; it reports nothing back, choices reach the page as messages.

    Readers' browsers have it from the first answer already, and need a place for it.
    """
    if frame.kept():
        _PLACE(key="map-place")
    else:
        st_folium(build_map(), key="map", height=HEIGHT, use_container_width=True, returned_objects=[])
