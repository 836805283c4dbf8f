"""Keeping the catalogues: which sentences there are, and which of them a language still lacks.

`python -m dashboard.i18n.catalogues` brings every catalogue up to date with the code and
the content: what is new waits to be translated, and where the English has changed, the old
translation stays and is marked as fuzzy. With `--check` it changes nothing and names each
entry that is missing, stale or broken.
"""

import re
import sys
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from io import SEEK_END, BytesIO
from pathlib import Path
from typing import Final

from babel import Locale
from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po
from babel.numbers import get_decimal_symbol, get_group_symbol

from dashboard.i18n import CATALOGUES, SOURCE_LANGUAGE, CatalogueError, available_languages
from dashboard.i18n.po import read_catalogue
from geodata import Atlas, load_atlas
from geodata.texts import translatable

DASHBOARD: Final = CATALOGUES.parent
METHODS: Final = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
KEYWORDS: Final = {"say": None, "say_counted": (1, 2), "_": None}
UPDATE: Final = "run `make translations`"
HEADER: Final = r"""# A text for a translator stands after msgid; its translation after msgstr.
msgid ""
msgstr ""
"Language: {code}\n"
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: {plurals}\n"

"""
BEFORE: Final = "The English was: "
"""Begins the comment on a stale entry."""


@cache
def interface_sentences() -> tuple[tuple[str, str | tuple[str, ...]], ...]:
    """Return the sentences of code and templates, each with the file that says it; counted ones in both forms."""
    found = extract_from_dir(str(DASHBOARD), METHODS, keywords=KEYWORDS)
    return tuple((f"dashboard/{Path(file).as_posix()}", message) for file, _, message, _, _ in found)


def every_sentence(atlas: Atlas, code: str) -> Catalog:
    """Return what is to be said in a language: the words of code, templates and content, untranslated."""
    catalogue = Catalog(charset="utf-8")
    for file, message in interface_sentences():
        catalogue.add(message, locations=[(file, 0)])
    for sentence in translatable(atlas):
        if sentence.original != code:
            catalogue.add(sentence.english, context=sentence.context)
    return catalogue


def update(file: Path, sentences: Catalog) -> None:
    """Write a language's file with every sentence of today, and without those of yesterday."""
    catalogue = updated(read_catalogue(file), sentences)
    written = BytesIO(HEADER.format(code=file.stem, plurals=catalogue.plural_forms).encode())
    written.seek(0, SEEK_END)
    write_po(written, catalogue, width=100, omit_header=True, include_lineno=False)
    file.write_bytes(written.getvalue())


def updated(old: Catalog, sentences: Catalog) -> Catalog:
    """Return the catalogue with every sentence of today; a changed one keeps its translation and is marked as fuzzy."""
    catalogue = Catalog(locale=old.locale, charset="utf-8")
    for sentence in filter(_english, sentences):
        known = _entry(old, sentence)
        entry = known or predecessor(old, sentences, sentence)
        flags, comments = (entry.flags & {"fuzzy"}, entry.auto_comments) if entry else (set(), [])
        if entry and entry is not known and any(_forms(entry)):
            # Where the English changes twice, the translation is that of the first.
            flags, comments = {"fuzzy"}, comments or [BEFORE + _english(entry)]
        catalogue.add(
            sentence.id,
            entry.string if entry else None,
            locations=sentence.locations,
            flags=flags,
            auto_comments=comments if "fuzzy" in flags else [],
            user_comments=entry.user_comments if entry else [],
            context=sentence.context,
        )
    return catalogue


def predecessor(old: Catalog, sentences: Catalog, sentence: Message) -> Message | None:
    """Return the entry from whose English the sentence has come: of the same context, or else nearly the same words."""
    gone = {
        _english(entry): entry
        for entry in old
        if entry.id
        and entry.context == sentence.context
        and entry.pluralizable == sentence.pluralizable
        and _entry(sentences, entry) is None
    }
    near = list(gone) if sentence.context else get_close_matches(_english(sentence), gone, n=1)
    return gone[near[0]] if near else None


def problems(file: Path, sentences: Catalog) -> Iterator[str]:
    """Yield a sentence for each entry that the language's file lacks, has for older English, or has broken."""
    catalogue = read_catalogue(file)
    for sentence in filter(_english, sentences):
        entry = _entry(catalogue, sentence)
        where = f"dashboard/i18n/{file.name}: {sentence.context or repr(_english(sentence))}"
        if entry is None and (before := predecessor(catalogue, sentences, sentence)):
            yield f"{where} is stale, its English was {_english(before)!r}; {UPDATE}, then look at the translation."
        elif entry is None:
            yield f"{where} is missing; {UPDATE}, then translate it."
        elif not all(_forms(entry)):
            yield f"{where} is missing, it has no translation yet; translate it."
        elif entry.fuzzy:
            was = " ".join(entry.auto_comments) or "It is marked as fuzzy"
            yield f"{where} is stale ({was}); bring the translation up to date, and take the mark fuzzy away."
        else:
            forms = _forms(entry)
            found = (fault for form in forms for fault in faults(_english(sentence), form, Locale(file.stem)))
            yield from (f"{where} is broken: {wrong}; {remedy}." for wrong, remedy in dict.fromkeys(found))


# What a translation has in common with its English.

PLACEHOLDER: Final = re.compile(r"{[^{}]*}|[{}]")
MARKUP: Final = re.compile(r"</?[a-z][^<>]*>|&(?:[a-z]+|#\d+|#x[\da-f]+);", re.IGNORECASE)
WORD: Final = re.compile(r"[^\W\d_]+")
SCRIPTS: Final = (re.compile(r"[A-Za-z]"), re.compile(r"[А-Яа-я]"))
"""Letters that look alike in both, so that a word of both is found by no search."""
END: Final = re.compile(r"[.?!…][”»’\"')\]]*$")


def faults(english: str, translation: str, locale: Locale) -> Iterator[tuple[str, str]]:
    """Yield what a translation does not have in common with its English, and the remedy."""
    shared = {
        "placeholders": [sorted(set(PLACEHOLDER.findall(text))) for text in (translation, english)],
        "markup": [sorted(MARKUP.findall(text)) for text in (translation, english)],
        "numbers": [numbers(translation, locale), numbers(english, Locale(SOURCE_LANGUAGE))],
    }
    for name, (here, there) in shared.items():
        if here != there:
            wrong = f"its {name} are {', '.join(here) or 'none'}, those of the English {', '.join(there) or 'none'}"
            yield wrong, "write what stands there"
    if translation != translation.strip():
        yield "it begins or ends with a blank", "take it away"
    if END.search(english) and not END.search(translation):
        yield "the English is a whole sentence, and it ends without a stop", "end it with one"
    for word in WORD.findall(translation):
        if all(script.search(word) for script in SCRIPTS):
            yield f"{word!r} mixes Latin and Cyrillic letters", "write it in one script"


def numbers(text: str, locale: Locale) -> list[str]:
    """Return the numbers that stand in a text in digits, as Python writes them, in order of size."""
    group = get_group_symbol(locale)
    between = r"\s" if group.isspace() else re.escape(group)
    # A point before decimals is everywhere the custom in versions, as ODbL 1.0.
    point = f"[{re.escape(get_decimal_symbol(locale))}.]"
    found = re.finditer(rf"(?P<whole>\d+(?:{between}\d{{3}}(?!\d))*)(?:{point}(?P<part>\d+))?", text)
    plain = (re.sub(r"\D", "", number["whole"]) + f".{number['part'] or ''}".rstrip(".") for number in found)
    return sorted(plain, key=lambda number: (float(number), number))


def _entry(catalogue: Catalog, sentence: Message) -> Message | None:
    """Return the catalogue's entry for the very sentence, in both forms where it is counted."""
    entry = catalogue.get(_english(sentence), sentence.context)
    return entry if entry and entry.id == sentence.id else None


def _english(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _forms(entry: Message) -> tuple[str, ...]:
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ("",))


def main() -> int:
    """Update the catalogues, or check them; the exit code is 1 when the check finds a problem."""
    atlas = load_atlas()
    files = [CATALOGUES / f"{code}.po" for code in available_languages() if code != SOURCE_LANGUAGE]
    found: list[str] = []
    for file in files:
        sentences = every_sentence(atlas, file.stem)
        if "--check" not in sys.argv:
            update(file, sentences)
        found += problems(file, sentences)
    for problem in found:
        print(problem, file=sys.stderr)
    print(f"{len(every_sentence(atlas, SOURCE_LANGUAGE))} sentences, {len(files) + 1} languages, {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except CatalogueError as error:
        sys.exit(str(error))
