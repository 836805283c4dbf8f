"""Addresses of documents as people read them."""

import re
from typing import Final
from urllib.parse import unquote

ESCAPED_LETTERS: Final = re.compile("(?:%[89A-F][0-9A-F])+")


def in_letters(address: str) -> str:
    """Return the address with its letters beyond ASCII written out: a third as long, and the browser's to escape."""
    return ESCAPED_LETTERS.sub(lambda found: unquote(found[0]), address)
