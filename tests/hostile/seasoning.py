"""An atlas in whose every text stands something that would be code elsewhere, marked so that it can be found again."""

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any, Final

from pydantic import BaseModel

from geodata import Atlas
from geodata.texts import READABLE

FIELDS: Final = {
    kind: (*paths, *{"claims": ("quotation", "quantity.words"), "sources": ("title", "publisher")}.get(kind, ()))
    for kind, paths in READABLE.items()
}
"""The fields in words of each kind of record, those that are never translated among them."""
MARKED: Final = re.compile(r"⟦([^⟦⟧]+)⟧(.*?)⟦⟧", re.DOTALL)


def marked(context: str, payload: str) -> str:
    """Return a payload between marks that say where it was put."""
    return f"⟦{context}⟧{payload}⟦⟧"


def seasoned(atlas: Atlas, payload: str) -> Atlas:
    """Return the atlas with the payload, marked, at the end of each text."""
    changed = {
        kind: {id_: _season(record, paths, payload, id_) for id_, record in getattr(atlas, kind).items()}
        for kind, paths in FIELDS.items()
    }
    return atlas.model_copy(update=changed)


def _season(value: Any, paths: Iterable[str], payload: str, context: str) -> Any:
    """Return a record, list or text with the payload at the end of what stands at these paths of fields."""
    if isinstance(value, str):
        return value + marked(context, payload)
    if isinstance(value, tuple):
        return tuple(_season(member, paths, payload, f"{context}.{number}") for number, member in enumerate(value))
    if not isinstance(value, BaseModel):
        return value
    below: dict[str, list[str]] = {}
    for path in paths:
        field, _, rest = path.partition(".")
        below.setdefault(field, []).append(rest)
    update = {
        # Who counted is compared: the same words are the same reporter.
        field: _season(getattr(value, field), rest, payload, field if field == "reporter" else f"{context}.{field}")
        for field, rest in below.items()
    }
    return value.model_copy(update=update)


def contexts_of(atlas: Atlas) -> frozenset[str]:
    """Return where the marks of a seasoned atlas stand."""
    return frozenset(context for context, _ in MARKED.findall(repr(atlas.model_dump())))


def found_in(texts: Iterable[str], payload: str) -> frozenset[str]:
    """Return where the marks in the texts come from; behind each the payload must stand as it was written."""
    found = set()
    for text in texts:
        marks = MARKED.findall(text)
        assert text.count("⟦") == 2 * len(marks), text
        for context, kept in marks:
            assert kept == payload, context
            found.add(context)
    return frozenset(found)


class Markup(HTMLParser):
    """HTML as a browser reads it: what stands there as text, and what as tags."""

    def __init__(self, html: str) -> None:
        """Read all of it."""
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.tags: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag and what its attributes say; none of them may be a script."""
        self.tags.append(tag)
        for name, value in attrs:
            assert not name.startswith("on"), f"<{tag} {name}={value}>"
            self.texts.append(value or "")

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.texts.append(data)


def strings_in(value: object) -> Iterator[str]:
    """Yield every text of a JSON value, its keys among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, member in value.items():
            yield key
            yield from strings_in(member)
    elif isinstance(value, list | tuple):
        for member in value:
            yield from strings_in(member)
