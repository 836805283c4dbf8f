"""The catalogues: what they lack, what is stale or broken in them, and how a language is added."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel import Locale
from babel.messages import Catalog
from babel.messages.pofile import write_po

from dashboard.i18n import CATALOGUES, LANGUAGES, SOURCE_LANGUAGE, CatalogueError, Language
from dashboard.i18n.catalogues import every_sentence, faults, numbers, problems, update
from dashboard.i18n.formats import quantity
from dashboard.i18n.po import read_catalogue
from geodata import Atlas
from geodata.model import Unit

ROOT = Path(__file__).parents[1]
TRANSLATED = [code for code in LANGUAGES if code != SOURCE_LANGUAGE]


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_sentence_of_code_or_content_is_missing_stale_or_broken_in_a_catalogue(code: str, atlas: Atlas) -> None:
    assert list(problems(CATALOGUES / f"{code}.po", every_sentence(atlas, code))) == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_catalogue_that_is_up_to_date_is_written_as_it_was(code: str, atlas: Atlas, tmp_path: Path) -> None:
    copy = Path(shutil.copy(CATALOGUES / f"{code}.po", tmp_path))
    update(copy, every_sentence(atlas, code))
    assert copy.read_text("utf-8") == (CATALOGUES / f"{code}.po").read_text("utf-8")


def test_the_quotations_are_translated_into_every_language_but_their_own(atlas: Atlas) -> None:
    contexts = {message.context for message in every_sentence(atlas, "kk")}
    assert {f"{claim}.translation" for claim in atlas.claims} <= contexts
    assert not any(str(message.context).endswith(".translation") for message in every_sentence(atlas, "ru"))


# A catalogue of a few sentences.


def said(*sentences: tuple[str | None, str]) -> Catalog:
    """Return the sentences of today, each with its context."""
    catalogue = Catalog()
    for context, english in sentences:
        catalogue.add(english, context=context)
    return catalogue


@pytest.fixture
def turkish(tmp_path: Path) -> Path:
    """Return the file of a catalogue with one sentence of the content and two of the interface."""
    file = tmp_path / "tr.po"
    file.write_text(
        'msgctxt "baku.name"\nmsgid "Baku"\nmsgstr "Bakü"\n\n'
        'msgid "Show this statement"\nmsgstr "Bu ifadeyi göster"\n\n'
        'msgid "{number} day"\nmsgid_plural "{number} days"\nmsgstr[0] "{number} gün"\n',
        "utf-8",
    )
    return file


TODAY = ((None, "Show this statement"), ("baku.name", "Baku"))


def test_a_new_sentence_is_missing_until_it_is_translated(turkish: Path) -> None:
    sentences = said(*TODAY, ("baku.note", "A city."))
    (missing,) = problems(turkish, sentences)
    assert missing == "dashboard/i18n/tr.po: baku.note is missing; run `make translations`, then translate it."
    update(turkish, sentences)
    (empty,) = problems(turkish, sentences)
    assert empty == "dashboard/i18n/tr.po: baku.note is missing, it has no translation yet; translate it."


@pytest.mark.parametrize(
    ("sentences", "context", "english", "before"),
    [
        (((None, "Show this statement"), ("baku.name", "Port of Baku")), "baku.name", "Port of Baku", "Baku"),
        (((None, "Show the statement"), ("baku.name", "Baku")), None, "Show the statement", "Show this statement"),
    ],
    ids=["content", "interface"],
)
def test_a_changed_sentence_makes_its_translation_stale_and_keeps_it(
    turkish: Path, sentences: tuple[tuple[str | None, str], ...], context: str | None, english: str, before: str
) -> None:
    """Until somebody has looked at it, `make check` names it, and readers have today's English."""
    today = said(*sentences)
    (stale,) = problems(turkish, today)
    assert f"{context or repr(english)} is stale, its English was {before!r}; run `make translations`" in stale
    old = read_catalogue(turkish).get(before, context)
    update(turkish, today)
    entry = read_catalogue(turkish).get(english, context)
    assert old
    assert entry
    assert (entry.string, entry.fuzzy) == (old.string, True)
    (stale,) = problems(turkish, today)
    assert f"is stale (The English was: {before}); bring the translation up to date" in stale
    turkish.write_text(turkish.read_text("utf-8").replace("#, fuzzy\n", ""), "utf-8")
    assert list(problems(turkish, today)) == []
    update(turkish, today)
    assert before not in re.findall("#. The English was: (.*)", turkish.read_text("utf-8"))


def test_a_sentence_that_changes_twice_is_stale_since_the_first_time(turkish: Path) -> None:
    update(turkish, said(("baku.name", "Port of Baku")))
    update(turkish, said(("baku.name", "Baku sea port")))
    entry = read_catalogue(turkish).get("Baku sea port", "baku.name")
    assert entry
    assert (entry.string, entry.auto_comments) == ("Bakü", ["The English was: Baku"])


def test_a_sentence_that_nobody_says_any_more_goes(turkish: Path) -> None:
    update(turkish, said(("baku.name", "Baku")))
    assert len(read_catalogue(turkish)) == 1


def test_a_counted_sentence_keeps_its_forms(turkish: Path) -> None:
    today = Catalog()
    today.add(("{number} day", "{number} days"))
    update(turkish, today)
    assert list(problems(turkish, today)) == []


@pytest.mark.parametrize(
    ("english", "translation", "wrong"),
    [
        ("{number} tonnes", "{sayi} ton", "placeholders are {sayi}, those of the English {number}"),
        ("{number} tonnes", "{number ton", "placeholders are {, those of the English {number}"),
        ("A bridge", "{köprü}", "placeholders are {köprü}, those of the English none"),
        ("An <b>old</b> port", "<b>Eski liman", "markup are <b>, those of the English </b>, <b>"),
        ("An &amp; old port", "Eski liman", "markup are none, those of the English &amp;"),
        ("11,000 tonnes in 2024", "2024’te 12.000 ton", "numbers are 2024, 12000, those of the English 2024, 11000"),
        ("1.392 million", "1.392 milyon", "numbers are 1392, those of the English 1.392"),
        ("A port", " Liman", "begins or ends with a blank"),
        ("It is a port.", "Bir liman", "ends without a stop"),
        ("Baku", "Бaku", "'Бaku' mixes Latin and Cyrillic letters"),
    ],
)
def test_a_translation_is_broken_where_it_lacks_what_the_english_has(
    turkish: Path, english: str, translation: str, wrong: str
) -> None:
    turkish.write_text(f'msgctxt "x.note"\nmsgid "{english}"\nmsgstr "{translation}"\n', "utf-8")
    (problem,) = problems(turkish, said(("x.note", english)))
    assert problem.startswith("dashboard/i18n/tr.po: x.note is broken: ")
    assert wrong in problem
    assert problem.rpartition("; ")[2]


@pytest.mark.parametrize(
    ("english", "translation", "code"),
    [
        ("11,000 tonnes", "11.000 ton", "tr"),
        ("11,000 tonnes", "11\xa0000 т", "ru"),
        ("11,000 tonnes", "11 000 т", "kk"),
        ("1.392 million, ODbL 1.0", "1,392 milyon, ODbL 1.0", "az"),
        ("{first} to {last}.", "{last} ve {first} arası.", "tr"),
        ("“Trump road” (announced).", "“Trump yolu” (duyuruldu).", "tr"),
        ("70% in 2025, 150 in all", "2025’te %70, toplam 150", "tr"),
    ],
)
def test_a_translation_may_write_numbers_and_order_as_its_language_does(
    english: str, translation: str, code: str
) -> None:
    assert list(faults(english, translation, Locale(code))) == []


def test_numbers_are_read_without_the_signs_between_their_digits() -> None:
    assert numbers("in 2025 501 million, 1,768.5 km", Locale("en")) == ["501", "1768.5", "2025"]
    assert numbers("1.768,5 km", Locale("tr")) == ["1768.5"]


# The file of a language.


@pytest.mark.parametrize(
    ("code", "text", "said"),
    [
        ("tr", b'msgid "a"\nmsgstr "b\n', "tr.po: line 2 is no line of a catalogue: 'msgstr \"b'; write msgid"),
        ("tr", b'msgid "a"\nmsgstr "b"c"\n', "line 2 is no line of a catalogue"),
        ("tr", b'msgid "a"\n<<<<<<< ours\nmsgstr "b"\n', "line 2 is no line of a catalogue"),
        ("tr", b'msgid "a"\n\nmsgid "b"\nmsgstr "c"\n', "line 1 has a fault (missing msgstr"),
        ("tr", b'msgid "a"\nmsgstr "\xff"\n', "line 2 is not in UTF-8; save the file in that encoding."),
        ("xx", b"", "dashboard/i18n/xx.po: 'xx' is no code of a language; name the file by ISO 639-1"),
        ("turkish", b"", "'turkish' is no code of a language"),
    ],
)
def test_a_file_that_is_no_catalogue_is_named_with_line_and_remedy(
    code: str, text: bytes, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.i18n.CATALOGUES", tmp_path)
    (tmp_path / f"{code}.po").write_bytes(text)
    with pytest.raises(CatalogueError, match=re.escape(said)):
        Language(code).say("Share")


def test_a_code_that_no_language_has_has_no_numbers_and_dates_either() -> None:
    with pytest.raises(CatalogueError, match="'xx' is no code of a language"):
        quantity(2, Unit.KILOMETRES, Language("xx"))


def in_brackets(english: str) -> str:
    """Return what stands for a translation into Georgian, which sets thousands apart by a blank."""
    said = re.sub(r"(?<=\d),(?=\d{3})", "\xa0", english)
    return f"⟦{said}⟧." if said.endswith((".", "?", "!")) else f"⟦{said}⟧"


def test_a_language_is_added_by_one_file(tmp_path: Path) -> None:
    """An empty one is filled with what is to be translated; once it is, the whole dashboard speaks it."""
    for part in ("dashboard", "geodata"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__", "build"))
    file = tmp_path / "dashboard/i18n/ka.po"
    file.touch()

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603  fixed words
            [sys.executable, "-W", "error", *command], cwd=tmp_path, capture_output=True, text=True, check=False
        )

    assert "ka.po: baku.name is missing, it has no translation yet" in run("-m", "dashboard.i18n.catalogues").stderr
    catalogue = read_catalogue(file)
    for message in filter(lambda message: message.id, catalogue):
        turned = tuple(map(in_brackets, [message.id] if isinstance(message.id, str) else message.id))
        message.string = turned[0] if isinstance(message.id, str) else turned
    with file.open("wb") as opened:
        write_po(opened, catalogue)
    checked = run("-m", "dashboard.i18n.catalogues", "--check")
    assert (checked.stderr, checked.returncode) == ("", 0)
    assert f"{len(LANGUAGES) + 1} languages, 0 problems" in checked.stdout
    shown = run(
        "-c",
        "from dashboard.files import WORDS\n"
        "from dashboard.map import frame\n"
        "from dashboard.serving import first_answer\n"
        "from dashboard.i18n import LANGUAGES, preferred_language\n"
        "from dashboard.view import View\n"
        "import gzip\n"
        "frame.keep(frame.MapFrame('map', '{}'))\n"
        "page = gzip.decompress(first_answer.document(View('baku', 'ka'), 'http://here')['gzip']).decode()\n"
        "print(preferred_language('ka-GE'), LANGUAGES['ka'].own_name, '⟦Baku⟧'in WORDS['ka'].body.decode())\n"
        "print(page[page.index('<title>'):page.index('</title>')])",
    )
    assert shown.stderr == ""
    assert shown.stdout.splitlines() == ["ka Ქართული True", "<title>⟦Baku⟧ · ⟦Caspian Corridors⟧"]
