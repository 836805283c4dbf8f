"""Worlds to test with: the real atlas, and a tiny one that is written out afresh for each test."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pytest

from dashboard.i18n import LANGUAGES
from dashboard.map import frame
from geodata import Atlas, load_atlas
from geodata.geometry import Point, length_km
from tests.browser.servers import Server, started_server

ARTICLE: Final = Path(__file__).parents[2] / "shared" / "article" / "zakon-kz-2025-10-21.ru.txt"

TINY_ARTICLE: Final = """\
Паром между портами перевез более 12 тысяч тонн груза за 2024 год. Страны намерены построить мост.

"В мае 2005 года был подписан договор", - напомнил эксперт.
"""

TINY_PATHS: Final[dict[str, tuple[Point, ...]]] = {
    "sea-east-west": ((51.2, 43.6), (50.9, 42.8), (50.5, 42.0), (49.4, 40.0)),
    "bridge-east-west": ((51.2, 43.6), (49.4, 40.0)),
}

TINY_FILES: Final[dict[str, str]] = {
    "places.csv": """\
id,name,kind,country,lon,lat,basis,doubt_km,prominence,status,status_as_of,status_sources,note
east-port,East Port,port,KZ,51.2,43.6,surveyed,,1,operating,2024,harbour-log,
west-port,West Port,port,AZ,49.4,40.0,surveyed,,1,,,,"Old harbour, new quay"
buoy,Buoy,point,,50.5,42.0,schematic,15,3,,,,
capital,Capital,city,KZ,71.4,51.2,surveyed,,1,,,,
""",
    "basemap/names.csv": """\
id,name,kind,lon,lat,prominence
kazakhstan,Kazakhstan,country,67.0,48.0,1
caspian-sea,Caspian Sea,water,50.8,42.5,1
""",
    "basemap/land.geojson": """\
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"kz"},"geometry":{"type":"Polygon","coordinates":[[[50,42],[80,42],[80,55],[50,42]]]}}
]}
""",
    "basemap/lakes.geojson": """\
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"balkhash"},"geometry":{"type":"MultiPolygon","coordinates":[[[[74,46],[79,46],[79,47],[74,46]]]]}}
]}
""",
    "accuracy.toml": """\
[bridge-east-west]
median_km = 0.5
p90_km = 1.5
""",
    "sources/zakon-kz-2025-10-21.toml": """\
title = "Паром и мост"
title_basis = "shown"
publisher = "Zakon.kz"
address = "https://example.org/article"
published = "2025-10-21"
language = "ru"
""",
    "sources/harbour-log.toml": """\
title = "Harbour log"
title_basis = "described"
publisher = "Harbour Office"
address = "https://example.org/log"
published = "2025-01-15"
language = "en"
note = "Kept by hand."
""",
    "subjects/ferry/subject.toml": """\
name = "Ferry"
kind = "corridor"
summary = "A ferry between two ports, and a bridge that may replace it."
status = "operating"
status_as_of = "2024"
status_sources = ["harbour-log"]
key_figures = ["ferry-12-thousand-tonnes", "ferry-cargo-2024"]
places = ["east-port", "west-port"]

[[other_names]]
name = "The Boat"
used_by = "sailors"
sources = ["harbour-log"]

[[lines]]
id = "sea-east-west"
code = "S1"
name = "East Port–West Port sea route"
start = "east-port"
end = "west-port"
via = ["buoy"]
mode = "sea"
status = "operating"
status_as_of = "2024"
status_sources = ["harbour-log"]
official_length_km = 440
official_length_sources = ["harbour-log"]

[[lines]]
id = "bridge-east-west"
code = "B1"
name = "East Port–West Port bridge"
start = "east-port"
end = "west-port"
mode = "road"
status = "announced"
status_as_of = "2025-10-21"
status_sources = ["zakon-kz-2025-10-21"]
""",
    "subjects/ferry/claims.toml": """\
[[claims]]
id = "ferry-12-thousand-tonnes"
number = 1
label = "Cargo by ferry"
kind = "figure"
speaker = "narrator"
statement = "The ferry carried more than 12,000 tonnes in 2024."
quotation = "перевез более 12 тысяч тонн груза за 2024 год"
translation = "carried more than 12 thousand tonnes of cargo in 2024"
paragraph = 1
sentence = ["Паром между", "2024 год"]

[claims.quantity]
value = 12000
unit = "tonnes"
period = "2024"
words = "более 12 тысяч тонн"
qualifier = "more-than"

[[claims]]
id = "ferry-bridge"
number = 2
kind = "plan"
speaker = "narrator"
statement = "The countries intend to build a bridge."
quotation = "намерены построить мост"
translation = "intend to build a bridge"
paragraph = 1
sentence = ["Страны намерены построить мост"]
ambiguity = "No date is given."
""",
    "subjects/ferry/context.toml": """\
[[facts]]
id = "ferry-cargo-2023"
question = "traffic"
label = "Cargo, 2023"
kind = "count"
value = 11500
unit = "tonnes"
period = "2023"
statement = "The ferry carried 11,500 tonnes in 2023."
reporter = "Harbour Office"
series = "ferry-cargo"
sources = ["harbour-log"]
confidence = "medium"
confidence_reason = "one source"

[[facts]]
id = "ferry-cargo-2024"
question = "traffic"
label = "Cargo, 2024"
kind = "count"
value = 12400
unit = "tonnes"
period = "2024"
statement = "The ferry carried 12,400 tonnes in 2024."
reporter = "Harbour Office"
series = "ferry-cargo"
sources = ["harbour-log"]
confidence = "medium"
confidence_reason = "one source"
after_article = false

[[facts]]
id = "ferry-cargo-2030"
question = "traffic"
label = "Cargo expected for 2030"
kind = "forecast"
value = 20000
unit = "tonnes"
period = "2030"
statement = "The harbour office expects 20,000 tonnes in 2030."
sources = ["harbour-log"]
confidence = "low"
confidence_reason = "one source, no method given"

[[facts]]
id = "ferry-fare"
question = "cost"
label = "Fare"
kind = "gap"
statement = "No fare was found."
confidence = "low"
confidence_reason = "not found in the sources read"
""",
    "subjects/talks/subject.toml": """\
name = "Talks"
kind = "theme"
summary = "Talks between the two countries."
places = ["capital"]
""",
    "subjects/talks/claims.toml": """\
[[claims]]
id = "talks-treaty-2005"
number = 3
also_subjects = ["ferry"]
kind = "fact"
speaker = "poletaev-quoted"
statement = "A treaty was signed in May 2005."
quotation = "В мае 2005 года был подписан договор"
translation = "In May 2005 a treaty was signed"
paragraph = 2
sentence = ["В мае 2005", "напомнил эксперт"]
period = "2005-05"
""",
    "discrepancies.toml": """\
[[discrepancies]]
id = "difference-cargo"
title = "How much did the ferry carry?"
wording = "The article says more than 12,000 tonnes; the harbour office counts 12,400."

[[discrepancies.sides]]
who = "The article"
says = "More than 12,000 tonnes."
claims = ["ferry-12-thousand-tonnes"]

[[discrepancies.sides]]
who = "Harbour Office"
says = "12,400 tonnes."
facts = ["ferry-cargo-2024"]
""",
}


def tiny_lines() -> str:
    """Return the tiny world's lines.geojson, one feature per line of text."""
    about = {"sea-east-west": ("sea", "operating"), "bridge-east-west": ("road", "announced")}
    features = [
        json.dumps(
            {
                "type": "Feature",
                "properties": {
                    "id": line,
                    "subject": "ferry",
                    "mode": mode,
                    "status": status,
                    "basis": "schematic",
                    "length_km": round(length_km(TINY_PATHS[line]), 1),
                },
                "geometry": {"type": "LineString", "coordinates": TINY_PATHS[line]},
            }
        )
        for line, (mode, status) in sorted(about.items())
    ]
    return '{"type": "FeatureCollection", "features": [\n' + ",\n".join(features) + "\n]}\n"


def in_turn(names: Iterable[str]) -> list[tuple[str, str]]:
    """Return every name with one of the languages in turn, and every language: enough where the two are independent."""
    languages, listed = list(LANGUAGES), list(names)
    count = max(len(languages), len(listed))
    return [(listed[place % len(listed)], languages[place % len(languages)]) for place in range(count)]


@pytest.fixture
def tiny_tree(tmp_path: Path) -> Path:
    """Write the tiny world's content tree, and return its folder, which is named geodata."""
    tree = tmp_path / "geodata"
    for name, text in {**TINY_FILES, "subjects/ferry/lines.geojson": tiny_lines()}.items():
        path = tree / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tree


@pytest.fixture
def tiny_article(tmp_path: Path) -> Path:
    """Write the tiny world's article, and return its file."""
    path = tmp_path / "article.txt"
    path.write_text(TINY_ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def tiny_atlas(tiny_tree: Path, tiny_article: Path) -> Atlas:
    """Return the tiny world: a ferry with two lines between two ports, talks, and one difference."""
    return load_atlas(tiny_tree, tiny_article)


@pytest.fixture(autouse=True, scope="session")
def drawn_map() -> None:
    """Keep a map's frame, as the server's own first visit does before any reader's."""
    frame.keep(frame.MapFrame("streamlit_folium.st_folium", '{"id": "map_div"}'))


@pytest.fixture(scope="session")
def served() -> Iterator[Server]:
    """Yield a server of our own, shared by all tests that only read from it."""
    with started_server() as server:
        yield server


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    """Return the real atlas."""
    return load_atlas()


@pytest.fixture(scope="session")
def article() -> Path:
    """Return the file with the article's text where it lies beside the repository, and skip elsewhere."""
    if not ARTICLE.exists():
        pytest.skip("the article's text is not beside this repository, and is not ours to publish")
    return ARTICLE
