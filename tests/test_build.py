"""What a built line must satisfy, on tiny worlds, and what the committed lines and base map keep to."""

import csv
import json
import tomllib
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from geodata.build import checks
from geodata.build.features import feature_collection
from geodata.build.waypoints import read_waypoints
from geodata.geometry import Point, distance_km, length_km

GEODATA = Path(__file__).parents[1] / "geodata"
LINE_FILES = sorted(GEODATA.glob("subjects/*/lines.geojson"))
LINES_BUDGET_BYTES = 80_000
BASEMAP_BUDGET_BYTES = 350_000

ALONG_THE_EQUATOR: list[Point] = [(0.0, 0.0), (0.5, 0.0), (1.0, 0.0)]
SQUARE_WITH_A_HOLE: checks.Polygon = [
    [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0)],
    [(4.0, 4.0), (6.0, 4.0), (6.0, 6.0), (4.0, 6.0), (4.0, 4.0)],
]


def square(west: float, south: float, side: float) -> list[checks.Polygon]:
    """Return a country of one square."""
    east, north = west + side, south + side
    return [[[(west, south), (east, south), (east, north), (west, north), (west, south)]]]


# The refusals, on tiny worlds


def test_a_point_in_a_hole_is_outside() -> None:
    assert checks.contains([SQUARE_WITH_A_HOLE], (1.0, 5.0))
    assert not checks.contains([SQUARE_WITH_A_HOLE], (5.0, 5.0))
    assert not checks.contains([SQUARE_WITH_A_HOLE], (11.0, 5.0))


def test_the_distance_to_a_path_is_that_to_its_nearest_piece() -> None:
    assert checks.distance_to_path_km((0.25, 0.01), ALONG_THE_EQUATOR) == pytest.approx(1.1, abs=0.02)
    assert checks.distance_to_path_km((2.0, 0.0), ALONG_THE_EQUATOR) == pytest.approx(111.2, abs=0.5)


def test_a_densified_path_keeps_its_vertices_and_leaves_no_long_step() -> None:
    points = list(checks.densified(ALONG_THE_EQUATOR, 10.0))
    assert set(ALONG_THE_EQUATOR) <= set(points)
    assert max(distance_km(a, b) for a, b in pairwise(points)) <= 10.0


def test_a_waypoint_more_than_a_kilometre_away_is_refused() -> None:
    near, far = ("Near", (0.3, 0.008)), ("Far", (0.6, 0.02))
    assert checks.missed_waypoints("KZ9", ALONG_THE_EQUATOR, [near]) == []
    (fault,) = checks.missed_waypoints("KZ9", ALONG_THE_EQUATOR, [near, far])
    assert fault.startswith("KZ9: waypoint Far lies 2.2 km from the line; correct its position")


def test_a_path_must_have_its_places_as_vertices_in_order() -> None:
    start, via, end = zip(("a", "b", "c"), ALONG_THE_EQUATOR, strict=True)
    assert checks.missed_places("KZ9", ALONG_THE_EQUATOR, [start, via, end]) == []
    (absent,) = checks.missed_places("KZ9", ALONG_THE_EQUATOR, [start, ("d", (0.5, 0.1)), end])
    assert absent.startswith("KZ9: no vertex at place d (0.5, 0.1); give a waypoint")
    assert checks.missed_places("KZ9", ALONG_THE_EQUATOR, [end, via, start])


def test_a_path_must_not_run_past_its_end() -> None:
    places = [("a", ALONG_THE_EQUATOR[0]), ("b", ALONG_THE_EQUATOR[1])]
    (fault,) = checks.missed_places("KZ9", ALONG_THE_EQUATOR, places)
    assert "runs past its start or end" in fault


def test_a_line_that_enters_the_other_bank_is_refused() -> None:
    south_bank = square(0.0, -1.001, 1.0)
    assert checks.crossings_into("Z9", ALONG_THE_EQUATOR, "Iran", south_bank) == []
    (fault,) = checks.crossings_into("Z9", [(0.2, 0.0), (0.5, -0.01), (0.8, 0.0)], "Iran", south_bank)
    assert fault.startswith("Z9: about ")
    assert "km of the line lie in Iran; move its waypoints" in fault


@pytest.mark.parametrize(
    ("official_km", "is_indicative", "is_refused"),
    [
        (111.3, False, False),
        (125.0, False, False),
        (128.0, False, True),
        (128.0, True, False),
        (140.0, True, True),
        (107.0, False, True),
    ],
)
def test_a_length_far_from_the_official_one_is_refused(
    official_km: float, is_indicative: bool, is_refused: bool
) -> None:
    faults = checks.unlikely_length("KZ9", ALONG_THE_EQUATOR, official_km, is_indicative=is_indicative)
    assert bool(faults) == is_refused
    assert all(fault.startswith(f"KZ9: drawn 111.3 km, official {official_km:g} km; ") for fault in faults)


def test_a_sea_line_over_an_island_is_refused_and_its_ports_are_not() -> None:
    port = square(-0.03, -0.03, 0.06)
    assert checks.landfalls("S9", ALONG_THE_EQUATOR, port) == []
    (fault,) = checks.landfalls("S9", ALONG_THE_EQUATOR, [*port, *square(0.5, -0.1, 0.2)])
    assert fault.startswith("S9: the line crosses land near 0.5")
    assert fault.endswith("move its waypoints into open water")


def test_a_feature_collection_has_one_feature_per_line_sorted_by_id() -> None:
    dot = {"type": "Point", "coordinates": (1.0, 2.0)}
    text = feature_collection([({"id": "b"}, dot), ({"id": "a"}, dot)])
    first, *rows, last = text.splitlines()
    assert (first, last) == ('{"type":"FeatureCollection","features":[', "]}")
    assert [json.loads(row.rstrip(","))["properties"]["id"] for row in rows] == ["a", "b"]


def test_a_published_kilometre_names_its_publication() -> None:
    for file in sorted((GEODATA / "build" / "waypoints").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as table:
            for row in csv.DictReader(table):
                assert bool(row["km_post"]) == bool(row["km_source"]), row
                assert "unverified" not in row["km_source"], row


# The committed files


def features_of(file: Path) -> list[dict[str, Any]]:
    return list(json.loads(file.read_text(encoding="utf-8"))["features"])


def path_of(feature: dict[str, Any]) -> list[Point]:
    return [(lon, lat) for lon, lat in feature["geometry"]["coordinates"]]


def all_lines() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return every line as subject.toml writes it, with its feature."""
    lines = []
    for file in LINE_FILES:
        tables = tomllib.loads(file.with_name("subject.toml").read_text(encoding="utf-8"))["lines"]
        by_id = {line["id"]: line for line in tables}
        lines += [(by_id[feature["properties"]["id"]], feature) for feature in features_of(file)]
    return lines


LINES = all_lines()
CODES = [line["code"] for line, _ in LINES]


@pytest.fixture(scope="module")
def places() -> dict[str, Point]:
    with (GEODATA / "places.csv").open(encoding="utf-8", newline="") as table:
        return {row["id"]: (float(row["lon"]), float(row["lat"])) for row in csv.DictReader(table)}


@pytest.fixture(scope="module")
def land() -> dict[str, list[checks.Polygon]]:
    """Return the polygons of every country, by its id."""
    features = features_of(GEODATA / "basemap" / "land.geojson")
    return {feature["properties"]["id"]: feature["geometry"]["coordinates"] for feature in features}


def test_every_line_of_every_subject_is_drawn() -> None:
    written = {
        line["id"]
        for file in GEODATA.glob("subjects/*/subject.toml")
        for line in tomllib.loads(file.read_text(encoding="utf-8")).get("lines", [])
    }
    assert written == {line["id"] for line, _ in LINES}
    assert set(read_waypoints()) == set(CODES)


@pytest.mark.parametrize(("line", "feature"), LINES, ids=CODES)
def test_a_line_passes_exactly_through_its_places(
    line: dict[str, Any], feature: dict[str, Any], places: dict[str, Point]
) -> None:
    stops = [line["start"], *line.get("via", []), line["end"]]
    named = [(place, places[place]) for place in stops]
    assert checks.missed_places(line["code"], path_of(feature), named) == []


@pytest.mark.parametrize(("line", "feature"), LINES, ids=CODES)
def test_the_stated_length_is_that_of_the_path(line: dict[str, Any], feature: dict[str, Any]) -> None:
    assert feature["properties"]["length_km"] == pytest.approx(length_km(path_of(feature)), abs=0.1), line["id"]


@pytest.mark.parametrize(("line", "feature"), LINES, ids=CODES)
def test_every_waypoint_lies_on_its_line(line: dict[str, Any], feature: dict[str, Any]) -> None:
    named = [(waypoint.name, waypoint.at) for waypoint in read_waypoints()[line["code"]]]
    assert checks.missed_waypoints(line["code"], path_of(feature), named) == []


@pytest.mark.parametrize(("line", "feature"), LINES, ids=CODES)
def test_a_line_never_turns_back_on_itself(line: dict[str, Any], feature: dict[str, Any]) -> None:
    path = path_of(feature)
    assert all(before != after for before, after in zip(path, path[2:], strict=False)), line["id"]
    assert all(here != there for here, there in pairwise(path)), line["id"]


@pytest.mark.parametrize("code", ["Z1", "Z2", "Z3", "KID"])
def test_no_line_of_the_araxes_valley_enters_iran(code: str, land: dict[str, list[checks.Polygon]]) -> None:
    path = path_of(LINES[CODES.index(code)][1])
    assert checks.crossings_into(code, path, "Iran", land["ir"]) == []


@pytest.mark.parametrize("code", ["S1", "S2", "C1"])
def test_the_sea_lines_stay_off_the_land(code: str, land: dict[str, list[checks.Polygon]]) -> None:
    path = path_of(LINES[CODES.index(code)][1])
    everywhere = [polygon for country in land.values() for polygon in country]
    assert checks.landfalls(code, path, everywhere) == []


@pytest.mark.parametrize(
    ("name", "at", "country"),
    [
        ("Ordubad", (46.02, 38.91), "az"),
        ("Alashankou", (82.57, 45.17), "cn-in-pk"),
        ("Dostyk", (82.49, 45.25), "kz"),
        ("Simferopol", (34.1, 44.95), "ua"),
        ("Sukhumi", (41.02, 43.0), "ge"),
        ("Tskhinvali", (43.97, 42.22), "ge"),
        ("Stepanakert", (46.75, 39.82), "az"),
        ("Kyrenia", (33.32, 35.3), "cy"),
        ("Quneitra", (35.82, 33.12), "il-sy"),
    ],
)
def test_borders_follow_the_united_nations(
    name: str, at: Point, country: str, land: dict[str, list[checks.Polygon]]
) -> None:
    assert [key for key in land if checks.contains(land[key], at)] == [country], name


def test_every_place_lies_in_its_country_or_within_3_km_of_it(land: dict[str, list[checks.Polygon]]) -> None:
    with (GEODATA / "places.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            key = "cn-in-pk" if row["country"] == "CN" else row["country"].lower()
            at = (float(row["lon"]), float(row["lat"]))
            if key and not checks.contains(land[key], at):
                rings = [ring for polygon in land[key] for ring in polygon]
                assert nearest_km(at, rings) < 3, row["id"]


def nearest_km(at: Point, rings: Sequence[Sequence[Point]]) -> float:
    return min(checks.distance_to_path_km(at, ring) for ring in rings)


def test_the_caspian_is_one_water_without_land_in_its_middle(land: dict[str, list[checks.Polygon]]) -> None:
    everywhere = [polygon for country in land.values() for polygon in country]
    assert not any(checks.contains(everywhere, at) for at in [(50.0, 45.5), (51.0, 42.0), (51.5, 38.4)])


def test_the_files_stay_within_their_budgets() -> None:
    assert sum(file.stat().st_size for file in LINE_FILES) <= LINES_BUDGET_BYTES
    basemap = [GEODATA / "basemap" / name for name in ("land.geojson", "lakes.geojson")]
    assert sum(file.stat().st_size for file in basemap) <= BASEMAP_BUDGET_BYTES
