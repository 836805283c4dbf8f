"""The parts of the page: each draws a record from `contents` and decides nothing."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import streamlit as st

from dashboard.addresses import in_letters
from dashboard.atlas import ATLAS, pictures_of
from dashboard.charts import Picture
from dashboard.citation import Citation
from dashboard.contents import Teller, panel, spoken, title
from dashboard.contents.records import LinkEntry
from dashboard.downloads import Download, titles
from dashboard.files import FONTS, PANEL_SCRIPT, component_script
from dashboard.fonts import font_faces
from dashboard.i18n import LANGUAGES, Language
from dashboard.templating import templates_in
from dashboard.view import Part, View

TEMPLATES: Final = templates_in(Path(__file__).parent / "templates")
PAGE_STYLE: Final = (Path(__file__).parents[1] / "assets/page.css").read_text(encoding="utf-8")
TEMPLATES.filters["in_letters"] = in_letters


_PART: Final = st.components.v2.component("panel", js=component_script(PANEL_SCRIPT), isolate_styles=False)


def markup(template: str, language: Language, **records: object) -> str:
    """Return the template filled with the records; every text in them is escaped."""
    return TEMPLATES.get_template(template).render(_=language.say, capitalised=language.capitalised, **records)


def draw_style() -> None:
    """Give the page its style; its colours and its frame came with the server's first answer."""
    faces = font_faces(lambda face: FONTS[face].address)
    st.html(f"<style>{faces}{PAGE_STYLE}</style>")


def draw_title(view: View, language: Language) -> None:
    """Draw the name of the page and its one sentence."""
    st.html(markup("title.html", language, home=view.choose(None).link))


def draw_tools(view: View, language: Language) -> None:
    """Draw the languages, and the buttons to print and to share."""
    languages = [
        {
            "code": other.code,
            "name": other.own_name,
            "link": view.speak(other.code).link,
            "chosen": other is language,
        }
        for other in LANGUAGES.values()
    ]
    st.html(markup("tools.html", language, languages=languages, current=language.own_name, print=f"print{view.link}"))


def draw_way_out(view: View, language: Language) -> None:
    """Draw the link from the embedded map and panel to the whole page."""
    st.html(markup("way_out.html", language, link=view.link))


class DrawnPanel(NamedTuple):
    """A panel as markup: what stands before its pictures, and after them."""

    head: str
    rest: str
    pictures_of: str
    """The subject whose pictures stand between; none, if empty."""
    cited: str | None
    """The id of what a reader can cite here; the whole, if empty; None where there is nothing to cite."""
    back: str
    """The link to all subjects, or empty."""
    title: str
    """Of the document."""
    spoken: str
    """What a screen reader is told when the panel has come in place of another."""
    notices: str


@lru_cache(maxsize=256)
def drawn_panel(view: View, ignored: tuple[Part, ...]) -> DrawnPanel:
    """Return the panel of a view; it depends on nothing else, so that the next reader need not wait for it."""
    language = LANGUAGES[view.language]
    teller = Teller(ATLAS, view, language)
    shown = panel(teller, ignored)
    whole = view.focus != shown.id or shown.method is not None
    return DrawnPanel(
        head=markup("panel.html", language, panel=shown),
        rest=markup("panel_rest.html", language, panel=shown),
        pictures_of=shown.pictures_of,
        cited=None if not shown.has_citation else "" if whole else shown.id,
        back=shown.back,
        title=title(teller, shown),
        spoken=spoken(teller, shown),
        notices=" ".join(shown.notices),
    )


def draw_panel(drawn: DrawnPanel, view: View, citation: Citation | None) -> None:
    """Draw what is said about the chosen thing, under one heading, with its pictures where it has some."""
    language = LANGUAGES[view.language]
    end = markup("panel_end.html", language, citation=citation, back=drawn.back)
    pictures = pictures_of(drawn.pictures_of, language.code)
    if not pictures:
        _draw_part("panel-head", drawn.head + drawn.rest + end)
        return
    _draw_part("panel-head", drawn.head)
    teller = Teller(ATLAS, view, language)
    for picture in pictures:
        draw_picture(picture, teller)
    _draw_part("panel-rest", drawn.rest + end)


def _draw_part(key: str, part: str) -> None:
    """Draw markup; as bytes, because in JSON each letter beyond ASCII would travel as six."""
    _PART(key=key, data=part.encode())


def draw_picture(picture: Picture, teller: Teller) -> None:
    """Draw a chart with its words, and its figures as a table."""
    links = {point.id: teller.link_to(point.id) for point in picture.points}
    st.html(markup("picture_title.html", teller.language, picture=picture))
    st.vega_lite_chart(None, picture.spec, width="stretch", theme=None, key=f"picture-{picture.id}")
    st.html(markup("picture.html", teller.language, picture=picture, links=links))


def draw_contents(contents: Sequence[LinkEntry], downloads: Sequence[Download], language: Language) -> None:
    """Draw everything that is on the map as a list of links, and the data to take away."""
    st.html(markup("contents.html", language, contents=contents, downloads=downloads, titles=titles(language)))
