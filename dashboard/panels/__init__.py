"""The parts of the page: each draws a record from `contents` and decides nothing."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboard.atlas import ATLAS
from dashboard.charts import Picture, charts_of
from dashboard.citation import Citation
from dashboard.contents import Teller
from dashboard.contents.records import LinkEntry, Panel
from dashboard.downloads import Download, titles
from dashboard.i18n import LANGUAGES, Language
from dashboard.map.style import subject_rules
from dashboard.view import View

TEMPLATES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
PAGE_STYLE: Final = (Path(__file__).parents[1] / "assets/page.css").read_text(encoding="utf-8")


def markup(template: str, language: Language, **records: object) -> str:
    """Return the template filled with the records; every text in them is escaped."""
    return TEMPLATES.get_template(template).render(_=language.say, capitalised=language.capitalised, **records)


def draw_style() -> None:
    """Give the page its style, the subjects' colours with it."""
    st.html(f"<style>{PAGE_STYLE}{subject_rules()}</style>")


def draw_title(view: View, language: Language) -> None:
    """Draw the name of the page and its one sentence."""
    st.html(markup("title.html", language, home=view.choose(None).link))


def draw_tools(view: View, language: Language) -> None:
    """Draw the languages and the share button."""
    languages = [
        {
            "code": other.code,
            "name": other.own_name,
            "short": other.short_name,
            "link": view.speak(other.code).link,
            "chosen": other is language,
        }
        for other in LANGUAGES.values()
    ]
    st.html(markup("tools.html", language, languages=languages))


def draw_panel(panel: Panel, teller: Teller, citation: Citation | None) -> None:
    """Draw what is said about the chosen thing, under one heading, with its pictures where it has some."""
    language = teller.language
    st.html(markup("panel.html", language, panel=panel))
    for picture in pictures_of(panel.pictures_of, language.code):
        draw_picture(picture, teller)
    st.html(markup("panel_rest.html", language, panel=panel, citation=citation))


@cache
def pictures_of(subject: str, code: str) -> tuple[Picture, ...]:
    """Return a subject's pictures in a language; they depend on nothing else, and take long to make."""
    return charts_of(subject, Teller(ATLAS, View(None, code), LANGUAGES[code]))


def draw_picture(picture: Picture, teller: Teller) -> None:
    """Draw a chart with its words, and its figures as a table."""
    links = {point.id: teller.link_to(point.id) for point in picture.points}
    st.html(markup("picture_title.html", teller.language, picture=picture))
    st.vega_lite_chart(None, picture.spec, width="stretch", theme=None, key=f"picture-{picture.id}")
    st.html(markup("picture.html", teller.language, picture=picture, links=links))


def draw_contents(contents: Sequence[LinkEntry], downloads: Sequence[Download], language: Language) -> None:
    """Draw everything that is on the map as a list of links, and the data to take away."""
    st.html(markup("contents.html", language, contents=contents, downloads=downloads, titles=titles(language)))
