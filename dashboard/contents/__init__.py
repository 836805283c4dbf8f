"""What the page says: the atlas in words, as plain records that know nothing of Streamlit."""

from dashboard.contents.listing import listing
from dashboard.contents.panels import document_title, known_ids, panel
from dashboard.contents.teller import TRADE_GOAL, TRADE_REACHED, Teller

__all__ = ["TRADE_GOAL", "TRADE_REACHED", "Teller", "document_title", "known_ids", "listing", "panel"]
