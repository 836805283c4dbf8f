"""Keeping the catalogues: which sentences there are, and which of them a language still lacks.

`python -m dashboard.i18n.catalogues` brings every catalogue up to date with the code and
the content; with `--check` it changes nothing and names each entry that is missing or broken.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Final

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from dashboard.i18n import CATALOGUES, SOURCE_LANGUAGE, available_languages
from geodata import Atlas, load_atlas
from geodata.texts import translatable

DASHBOARD: Final = CATALOGUES.parent
METHODS: Final = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
KEYWORDS: Final = {"say": None, "say_counted": (1, 2), "_": None}


def every_sentence(atlas: Atlas) -> Catalog:
    """Return the words of code, templates and content, untranslated."""
    catalogue = Catalog(charset="utf-8")
    found = extract_from_dir(str(DASHBOARD), METHODS, keywords=KEYWORDS)
    for file, _line, message, _comments, context in found:
        catalogue.add(message, locations=[(f"dashboard/{Path(file).as_posix()}", 0)], context=context)
    for sentence in translatable(atlas):
        catalogue.add(sentence.english, context=sentence.context)
    return catalogue


def read_catalogue(code: str) -> Catalog:
    """Return a language's catalogue as it stands."""
    with (CATALOGUES / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code)


def update(code: str, sentences: Catalog) -> None:
    """Write the language's catalogue with every sentence of today, and without those of yesterday."""
    catalogue = read_catalogue(code)
    catalogue.update(sentences, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    written = BytesIO()
    write_po(written, catalogue, width=100, include_lineno=False, omit_header=False)
    (CATALOGUES / f"{code}.po").write_bytes(written.getvalue())


def problems(code: str, sentences: Catalog) -> Iterator[str]:
    """Yield a sentence for each entry that the language lacks, or whose placeholders differ."""
    catalogue = read_catalogue(code)
    for message in sentences:
        if not message.id:
            continue
        entry = catalogue.get(_first(message), message.context)
        where = f"dashboard/i18n/{code}.po: {message.context or _first(message)!r}"
        if entry is None:
            yield f"{where} is not in the catalogue; run `make translations`, then translate it."
        elif not all(_forms(entry)):
            yield f"{where} is not translated."
        elif entry.fuzzy:
            yield f"{where} is marked as fuzzy; look at it, and take the mark away."
        elif not message.context and any(
            _placeholders(form) != _placeholders(_first(message)) for form in _forms(entry)
        ):
            yield f"{where} must keep the placeholders of the English."


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _forms(entry: Message) -> tuple[str, ...]:
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ("",))


def _placeholders(text: str) -> set[str] | None:
    """Return the names between braces; None where the braces are such that the text cannot be filled in."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return None


def main() -> int:
    """Update the catalogues, or check them; the exit code is 1 when the check finds a problem."""
    sentences = every_sentence(load_atlas())
    codes = [code for code in available_languages() if code != SOURCE_LANGUAGE]
    if "--check" not in sys.argv:
        for code in codes:
            update(code, sentences)
    found = [problem for code in codes for problem in problems(code, sentences)]
    for problem in found:
        print(problem, file=sys.stderr)
    print(f"{len(sentences)} sentences, {len(codes) + 1} languages, {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
