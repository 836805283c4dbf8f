"""What the reader chooses, wherever on the page or the map, as one stream of events.

A small script in the page turns clicks on links that only change what is shown, and the
map's messages, into triggers; it tells the map's frame what the server shows in answer.
"""

import json
from typing import Any, Final

import streamlit as st

from dashboard.files import ASSETS, CHOICES_SCRIPT, component_script
from dashboard.i18n import Language
from dashboard.panel_markup import DrawnPanel
from dashboard.view import Part, View

_CARRIER: Final = st.components.v2.component(
    "choices",
    html=(ASSETS / "choices.html").read_text(encoding="utf-8"),
    js=component_script(CHOICES_SCRIPT),
    isolate_styles=False,
)
KEY: Final = "choices"
SHOWN: Final = "shown"
"""In the session, for one run."""


def _follow() -> None:
    """Write the choice that has just come into the link, which is the state."""
    choice: Any = st.session_state[KEY].choice
    if not isinstance(choice, dict):
        return
    asked = {
        Part.FOCUS: choice.get("focus"),
        Part.LANGUAGE: choice.get("language"),
        Part.TAB: choice.get("tab"),
        Part.THEME: choice.get("theme"),
    }
    st.session_state[SHOWN] = choice.get("shown")
    parameters = {part.value: value for part, value in asked.items() if isinstance(value, str) and value}
    if parameters != st.query_params.to_dict():
        st.query_params.from_dict(parameters)


def take_shown() -> object:
    """Return the digest of the panel that the choice just made has drawn in the browser already, where it has."""
    return st.session_state.pop(SHOWN, None)


def carry_choices(view: View, drawn: DrawnPanel, language: Language) -> None:
    """Let the page and the map's frame know the view and what to say of it, and receive the reader's next choice."""
    data = {
        "view": {
            "focus": view.focus,
            "language": view.language,
            "tab": view.parameters.get(Part.TAB),
            "map": view.parameters.get(Part.MAP),
            "theme": view.theme,
        },
        "title": drawn.title,
        "news": {"shown": drawn.spoken, "notices": drawn.notices},
        "words": {
            "share": language.say("Share this view"),
            "address": language.say("Address of this view"),
            "withTheme": language.say("With these colours, light or dark"),
            "copied": language.say("The address is copied."),
            "copyByHand": language.say("Copy the address from here."),
            "close": language.say("Close"),
            "product": language.say("Caspian Corridors"),
            "embed": language.say("Embed this view in a page of yours"),
            "copyCode": language.say("Copy the code"),
            "codeCopied": language.say("The code is copied."),
            "copyCodeByHand": language.say("Copy the code by hand."),
            "map": language.say("Map of the corridors"),
            "inLanguage": language.say("Language of this page: {language}.", language=language.own_name),
            "unanswered": language.say("No answer yet; the page asks again."),
            "mapFailed": language.say("The map could not be loaded. The list below holds everything that it shows."),
        },
    }
    # As bytes, because in Streamlit's own JSON each letter beyond ASCII would travel as six.
    _CARRIER(key=KEY, data=json.dumps(data, ensure_ascii=False).encode(), on_choice_change=_follow)
