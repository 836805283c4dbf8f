"""Every English text of the atlas that a reader sees, with the context that translators know it by."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from pydantic import BaseModel

from geodata.model import ARTICLE, Atlas

READABLE: Final[dict[str, tuple[str, ...]]] = {
    "subjects": ("name", "summary", "status_note", "other_names.name", "other_names.used_by"),
    "lines": ("name", "status_note"),
    "places": ("name", "note"),
    "claims": ("label", "statement", "translation", "ambiguity", "note"),
    "facts": (
        "label",
        "statement",
        "value_text",
        "period_text",
        "reporter",
        "confidence_reason",
    ),
    "discrepancies": ("title", "wording", "sides.who", "sides.says"),
    "sources": ("citing", "note"),
    "names": ("name",),
}
"""The fields in words of each kind of record. Quotations, titles and publishers stay as they are."""
OF_THE_ARTICLE: Final = "translation"
"""The field that says in English what the article says in its own language."""


class Sentence(NamedTuple):
    """A text to translate: its context, such as ``aktau-port.name``, and its English."""

    context: str
    english: str
    original: str | None = None
    """The language of the words that it translates, if it does: into that one nobody translates them back."""


def translatable(atlas: Atlas) -> tuple[Sentence, ...]:
    """Return every text that a reader sees in words, in the order of the atlas; each context once."""
    return tuple(
        sentence._replace(original=atlas.sources[ARTICLE].language) if path == OF_THE_ARTICLE else sentence
        for kind, paths in READABLE.items()
        for record in getattr(atlas, kind).values()
        for path in paths
        for sentence in _texts(record, path.split("."), record.id)
    )


def _texts(value: object, path: list[str], context: str) -> Iterator[Sentence]:
    """Yield what stands at a path of fields below a record; the members of a list are counted from 0."""
    if isinstance(value, tuple):
        for number, member in enumerate(value):
            yield from _texts(member, path, f"{context}.{number}")
    elif path and isinstance(value, BaseModel):
        field, *rest = path
        yield from _texts(getattr(value, field), rest, f"{context}.{field}")
    elif isinstance(value, str):
        yield Sentence(context, value)
