"""The page from top to bottom; Streamlit runs it for each visitor, and again after a change."""

import streamlit as st

from dashboard.atlas import ATLAS, KNOWN_IDS
from dashboard.choices import carry_choices
from dashboard.contents import Teller
from dashboard.i18n import LANGUAGES, preferred_language
from dashboard.map.folium_map import draw_map
from dashboard.panels import draw_contents, draw_header, draw_panel, draw_style
from dashboard.view import Part, View, read_view


def asked_view() -> tuple[View, tuple[Part, ...]]:
    """Return the view that the link asks for, and the parts of the link that were ignored."""
    parameters = {part.value: st.query_params.get_all(part) for part in Part}
    preferred = preferred_language(st.context.locale)
    return read_view(parameters, known=KNOWN_IDS, languages=LANGUAGES, preferred_language=preferred)


@st.fragment
def panel() -> None:
    """Draw the panel; a choice runs this again and nothing else."""
    view, ignored = asked_view()
    language = LANGUAGES[view.language]
    if view.language != st.session_state.setdefault("language", view.language):
        st.rerun()
    with st.container(key="panel"):
        draw_panel(Teller(ATLAS, view, language).panel(ignored), language)
    carry_choices(view, language)


def page() -> None:
    """Draw the whole page."""
    view, _ = asked_view()
    language = LANGUAGES[view.language]
    st.session_state["language"] = view.language
    st.set_page_config(page_title=language.say("Caspian Corridors"), layout="wide")
    draw_style()
    draw_header(view, language)
    beside_map, beside_panel = st.columns([2, 1], gap="small")
    with beside_panel:
        panel()
    with beside_map, st.container(key="map"):
        draw_map()
    draw_contents(Teller(ATLAS, view, language).contents(), language)


page()
