"""The page from top to bottom; Streamlit runs it for each visitor, and again after a change."""

from datetime import UTC, datetime

import streamlit as st

from dashboard.atlas import ATLAS, KNOWN_IDS
from dashboard.choices import carry_choices
from dashboard.citation import Citation, cite
from dashboard.contents import Teller, document_title, listing, panel
from dashboard.contents.records import Panel
from dashboard.downloads import DOWNLOADS
from dashboard.i18n import LANGUAGES, preferred_language
from dashboard.map.folium_map import draw_map
from dashboard.panels import draw_contents, draw_panel, draw_style, draw_title, draw_tools
from dashboard.search_box import draw_search
from dashboard.view import Part, View, read_view


def asked_view() -> tuple[View, tuple[Part, ...]]:
    """Return the view that the link asks for, and the parts of the link that were ignored."""
    parameters = {part.value: st.query_params.get_all(part) for part in Part}
    # The very header from which the first answer took its language.
    preferred = preferred_language(st.context.headers.get("Accept-Language"))
    return read_view(parameters, known=KNOWN_IDS, languages=LANGUAGES, preferred_language=preferred)


def citation_of(shown: Panel, view: View) -> Citation | None:
    """Return how to cite what the panel shows, where it is something to cite."""
    if not shown.has_citation:
        return None
    focus = view.focus if view.focus == shown.id and shown.method is None else None
    address = (st.context.url or "").partition("?")[0] + view.link
    return cite(ATLAS, focus, link=address, accessed=datetime.now(UTC).date(), language=LANGUAGES[view.language])


@st.fragment
def panel_beside_map() -> None:
    """Draw the panel; a choice runs this again and nothing else."""
    view, ignored = asked_view()
    language = LANGUAGES[view.language]
    if view.language != st.session_state.setdefault("language", view.language):
        st.rerun()
    teller = Teller(ATLAS, view, language)
    shown = panel(teller, ignored)
    st.set_page_config(page_title=document_title(shown, teller))
    with st.container(key="panel"):
        draw_panel(shown, teller, citation_of(shown, view))
    carry_choices(view, language)


@st.fragment
def search() -> None:
    """Draw the search box; a key stroke runs this again and nothing else."""
    view, _ = asked_view()
    draw_search(view, LANGUAGES[view.language])


def page() -> None:
    """Draw the whole page."""
    view, _ = asked_view()
    language = LANGUAGES[view.language]
    st.session_state["language"] = view.language
    st.set_page_config(layout="wide")
    draw_style()
    with st.container(key="header"):
        title, box, tools = st.columns([12, 7, 8], gap="small", vertical_alignment="bottom")
    with title:
        draw_title(view, language)
    with box:
        search()
    with tools:
        draw_tools(view, language)
    beside_map, beside_panel = st.columns([2, 1], gap="small")
    with beside_panel:
        panel_beside_map()
    with beside_map, st.container(key="map"):
        draw_map()
    draw_contents(listing(Teller(ATLAS, view, language)), DOWNLOADS, language)


page()
