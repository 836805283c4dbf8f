"""The pictures: every mark rests on a record, and none says more than its record."""

import json
import re
from collections.abc import Iterator
from typing import Any

import altair as alt
import pytest

from dashboard.charts import Mark, Picture, charts_of
from dashboard.charts.words import last_month, months, number_of_months, short, short_period
from dashboard.contents import Teller
from dashboard.i18n import LANGUAGES
from dashboard.view import View
from geodata import Atlas
from geodata.model import FactKind, Unit

Unit_ = tuple[dict[str, Any], list[dict[str, Any]]]
"""A mark of a chart's specification, and the rows that it draws."""

SUBJECTS = ("trade", "titr", "btc", "caspian-ports")
EACH = [(subject, code) for subject in SUBJECTS for code in LANGUAGES]
HOLLOW_KINDS = {FactKind.PLAN, FactKind.FORECAST}


Pictures = dict[tuple[str, str], Picture]
"""By subject and language."""


@pytest.fixture(scope="module")
def pictures(atlas: Atlas) -> Pictures:
    """Return all pictures, drawn once."""
    return {(subject, code): picture_of(subject, atlas, code) for subject, code in EACH}


def picture_of(subject: str, atlas: Atlas, code: str = "en") -> Picture:
    """Return the one picture of a subject, drawn afresh."""
    (picture,) = charts_of(subject, Teller(atlas, View(None, code), LANGUAGES[code]))
    return picture


def units(spec: dict[str, Any], datasets: dict[str, Any]) -> Iterator[Unit_]:
    """Yield every mark with its rows, however deep it lies."""
    parts = spec.get("layer") or spec.get("vconcat")
    if parts:
        for part in parts:
            yield from units(part, datasets)
    else:
        yield spec["mark"], datasets[spec["data"]["name"]]


def units_of(picture: Picture) -> list[Unit_]:
    """Return every mark of the picture with its rows."""
    return list(units(picture.spec, picture.spec["datasets"]))


@pytest.fixture(params=EACH, ids="-".join)
def picture(request: pytest.FixtureRequest, pictures: Pictures) -> Picture:
    """Return each picture in each language."""
    return pictures[request.param]


def test_every_point_is_a_fact_or_claim_with_its_very_value(picture: Picture, atlas: Atlas) -> None:
    assert picture.points
    for point in picture.points:
        if point.id in atlas.claims:
            quantity = atlas.claims[point.id].quantity
            assert quantity is not None
            assert (point.value, point.unit, point.period) == (quantity.value, quantity.unit, quantity.period)
            assert point.address == atlas.claims[point.id].address
        else:
            fact = atlas.facts[point.id]
            assert (point.value, point.unit, point.period) == (fact.value, fact.unit, fact.period or "")
            assert point.address in {atlas.sources[source].address for source in fact.sources}


def test_every_row_with_a_number_is_a_point_of_the_picture(picture: Picture) -> None:
    values = {point.id: point.value for point in picture.points}
    for mark, rows in units_of(picture):
        for row in rows:
            if "id" in row:
                assert row["value"] == values[row["id"]]
            else:
                assert mark["type"] in {"text", "rule"}, "a mark without a record"


def test_no_gap_has_a_point(picture: Picture, atlas: Atlas) -> None:
    gaps = {fact.id for fact in atlas.facts.values() if fact.kind is FactKind.GAP}
    assert not gaps & {point.id for point in picture.points}


def test_no_plan_or_forecast_is_drawn_as_a_count(picture: Picture, atlas: Atlas) -> None:
    for point in picture.points:
        hollow = point.id in atlas.facts and atlas.facts[point.id].kind in HOLLOW_KINDS
        assert (point.kind is Mark.GOAL) == hollow
    for mark, rows in units_of(picture):
        if mark["type"] == "bar" or mark.get("filled"):
            assert Mark.GOAL not in {row["kind"] for row in rows}


def test_a_part_of_a_year_looks_different_from_a_whole_year(picture: Picture) -> None:
    for mark, rows in units_of(picture):
        kinds = {row.get("kind") for row in rows}
        if Mark.PART in kinds and mark["type"] in {"bar", "point"}:
            assert kinds == {Mark.PART}
            assert mark["fillOpacity"] < 1


def test_nothing_is_joined_by_a_line(picture: Picture) -> None:
    assert not {mark["type"] for mark, _ in units_of(picture)} & {"line", "area", "trail"}


def test_the_trade_series_of_the_two_countries_never_share_a_row_of_the_picture(
    pictures: Pictures, atlas: Atlas
) -> None:
    spec = pictures["trade", "en"].spec
    found: list[str] = []
    for panel in spec["vconcat"]:
        ids = {row["id"] for mark, rows in units(panel, spec["datasets"]) if mark["type"] == "bar" for row in rows}
        countries = {(atlas.facts[id_].reporter or "").partition(",")[0] for id_ in ids}
        assert len(countries) == 1
        found += countries
    assert found == ["Kazakhstan", "Azerbaijan", ""]


@pytest.mark.parametrize(
    ("subject", "series"),
    [
        ("trade", "trade-kz"),
        ("trade", "trade-az"),
        ("titr", "titr-volume"),
        ("btc", "btc-kazakh-oil"),
        ("btc", "btc-kazakh-oil-turan"),
    ],
)
def test_every_count_of_a_series_is_on_its_picture(subject: str, series: str, pictures: Pictures, atlas: Atlas) -> None:
    counts = {fact.id for fact in atlas.facts.values() if fact.series == series and fact.kind is FactKind.COUNT}
    assert counts <= {point.id for point in pictures[subject, "en"].points}


def test_the_article_and_the_goal_stand_beside_the_trade_figures(pictures: Pictures) -> None:
    kinds = {point.id: point.kind for point in pictures["trade", "en"].points}
    assert kinds["trade-547m-nine-months-2025"] is Mark.ARTICLE
    assert kinds["trade-target"] is Mark.GOAL


def test_two_reporters_of_one_year_have_two_shapes(pictures: Pictures) -> None:
    shapes: dict[str, set[str]] = {}
    for _, rows in units_of(pictures["btc", "en"]):
        for row in rows:
            if "shape" in row:
                shapes.setdefault(row["reporter"], set()).add(row["shape"])
    assert all(len(theirs) == 1 for theirs in shapes.values())
    assert len(set.union(*shapes.values())) == len(shapes)


def test_capacities_of_one_port_stay_apart(pictures: Pictures) -> None:
    open_rows = [
        row
        for mark, rows in units_of(pictures["caspian-ports", "en"])
        if mark["type"] == "bar"
        for row in rows
        if row["kind"] == Mark.CAPACITY
    ]
    assert {row["id"] for row in open_rows} == {
        "aktau-capacity-12",
        "aktau-capacity-11",
        "aktau-capacity-15",
        "kuryk-capacity",
        "baku-capacity",
    }
    assert len({row["place"] for row in open_rows}) == len(open_rows)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_year_without_a_figure_says_so(code: str, pictures: Pictures) -> None:
    said = LANGUAGES[code].say("not found")
    for subject in ("trade", "titr", "caspian-ports"):
        texts = [row.get("text", "") for _, rows in units_of(pictures[subject, code]) for row in rows]
        assert any(said in text for text in texts)


def test_the_words_name_the_last_count(picture: Picture) -> None:
    counts = [point for point in picture.points if point.kind in {Mark.YEAR, Mark.PART}]
    last = max(counts, key=lambda point: (point.year, last_month(point.period)))
    assert last.words in picture.alternative
    assert last.when in picture.alternative
    assert picture.alternative in picture.spec["description"]


def test_the_source_line_names_every_document_once(picture: Picture) -> None:
    assert set(picture.source_line) == {(point.publisher, point.address) for point in picture.points}
    assert len(set(picture.source_line)) == len(picture.source_line)


def test_a_picture_names_no_other_host(picture: Picture) -> None:
    spec = dict(picture.spec)
    # The name of the format looks like an address; nothing fetches it.
    del spec["$schema"]
    assert not re.search(r"https?:|//|\burl\b", json.dumps(spec))


def test_no_word_of_the_content_stands_in_an_expression(picture: Picture) -> None:
    """Where a picture asks for its width, it does so with numbers alone."""
    spec = json.dumps(picture.spec)
    expressions = re.findall(r'"expr": "([^"]*)"', spec)
    assert len(expressions) == spec.count('"expr"')
    assert all(re.fullmatch(r"(?:width|clamp|[\d.\s()/,-])*", expression) for expression in expressions)


def test_the_same_atlas_draws_the_same_picture(pictures: Pictures, atlas: Atlas) -> None:
    again = picture_of("titr", atlas)
    assert json.dumps(again.spec) == json.dumps(pictures["titr", "en"].spec)


def test_the_pictures_stand_in_the_readers_language(pictures: Pictures) -> None:
    assert "Баку (Алят)" in pictures["caspian-ports", "ru"].alternative
    assert "млн т" in pictures["titr", "ru"].alternative


def test_other_subjects_have_no_picture(atlas: Atlas) -> None:
    teller = Teller(atlas, View(None, "en"), LANGUAGES["en"])
    assert [subject for subject in (*atlas.subjects, "") if charts_of(subject, teller)] == sorted(
        SUBJECTS, key=list(atlas.subjects).index
    )


def test_a_chart_is_an_altair_chart_that_takes_the_width_of_its_place(picture: Picture) -> None:
    assert isinstance(picture.chart, alt.LayerChart | alt.VConcatChart)
    assert "width" not in picture.spec


@pytest.mark.parametrize(
    ("period", "words"),
    [("2025", "2025"), ("2024/2025", "2024–2025"), ("2025-01/2025-09", "Jan–Sept 2025"), ("2024-H1", "Jan–Jun 2024")],
)
def test_a_short_period_is_short(period: str, words: str) -> None:
    said = short_period(period, LANGUAGES["en"]).replace("\u2009", "")
    assert said.replace("June", "Jun") == words


def test_the_parts_of_a_year_are_told_by_their_months() -> None:
    english, russian = LANGUAGES["en"], LANGUAGES["ru"]
    assert number_of_months("2025-01/2025-10", english) == "10 mths"
    assert number_of_months("2024-H1", russian).replace("\xa0", " ") == "6 мес."
    assert months("2025-01/2025-08", english).replace("\u2009", "") == "Jan–Aug"
    with pytest.raises(ValueError, match="does not begin with a year"):
        number_of_months("2025-04/2025-10", english)


def test_a_number_has_a_short_form_in_dollars_and_tonnes_only() -> None:
    english = LANGUAGES["en"]
    assert short(1_000_000_000, Unit.USD, english) == "$1 bn"
    assert short(547_000_000, Unit.USD, english) == "$547 m"
    assert short(1_392_000, Unit.TONNES, english) == "1.392 Mt"
    with pytest.raises(ValueError, match="no short form"):
        short(3, Unit.STATES, english)
