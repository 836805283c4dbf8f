"""The data as files at stable addresses: GeoJSON, CSV, their Data Package, and a word to the reader.

The addresses stay when the content changes, so a browser asks each time whether its copy
still holds. Any page may read the files. Licence, sources and date stand in each GeoJSON
and in the Data Package; a CSV file has no place for them, and names the package in its
answer's ``Link`` header.
"""

import csv
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import StringIO
from typing import Final

import numpy as np
import pandas as pd
from starlette.requests import Request
from starlette.responses import Response

from dashboard.atlas import ATLAS
from dashboard.citation import (
    ATTRIBUTION,
    LICENCE,
    LICENCE_ADDRESS,
    LICENCE_ID,
    OPENSTREETMAP,
    OPENSTREETMAP_ADDRESS,
    SITE,
    SITE_KEY,
    data_date,
)
from dashboard.i18n import LANGUAGES, SOURCE_LANGUAGE, Language, formats
from dashboard.published import MEDIA_TYPES, Published, is_held
from dashboard.tables import CLOSED_LISTS, DTYPES, TABLES, column_meaning, lines, places, sources_of
from geodata import Atlas
from geodata.model import Line, Place

PACKAGE: Final = "datapackage.json"
"""The name that tools look for."""

README: Final = "README.txt"
PRIMARY_KEYS: Final[Mapping[str, list[str]]] = {"differences": ["id", "side"]}
"""Where a row is not known by its id alone."""
FOREIGN_KEYS: Final[Mapping[str, Mapping[str, str]]] = {
    "lines": {"subject": "subjects", "start_place": "places", "end_place": "places"},
    "claims": {"subject": "subjects"},
    "facts": {"subject": "subjects"},
}
"""The columns, by table, that hold one id of another table."""
FIELD_TYPES: Final[Mapping[str, str]] = {"Float64": "number", "Int64": "integer", "boolean": "boolean"}
"""What Table Schema calls the types of pandas; all else is text, or a date."""

FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A spreadsheet may run a cell that begins with one of these as a formula."""
FORMULA_RULE: Final = (
    "A text cell that would begin with = + - @, a tab or a line break has an apostrophe before it, "
    "so that no spreadsheet runs it as a formula; numbers stay as they are."
)


@dataclass(frozen=True)
class Download(Published):
    """A file whose address stays when its content changes."""

    @cached_property
    def address(self) -> str:
        """The file's path on the server, without a leading slash."""
        return f"data/{self.name}"

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the body, in hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def etag(self) -> str:
        """The mark of this content; a weak one, since it holds for the compressed form too."""
        return f'W/"{self.digest[:16]}"'

    def answer(self, request: Request) -> Response:
        """Return the file, or 304 where the reader's copy still holds; with ``?download`` as a file to save."""
        shown = "attachment" if "download" in request.query_params else "inline"
        headers = {
            "Cache-Control": "no-cache",
            "ETag": self.etag,
            "Access-Control-Allow-Origin": "*",
            "Content-Disposition": f'{shown}; filename="{SITE_KEY}-{self.name}"',
            "Link": f'<{PACKAGE}>; rel="describedby", <{LICENCE_ADDRESS}>; rel="license"',
            "X-Content-Type-Options": "nosniff",
        }
        if is_held(request.headers, self.etag):
            return Response(status_code=304, headers={**headers, "Vary": "Accept-Encoding"})
        return self.respond(request, headers)


def titles(language: Language) -> Mapping[str, str]:
    """Return what each file holds, by its name, in a language."""
    say = language.say
    return {
        "atlas.geojson": say("All lines and places with their geometry"),
        "lines.geojson": say("The lines with their paths"),
        "places.geojson": say("The places with their positions"),
        "subjects.csv": say(
            "What the map is about: corridors, ports, railways, a pipeline, a cable, agreements and themes"
        ),
        "lines.csv": say("Railways, sea routes, pipelines and cables between two places each, without their paths"),
        "places.csv": say("Towns, ports, terminals, crossings and points"),
        "claims.csv": say("What the article of 21 October 2025 says, statement by statement"),
        "facts.csv": say("What other sources say, and what was looked for and not found"),
        "differences.csv": say("Where sources differ, one row for each side"),
        "sources.csv": say("Every document that a statement rests on"),
        PACKAGE: say("Every column explained, with types, licence and sources (Frictionless Data Package)"),
        README: say("How to read the files, their licence, and how to cite them"),
    }


TITLES: Final = titles(LANGUAGES[SOURCE_LANGUAGE])
"""In English, as the files themselves say it."""


def csv_bytes(table: pd.DataFrame) -> bytes:
    """Return a table as CSV (RFC 4180) in UTF-8 with a byte-order mark, so that spreadsheets keep Cyrillic.

    A missing value is an empty cell. Texts that a spreadsheet could run are made harmless.
    """
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_cell(value) for value in row] for row in table.itertuples(index=False, name=None))
    return text.getvalue().encode("utf-8-sig")


def _cell(value: object) -> object:
    """Return a value as CSV writes it."""
    plain = _plain(value)
    if isinstance(plain, bool):
        return str(plain).lower()
    if isinstance(plain, str) and plain.startswith(FORMULA_SIGNS):
        return f"'{plain}"
    return plain


def _plain(value: object) -> object:
    """Return a cell of a table as JSON knows it: missing as None, a whole number without a point."""
    if value is pd.NA:
        return None
    plain = value.item() if isinstance(value, np.generic) else value
    return int(plain) if isinstance(plain, float) and plain.is_integer() else plain


def line_features(atlas: Atlas) -> list[dict[str, object]]:
    """Return the lines as GeoJSON features: the columns of their table as properties."""
    paths = (line.path for line in atlas.lines.values())
    return [
        _feature("line", row, {"type": "LineString", "coordinates": path})
        for row, path in zip(_rows(lines(atlas)), paths, strict=True)
    ]


def place_features(atlas: Atlas) -> list[dict[str, object]]:
    """Return the places as GeoJSON features: the columns of their table, but for the position, as properties."""
    positions = ((place.lon, place.lat) for place in atlas.places.values())
    return [
        _feature("place", row, {"type": "Point", "coordinates": position})
        for row, position in zip(_rows(places(atlas).drop(columns=["lon", "lat"])), positions, strict=True)
    ]


def _rows(table: pd.DataFrame) -> list[dict[str, object]]:
    columns = list(table.columns)
    return [dict(zip(columns, map(_plain, row), strict=True)) for row in table.itertuples(index=False, name=None)]


def _feature(record: str, row: dict[str, object], geometry: dict[str, object]) -> dict[str, object]:
    """Return a feature; its English name is also its ``name``, which is what map programs show."""
    properties = {"id": row["id"], "record": record, "name": row["name_en"], **row}
    return {"type": "Feature", "id": row["id"], "properties": properties, "geometry": geometry}


def geojson_bytes(
    atlas: Atlas, name: str, features: Iterable[dict[str, object]], records: Iterable[Line | Place]
) -> bytes:
    """Return features as GeoJSON (RFC 7946, WGS 84), with licence, attribution, date and the records' sources."""
    used = dict.fromkeys(source for record in records for source in sources_of(record))
    about = {
        "name": f"{SITE_KEY}-{name}",
        "title": f"{SITE}: {TITLES[f'{name}.geojson']}",
        "licence": {"id": LICENCE_ID, "title": LICENCE, "address": LICENCE_ADDRESS},
        "attribution": ATTRIBUTION,
        "date": data_date(atlas).isoformat(),
        "sources": [
            {"title": OPENSTREETMAP, "address": OPENSTREETMAP_ADDRESS},
            *(
                {"id": source.id, "title": source.title, "publisher": source.publisher, "address": source.address}
                for source in map(atlas.sources.__getitem__, used)
            ),
        ],
    }
    # One feature to a line of text, so that two versions can be compared by eye.
    opening = _json({"type": "FeatureCollection", **about})[:-1]
    body = ",\n".join(_json(feature) for feature in features)
    return f'{opening},"features":[\n{body}\n]}}\n'.encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def data_package(atlas: Atlas, tables: Mapping[str, pd.DataFrame], files: Iterable[Download]) -> dict[str, object]:
    """Return the Frictionless Data Package of the files; each file ``<table>.csv`` gets its table's schema."""
    day = data_date(atlas)
    return {
        "name": SITE_KEY,
        "title": f"{SITE}: what connects Kazakhstan and Azerbaijan",
        "description": f"{ATTRIBUTION}. {FORMULA_RULE}",
        "version": f"{day.year}.{day.month}.{day.day}",
        "date": day.isoformat(),
        "licenses": [{"name": LICENCE_ID, "title": LICENCE, "path": LICENCE_ADDRESS}],
        "sources": [
            {"title": OPENSTREETMAP, "path": OPENSTREETMAP_ADDRESS},
            *(
                {"title": f"{source.publisher}: {source.title}", "path": source.address}
                for source in atlas.sources.values()
            ),
        ],
        "resources": [_resource(file, tables) for file in files],
    }


def _resource(file: Download, tables: Mapping[str, pd.DataFrame]) -> dict[str, object]:
    """Return what the package says of one file."""
    name, _, ending = file.name.partition(".")
    about = {
        "path": file.name,
        "format": ending,
        "mediatype": MEDIA_TYPES[f".{ending}"].partition(";")[0],
        "encoding": "utf-8",
        "bytes": len(file.body),
        "hash": f"sha256:{file.digest}",
    }
    if ending == "csv":
        return {
            "name": name,
            "type": "table",
            "title": TITLES[file.name],
            **about,
            "schema": _schema(name, tables[name]),
        }
    return {"name": f"{name}-{ending}", "title": TITLES[file.name], **about}


def _schema(name: str, table: pd.DataFrame) -> dict[str, object]:
    """Return the Table Schema of a table."""
    return {
        "fields": [_field(name, column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": PRIMARY_KEYS.get(name, ["id"]),
        "foreignKeys": [
            {"fields": [column], "reference": {"resource": other, "fields": ["id"]}}
            for column, other in FOREIGN_KEYS.get(name, {}).items()
        ],
    }


def _field(table: str, column: str) -> dict[str, object]:
    kind = "date" if column.endswith(("_start", "_end")) else FIELD_TYPES.get(DTYPES.get(column, ""), "string")
    field: dict[str, object] = {"name": column, "type": kind, "description": column_meaning(column)}
    constraints: dict[str, object] = {"required": True} if column in PRIMARY_KEYS.get(table, ["id"]) else {}
    if values := CLOSED_LISTS.get((table, column)):
        constraints["enum"] = [member.value for member in values]
    return field | {"constraints": constraints} if constraints else field


def readme(atlas: Atlas) -> str:
    """Return the word to the reader: what is here, how to read it, licence, citation and date."""
    day = formats.period(data_date(atlas).isoformat(), LANGUAGES["en"])
    files = "\n".join(f"  {name:<18}{title}" for name, title in TITLES.items() if name != README)
    return f"""\
{SITE.upper()}
What connects Kazakhstan and Azerbaijan, what a news article of 21 October 2025 says
about it, and what other sources say.

Date of the data: {day}, the day on which the newest of its sources was published.

FILES
{files}

The addresses of these files stay. Add ?download to one to save it.

HOW TO READ THEM
CSV: UTF-8 with a byte-order mark, commas, RFC 4180. {FORMULA_RULE}
Where a spreadsheet shows a whole row in one cell, import the file with the comma as separator.
Several ids or addresses in one cell are parted by spaces.
An empty cell means that the value is not known; it never means zero.
Numbers are in the unit named beside them: 547 million dollars is 547000000 USD.
The kind of a fact tells a count from a capacity, a plan or a forecast; only counts may be added up or compared.
A fact of kind gap was looked for and not found.
Statements are in our own words; quotation_ru holds the article’s words, and the other quotations translate them.
GeoJSON: WGS 84, longitude before latitude. The property basis tells how a position is known.
Boundaries and names do not imply endorsement.

LICENCE
{LICENCE}: {LICENCE_ADDRESS}
Wherever you show or pass on the data, say: {ATTRIBUTION} ({OPENSTREETMAP_ADDRESS})
Quotations, titles and the documents that they come from belong to their authors and publishers.

HOW TO CITE
{SITE}: what connects Kazakhstan and Azerbaijan. Data of {day}. {LICENCE}; {OPENSTREETMAP}.
Add the address that you took the data from, and the day. For a single statement, cite its source too:
source_ids leads to sources.csv, with title, publisher, date and address.
"""


def downloads(atlas: Atlas) -> tuple[Download, ...]:
    """Return every file of the atlas; the same atlas gives the same bytes."""
    tables = {name: table(atlas) for name, table in TABLES.items()}
    drawn_lines, drawn_places = line_features(atlas), place_features(atlas)
    all_lines, all_places = list(atlas.lines.values()), list(atlas.places.values())
    maps = {
        "atlas": geojson_bytes(atlas, "atlas", [*drawn_lines, *drawn_places], [*all_lines, *all_places]),
        "lines": geojson_bytes(atlas, "lines", drawn_lines, all_lines),
        "places": geojson_bytes(atlas, "places", drawn_places, all_places),
    }
    files = [
        *(Download(f"{name}.geojson", body) for name, body in maps.items()),
        *(Download(f"{name}.csv", csv_bytes(table)) for name, table in tables.items()),
    ]
    package = json.dumps(data_package(atlas, tables, files), ensure_ascii=False, indent=1, allow_nan=False)
    return (*files, Download(PACKAGE, f"{package}\n".encode()), Download(README, readme(atlas).encode()))


DOWNLOADS: Final = downloads(ATLAS)
