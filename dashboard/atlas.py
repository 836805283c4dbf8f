"""The atlas of this server: read once at the start, shared by all visitors, never changed.

It is a module's constant and not a Streamlit cache, because any visitor can clear those.
"""

from typing import Final

from dashboard.contents import known_ids
from dashboard.search import Index, index_of
from geodata import Atlas, load_accuracy, load_atlas

ATLAS: Final[Atlas] = load_atlas()
load_accuracy()  # kept; read now, so that a fault in it stops the start
KNOWN_IDS: Final = known_ids(ATLAS)
"""What a link may name."""
INDEX: Final[Index] = index_of(ATLAS)
"""What the search box looks in."""
