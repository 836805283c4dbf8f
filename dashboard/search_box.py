"""One box that finds everything of the atlas, in any of its languages, while the reader types."""

from typing import Any, Final

import streamlit as st

from dashboard.atlas import ATLAS, INDEX
from dashboard.contents import Teller
from dashboard.files import ASSETS, SEARCH_SCRIPT, component_script
from dashboard.i18n import Language
from dashboard.view import View

_BOX: Final = st.components.v2.component(
    "search",
    html=(ASSETS / "search.html").read_text(encoding="utf-8"),
    js=component_script(SEARCH_SCRIPT),
    isolate_styles=False,
)
KEY: Final = "search-box"


def _query() -> str:
    """Return what stands in the box."""
    state: Any = st.session_state.get(KEY)
    query = state.get("query") if state else None
    return query if isinstance(query, str) else ""


def draw_search(view: View, language: Language) -> None:
    """Draw the box and what its words find; choosing a hit follows its link."""
    teller = Teller(ATLAS, view, language)
    query = _query()
    hits = [teller.found(hit.id) for hit in INDEX.find(query)]
    data = {
        "query": query,
        "hits": [{"name": hit.name, "kind": hit.kind, "link": hit.link} for hit in hits],
        "words": {
            "label": language.say("Search"),
            "placeholder": language.say("Search names, statements, sources"),
            "nothing": language.say("Nothing found"),
            "found": language.say("Found: {number}", number=len(hits)),
        },
    }
    _BOX(key=KEY, data=data, default={"query": ""}, on_query_change=lambda: None)
