"""Short forms for the narrow places of a chart, as each language writes them."""

from datetime import date
from typing import Final

from babel.dates import format_interval
from babel.numbers import format_decimal
from babel.units import format_unit

from dashboard.i18n import Language
from geodata.model import Unit

LAST_MONTHS: Final = {"H1": 6, "H2": 12, "Q1": 3, "Q2": 6, "Q3": 9, "Q4": 12}


def millions(value: float, language: Language, pattern: str = "#,##0.###") -> str:
    """Return the value in millions, as a bare number; the pattern is one of CLDR's."""
    return format_decimal(value / 1_000_000, format=pattern, locale=language.locale)


def short(value: float, unit: Unit, language: Language) -> str:
    """Return dollars or tonnes as "$1 bn", "$500 m", "4.5 Mt"; ValueError for another unit."""
    if unit is Unit.USD:
        if value >= 1_000_000_000:
            return language.say("${number} bn", number=millions(value / 1000, language))
        return language.say("${number} m", number=millions(value, language))
    if unit in {Unit.TONNES, Unit.TONNES_PER_YEAR}:
        return language.say("{number} Mt", number=millions(value, language))
    raise ValueError(f"{unit} has no short form here")


def last_month(period: str) -> int:
    """Return the number of the month with which a period within one year ends; 12 for a whole year."""
    _, _, part = period.rpartition("/")[2].partition("-")
    return LAST_MONTHS[part] if part in LAST_MONTHS else int(part[:2] or 12)


def number_of_months(period: str, language: Language) -> str:
    """Return the length of a period that begins with a year, as "9 mths"; ValueError where it begins later."""
    first = period.partition("/")[0].partition("-")[2]
    if first not in {"01", "H1", "Q1"}:
        raise ValueError(f"{period} does not begin with a year, so its months cannot be told by their number")
    return format_unit(last_month(period), "duration-month", length="short", locale=language.locale)


def months(period: str, language: Language, skeleton: str = "MMM") -> str:
    """Return the months of a part of a year, as "Jan–Sept"; the skeleton is one of CLDR's."""
    year, _, part = period.partition("/")[0].partition("-")
    begin = date(int(year), 1 if part in LAST_MONTHS else int(part[:2]), 1)
    return str(format_interval(begin, begin.replace(month=last_month(period)), skeleton, locale=language.locale))


def short_period(period: str, language: Language) -> str:
    """Return a year, years or months in short, as "2025", "2024–2025" or "Jan–Sept 2025"."""
    return period.replace("/", "–") if period.replace("/", "").isdigit() else months(period, language, "yMMM")
