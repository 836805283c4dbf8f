"""Words, numbers and dates in each language."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard import i18n
from dashboard.i18n import CATALOGUES, LANGUAGES, Language, catalogues, preferred_language
from dashboard.i18n.catalogues import every_sentence, problems, read_catalogue
from dashboard.i18n.formats import period, quantity
from geodata import Atlas, DataError
from geodata.model import Unit

ENGLISH, RUSSIAN = LANGUAGES["en"], LANGUAGES["ru"]


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_no_sentence_of_code_or_content_is_missing_in_a_catalogue(code: str, atlas: Atlas) -> None:
    assert list(problems(code, every_sentence(atlas))) == []


@pytest.mark.parametrize(
    ("value", "unit", "language", "words"),
    [
        (547_000_000, Unit.USD, ENGLISH, "547 million US dollars"),
        (547_000_000, Unit.USD, RUSSIAN, "547 млн долл. США"),
        (1768, Unit.KILOMETRES, ENGLISH, "1,768 km"),
        (1768, Unit.KILOMETRES, RUSSIAN, "1 768 км"),
        (223.6, Unit.KILOMETRES, RUSSIAN, "223,6 км"),
        (1_392_000, Unit.TONNES, ENGLISH, "1.392 million tonnes"),
        (20, Unit.YEARS, RUSSIAN, "20 лет"),
        (3, Unit.STATES, RUSSIAN, "3 государства"),
        (70, Unit.PERCENT, ENGLISH, "70%"),
    ],
)
def test_a_quantity_is_written_as_the_language_writes_it(
    value: float, unit: Unit, language: Language, words: str
) -> None:
    assert quantity(value, unit, language).replace("\xa0", " ") == words


def test_every_unit_can_be_written() -> None:
    for unit in Unit:
        for language in LANGUAGES.values():
            assert "2" in quantity(2, unit, language)


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
    assert period(text, ENGLISH).replace("\u2009", "") == words


@pytest.mark.parametrize(
    ("locale", "code"),
    [("ru-RU", "ru"), ("ru", "ru"), ("en-US", "en"), ("xx", "en"), (None, "en"), ("", "en")],
)
def test_the_first_language_is_the_browsers_where_there_is_one(locale: str | None, code: str) -> None:
    assert preferred_language(locale) == code


def test_a_sentence_of_the_content_may_hold_braces() -> None:
    assert ENGLISH.say_content("x", "name", "{{7*191}}") == "{{7*191}}"


@pytest.mark.parametrize("written", ["{nobber}", "{number", "number}", "{}", ""])
def test_a_translation_that_could_not_be_filled_in_is_named(
    written: str, atlas: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would raise an error when it is said."""
    catalogue = read_catalogue("ru")
    message = catalogue.get("Statement {number} of {total}")
    assert message
    message.string = f"Утверждение {written} из {{total}}"
    monkeypatch.setattr(catalogues, "read_catalogue", lambda _code: catalogue)
    assert len(list(problems("ru", every_sentence(atlas)))) == 1


def ended_early(whole: bytes) -> bytes:
    """Return what a full disk leaves."""
    return whole[: whole.index(b"msgstr", len(whole) // 2) + 3]


def saved_otherwise(whole: bytes) -> bytes:
    """Return what another encoding makes of it."""
    return whole.decode().encode("utf-16")


@pytest.mark.parametrize("damage", [ended_early, saved_otherwise])
def test_a_broken_catalogue_is_named(
    damage: Callable[[bytes], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else its language would quietly be English."""
    (tmp_path / "ru.po").write_bytes(damage((CATALOGUES / "ru.po").read_bytes()))
    monkeypatch.setattr(i18n, "CATALOGUES", tmp_path)
    with pytest.raises(DataError, match=r"^dashboard/i18n/ru\.po: "):
        Language("ru").say("Share")
