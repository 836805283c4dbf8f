"""Each text of the content, with each payload in it, comes out as it was written, wherever it is shown or sent."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import date

import pytest
from babel.support import NullTranslations

from dashboard import panel_markup
from dashboard.charts import PICTURES, charts_of
from dashboard.citation import cite
from dashboard.contents import Teller, known_ids, listing, panel
from dashboard.downloads import downloads
from dashboard.i18n import LANGUAGES, SOURCE_LANGUAGE, Language
from dashboard.map.data import map_data, map_words
from dashboard.panel_markup import markup
from dashboard.serving import first_answer
from dashboard.view import Tab, View
from geodata import Atlas
from tests.hostile.links import PAYLOADS
from tests.hostile.seasoning import Markup, contexts_of, found_in, marked, seasoned, strings_in

ENGLISH = LANGUAGES[SOURCE_LANGUAGE]
FOR_KEEPERS = (".note", ".quantity.words", ".quantity.qualifier")
"""The fields of a claim that only a check, or who keeps the content, reads."""

pytestmark = pytest.mark.parametrize(
    "payload",
    [
        pytest.param("".join(PAYLOADS), id="all at once"),
        *(pytest.param(payload, marks=pytest.mark.soak) for payload in PAYLOADS),
    ],
)


def tellers(atlas: Atlas, language: Language = ENGLISH) -> Iterator[Teller]:
    """Yield who tells each view of the atlas."""
    yield Teller(atlas, View(None, language.code), language)
    for id_ in sorted(known_ids(atlas)):
        for tab in Tab if id_ in atlas.subjects else [Tab.ARTICLE]:
            yield Teller(atlas, View(id_, language.code, None, tab), language)


def drawn_by(teller: Teller) -> Iterator[str]:
    """Yield what the page draws as HTML for a view."""
    shown, language = panel(teller), teller.language
    yield markup("panel.html", language, panel=shown)
    yield markup("panel_rest.html", language, panel=shown)
    yield markup("panel_end.html", language, citation=None, back=shown.back)
    for picture in charts_of(shown.pictures_of, teller):
        links = {point.id: "?" for point in picture.points}
        yield markup("picture_title.html", language, picture=picture)
        yield markup("picture.html", language, picture=picture, links=links)
    if teller.view.focus is None:
        yield markup("contents.html", language, contents=listing(teller), downloads=())


def texts_of(pages: Iterable[str], scripts: int = 0) -> Iterator[str]:
    """Yield every text and attribute of the HTML; it may have that many scripts, and no picture from elsewhere."""
    for page in pages:
        read = Markup(page)
        assert read.tags.count("script") == scripts
        assert "img" not in read.tags
        yield from read.texts


def first_answers(atlas: Atlas, monkeypatch: pytest.MonkeyPatch, *focuses: str | None) -> Iterator[str]:
    """Yield the texts of the server's first answer to links to some things; it has Streamlit's scripts and ours."""
    monkeypatch.setattr(first_answer, "ATLAS", atlas)
    monkeypatch.setattr(panel_markup, "ATLAS", atlas)
    monkeypatch.setattr(panel_markup, "_citation", lambda *_: None)  # BibTeX writes some signs in its own way
    monkeypatch.setattr(first_answer, "drawn_panel", panel_markup.drawn_panel.__wrapped__)  # keeps nothing for others
    usual = Markup(first_answer.DOCUMENT).tags.count("script") + 2  # for printing, and for the map
    for focus in focuses:
        yield from texts_of([first_answer.page.__wrapped__(View(focus, SOURCE_LANGUAGE))], usual)


def test_the_page_shows_every_text_as_it_was_written(atlas: Atlas, payload: str) -> None:
    """All but what stands on the map alone, what is for the keepers, and words for a period that has a date too."""
    hostile = seasoned(atlas, payload)
    shown = found_in((text for teller in tellers(hostile) for text in texts_of(drawn_by(teller))), payload)
    unseen = {f"{name}.name" for name in atlas.names}
    unseen |= {f"{claim}{field}" for claim in atlas.claims for field in FOR_KEEPERS}
    unseen |= {f"{fact.id}.period_text" for fact in atlas.facts.values() if fact.period}
    assert contexts_of(hostile) - shown <= unseen


def test_the_first_answer_shows_names_and_statements_as_they_were_written(
    atlas: Atlas, payload: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the title, the description, what messengers show, the panel and the list."""
    hostile = seasoned(atlas, payload)
    line, claim, source = next(iter(atlas.lines)), next(iter(atlas.claims)), next(iter(atlas.sources))
    found = found_in(first_answers(hostile, monkeypatch, None, "btc", line, claim, source, "aktau-port"), payload)
    assert {f"{subject}.name" for subject in atlas.subjects} <= found
    assert {"btc.summary", f"{line}.name", f"{claim}.statement", f"{source}.title", "aktau-port.name"} <= found


def test_the_data_hold_every_text_as_it_was_written(atlas: Atlas, payload: str) -> None:
    """All but the names of countries and waters, which are the base map's."""
    hostile = seasoned(atlas, payload)
    found: set[str] = set()
    for file in downloads(hostile):
        text = file.body.decode("utf-8-sig")
        if file.name.endswith(".csv"):
            cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
            found |= found_in(cells, payload)
        if file.name.endswith("json"):
            found |= found_in(strings_in(json.loads(text)), payload)
    assert contexts_of(hostile) - found == {f"{name}.name" for name in atlas.names}


def test_the_map_is_sent_every_name_as_it_was_written(atlas: Atlas, payload: str) -> None:
    """As words apart from the geometry, which has none."""
    hostile = seasoned(atlas, payload)
    words = json.loads(json.dumps(map_words(Teller(hostile, View(None, SOURCE_LANGUAGE), ENGLISH))))
    named = (*atlas.subjects, *atlas.lines, *atlas.places, *atlas.names)
    assert found_in(strings_in(words), payload) == {f"{id_}.name" for id_ in named}
    assert not found_in(strings_in(json.loads(json.dumps(map_data(hostile)))), payload)


@pytest.mark.parametrize("subject", PICTURES)
def test_a_picture_shows_its_labels_as_they_were_written(atlas: Atlas, payload: str, subject: str) -> None:
    """In its data, and so in what it says on pointing."""
    teller = Teller(seasoned(atlas, payload), View(None, SOURCE_LANGUAGE), ENGLISH)
    for picture in charts_of(subject, teller):
        found = found_in(strings_in(picture.spec), payload)
        assert {f"{point.id}.label" for point in picture.points if point.id in atlas.facts} <= found


def test_a_citation_says_names_as_they_were_written(atlas: Atlas, payload: str) -> None:
    """In words; BibTeX writes some signs in its own way."""
    hostile = seasoned(atlas, payload)
    said = cite(hostile, "btc", link="https://map.example", accessed=date(2025, 10, 21), language=ENGLISH)
    assert "btc.name" in found_in([said.text], payload)


class Hostile(NullTranslations):
    """A catalogue that puts a payload, marked, at the end of each translation."""

    def __init__(self, payload: str) -> None:
        """Keep the payload."""
        super().__init__()
        self.payload = payload
        # Words of the interface may hold {placeholders}, so a brace of their own is doubled.
        self.word = marked("word", payload.replace("{", "{{").replace("}", "}}"))

    def gettext(self, message: str) -> str:
        """Return a translated word of the interface."""
        return message + self.word

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return the form for a count."""
        return (one if count == 1 else many) + self.word

    def pgettext(self, context: str, message: str) -> str:
        """Return a translated text of the content."""
        return message + marked(context, self.payload)


def test_a_translation_is_shown_as_it_was_written(atlas: Atlas, payload: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words of the interface and the content's, on the page and in the first answer."""
    language = Language(SOURCE_LANGUAGE)
    monkeypatch.setitem(vars(language), "catalogue", Hostile(payload))
    monkeypatch.setitem(LANGUAGES, SOURCE_LANGUAGE, language)
    chosen = {None, "trade", "titr", "method", "kuryk-port", "differences"}
    some = (teller for teller in tellers(atlas, language) if teller.view.focus in chosen)
    shown = found_in((text for teller in some for text in texts_of(drawn_by(teller))), payload)
    assert {"word", "trade.name", "titr.summary", "kuryk-port.name"} <= shown
    assert {"word", "trade.name", "trade.summary"} <= found_in(first_answers(atlas, monkeypatch, "trade"), payload)
