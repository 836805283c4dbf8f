"""The page from top to bottom; Streamlit runs it for each visitor, and again after a change."""

from dataclasses import replace

import streamlit as st

from dashboard.atlas import ATLAS, KNOWN_IDS
from dashboard.choices import carry_choices, take_shown
from dashboard.connection import draw_connection_notice
from dashboard.contents import Teller, listing
from dashboard.downloads import DOWNLOADS
from dashboard.i18n import LANGUAGES, Language, preferred_language
from dashboard.map.folium_map import draw_map
from dashboard.panel_markup import drawn_panel
from dashboard.panels import (
    draw_contents,
    draw_panel,
    draw_title,
    draw_tools,
    draw_way_out,
)
from dashboard.search_box import draw_search
from dashboard.view import Part, View, read_view


def asked_view() -> tuple[View, tuple[Part, ...]]:
    """Return the view that the link asks for, and the parts of the link that were ignored."""
    parameters = {part.value: st.query_params.get_all(part) for part in Part}
    # The very header from which the first answer took its language.
    preferred = preferred_language(st.context.headers.get("Accept-Language"))
    return read_view(parameters, known=KNOWN_IDS, languages=LANGUAGES, preferred_language=preferred)


def panel_view(view: View) -> View:
    """Return the view without what makes no difference to the panel."""
    return replace(view, map=None, theme=None)


@st.fragment
def panel_beside_map() -> None:
    """Draw the panel; a choice runs this again and nothing else."""
    view, ignored = asked_view()
    language = LANGUAGES[view.language]
    if view.language != st.session_state.setdefault("language", view.language):
        st.rerun()
    drawn = drawn_panel(panel_view(view), ignored)
    with st.container(key="panel"):
        draw_panel(drawn, view, (st.context.url or "").partition("?")[0], take_shown())
    carry_choices(view, drawn, language)


@st.fragment
def search() -> None:
    """Draw the search box; a key stroke runs this again and nothing else."""
    view, _ = asked_view()
    draw_search(view, LANGUAGES[view.language])


def draw_header(view: View, language: Language) -> None:
    """Draw the name of the page, the search box, the languages and the share button."""
    name, box, tools = st.columns([12, 7, 8], gap="small", vertical_alignment="bottom")
    with name:
        draw_title(view, language)
    with box:
        search()
    with tools:
        draw_tools(view, language)


def page() -> None:
    """Draw the whole page; within another site's page only the map, the panel and the way to the whole."""
    view, ignored = asked_view()
    language = LANGUAGES[view.language]
    st.session_state["language"] = view.language
    st.set_page_config(page_title=drawn_panel(panel_view(view), ignored).title, layout="wide")
    header = None if st.context.is_embedded else st.container(key="header")
    beside_map, beside_panel = st.columns([2, 1], gap="small")
    # First, because its frame has to fetch what it draws; the browser does the rest meanwhile.
    with beside_map, st.container(key="map"):
        draw_map()
    with beside_panel:
        panel_beside_map()
    if header:
        with header:
            draw_header(view, language)
    if st.context.is_embedded:
        draw_way_out(view, language)
    else:
        draw_contents(listing(Teller(ATLAS, view, language)), DOWNLOADS, language)
    draw_connection_notice(language)


page()
