"""What the page says when its server does not answer."""

from typing import Final

import streamlit as st

from dashboard.files import ASSETS, CONNECTION_SCRIPT, component_script
from dashboard.i18n import Language

_NOTICE: Final = st.components.v2.component(
    "connection",
    html=(ASSETS / "connection.html").read_text(encoding="utf-8"),
    js=component_script(CONNECTION_SCRIPT),
    isolate_styles=False,
)


def draw_connection_notice(language: Language) -> None:
    """Draw the notice; the browser shows it while the connection is lost."""
    words = {
        "lost": language.say(
            "The server does not answer. What stands here can be read on; the page keeps trying to reach it."
        )
    }
    _NOTICE(key="connection", data={"words": words})
