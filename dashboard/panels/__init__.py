"""The parts of the page: each draws a record from `contents` and decides nothing."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboard.contents import LinkEntry, Panel
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
TEMPLATES.filters["capitalize_first"] = lambda words: words[:1].upper() + words[1:]


def markup(template: str, language: Language, **records: object) -> str:
    """Return the template filled with the records; every text in them is escaped."""
    return TEMPLATES.get_template(template).render(_=language.say, **records)


def draw_style() -> None:
    """Give the page its style, the subjects' colours with it."""
    st.html(f"<style>{PAGE_STYLE}{subject_rules()}</style>")


def draw_header(view: View, language: Language) -> None:
    """Draw the name of the page, the languages and the share button."""
    languages = [
        {
            "code": other.code,
            "name": other.own_name,
            "link": view.speak(other.code).link,
            "chosen": other is language,
        }
        for other in LANGUAGES.values()
    ]
    st.html(markup("header.html", language, languages=languages, home=view.choose(None).link))


def draw_panel(panel: Panel, language: Language) -> None:
    """Draw what is said about the chosen thing, under one heading."""
    st.html(markup("panel.html", language, panel=panel))


def draw_contents(contents: Sequence[LinkEntry], language: Language) -> None:
    """Draw everything that is on the map as a list of links."""
    st.html(markup("contents.html", language, contents=contents))
