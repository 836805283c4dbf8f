"""How each language writes numbers and dates: Babel's locales, each with data of its own."""

from copy import deepcopy
from functools import cache

from babel import Locale, localedata

__all__ = ["locale_of"]


@cache
def locale_of(identifier: str) -> Locale:
    """Return a locale of Unicode CLDR, as "kk" or "en_GB"; ValueError or UnknownLocaleError where there is none.

    Babel keeps what a locale inherits in tables that all locales share, and writes there what it
    has looked up (https://github.com/python-babel/babel/issues/1234): once Azerbaijani had been
    asked for a month, Kazakh and Turkish had it too. A copy before the first look shares nothing.
    """
    locale = Locale.parse(identifier)
    data = localedata.load(str(locale))
    apart = deepcopy(data)
    data.clear()
    data.update(apart)
    return locale
