"""The atlas of this server: read once at the start, shared by all visitors, never changed.

It is a module's constant and not a Streamlit cache, because any visitor can clear those.
"""

from functools import cache
from typing import Final

from dashboard.charts import Picture, charts_of
from dashboard.contents import Teller, known_ids
from dashboard.i18n import LANGUAGES
from dashboard.search import Index, index_of
from dashboard.view import View
from geodata import Atlas, load_accuracy, load_atlas

ATLAS: Final[Atlas] = load_atlas()
load_accuracy()  # kept; read now, so that a fault in it stops the start
KNOWN_IDS: Final = known_ids(ATLAS)
"""What a link may name."""
INDEX: Final[Index] = index_of(ATLAS)
"""What the search box looks in."""


@cache
def pictures_of(subject: str, code: str) -> tuple[Picture, ...]:
    """Return a subject's pictures in a language; they depend on nothing else, and take long to make."""
    return charts_of(subject, Teller(ATLAS, View(None, code), LANGUAGES[code]))
