"""Words, letters, numbers and dates in each language."""

import subprocess
import sys

import pytest

from dashboard.contents import Teller
from dashboard.i18n import LANGUAGES, Language, preferred_language
from dashboard.i18n.formats import period, quantity
from dashboard.i18n.letters import capitalised, capitals, dictionary_key
from dashboard.view import View
from geodata import Atlas
from geodata.model import Qualifier, Unit

ENGLISH = LANGUAGES["en"]


def plain(words: str) -> str:
    """Return the words with common blanks."""
    return words.replace("\xa0", " ").replace("\u202f", " ").replace("\u2009", "")


@pytest.mark.parametrize(
    ("value", "unit", "code", "words"),
    [
        (547_000_000, Unit.USD, "en", "547 million US dollars"),
        (547_000_000, Unit.USD, "ru", "547 млн долл. США"),
        (547_000_000, Unit.USD, "kk", "547 млн АҚШ доллары"),
        (547_000_000, Unit.USD, "az", "547 milyon ABŞ dolları"),
        (547_000_000, Unit.USD, "tr", "547 milyon ABD doları"),
        (1768, Unit.KILOMETRES, "en", "1,768 km"),
        (1768, Unit.KILOMETRES, "ru", "1 768 км"),
        (1768, Unit.KILOMETRES, "az", "1.768 km"),
        (223.6, Unit.KILOMETRES, "kk", "223,6 км"),
        (1_392_000, Unit.TONNES, "en", "1.392 million tonnes"),
        (1_392_000, Unit.TONNES, "tr", "1,392 milyon ton"),
        (-29.18, Unit.METRES, "en", "−29.18 m"),
        (20, Unit.YEARS, "ru", "20 лет"),
        (1, Unit.YEARS, "en", "1 year"),
        (20, Unit.YEARS, "az", "20 il"),
        (20, Unit.YEARS, "tr", "20 yıl"),
        (17, Unit.DAYS, "kk", "17 күн"),
        (17, Unit.DAYS, "tr", "17 gün"),
        (24, Unit.HOURS, "az", "24 saat"),
        (3, Unit.STATES, "ru", "3 государства"),
        (70, Unit.PERCENT, "en", "70%"),
        (70, Unit.PERCENT, "tr", "%70"),
    ],
)
def test_a_quantity_is_written_as_the_language_writes_it(value: float, unit: Unit, code: str, words: str) -> None:
    assert plain(quantity(value, unit, LANGUAGES[code])) == words


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=lambda language: language.code)
def test_every_unit_is_written_with_its_number_and_no_name_of_a_program(language: Language) -> None:
    for unit in Unit:
        words = quantity(2, unit, language)
        assert "2" in words
        assert unit.value not in words or language is ENGLISH or unit in {Unit.TEU, Unit.KILOMETRES}


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "more than 2 km"),
        ("ru", "более 2 км"),
        ("kk", "2 км мөлшерінен астам"),
        ("az", "2 km miqdarından çox"),
        ("tr", "2 km üzerinde"),
    ],
)
def test_how_a_number_stands_to_the_true_one_is_said_in_the_order_of_the_language(
    code: str, words: str, tiny_atlas: Atlas
) -> None:
    teller = Teller(tiny_atlas, View(None, code), LANGUAGES[code])
    shown = quantity(2, Unit.KILOMETRES, LANGUAGES[code])
    assert plain(teller.qualified(shown, Qualifier.MORE_THAN)) == words
    assert len({teller.qualified(shown, qualifier) for qualifier in (None, *Qualifier)}) == len(Qualifier) + 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2025", "2025"),
        ("2025-08", "August 2025"),
        ("2025-10-21", "21 October 2025"),
        ("2025-H1", "first half of 2025"),
        ("2025-01/2025-09", "January–September 2025"),
        ("2017/2022", "2017 – 2022"),
    ],
)
def test_a_period_is_written_in_words(text: str, words: str) -> None:
    assert plain(period(text, ENGLISH)) == words


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("ru", "21 октября 2025 г."),
        ("kk", "2025 ж. 21 қазан"),
        ("az", "21 oktyabr 2025"),
        ("tr", "21 Ekim 2025"),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(code: str, words: str) -> None:
    assert plain(period("2025-10-21", LANGUAGES[code])) == words


def test_no_language_takes_its_months_from_another_that_was_asked_before() -> None:
    """In a process of its own, where Azerbaijani is the first that is asked, as it may be on a server."""
    asked = """
from dashboard.charts.words import months
from dashboard.i18n import LANGUAGES
print([months("2023-05/2023-05", LANGUAGES[code]) for code in ("az", "kk", "tr", "ru", "en")])
"""
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout  # noqa: S603
    assert plain(told).strip() == str(["may", "мам.", "May", "май", "May"])


@pytest.mark.parametrize(
    ("accepted", "code"),
    [
        ("ru-RU", "ru"),
        ("kk-KZ,ru;q=0.8", "kk"),
        ("uz,az;q=0.9", "az"),
        ("ru;q=0.4, tr-TR ;q=0.9, en;q=0.1", "tr"),
        ("zh", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8,ru;q=0.7", "en"),
        ("en-US", "en"),
        ("AZ-Cyrl-AZ", "az"),
        ("kk;q=0,ru", "ru"),
        ("kk;Q=0.5,ru;q=0.4", "kk"),
        ("kk;q=much,ru;q=0.1", "ru"),
        ("*", "en"),
        (";;,,q=1", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_the_first_language_is_the_one_that_the_browser_wants_most_of_those_there_are(
    accepted: str | None, code: str
) -> None:
    assert preferred_language(accepted) == code


def test_languages_name_themselves_and_each_other() -> None:
    names = [language.own_name for language in LANGUAGES.values()]
    assert names == ["English", "Azərbaycan", "Қазақ тілі", "Русский", "Türkçe"]
    assert LANGUAGES["tr"].name_of("kk") == "Kazakça"
    assert LANGUAGES["az"].name_of("tr") == "türk"


def test_a_sentence_of_the_content_may_hold_braces() -> None:
    assert ENGLISH.say_content("x", "name", "{{7*191}}") == "{{7*191}}"


@pytest.mark.parametrize(
    ("text", "code", "capital"),
    [
        ("işletmede", "tr", "İşletmede"),
        ("ırmak", "tr", "Irmak"),
        ("istismarda", "az", "İstismarda"),
        ("işletmede", "en", "Işletmede"),
        ("әзірленуде", "kk", "Әзірленуде"),
        ("", "tr", ""),
    ],
)
def test_the_first_letter_becomes_the_languages_own_capital(text: str, code: str, capital: str) -> None:
    assert capitalised(text, code) == capital


def test_capitals_keep_the_two_letters_i_apart() -> None:
    assert capitals("Diyarbakır, bakı", "tr") == "DİYARBAKIR, BAKI"
    assert capitals("Diyarbakır", "en") == "DIYARBAKIR"
    assert capitals("Қазақстан", "kk") == "ҚАЗАҚСТАН"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("az", ["24", "Cəbrayıl", "Çin", "Elat", "Əli", "Iğdır", "İran", "Zaqatala", "Ақтау"]),
        ("kk", ["24", "Ақтау", "Әлем", "Бакы", "Ғылым", "Ерал", "Құрық", "Baku"]),
        ("tr", ["24", "Cide", "Çin", "Iğdır", "İran", "Oltu", "Ömer", "Zara"]),
        ("en", ["24", "Cide", "Çin", "Cuba", "Iğdır", "Zara", "Актау"]),
    ],
)
def test_words_stand_in_the_order_of_the_languages_dictionary(code: str, words: list[str]) -> None:
    assert sorted(words, key=lambda word: dictionary_key(word, code)) == words
