"""The reader's languages: words from gettext catalogues, numbers and dates as each language writes them.

English stands in the code and the content. Every other language is one file beside this
one, ``<code>.po``. A sentence of the content has its place as context, ``<id>.<field>``,
so that the same English words may differ elsewhere.
"""

from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Final

from babel import Locale
from babel.core import get_global
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.support import NullTranslations, Translations

from geodata import DataError

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
        return Locale.parse(LOCALES.get(self.code, self.code))

    @cached_property
    def own_name(self) -> str:
        """The language's name in itself, with a capital letter."""
        name = Locale.parse(self.code).get_display_name() or self.code
        return name[:1].upper() + name[1:]

    def name_of(self, code: str) -> str:
        """Return the name of a language, by its code, in this language."""
        return Locale.parse(code).get_display_name(self.locale) or code

    @cached_property
    def catalogue(self) -> NullTranslations:
        """The words; the source language needs no file. Raises DataError where the file is broken."""
        if self.code == SOURCE_LANGUAGE:
            return NullTranslations()
        compiled = BytesIO()
        try:
            with (CATALOGUES / f"{self.code}.po").open("rb") as file:
                write_mo(compiled, read_po(file, locale=self.code, abort_invalid=True))
        except (PoFileError, UnicodeDecodeError) as error:
            raise DataError(f"dashboard/i18n/{self.code}.po: {error}; mend what stands there.") from None
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


def preferred_language(locale: str | None) -> str:
    """Return the language of ours that the browser's locale asks for, or English."""
    code = (locale or "").replace("_", "-").partition("-")[0].lower()
    return code if code in LANGUAGES else SOURCE_LANGUAGE
