"""The downloads: any program opens them, nothing in them runs, and a reader's copy is asked for again."""

import csv
import gzip
import json
from io import BytesIO, StringIO
from pathlib import Path

import frictionless
import geopandas  # type: ignore[import-untyped]
import pandas as pd
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.downloads import DOWNLOADS, TITLES, Download, csv_bytes, downloads, titles
from dashboard.i18n import LANGUAGES
from dashboard.tables import TABLES
from geodata import Atlas

FILES = {file.name: file for file in DOWNLOADS}
TABLE_FILES = [file for file in DOWNLOADS if file.name.endswith(".csv")]
MAP_FILES = [file for file in DOWNLOADS if file.name.endswith(".geojson")]
EVERY_FILE = pytest.mark.parametrize("file", DOWNLOADS, ids=FILES)


def write(files: tuple[Download, ...], folder: Path) -> Path:
    """Write the files into a folder, and return the package's path."""
    for file in files:
        (folder / file.name).write_bytes(file.body)
    return folder / "datapackage.json"


@pytest.fixture
def client() -> TestClient:
    """Return a client of a server that has the downloads and nothing else."""
    return TestClient(Starlette(routes=[file.route for file in DOWNLOADS]))


def hostile(atlas: Atlas, statement: str) -> bytes:
    """Return the tiny world's facts.csv with another statement in its first fact."""
    fact = atlas.facts["ferry-cargo-2023"].model_copy(update={"statement": statement, "value": -5.0})
    changed = atlas.model_copy(update={"facts": {**atlas.facts, fact.id: fact}})
    return next(file.body for file in downloads(changed) if file.name == "facts.csv")


def test_the_files_stand_at_their_stable_addresses() -> None:
    assert {file.address for file in DOWNLOADS} == {
        *(f"data/{name}.geojson" for name in ("atlas", "lines", "places")),
        *(f"data/{name}.csv" for name in TABLES),
        "data/datapackage.json",
        "data/README.txt",
    }
    for language in LANGUAGES.values():
        said = titles(language)
        assert set(said) == {file.name for file in DOWNLOADS}
        assert language.code == "en" or not set(said.values()) & set(TITLES.values())


def test_the_same_atlas_gives_the_same_bytes(atlas: Atlas) -> None:
    assert downloads(atlas) == DOWNLOADS


@pytest.mark.parametrize("encoding", [None, "utf-8-sig"])
@pytest.mark.parametrize("file", TABLE_FILES, ids=lambda file: file.name)
def test_pandas_opens_every_table_with_all_its_rows_and_columns(
    file: Download, encoding: str | None, atlas: Atlas
) -> None:
    table = TABLES[file.name.removesuffix(".csv")](atlas)
    read = pd.read_csv(BytesIO(file.body), encoding=encoding)
    assert read.columns.tolist() == table.columns.tolist()
    assert read["id"].tolist() == table["id"].tolist()
    for column in table.select_dtypes("number"):
        assert read[column].dropna().tolist() == pytest.approx(table[column].dropna().tolist())


@pytest.mark.parametrize("file", TABLE_FILES, ids=lambda file: file.name)
def test_a_spreadsheet_finds_the_byte_order_mark_and_no_cell_that_runs(file: Download) -> None:
    text = file.body.decode("utf-8")
    assert text.startswith("\ufeffid,")
    assert text.endswith("\r\n")
    for row in csv.reader(StringIO(text.removeprefix("\ufeff"), newline="")):
        for cell in row:
            assert not cell.startswith(("=", "+", "@", "\t", "\r", "\n"))
            assert not cell.startswith("-") or float(cell) < 0


def test_cyrillic_survives_the_way_into_a_table() -> None:
    claims = pd.read_csv(BytesIO(FILES["claims.csv"].body))
    assert claims["quotation_ru"].str.contains("[а-я]").all()


@pytest.mark.parametrize(
    "cell",
    ['=HYPERLINK("https://example.org","x")', "@SUM(A1)", "-1+1", "+1", "\t=1", "\r=1", "\n=1", "＝1"],
)
def test_a_hostile_cell_comes_out_harmless_and_a_negative_number_stays_a_number(cell: str, tiny_atlas: Atlas) -> None:
    body = hostile(tiny_atlas, cell)
    rows = csv.DictReader(StringIO(body.decode("utf-8-sig"), newline=""))
    row = next(row for row in rows if row["id"] == "ferry-cargo-2023")
    assert row["statement_en"] == f"'{cell}"
    assert row["value"] == "-5"


def test_quotes_commas_and_line_breaks_stay_in_their_cell(tiny_atlas: Atlas) -> None:
    statement = 'He said "so, then"\r\nand left'
    read = pd.read_csv(BytesIO(hostile(tiny_atlas, statement)), lineterminator=None)
    assert read["statement_en"][0].split() == statement.split()
    assert len(read) == len(tiny_atlas.facts)


def test_whole_numbers_have_no_point_and_what_is_missing_is_empty() -> None:
    table = pd.DataFrame({"id": ["a", None], "value": [547_000_000.0, 0.5], "known": [True, None]})
    table = table.astype({"id": "string", "value": "Float64", "known": "boolean"})
    assert csv_bytes(table).decode("utf-8-sig") == "id,value,known\r\na,547000000,true\r\n,0.5,\r\n"


@pytest.mark.parametrize("file", MAP_FILES, ids=lambda file: file.name)
def test_geopandas_opens_every_map_file(file: Download, atlas: Atlas) -> None:
    frame = geopandas.read_file(BytesIO(file.body))
    lines, places = frame[frame["record"] == "line"], frame[frame["record"] == "place"]
    counts = {"atlas": (len(atlas.lines), len(atlas.places)), "lines": (len(atlas.lines), 0)}
    expected = counts.get(file.name.removesuffix(".geojson"), (0, len(atlas.places)))
    assert (len(lines), len(places)) == expected
    assert frame.crs.to_epsg() == 4326
    assert set(lines.geom_type) <= {"LineString"}
    assert set(places.geom_type) <= {"Point"}
    assert {"id", "name", "name_ru", "status", "status_as_of", "status_source_addresses", "basis"} <= set(frame)
    if len(lines):
        assert {"subject", "mode", "official_length_km", "drawn_length_km"} <= set(frame)
        assert lines["drawn_length_km"].tolist() == [line.length_km for line in atlas.lines.values()]


@pytest.mark.parametrize("file", MAP_FILES, ids=lambda file: file.name)
def test_a_map_file_carries_licence_attribution_date_and_the_sources_that_it_names(file: Download) -> None:
    content = json.loads(file.body)
    assert content["licence"]["id"] == "ODbL-1.0"
    assert content["attribution"] == "© OpenStreetMap contributors, ODbL 1.0"
    assert content["date"] == json.loads(FILES["datapackage.json"].body)["date"]
    named = {
        source
        for feature in content["features"]
        for member, ids in feature["properties"].items()
        if member.endswith("source_ids") and ids
        for source in ids.split()
    }
    assert named == {source["id"] for source in content["sources"] if "id" in source}


def test_frictionless_finds_every_file_as_the_package_describes_it(tmp_path: Path) -> None:
    report = frictionless.validate(str(write(DOWNLOADS, tmp_path)))
    assert report.flatten(["name", "type", "note"]) == []
    assert report.valid
    assert len(report.tasks) == len(TABLE_FILES) + len(MAP_FILES)


def test_frictionless_finds_a_table_that_is_not_as_the_package_describes_it(tmp_path: Path) -> None:
    package = write(DOWNLOADS, tmp_path)
    broken = tmp_path / "lines.csv"
    broken.write_bytes(broken.read_bytes().replace(b",operating,", b",flying,", 1))
    report = frictionless.validate(str(package))
    assert "constraint-error" in {error for (error,) in report.flatten(["type"])}


def test_the_package_says_licence_sources_version_and_what_every_column_means(atlas: Atlas) -> None:
    package = json.loads(FILES["datapackage.json"].body)
    assert package["licenses"][0]["name"] == "ODbL-1.0"
    assert package["version"] == ".".join(str(int(part)) for part in package["date"].split("-"))
    assert {source.address for source in atlas.sources.values()} <= {source["path"] for source in package["sources"]}
    tables = [resource for resource in package["resources"] if resource["format"] == "csv"]
    assert {table["path"] for table in tables} == {file.name for file in TABLE_FILES}
    assert all(field["description"] for table in tables for field in table["schema"]["fields"])


def test_the_word_to_the_reader_names_every_file_licence_attribution_and_the_rule_for_formulas() -> None:
    text = FILES["README.txt"].body.decode()
    assert all(name in text for name in FILES if name != "README.txt")
    for words in ("Open Database License (ODbL) 1.0", "© OpenStreetMap contributors", "HOW TO CITE", "apostrophe"):
        assert words in text


@EVERY_FILE
def test_a_file_is_sent_as_what_it_is_to_any_page_and_is_asked_for_again(file: Download, client: TestClient) -> None:
    answer = client.get(f"/{file.address}", headers={"Accept-Encoding": "identity"})
    assert answer.content == file.body
    media_type = answer.headers["content-type"].partition(";")[0]
    assert (
        media_type
        == {
            "csv": "text/csv",
            "geojson": "application/geo+json",
            "json": "application/json",
            "txt": "text/plain",
        }[file.name.rpartition(".")[2]]
    )
    assert "charset=utf-8" in answer.headers["content-type"]
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-disposition"].startswith("inline")
    assert 'rel="license"' in answer.headers["link"]


@EVERY_FILE
def test_a_file_is_sent_compressed_where_the_reader_takes_that(file: Download, client: TestClient) -> None:
    answer = client.get(f"/{file.address}", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.content == file.body == gzip.decompress(file.packed["gzip"])
    assert int(answer.headers["content-length"]) == len(file.packed["gzip"]) < len(file.body)


def test_a_file_is_saved_under_a_telling_name_only_when_the_link_asks_for_it(client: TestClient) -> None:
    for query in ("?download", "?download=1"):
        saved = client.get(f"/data/claims.csv{query}").headers["content-disposition"]
        assert saved == 'attachment; filename="caspian-corridors-claims.csv"'


def test_a_copy_that_still_holds_is_not_sent_again(client: TestClient) -> None:
    mark = client.get("/data/claims.csv").headers["etag"]
    for held in (mark, mark.removeprefix("W/"), f'"other", {mark}', "*"):
        answer = client.get("/data/claims.csv", headers={"If-None-Match": held})
        assert answer.status_code == 304
        assert answer.content == b""
        assert answer.headers["etag"] == mark
        assert answer.headers["access-control-allow-origin"] == "*"
    assert client.get("/data/claims.csv", headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.get("/data/facts.csv", headers={"If-None-Match": mark}).status_code == 200


@EVERY_FILE
def test_a_file_can_be_asked_about_and_read_and_nothing_else(file: Download, client: TestClient) -> None:
    asked = client.head(f"/{file.address}", headers={"Accept-Encoding": "identity"})
    assert asked.status_code == 200
    assert int(asked.headers["content-length"]) == len(file.body)
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert client.request(method, f"/{file.address}").status_code == 405
