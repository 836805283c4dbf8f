"""The Folium map: the same for every view, and no word of the content in it."""

import json

import pytest
from coloraide import Color
from streamlit_folium import _get_map_string, generate_js_hash

from dashboard.atlas import ATLAS
from dashboard.contents import Teller
from dashboard.files import DATA, FILES
from dashboard.i18n import LANGUAGES
from dashboard.map.data import map_words, marks, reading_order, subject_of
from dashboard.map.folium_map import build_map
from dashboard.map.style import DASHES, INK, LAND, SUBJECT_COLOURS, WATER
from dashboard.view import View
from geodata import Atlas
from geodata.model import Status


def script() -> str:
    """Return the map's script as it goes to the browser."""
    canvas = build_map()
    canvas.get_root().render()
    return str(_get_map_string(canvas))


def test_the_component_keeps_its_id_however_often_the_map_is_built() -> None:
    assert len({generate_js_hash(script(), "map") for _ in range(10)}) == 1


def test_the_map_names_no_host() -> None:
    canvas = build_map()
    canvas.get_root().render()
    links = [address for _, address in (*canvas.default_js, *canvas.default_css)]
    assert all(link.startswith("../../files/") for link in links)
    assert "http" not in script()


def test_no_word_of_the_content_passes_through_folium() -> None:
    text = script()
    names = [subject.name for subject in ATLAS.subjects.values()]
    names += [line.name for line in ATLAS.lines.values()] + [place.name for place in ATLAS.places.values()]
    assert not [name for name in names if name in text]


@pytest.mark.parametrize(
    "payload", ["{{7*191}}", "{% raw %}", "`", "</script>", "<img src=x onerror=alert(1)>", "${1}", "\"'\\"]
)
def test_any_name_comes_out_as_it_was_written(tiny_atlas: Atlas, payload: str) -> None:
    """The words on the map are JSON, from which the browser makes text and never markup."""
    place = next(iter(tiny_atlas.places.values()))
    hostile = tiny_atlas.model_copy(update={"places": {place.id: place.model_copy(update={"name": payload})}})
    words = map_words(Teller(hostile, View(None, "en"), LANGUAGES["en"]))
    assert json.loads(json.dumps(words))["names"][place.id] == payload


def test_every_subject_and_status_has_its_style() -> None:
    assert set(SUBJECT_COLOURS) == set(ATLAS.subjects)
    assert set(DASHES) == set(Status)
    assert len(set(DASHES.values())) == len(Status)


def test_each_subject_marks_lines_and_places_that_exist_and_each_statement_a_subject() -> None:
    """Nothing that can be chosen leaves the map without a mark, but for pages and documents."""
    drawn = {*ATLAS.lines, *ATLAS.places}
    assert set(marks(ATLAS)) == set(ATLAS.subjects)
    assert all(set(ids) <= drawn and ids for ids in marks(ATLAS).values())
    assert set(subject_of(ATLAS)) == {*ATLAS.claims, *ATLAS.facts, *ATLAS.discrepancies}
    assert set(subject_of(ATLAS).values()) <= set(ATLAS.subjects)


def test_the_data_is_plain_json_without_a_number_that_is_none() -> None:
    assert json.loads(DATA.body)["lines"]
    assert len({file.address for file in FILES}) == len(FILES)


def test_the_keyboard_goes_once_through_every_line_and_place_by_subject() -> None:
    """Lines come along the route and before places; a port stands with the ports, a capital not under a theme."""
    order = reading_order(ATLAS)
    assert sorted(thing for _, things in order for thing in things) == sorted([*ATLAS.lines, *ATLAS.places])
    groups = {subject: things for subject, things in order if subject}
    assert list(groups) == [subject for subject in ATLAS.subjects if subject in groups]
    for subject, things in groups.items():
        lines = list(ATLAS.subjects[subject].lines)
        assert things[: len(lines)] == lines
    assert groups["caspian-ports"] == list(ATLAS.subjects["caspian-ports"].places)
    assert "baku" in groups["titr"]
    assert order[-1][0] is None


def test_each_line_and_place_is_spoken_with_its_kind_and_status() -> None:
    words = map_words(Teller(ATLAS, View(None, "en"), LANGUAGES["en"]))
    assert words["lines"]["btc-pipeline"]["kind"] == "oil pipeline, operating"  # type: ignore[index]
    assert words["kinds"]["aktau-port"] == "port, operating"  # type: ignore[index]
    assert words["kinds"]["almaty"] == "city"  # type: ignore[index]


@pytest.mark.parametrize("ground", [LAND, WATER, "#fff"], ids=["land", "water", "casing"])
def test_the_ring_of_the_keyboard_stands_out(ground: str) -> None:
    """By at least 3 to 1, as WCAG wants of what shows the focus."""
    assert Color(INK).contrast(ground, method="wcag21") >= 3
