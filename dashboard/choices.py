"""What the reader chooses, wherever on the page or the map, as one stream of events.

A small script in the page turns clicks on links that only change what is shown, and the
map's messages, into triggers; it tells the map's frame what the server shows in answer.
"""

from typing import Any, Final

import streamlit as st

from dashboard.contents.records import Panel
from dashboard.files import ASSETS, CHOICES_SCRIPT, component_script
from dashboard.i18n import Language
from dashboard.view import Part, View

_CARRIER: Final = st.components.v2.component(
    "choices",
    html=(ASSETS / "choices.html").read_text(encoding="utf-8"),
    js=component_script(CHOICES_SCRIPT),
    isolate_styles=False,
)
KEY: Final = "choices"


def _follow() -> None:
    """Write the choice that has just come into the link, which is the state."""
    choice: Any = st.session_state[KEY].choice
    if not isinstance(choice, dict):
        return
    asked = {
        Part.FOCUS: choice.get("focus"),
        Part.LANGUAGE: choice.get("language"),
        Part.TAB: choice.get("tab"),
    }
    parameters = {part.value: value for part, value in asked.items() if isinstance(value, str) and value}
    if parameters != st.query_params.to_dict():
        st.query_params.from_dict(parameters)


def _spoken(shown: Panel, language: Language) -> str:
    """Return the sentence in which a screen reader is told what the panel shows now."""
    tab = next((tab.name for tab in shown.tabs if tab.chosen), "")
    words = [shown.name, shown.kind, shown.status.words if shown.status else "", tab]
    return language.say("Now shown: {what}.", what=", ".join(filter(None, words)))


def carry_choices(view: View, shown: Panel, language: Language) -> None:
    """Let the page and the map's frame know the view and what the panel shows, and receive the reader's next choice."""
    name = language.say("Caspian Corridors")
    data = {
        "view": {
            "focus": view.focus,
            "language": view.language,
            "tab": view.parameters.get(Part.TAB),
            "map": view.parameters.get(Part.MAP),
        },
        "words": {
            "share": language.say("Share this view"),
            "address": language.say("Address of this view"),
            "copied": language.say("The address is copied."),
            "copyByHand": language.say("Copy the address from here."),
            "close": language.say("Close"),
            "product": language.say("Caspian Corridors"),
            "embed": language.say("Embed this view in a page of yours"),
            "copyCode": language.say("Copy the code"),
            "codeCopied": language.say("The code is copied."),
            "copyCodeByHand": language.say("Copy the code by hand."),
            "map": language.say("Map of the corridors"),
            "title": f"{shown.name} · {name}" if view.focus else name,
            "shown": _spoken(shown, language),
            "notices": " ".join(shown.notices),
            "inLanguage": language.say("Language of this page: {language}.", language=language.own_name),
            "unanswered": language.say("No answer yet; the page asks again."),
            "mapFailed": language.say("The map could not be loaded. The list below holds everything that it shows."),
        },
    }
    _CARRIER(key=KEY, data=data, on_choice_change=_follow)
