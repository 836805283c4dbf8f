"""Elements of SVG: whatever stands in a text or an attribute is escaped here, and nowhere else."""

import re
from typing import Final
from xml.sax.saxutils import escape, quoteattr

NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(tag: str, *content: str, **attributes: str | float) -> str:
    """Return an element with the elements in it; stroke_width stands for stroke-width."""
    written = "".join(f" {name.replace('_', '-')}={_value(value)}" for name, value in attributes.items())
    return f"<{tag}{written}>{''.join(content)}</{tag}>"


def text(words: str) -> str:
    """Return words as the content of an element; characters that XML cannot hold are left out."""
    return escape(NOT_IN_XML.sub("", words))


def _value(value: str | float) -> str:
    """Return an attribute's value; a number to the hundredth of a pixel."""
    return quoteattr(NOT_IN_XML.sub("", value)) if isinstance(value, str) else f'"{round(value, 2):g}"'
