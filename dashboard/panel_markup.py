"""Panel and tools as markup: what the page draws of a view, and what a browser has of it beforehand.

The first answer holds it, and a browser may fetch it before its reader chooses what it tells of.
"""

import hashlib
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from dashboard.addresses import in_letters
from dashboard.atlas import ATLAS, pictures_of
from dashboard.citation import Citation, cite
from dashboard.contents import Teller, panel, spoken, title
from dashboard.i18n import LANGUAGES, Language
from dashboard.templating import templates_in
from dashboard.view import Part, View

TEMPLATES: Final = templates_in(Path(__file__).parent / "panels/templates")
TEMPLATES.filters["in_letters"] = in_letters


def markup(template: str, language: Language, **records: object) -> str:
    """Return the template filled with the records; every text in them is escaped."""
    return TEMPLATES.get_template(template).render(_=language.say, capitalised=language.capitalised, **records)


def tools(view: View, language: Language) -> str:
    """Return the languages as links, and the buttons for colours, printing and sharing."""
    languages = [
        {
            "code": other.code,
            "name": other.own_name,
            "link": view.speak(other.code).link,
            "chosen": other is language,
        }
        for other in LANGUAGES.values()
    ]
    return markup("tools.html", language, languages=languages, current=language.own_name, print=f"print{view.link}")


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


def parts_of(drawn: DrawnPanel, view: View, page: str) -> tuple[str, str]:
    """Return what stands before the panel's pictures and what after them; without pictures, all and nothing.

    page is the address of the page, for the citation, which bears today's date.
    """
    language = LANGUAGES[view.language]
    citation = _citation(drawn.cited, view, page)
    end = markup("panel_end.html", language, citation=citation, back=drawn.back)
    if pictures_of(drawn.pictures_of, language.code):
        return drawn.head, drawn.rest + end
    return drawn.head + drawn.rest + end, ""


def _citation(cited: str | None, view: View, page: str) -> Citation | None:
    """Return how to cite a thing of the atlas, or the whole of it for an empty id."""
    if cited is None:
        return None
    today = datetime.now(UTC).date()
    return cite(ATLAS, cited or None, link=page + view.link, accessed=today, language=LANGUAGES[view.language])


def digest(part: str) -> str:
    """Return what tells a part from every other, in a few letters."""
    return hashlib.sha256(part.encode()).hexdigest()[:16]
