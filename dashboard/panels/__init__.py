"""The parts of the page: each draws a record from `contents` and decides nothing."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import streamlit as st

from dashboard.atlas import ATLAS, pictures_of
from dashboard.charts import Picture
from dashboard.contents import Teller
from dashboard.contents.records import LinkEntry
from dashboard.downloads import Download, titles
from dashboard.files import PANEL_SCRIPT, component_script
from dashboard.i18n import LANGUAGES, Language
from dashboard.panel_markup import DrawnPanel, digest, markup, parts_of, tools
from dashboard.view import View

_PART: Final = st.components.v2.component("panel", js=component_script(PANEL_SCRIPT), isolate_styles=False)


def draw_title(view: View, language: Language) -> None:
    """Draw the name of the page and its one sentence."""
    st.html(markup("title.html", language, home=view.choose(None).link))


def draw_tools(view: View, language: Language) -> None:
    """Draw the languages, and the buttons to print and to share."""
    st.html(tools(view, language))


def draw_way_out(view: View, language: Language) -> None:
    """Draw the link from the embedded map and panel to the whole page."""
    st.html(markup("way_out.html", language, link=view.link))


def draw_panel(drawn: DrawnPanel, view: View, page: str, has: object) -> None:
    """Draw what is said about the chosen thing, under one heading, with its pictures where it has some.

    page is the page's address; has is the digest of the part that the reader's browser shows already.
    """
    head, rest = parts_of(drawn, view, page)
    _draw_part("panel-head", head, view, has)
    if not rest:
        return
    teller = Teller(ATLAS, view, LANGUAGES[view.language])
    for picture in pictures_of(drawn.pictures_of, view.language):
        draw_picture(picture, teller)
    _draw_part("panel-rest", rest, view)


def _draw_part(key: str, part: str, view: View, has: object = None) -> None:
    """Draw markup that panel.js takes apart: a line with its digest and the view, then the markup where it is needed.

    It goes as bytes, because in JSON each letter beyond ASCII would travel as six.
    """
    own = digest(part)
    _PART(key=key, data=f"{own} {replace(view, map=None).link}\n{'' if own == has else part}".encode())


def draw_picture(picture: Picture, teller: Teller) -> None:
    """Draw a chart with its words, and its figures as a table."""
    links = {point.id: teller.link_to(point.id) for point in picture.points}
    st.html(markup("picture_title.html", teller.language, picture=picture))
    st.vega_lite_chart(None, picture.spec, width="stretch", theme=None, key=f"picture-{picture.id}")
    st.html(markup("picture.html", teller.language, picture=picture, links=links))


def draw_contents(contents: Sequence[LinkEntry], downloads: Sequence[Download], language: Language) -> None:
    """Draw everything that is on the map as a list of links, and the data to take away."""
    st.html(markup("contents.html", language, contents=contents, downloads=downloads, titles=titles(language)))
