"""The whole page in each language: every word comes from a catalogue, and places bear the names that people use."""

import gzip
import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from babel.support import NullTranslations

from dashboard.atlas import ATLAS, KNOWN_IDS
from dashboard.charts import PICTURES, charts_of
from dashboard.contents import Teller, listing, panel, title
from dashboard.downloads import DOWNLOADS
from dashboard.files import WORDS
from dashboard.i18n import LANGUAGES, Language
from dashboard.map.data import map_words
from dashboard.serving import first_answer
from dashboard.view import Tab, View
from tests.test_page import markups, panel_of, run_page

STRANGE = "uk"
"""A language without a catalogue, whose numbers and dates hold no Latin letters."""
MARKUP = re.compile(r"<(style|pre)\b.*?</\1>|<[^>]*>", re.DOTALL)
SPOKEN_ATTRIBUTE = re.compile(r'\b(?:title|aria-label|placeholder|alt|data-more|content)="([^"]*)"')
INNERMOST = re.compile(r"⟦[^⟦⟧]*⟧")
LATIN = re.compile(r"[A-Za-z]{2,}")


class Brackets(NullTranslations):
    """Marks whatever is translated by brackets."""

    def gettext(self, message: str) -> str:
        """Return the message in brackets."""
        return f"⟦{message}⟧"

    def ngettext(self, singular: str, plural: str, num: int) -> str:
        """Return the form for the count in brackets."""
        return self.gettext(singular if num == 1 else plural)

    def pgettext(self, _context: str, message: str) -> str:
        """Return the sentence of the content in brackets."""
        return self.gettext(message)


class Bracketing(Language):
    """A language in which each translated word stands in brackets."""

    @property
    def catalogue(self) -> NullTranslations:
        """The brackets."""
        return Brackets()


@pytest.fixture
def strange(monkeypatch: pytest.MonkeyPatch) -> Language:
    """Let the dashboard speak the language of brackets too."""
    language = Bracketing(STRANGE)
    monkeypatch.setitem(LANGUAGES, STRANGE, language)
    monkeypatch.setitem(WORDS, STRANGE, WORDS["en"])
    return language


def texts_of(markup: str) -> Iterator[str]:
    """Yield what a reader sees or hears of a markup: its texts, and the attributes that are spoken."""
    for spoken in SPOKEN_ATTRIBUTE.findall(markup):
        yield unescape(spoken)
    for text in MARKUP.sub("\0", markup).split("\0"):
        yield unescape(text)


def as_published() -> list[str]:
    """Return what stands as others wrote it, the longest first: titles, publishers, addresses, names of files."""
    published = {file.name for file in DOWNLOADS}
    for source in ATLAS.sources.values():
        published |= {source.title, source.publisher, source.address}
    for language in LANGUAGES.values():
        published.add(language.own_name)
    return sorted(published, key=len, reverse=True)


def untranslated(texts: Iterator[str]) -> set[str]:
    """Return the texts that hold Latin letters outside all brackets, and are nobody else's words."""
    published = as_published()
    found = set()
    for text in texts:
        rest = text
        while (less := INNERMOST.sub("", rest)) != rest:
            rest = less
        if LATIN.search(rest) and LATIN.search(without(rest, published)):
            found.add(text)
    return found


def without(text: str, published: list[str]) -> str:
    """Return the text without the words of others."""
    for words in published:
        text = text.replace(words, "")
    return text


SEEN = [
    *(("titr", tab) for tab in Tab),
    ("trade", Tab.ARTICLE),
    ("zangezur", Tab.SOURCES),
    ("btc", Tab.OTHERS),
    ("rail-agbend-karchivan", Tab.ARTICLE),
    ("sea-aktau-alat", Tab.SOURCES),
    ("dunga-field", Tab.ARTICLE),
    ("kars-224-km-branch", Tab.ARTICLE),
    ("caspian-tripoint", Tab.ARTICLE),
    ("titr-volume-2018", Tab.ARTICLE),
    ("difference-a3", Tab.ARTICLE),
    ("bp-btc-page", Tab.ARTICLE),
    ("differences", Tab.ARTICLE),
    ("method", Tab.ARTICLE),
    ("", Tab.ARTICLE),
]
"""Every kind of view, each tab."""


@pytest.mark.parametrize(("focus", "tab"), SEEN)
def test_no_word_of_the_page_comes_from_anywhere_but_a_catalogue(focus: str, tab: Tab, strange: Language) -> None:
    """Whatever is not in brackets would be English in every language."""
    page = run_page(focus=focus, tab=tab, lang=strange.code) if focus else run_page(lang=strange.code)
    said = "".join(markups(page)) + panel_of(page)
    assert "⟦" in said
    assert untranslated(texts_of(said)) == set()
    components = [component.proto for component in page.get("bidi_component")]
    data = [
        json.loads(component.json or component.bytes)
        for component in components
        if component.component_name not in {"panel", "map"}
    ]
    words = [word for part in data for word in (part["words"] | part.get("news", {})).values()]
    assert len(words) >= 8
    assert untranslated(iter(words)) == set()


@pytest.mark.parametrize("subject", PICTURES)
def test_no_word_of_a_picture_comes_from_anywhere_but_a_catalogue(subject: str, strange: Language) -> None:
    teller = Teller(ATLAS, View(None, strange.code), strange)
    for picture in charts_of(subject, teller):
        spec = picture.spec
        rows = [row for rows in spec["datasets"].values() for row in rows]
        told = [str(row[key]) for row in rows for key in ("label", "text", "words", "when", "reporter") if key in row]
        tooltips = [str(hint["title"]) for hint in found(spec, "tooltip") if hint["field"] != "label"]
        assert tooltips
        assert untranslated(iter([picture.title, picture.alternative, spec["description"], *told, *tooltips])) == set()


def found(spec: Any, key: str) -> Iterator[dict[str, Any]]:
    """Yield what stands in the lists under a key, however deep."""
    if isinstance(spec, dict):
        yield from spec.get(key, []) if isinstance(spec.get(key), list) else []
        for value in spec.values():
            yield from found(value, key)
    elif isinstance(spec, list):
        for value in spec:
            yield from found(value, key)


def test_no_word_of_the_map_and_of_the_first_answer_comes_from_anywhere_but_a_catalogue(strange: Language) -> None:
    def leaves(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            for member in value.values():
                yield from leaves(member)
        else:
            yield str(value)

    assert untranslated(leaves(map_words(Teller(ATLAS, View(None, strange.code), strange)))) == set()
    first_answer.document.cache_clear()
    page = gzip.decompress(first_answer.document(View("btc", strange.code), "http://here")["gzip"]).decode()
    body = page[page.index('<div id="first">') : page.index('<script type="application/json"')]
    title = page[page.index("<title>") : page.index("</title>")]
    assert untranslated(texts_of(title + body)) == set()


# Names.

NAMES = {
    "baku": {"en": "Baku", "ru": "Баку", "kk": "Бакы", "az": "Bakı", "tr": "Bakü"},
    "aktau-port": {"en": "Aktau", "ru": "Актау", "kk": "Ақтау", "az": "Aktau", "tr": "Aktau"},
    "water-caspian": {
        "en": "Caspian Sea",
        "ru": "Каспийское море",
        "kk": "Каспий теңізі",
        "az": "Xəzər dənizi",
        "tr": "Hazar Denizi",
    },
    "country-kz": {"en": "Kazakhstan", "ru": "Казахстан", "kk": "Қазақстан", "az": "Qazaxıstan", "tr": "Kazakistan"},
    "country-az": {
        "en": "Azerbaijan",
        "ru": "Азербайджан",
        "kk": "Әзербайжан",
        "az": "Azərbaycan",
        "tr": "Azerbaycan",
    },
    "tbilisi": {"en": "Tbilisi", "ru": "Тбилиси", "kk": "Тбилиси", "az": "Tbilisi", "tr": "Tiflis"},
    "istanbul": {"en": "Istanbul", "ru": "Стамбул", "kk": "Ыстанбұл", "az": "İstanbul", "tr": "İstanbul"},
    "kuryk-port": {"en": "Kuryk", "ru": "Курык", "kk": "Құрық", "az": "Kurık", "tr": "Kurık"},
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_places_and_waters_bear_the_names_that_each_language_uses_on_the_map(code: str) -> None:
    names = json.loads(WORDS[code].body)["names"]
    assert {id_: names[id_] for id_ in NAMES} == {id_: named[code] for id_, named in NAMES.items()}


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_list_and_the_panel_call_a_place_as_the_map_does(code: str) -> None:
    teller = Teller(ATLAS, View(None, code), LANGUAGES[code])
    listed = {part.id: part.name for entry in listing(teller) for part in entry.parts}
    names = json.loads(WORDS[code].body)["names"]
    assert {id_: listed[id_] for id_ in ATLAS.places} == {id_: names[id_] for id_ in ATLAS.places}
    assert panel(Teller(ATLAS, View("baku", code), LANGUAGES[code])).name == NAMES["baku"][code]


# The title of the window.


@pytest.mark.parametrize(
    ("focus", "code", "whole"),
    [
        (None, "tr", "Hazar Koridorları"),
        ("baku", "az", "Bakı · Xəzər dəhlizləri"),
        ("trade", "kk", "Екіжақты сауда · Каспий дәліздері"),
        ("method", "ru", "Источники и метод · Каспийские коридоры"),
        ("kars-224-km-branch", "en", "Statement 40 of 41 · Caspian Corridors"),
    ],
)
def test_the_window_is_named_after_what_is_shown_in_the_readers_language(
    focus: str | None, code: str, whole: str
) -> None:
    assert focus is None or focus in KNOWN_IDS
    teller = Teller(ATLAS, View(focus, code), LANGUAGES[code])
    assert title(teller, panel(teller)) == whole
    page = gzip.decompress(first_answer.document(View(focus, code), "http://here")["gzip"]).decode()
    assert f"<title>{whole}</title>" in page
    assert f'<html lang="{code}">' in page
