"""The reader's languages: words from gettext catalogues, numbers and dates as each language writes them.

English stands in the code and the content. Every other language is one file beside this
one, ``<code>.po``. A sentence of the content has its place as context, ``<id>.<field>``,
so that the same English words may differ elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Final

from babel import Locale
from babel.core import get_global
from babel.messages.mofile import write_mo
from babel.support import NullTranslations, Translations

from dashboard.i18n.letters import capitalised
from dashboard.i18n.locales import locale_of
from dashboard.i18n.po import CatalogueError, read_catalogue, read_locale

__all__ = [
    "CATALOGUES",
    "LANGUAGES",
    "SOURCE_LANGUAGE",
    "CatalogueError",
    "Language",
    "available_languages",
    "language_and_territory",
    "preferred_language",
]

CATALOGUES: Final = Path(__file__).parent
SOURCE_LANGUAGE: Final = "en"
LOCALES: Final = {"en": "en_GB"}
"""Where the language's plain locale is not the one that we write in: 21 October 2025, not October 21."""


@dataclass(frozen=True)
class Language:
    """A language of the interface."""

    code: str
    """ISO 639-1."""

    @cached_property
    def locale(self) -> Locale:
        """The locale whose forms of numbers and dates are used."""
        return locale_of(LOCALES[self.code]) if self.code in LOCALES else read_locale(self.code)

    @cached_property
    def own_name(self) -> str:
        """The language's name in itself, with a capital letter."""
        return self.capitalised(read_locale(self.code).get_display_name() or self.code)

    def name_of(self, code: str) -> str:
        """Return the name of a language, by its code, in this language."""
        return Locale.parse(code).get_display_name(self.locale) or code

    def capitalised(self, text: str) -> str:
        """Return the text with a capital first letter: in Turkish İ for i."""
        return capitalised(text, self.code)

    @cached_property
    def catalogue(self) -> NullTranslations:
        """The words; the source language needs no file. CatalogueError where the file is no catalogue."""
        if self.code == SOURCE_LANGUAGE:
            return NullTranslations()
        compiled = BytesIO()
        # A translation of an older sentence is left out, so that the reader has today's in English.
        write_mo(compiled, read_catalogue(CATALOGUES / f"{self.code}.po"))
        compiled.seek(0)
        return Translations(compiled)

    def say(self, message: str, /, **values: object) -> str:
        """Return an interface message in this language, its ``{placeholders}`` filled in."""
        return self.catalogue.gettext(message).format(**values) if message else ""

    def say_counted(self, one: str, many: str, count: int, /, **values: object) -> str:
        """Return the form that the language uses for the count."""
        return self.catalogue.ngettext(one, many, count).format(**values)

    def say_content(self, record: str, field: str, english: str) -> str:
        """Return a sentence of the content, by the record's id and its field."""
        return str(self.catalogue.pgettext(f"{record}.{field}", english))


def available_languages() -> dict[str, Language]:
    """Return the languages by code: English, then each that has a catalogue."""
    codes = [SOURCE_LANGUAGE, *sorted(file.stem for file in CATALOGUES.glob("*.po"))]
    return {code: Language(code) for code in codes}


LANGUAGES: Final = available_languages()


def language_and_territory(language: Language) -> str:
    """Return the language with the country where most write it so, as social networks want it: "ru_RU"."""
    locale = language.locale
    if locale.territory is None:
        locale = Locale.parse(get_global("likely_subtags")[language.code])
    return f"{locale.language}_{locale.territory}"


def preferred_language(accepted: str | None) -> str:
    """Return the first language of ours that a browser's ``Accept-Language`` names, or English.

    The header names languages with how much each is wanted, as "kk-KZ,ru;q=0.8"; a region
    or script does not matter here.
    """
    wanted = sorted(_wanted(accepted or ""), key=lambda language: -language[1])
    codes = (tag.partition("-")[0].lower() for tag, weight in wanted if weight > 0)
    return next((code for code in codes if code in LANGUAGES), SOURCE_LANGUAGE)


def _wanted(accepted: str) -> Iterator[tuple[str, float]]:
    """Yield each language of the header with its weight; what is no weight counts as none."""
    for part in accepted.split(","):
        tag, _, weight = part.partition(";")
        try:
            yield tag.strip(), float(weight.strip().lower().removeprefix("q=") or 1)
        except ValueError:
            yield tag.strip(), 0
