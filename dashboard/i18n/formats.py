"""Numbers, quantities and periods as a language writes them (Unicode CLDR, through Babel)."""

import re
from datetime import date
from typing import Final, Literal

from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_compact_decimal, format_decimal, format_percent
from babel.units import format_unit

from dashboard.i18n import Language
from geodata.model import Unit

Length = Literal["long", "short"]

SMALLEST_COMPACT: Final = 1_000_000
"""From here on a number is written as "547 million"."""

CLDR_UNITS: Final[dict[Unit, tuple[str, Length]]] = {
    Unit.KILOMETRES: ("length-kilometer", "short"),
    Unit.METRES: ("length-meter", "short"),
    Unit.CUBIC_METRES: ("volume-cubic-meter", "short"),
}
"""Units that CLDR can write in every language; for years, days and hours it lacks Kazakh, Azerbaijani and Turkish."""
HYPHEN: Final = re.compile(r"^-(?=\d)")
ABBREVIATING: Final = frozenset({"kk", "ru"})
"""Languages that abbreviate the million in a sentence, as "547 млн"; the others write it out."""


def number(value: float, language: Language) -> str:
    """Return the number; from a million on in words, as "547 million" or "547 млн"."""
    if abs(value) >= SMALLEST_COMPACT:
        style: Length = "short" if language.code in ABBREVIATING else "long"
        shown = format_compact_decimal(value, format_type=style, locale=language.locale, fraction_digits=3)
    else:
        shown = format_decimal(value, locale=language.locale)
    return _with_minus(shown)


def _with_minus(number: str) -> str:
    """Return the number with the sign that printers use before a negative one."""
    return HYPHEN.sub("−", number)


def _counted(value: float, language: Language) -> dict[Unit, str]:
    """Return the units that stand in our own catalogues, with the number in its place."""
    shown, whole = number(value, language), round(value)
    say, say_counted = language.say, language.say_counted
    return {
        Unit.USD: say("{number} US dollars", number=shown),
        Unit.EUR: say("{number} euros", number=shown),
        Unit.TRY: say("{number} Turkish liras", number=shown),
        Unit.TONNES: say("{number} tonnes", number=shown),
        Unit.TONNES_PER_YEAR: say("{number} tonnes a year", number=shown),
        Unit.BARRELS_PER_DAY: say("{number} barrels a day", number=shown),
        Unit.TEU: say("{number} TEU", number=shown),
        Unit.TEU_PER_YEAR: say("{number} TEU a year", number=shown),
        Unit.PASSENGERS_PER_YEAR: say("{number} passengers a year", number=shown),
        Unit.TERABITS_PER_SECOND: say("{number} Tbit/s", number=shown),
        Unit.TIMES: say("×{number}", number=shown),
        Unit.SESSION: say("session no. {number}", number=shown),
        Unit.YEARS: say_counted("{number} year", "{number} years", whole, number=shown),
        Unit.DAYS: say_counted("{number} day", "{number} days", whole, number=shown),
        Unit.HOURS: say_counted("{number} hour", "{number} hours", whole, number=shown),
        Unit.PARTIES: say_counted("{number} party", "{number} parties", whole, number=shown),
        Unit.STATES: say_counted("{number} state", "{number} states", whole, number=shown),
        Unit.COUNTRIES: say_counted("{number} country", "{number} countries", whole, number=shown),
        Unit.COMPANIES: say_counted("{number} company", "{number} companies", whole, number=shown),
        Unit.PARTICIPANTS: say_counted("{number} participant", "{number} participants", whole, number=shown),
        Unit.DOCUMENTS: say_counted("{number} document", "{number} documents", whole, number=shown),
        Unit.WAGONS: say_counted("{number} wagon", "{number} wagons", whole, number=shown),
    }


def quantity(value: float, unit: Unit, language: Language) -> str:
    """Return the number with its unit, as "1,768 km" or "547 million US dollars"."""
    if unit is Unit.PERCENT:
        return format_percent(value / 100, locale=language.locale)
    if unit in CLDR_UNITS:
        name, length = CLDR_UNITS[unit]
        return _with_minus(format_unit(value, name, length=length, locale=language.locale))
    return _counted(value, language)[unit]


def _one_date(text: str, language: Language) -> str:
    """Return a year, half, quarter, month or day in words."""
    year, *rest = text.split("-")
    if not rest:
        return format_skeleton("y", date(int(year), 1, 1), locale=language.locale)
    if rest[0].startswith("H"):
        if rest[0] == "H1":
            return language.say("first half of {year}", year=year)
        return language.say("second half of {year}", year=year)
    if rest[0].startswith("Q"):
        return format_skeleton("yQQQQ", date(int(year), int(rest[0][1]) * 3, 1), locale=language.locale)
    if len(rest) == 1:
        return format_skeleton("yMMMM", date(int(year), int(rest[0]), 1), locale=language.locale)
    return format_date(date(int(year), int(rest[0]), int(rest[1])), format="long", locale=language.locale)


def period(text: str, language: Language) -> str:
    """Return a period of the atlas in words, as "January – September 2025"."""
    first, _, last = text.partition("/")
    if not last:
        return _one_date(first, language)
    months = [part.split("-") for part in (first, last)]
    if all(len(parts) == 2 and parts[1].isdigit() for parts in months):
        start, end = (date(int(year), int(month), 1) for year, month in months)
        return str(format_interval(start, end, "yMMMM", locale=language.locale))
    return f"{_one_date(first, language)} – {_one_date(last, language)}"
