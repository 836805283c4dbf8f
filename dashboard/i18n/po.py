"""A language's catalogue as its file holds it, read strictly: what is no catalogue stops the start and says where."""

import re
from pathlib import Path
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.messages import Catalog
from babel.messages.pofile import PoFileError, read_po

from dashboard.i18n.locales import locale_of

CODE: Final = re.compile(r"[a-z]{2,3}")
LINE: Final = re.compile(
    r"""\s*(?:
        \#.*                                                                       # a comment
        | (?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s+)?"(?:[^"\\]|\\.)*"  # a text, or its next line
    )?\s*""",
    re.VERBOSE,
)
"""Any line of a catalogue; Babel would take a text without its closing mark, and lose a letter."""


class CatalogueError(Exception):
    """What is wrong with a catalogue's file, in one sentence: file, line and remedy."""


def read_locale(code: str) -> Locale:
    """Return the plain locale of a language; CatalogueError for a code that Unicode CLDR does not know."""
    try:
        if CODE.fullmatch(code):
            return locale_of(code)
    except (ValueError, UnknownLocaleError):
        pass
    wrong = f"{code!r} is no code of a language"
    raise CatalogueError(f"dashboard/i18n/{code}.po: {wrong}; name the file by ISO 639-1, like kk.po, or take it away.")


def read_catalogue(file: Path) -> Catalog:
    """Return the catalogue in a file that is named after its language; CatalogueError where it is none."""
    read_locale(file.stem)

    def wrong(line: int, what: str, remedy: str) -> CatalogueError:
        return CatalogueError(f"dashboard/i18n/{file.name}: line {line} {what}; {remedy}.")

    read = file.read_bytes()
    try:
        lines = read.decode("utf-8").splitlines()
    except UnicodeDecodeError as error:
        place = read.count(b"\n", 0, error.start) + 1
        raise wrong(place, "is not in UTF-8", "save the file in that encoding") from None
    for place, line in enumerate(lines, 1):
        if not LINE.fullmatch(line):
            raise wrong(place, f"is no line of a catalogue: {line[:60]!r}", 'write msgid "…" or msgstr "…"')
    try:
        return read_po(lines, locale=file.stem, abort_invalid=True)
    except PoFileError as error:
        # Babel counts from 0.
        raise wrong(error.lineno + 1, f"has a fault ({error.args[0]})", "mend the entry around it") from None
