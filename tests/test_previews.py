"""The previews: words that never overflow, a frame that holds what is marked, one picture at each address."""

import struct
from functools import partial
from io import BytesIO
from itertools import combinations
from typing import Any
from xml.etree import ElementTree as Xml

import anyio
import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.atlas import ATLAS, KNOWN_IDS
from dashboard.contents import Teller
from dashboard.contents.panels import OVERVIEW
from dashboard.i18n import LANGUAGES
from dashboard.map.picture import marked
from dashboard.previews import gallery
from dashboard.previews.band import (
    SENTENCE,
    SENTENCE_SIZE,
    SMALLEST_SENTENCE,
    SMALLEST_TITLE,
    TITLE,
    TITLE_SIZE,
    WIDTH,
    band,
    card,
)
from dashboard.previews.drawing import HEIGHT, preview
from dashboard.previews.framing import Margins, fit
from dashboard.previews.lettering import ELLIPSIS, FONT_FILES, Face, Type, first_sentence
from dashboard.previews.names import Box, Mark, Name, placed
from dashboard.previews.pictures import Picture, paint
from dashboard.view import View
from geodata import Atlas

SVG = "{http://www.w3.org/2000/svg}"
LAND = '{"features": [{"geometry": {"type": "Polygon", "coordinates": [[[40, 38], [60, 38], [60, 48], [40, 38]]]}}]}'
ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32"/></svg>'
SANS = Type(Face.SANS, 28)
HOSTILE = '</text><script>alert(1)</script>{{7*191}}"&`${1}'
EVERY_PREVIEW = pytest.mark.parametrize("focus", [None, *ATLAS.subjects])
EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


def teller(focus: str | None, language: str = "en", atlas: Atlas = ATLAS) -> Teller:
    """Return who tells the atlas for a view."""
    return Teller(atlas, View(focus, language), LANGUAGES[language])


def drawn(focus: str | None, language: str = "en", atlas: Atlas = ATLAS) -> Xml.Element:
    """Return a preview's SVG over a simple land."""
    svg = preview(teller(focus, language, atlas), land=LAND, lakes='{"features": []}', icon=ICON)
    return Xml.fromstring(svg)  # noqa: S314  our own


def written(svg: Xml.Element) -> list[str]:
    """Return every line of text."""
    return [node.text or "" for node in svg.iter(f"{SVG}text")]


def pixels(png: bytes) -> Image.Image:
    """Return a PNG as grey pixels, transparent ones white."""
    picture = Image.open(BytesIO(png)).convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("L")


# Letters.


def test_the_fonts_are_the_pages_own() -> None:
    assert [file.suffix for file in FONT_FILES] == [".woff2"] * len(Face)


def test_a_text_is_as_wide_as_it_was_measured() -> None:
    """Kerning may draw letters a little nearer together; no text comes out wider."""
    texts = [
        "Trans-Caspian International Route",
        "Железная дорога Карс",
        "Транскаспийский маршрут",
        "Iğdır, Böyük Kəsik",
    ]
    types = [Type(Face.SERIF, 54, 600), SANS, Type(Face.SANS, 22, 700), Type(Face.SERIF_ITALIC, 25)]
    rows = [(type_, text) for type_ in types for text in texts]
    lines = "".join(type_.drawn(text, 10, 80 * row + 60) for row, (type_, text) in enumerate(rows))
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="{80 * len(rows)}">{lines}</svg>'
    whole = pixels(paint(svg, width=1200, fonts=[face.unpacked for face in Face]))
    for row, (type_, text) in enumerate(rows):
        found = whole.crop((0, 80 * row, 1200, 80 * row + 80)).point(lambda grey: 255 * (grey < 128)).getbbox()
        assert found
        assert 0.95 < (found[2] - 10) / type_.width(text) < 1.01, text


def test_no_font_of_the_machine_is_used() -> None:
    """A text in a font that was not given along leaves the paper white, on any machine."""
    text = '<text x="10" y="50" font-family="DejaVu Sans, Liberation Sans, sans-serif" font-size="40">Baku</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="80">{text}</svg>'
    assert pixels(paint(svg, width=200)).getextrema() == (255, 255)


@pytest.mark.parametrize("width", [60, 150, 400, 4000])
@pytest.mark.parametrize(
    "text", ["From the Chinese border over the sea to Türkiye.", "Карс – Нахичевань", "w" * 300, "a " * 200, "", " – "]
)
def test_no_line_is_wider_than_its_room(text: str, width: int) -> None:
    lines = SANS.wrapped(text, width, 3)
    assert 1 <= len(lines) <= 3
    assert all(SANS.width(line) <= width for line in lines)


def test_a_text_that_has_room_is_whole_and_one_that_has_none_ends_in_an_ellipsis() -> None:
    text = "Railways, ports and ships that carry cargo"
    assert " ".join(SANS.wrapped(text, 200, 9)).replace("\N{NO-BREAK SPACE}", " ") == text
    cut = SANS.wrapped(text, 200, 2)
    assert cut[-1].endswith(ELLIPSIS)
    assert text.startswith(" ".join(cut).rstrip(ELLIPSIS))


def test_lines_are_about_equally_long_and_no_line_begins_with_a_dash() -> None:
    assert SANS.balanced("Organization of Turkic States", 300, 3) == (
        "Organization",
        "of\N{NO-BREAK SPACE}Turkic States",
    )
    assert not any(line.startswith("–") for line in SANS.wrapped("Карс – Нахичевань – Баку", 130, 9))


def test_a_sentence_ends_at_its_end_and_not_after_an_abbreviation() -> None:
    assert first_sentence("It opened in 1998. It closed.") == "It opened in 1998."
    assert first_sentence("В 2003 г. Казахстан подписал договор. Потом нет.") == "В 2003 г. Казахстан подписал договор."
    assert first_sentence("Его владелец – «КазМунайГаз». Потом нет.") == "Его владелец – «КазМунайГаз»."
    assert first_sentence("No end") == "No end"


# Words.


@EVERY_LANGUAGE
@EVERY_PREVIEW
def test_name_and_sentence_are_whole(focus: str | None, language: str) -> None:
    said = card(teller(focus, language))
    title = TITLE.fitted(said.name, *TITLE_SIZE, SMALLEST_TITLE)
    sentence = SENTENCE.fitted(said.sentence, *SENTENCE_SIZE, SMALLEST_SENTENCE)
    for paragraph, (width, height) in ((title, TITLE_SIZE), (sentence, SENTENCE_SIZE)):
        assert not paragraph.lines[-1].endswith(ELLIPSIS)
        assert paragraph.height <= height
        assert all(paragraph.type.width(line) <= width for line in paragraph.lines)


@EVERY_LANGUAGE
@EVERY_PREVIEW
def test_the_fonts_hold_every_letter(focus: str | None, language: str) -> None:
    families = {(face.family, face is Face.SERIF_ITALIC): face for face in Face}
    for node in drawn(focus, language).iter(f"{SVG}text"):
        face = families[str(node.get("font-family")).strip("'"), node.get("font-style") == "italic"]
        assert set(node.text or "") <= face.letters


def test_sections_of_different_status_are_all_named() -> None:
    lines = written(drawn("zangezur"))
    assert {"under construction", "planned", "announced", "Zangezur corridor"} <= set(lines)


@EVERY_LANGUAGE
def test_each_preview_names_the_product_and_whose_map_it_is(language: str) -> None:
    lines = written(drawn("btc", language))
    assert LANGUAGES[language].say("Caspian Corridors") in lines
    assert "© OpenStreetMap contributors" in lines


@pytest.mark.parametrize("text", [HOSTILE, HOSTILE + "\x00\x1b\ud800", "w" * 2000, "\u202e" + HOSTILE])
def test_any_name_stands_there_as_text_and_nothing_runs_over(tiny_atlas: Atlas, text: str) -> None:
    subject = tiny_atlas.subjects["ferry"]
    place = tiny_atlas.places["east-port"]
    hostile = tiny_atlas.model_copy(
        update={
            "subjects": {**tiny_atlas.subjects, "ferry": subject.model_copy(update={"name": text, "summary": text})},
            "places": {**tiny_atlas.places, place.id: place.model_copy(update={"name": text})},
        }
    )
    words, height = band(card(teller("ferry", "en", hostile)), "#123456")
    assert height < HEIGHT / 2
    band_ = Xml.fromstring(f'<svg xmlns="http://www.w3.org/2000/svg">{words}</svg>')  # noqa: S314  our own
    assert {node.tag.removeprefix(SVG) for node in band_.iter()} <= {"svg", "g", "rect", "line", "text"}
    shown = "".join(written(band_)).replace("\N{NO-BREAK SPACE}", " ")
    assert text[:20].replace("\x00", "") in shown


# The map.


@EVERY_PREVIEW
def test_what_is_marked_stands_well_within_the_picture(focus: str | None) -> None:
    margins = Margins(120, 80, 120, 50)
    ids = marked(ATLAS, focus) or frozenset(ATLAS.lines)
    points = [point for id_ in ids if id_ in ATLAS.lines for point in ATLAS.lines[id_].path]
    points += [(ATLAS.places[id_].lon, ATLAS.places[id_].lat) for id_ in ids if id_ in ATLAS.places]
    frame = fit(points, width=1200, height=400, margins=margins, closest=175)
    inner = Box(119, 79, 1081, 351)
    assert all(inner.holds(Box(*at, *at)) for at in (frame.at(*point) for point in points))


def test_the_frame_never_leaves_the_base_map() -> None:
    for point in ((17.5, 28.0), (97.0, 60.0)):
        frame = fit([point], width=1200, height=400, margins=Margins(0, 0, 0, 0), closest=60)
        (left, top), (right, bottom) = frame.at(17.2, 60.4), frame.at(97.8, 27.6)
        assert left <= 0.001
        assert top <= 0.001
        assert right >= 1199.999
        assert bottom >= 399.999


def test_names_keep_off_each_other_and_the_edge_and_the_first_come_first() -> None:
    crowd = [Name(f"Name {n}", SANS, (150.0 + 7 * n, 60.0 + 5 * n), mark=Mark.FAINT) for n in range(30)]
    edge = Box(0, 0, 400, 300)
    found = list(placed(crowd, taken=[], dots=[], lines=[], edge=edge))
    assert found[0][0] == crowd[0]
    assert 1 < len(found) < len(crowd)
    assert all(edge.holds(box) for _, box in found)
    assert not any(one.meets(other) for (_, one), (_, other) in combinations(found, 2))


def test_a_name_of_the_surroundings_gives_way_to_a_marked_line() -> None:
    line = [(0.0, 100.0), (400.0, 100.0)]
    rest: dict[str, Any] = {"taken": [], "dots": [], "edge": Box(0, 75, 400, 125)}
    name = partial(Name, "Erzurum", SANS, (200.0, 100.0))
    assert not list(placed([name(mark=Mark.FAINT)], lines=[(line, 3)], **rest))
    assert list(placed([name(mark=Mark.CHOSEN)], lines=[(line, 3)], **rest))


@EVERY_LANGUAGE
@pytest.mark.parametrize("focus", [s.id for s in ATLAS.subjects.values() if s.places and not s.lines])
def test_places_that_a_picture_is_about_are_named(focus: str, language: str) -> None:
    told = teller(focus, language)
    names = {told.name(ATLAS.places[id_]) for id_ in ATLAS.subjects[focus].places}
    assert names <= set(written(drawn(focus, language)))


# Pictures and their addresses.


@pytest.fixture
def client() -> TestClient:
    """Return a client of a server that has the previews and nothing else."""
    return TestClient(Starlette(routes=[gallery.ROUTE]))


@EVERY_PREVIEW
def test_each_address_answers_a_picture_as_messengers_want_it(client: TestClient, focus: str | None) -> None:
    language = [*LANGUAGES][-1]
    answer = client.get("/" + gallery.address(View(focus, language)))
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert struct.unpack(">II", answer.content[16:24]) == (WIDTH, HEIGHT)
    assert len(answer.content) < 300_000
    assert len(pixels(answer.content).histogram()) > 100


def test_a_preview_of_another_edition_is_todays_and_is_asked_for_again(client: TestClient) -> None:
    today = client.get(f"/previews/{gallery.EDITION}/en/btc.png")
    other = client.get("/previews/0123456789ab/en/btc.png")
    assert other.content == today.content
    assert other.headers["cache-control"] == "public, max-age=3600"


NOWHERE = [
    "0123456789ab/en/nothing.png",
    "0123456789ab/xx/btc.png",
    "edition/en/btc.png",
    "0123456789ab/en/btc",
    "0123456789ab/en/btc.svg",
    "0123456789ab/en/more/btc.png",
    "0123456789ab/en/..%2f..%2fapp.png",
]


@pytest.mark.parametrize("path", NOWHERE)
def test_there_is_nothing_at_other_addresses(client: TestClient, path: str) -> None:
    assert client.get(f"/previews/{path}").status_code == 404


def test_whatever_a_link_names_has_a_preview() -> None:
    found = {id_: gallery.pictured(id_) for id_ in KNOWN_IDS}
    assert set(found.values()) == {OVERVIEW, *ATLAS.subjects}
    assert all((language, id_) in gallery.PREVIEWS for language in LANGUAGES for id_ in found.values())
    assert all(found[line.id] == line.subject for line in ATLAS.lines.values())
    assert all(found[claim.id] == claim.subject for claim in ATLAS.claims.values())
    assert (found["aktau-port"], found["gabala"], found["method"]) == ("caspian-ports", "ots", OVERVIEW)
    assert gallery.pictured(None) == OVERVIEW


def test_a_picture_is_painted_once_however_many_ask_at_once() -> None:
    drawings = []

    def draw() -> str:
        drawings.append(1)
        return ICON

    picture = Picture(draw, 48)
    answers = []

    async def ask() -> None:
        answers.append(await picture.png())

    async def ask_all() -> None:
        async with anyio.create_task_group() as readers:
            for _ in range(20):
                readers.start_soon(ask)

    anyio.run(ask_all)
    assert len(drawings) == 1
    assert len(answers) == 20
    assert len(set(answers)) == 1
