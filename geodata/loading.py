"""Files to Atlas: nothing else opens the content's files.

Whatever is wrong in them raises DataError, whose sentence names the file, the record, the
field and the remedy.
"""

import csv
import difflib
import io
import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import quote

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from geodata.checks import REBUILD_LINES, Origin, problems
from geodata.model import (
    ARTICLE,
    Accuracy,
    Area,
    Atlas,
    Claim,
    ContextFact,
    DataError,
    Discrepancy,
    Line,
    Name,
    Place,
    Record,
    Source,
    Subject,
    SubjectKind,
)

CLAIM_PARTS: Final = ("first words", "last words")
SUBJECT_FILES: Final = ("subject.toml", "claims.toml", "context.toml", "lines.geojson")
PLACE_COLUMNS: Final = (
    "id", "name", "kind", "country", "lon", "lat", "basis", "doubt_km", "prominence",
    "status", "status_as_of", "status_sources", "note",
)  # fmt: skip
NAME_COLUMNS: Final = ("id", "name", "kind", "lon", "lat", "prominence")
FROM_SUBJECT: Final[tuple[str, ...]] = ("subject", "mode", "status")
"""What a line's geometry repeats from subject.toml, so that the file can be read alone."""
FROM_GEOMETRY: Final[tuple[str, ...]] = ("basis", "length_km", "path")
"""What a line takes from its geometry."""

REBUILD_BASE_MAP: Final = "rebuild the base map with `python -m geodata.build.basemap`"
AREA: Final[TypeAdapter[Area]] = TypeAdapter(Area)

OFF_EARTH: Final = ("finite_number", "greater_than_equal", "less_than_equal")
NOT_A_NUMBER: Final = ("is {value!r}, not a number", "write the number, in TOML without quotes")
NOT_A_LIST: Final = ("is {value!r}, not a list", 'write it as a list, like ["first", "second"]')
FAULTS: Final[Mapping[str, tuple[str, str]]] = {
    "missing": ("is missing", "add it"),
    "enum": ("is {value!r}", "write {expected}"),
    "string_pattern_mismatch": ("is {value!r}", "write it so that it matches {pattern}"),
    "string_too_short": ("is empty", "fill it, or take it away where it may be missing"),
    "string_type": ("is {value!r}, not a text", "write it in quotes"),
    "finite_number": ("is {value!r}, not a finite number", "write the number"),
    "greater_than": ("is {value!r}", "give more than {gt}"),
    "greater_than_equal": ("is {value!r}", "give at least {ge}"),
    "less_than_equal": ("is {value!r}", "give at most {le}"),
    "float_type": NOT_A_NUMBER,
    "float_parsing": NOT_A_NUMBER,
    "int_type": NOT_A_NUMBER,
    "int_parsing": NOT_A_NUMBER,
    "int_from_float": ("is {value!r}, not a whole number", "write a whole number"),
    "tuple_type": NOT_A_LIST,
    "too_short": ("has {actual_length} parts", "give at least {min_length}"),
    "too_long": ("has {actual_length} parts", "give at most {max_length}"),
}
"""What pydantic calls a fault: what is wrong, and the remedy."""

NOTHING: Final[Mapping[str, object]] = {}

_R = TypeVar("_R", bound=Record)


def load_atlas(root: Path | None = None, article: Path | None = None) -> Atlas:
    """Return everything that is written under root, checked; geodata itself when no root is given.

    With the article's text at hand, every quotation is looked up in it too. Raises DataError.
    """
    content = _Content(root or Path(__file__).parent)
    subjects: dict[str, Subject] = {}
    lines: dict[str, Line] = {}
    claims: dict[str, Claim] = {}
    facts: dict[str, ContextFact] = {}
    sources = content.sources()
    places = content.places()
    names = content.names()
    kinds = list(SubjectKind)
    written = [(folder, *content.subject(folder)) for folder in content.subject_folders()]
    for folder, subject, its_lines in sorted(written, key=lambda entry: kinds.index(entry[1].kind)):
        subjects[subject.id] = subject
        lines |= its_lines
        claims |= content.claims(folder, sources)
        facts |= content.facts(folder)
    atlas = Atlas(
        subjects=subjects,
        lines=lines,
        places=places,
        claims=dict(sorted(claims.items(), key=lambda entry: entry[1].number)),
        facts=facts,
        discrepancies=content.discrepancies(),
        sources=sources,
        names=names,
    )
    for problem in problems(atlas, content.origins, content.text(article) if article else None):
        raise DataError(problem)
    return atlas


@cache
def load_accuracy(root: Path | None = None) -> Mapping[str, Accuracy]:
    """Return the measured accuracy of each line that it could be measured for, by the line's id. Raises DataError."""
    content = _Content(root or Path(__file__).parent)
    return content.accuracy()


def load_base_map(root: Path | None = None) -> Mapping[str, bytes]:
    """Return the land and the lakes, each as GeoJSON that was checked, by the file's name. Raises DataError.

    One point that is none would leave the whole map empty in the browser.
    """
    content = _Content(root or Path(__file__).parent)
    return {name: content.areas(content.root / "basemap" / name) for name in ("land.geojson", "lakes.geojson")}


def sentence_address(article_address: str, parts: Sequence[str]) -> str:
    """Return the article's address with a text fragment that opens it at the sentence.

    The parts are the sentence's first and last words, or one part that holds the whole.
    """
    return f"{article_address}#:~:text={','.join(_encoded(part) for part in parts)}"


def _encoded(part: str) -> str:
    # A hyphen means something in a text fragment, and quote() never encodes it.
    return quote(part, safe="").replace("-", "%2D")


class _Content:
    """A content tree being read: its records so far, and where each was written."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.origins: dict[str, Origin] = {}

    # What the folders hold

    def sources(self) -> dict[str, Source]:
        """Return the documents, one file each, by id."""
        found = {}
        for path in self._listing(self.root / "sources", suffix=".toml"):
            label = f"source {path.stem}"
            found[path.stem] = self.record(Source, self.toml(path), path, label, derived={"id": path.stem})
        return found

    def places(self) -> dict[str, Place]:
        """Return the places, one CSV line each, by id."""
        path = self.root / "places.csv"
        found = {}
        for number, row in self.rows(path, PLACE_COLUMNS):
            fields: dict[str, object] = {column: text for column, text in row.items() if text}
            if row["status_sources"]:
                fields["status_sources"] = tuple(row["status_sources"].split(";"))
            place = self.record(Place, fields, path, f"line {number}, place {row['id']}")
            found[place.id] = place
        return found

    def names(self) -> dict[str, Name]:
        """Return the names of countries and waters, by id."""
        path = self.root / "basemap" / "names.csv"
        found = {}
        for number, row in self.rows(path, NAME_COLUMNS):
            name = self.record(Name, row, path, f"line {number}, name {row['id']}")
            found[name.id] = name
        return found

    def subject_folders(self) -> list[Path]:
        """Return the subjects' folders, sorted by id, after a look at what else lies in them."""
        folders = self._listing(self.root / "subjects")
        for folder in folders:
            for path in self._listing(folder):
                if path.name not in SUBJECT_FILES:
                    raise self.error(
                        path,
                        "the file",
                        "is none that a subject has",
                        f"name it {_one_of(SUBJECT_FILES)}, or take it away",
                    )
        return folders

    def subject(self, folder: Path) -> tuple[Subject, dict[str, Line]]:
        """Return a subject, and its lines by id, joined with their geometry."""
        path = folder / "subject.toml"
        written = self.toml(path)
        tables = self._tables(path, written, "lines")
        geometries = self.geometries(folder / "lines.geojson") if tables else {}
        lines: dict[str, Line] = {}
        for number, table in enumerate(tables, 1):
            label = f"line {table.get('id', f'number {number}')}"
            geometry = geometries.pop(str(table.get("id")), None)
            lines |= self._line(folder, label, table, geometry)
        if geometries or (not tables and (folder / "lines.geojson").exists()):
            stray = next(iter(geometries), "number 1")
            raise self.error(folder / "lines.geojson", f"line {stray}", "is not in subject.toml", REBUILD_LINES)
        derived: dict[str, object] = {"id": folder.name, "lines": tuple(lines)}
        return self.record(Subject, written, path, f"subject {folder.name}", derived=derived), lines

    def _line(
        self, folder: Path, label: str, table: dict[str, Any], geometry: dict[str, Any] | None
    ) -> dict[str, Line]:
        """Return one line by its id, after comparing what its geometry repeats of it."""
        if "id" not in table:
            raise self.error(folder / "subject.toml", label, "id is missing", "add it")
        if geometry is None:
            raise self.error(folder / "lines.geojson", label, "has no geometry", REBUILD_LINES)
        drawn = {field: geometry[field] for field in FROM_GEOMETRY if field in geometry}
        derived: dict[str, object] = {"subject": folder.name, **drawn}
        line = self.record(Line, table, folder / "subject.toml", label, derived=derived)
        for field in FROM_SUBJECT:
            here, there = geometry.get(field), str(getattr(line, field))
            if here != there:
                wrong = f"{field} is {here!r} here and {there!r} in subject.toml"
                raise self.error(folder / "lines.geojson", label, wrong, REBUILD_LINES)
        return {line.id: line}

    def claims(self, folder: Path, sources: Mapping[str, Source]) -> dict[str, Claim]:
        """Return what the article says of a subject, by id, with the address of each sentence."""
        path = folder / "claims.toml"
        if not path.exists():
            return {}
        if ARTICLE not in sources:
            remedy = "describe the article there"
            raise self.error(self.root / "sources" / f"{ARTICLE}.toml", "the article", "is missing", remedy)
        found = {}
        for label, table in self._records(path, "claims", "claim"):
            parts = table.pop("sentence", None)
            if not _are_sentence_parts(parts):
                raise self.error(
                    path,
                    label,
                    "sentence does not give the article's sentence",
                    'write sentence = ["its first words", "its last words"]',
                )
            address = sentence_address(sources[ARTICLE].address, parts)
            derived = {"subject": folder.name, "address": address}
            claim = self.record(Claim, table, path, label, derived=derived, sentence=tuple(parts))
            found[claim.id] = claim
        return found

    def facts(self, folder: Path) -> dict[str, ContextFact]:
        """Return what other sources say of a subject, by id."""
        path = folder / "context.toml"
        if not path.exists():
            return {}
        found = {}
        for label, table in self._records(path, "facts", "fact"):
            fact = self.record(ContextFact, table, path, label, derived={"subject": folder.name})
            found[fact.id] = fact
        return found

    def discrepancies(self) -> dict[str, Discrepancy]:
        """Return the points where sources differ, by id."""
        path = self.root / "discrepancies.toml"
        found = {}
        for label, table in self._records(path, "discrepancies", "discrepancy"):
            discrepancy = self.record(Discrepancy, table, path, label)
            found[discrepancy.id] = discrepancy
        return found

    def geometries(self, path: Path) -> dict[str, dict[str, Any]]:
        """Return the properties of each line's geometry, and its coordinates as path, by id."""
        found: dict[str, dict[str, Any]] = {}
        for label, properties, geometry in self.features(path, "line", REBUILD_LINES):
            if geometry.get("type") != "LineString":
                wrong = f"geometry is {geometry.get('type')!r}, not 'LineString'"
                raise self.error(path, label, wrong, REBUILD_LINES)
            if properties["id"] in found:
                raise self.error(path, label, "is drawn twice", REBUILD_LINES)
            found[properties["id"]] = {**properties, "path": geometry.get("coordinates")}
        return found

    def areas(self, path: Path) -> bytes:
        """Return a GeoJSON file of areas as it is, once each of its points is known to be on Earth."""
        for label, _, geometry in self.features(path, "area", REBUILD_BASE_MAP):
            try:
                AREA.validate_python(geometry)
            except ValidationError as errors:
                error = errors.errors(include_url=False)[0]
                where = "".join(f"[{part}]" for part in error["loc"] if isinstance(part, int))
                wrong = f"geometry{where} is {error['input']!r:.80}, no part of an area on Earth"
                raise self.error(path, label, wrong, REBUILD_BASE_MAP) from None
        return path.read_bytes()

    def features(self, path: Path, kind: str, remedy: str) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
        """Yield what to call each feature of a GeoJSON file, its properties with their id, and its geometry."""
        text = self.text(path, remedy)
        try:
            collection = json.loads(text)
        except json.JSONDecodeError as error:
            wrong = f"is not JSON ({error.msg})"
            raise self.error(path, f"line {error.lineno} of the file", wrong, remedy) from None
        features = collection.get("features") if isinstance(collection, dict) else None
        if not isinstance(features, list) or collection.get("type") != "FeatureCollection":
            raise self.error(path, "the file", "is not a GeoJSON FeatureCollection", remedy)
        for number, feature in enumerate(features, 1):
            properties = feature.get("properties") if isinstance(feature, dict) else None
            if not isinstance(properties, dict) or not isinstance(properties.get("id"), str):
                raise self.error(path, f"feature number {number}", "has no id", remedy)
            geometry = feature.get("geometry")
            yield f"{kind} {properties['id']}", properties, geometry if isinstance(geometry, dict) else {}

    def accuracy(self) -> dict[str, Accuracy]:
        """Return how exactly lines were drawn, by the line's id, where that could be measured."""
        path = self.root / "accuracy.toml"
        found = {}
        for line, figures in self.toml(path).items():
            label = f"line {line}"
            if not isinstance(figures, dict):
                raise self.error(path, label, "has no figures", REBUILD_LINES)
            if "median_km" in figures:
                measured = {field: figures[field] for field in Accuracy.model_fields if field in figures}
                found[line] = self.checked(Accuracy, measured, path, label)
        return found

    # How one file is read

    def text(self, path: Path, remedy: str = "restore it") -> str:
        """Return a file's text, which is UTF-8."""
        try:
            return path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            wrong = f"byte {error.start} is not UTF-8"
            raise self.error(path, "the file", wrong, "save the file as UTF-8") from None
        except OSError as error:
            wrong = f"cannot be read ({error.strerror})"
            raise self.error(path, "the file", wrong, remedy) from None

    def toml(self, path: Path) -> dict[str, Any]:
        """Return what a TOML file says."""
        try:
            return tomllib.loads(self.text(path))
        except tomllib.TOMLDecodeError as error:
            message, _, where = str(error).rpartition(" (at ")
            wrong = f"is not TOML ({message})"
            raise self.error(path, where.rstrip(")"), wrong, "mend what stands there") from None

    def rows(self, path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield the line number and the cells of each row of a CSV file with exactly these columns."""
        reader = csv.reader(io.StringIO(self.text(path), newline=""), strict=True)
        try:
            header = next(reader, [])
            if tuple(header) != columns:
                wrong = f"the header is {','.join(header)!r}"
                raise self.error(path, "line 1", wrong, f"write {','.join(columns)!r}")
            for cells in reader:
                if len(cells) != len(columns):
                    wrong = f"has {len(cells)} cells for {len(columns)} columns"
                    remedy = "give each column one cell, in quotes where it holds a comma"
                    raise self.error(path, f"line {reader.line_num}", wrong, remedy)
                yield reader.line_num, dict(zip(columns, cells, strict=True))
        except csv.Error as error:
            wrong = f"is not CSV ({error})"
            raise self.error(path, f"line {reader.line_num}", wrong, "mend its quotes") from None

    def record(
        self,
        model: type[_R],
        written: Mapping[str, object],
        path: Path,
        label: str,
        *,
        derived: Mapping[str, object] = NOTHING,
        sentence: tuple[str, ...] = (),
    ) -> _R:
        """Return what is written, with what follows from where it stands, as a record with its own id."""
        for field in derived:
            if field in written:
                wrong = f"{field} is written here, but follows from elsewhere"
                raise self.error(path, label, wrong, "take it away")
        whole = {**written, **derived}
        record = self.checked(model, whole, path, label)
        origin = Origin(self.file(path), label, sentence)
        record_id = str(whole["id"])
        if record_id in self.origins:
            other = self.origins[record_id]
            wrong = f"id is taken by {other.record} in {other.file}"
            raise DataError(f"{origin.file}: {label}: {wrong}; choose another id.")
        self.origins[record_id] = origin
        return record

    def checked(self, model: type[_R], whole: Mapping[str, object], path: Path, label: str) -> _R:
        """Return a record once all its fields are known to be what they should be."""
        try:
            return model.model_validate(whole)
        except ValidationError as errors:
            error = errors.errors(include_url=False)[0]
            if model is Line and error["loc"][0] in FROM_GEOMETRY:
                wrong, _ = _in_words(error, model)
                path = path.with_name("lines.geojson")
                raise self.error(path, label, wrong, REBUILD_LINES) from None
            raise self.error(path, label, *_in_words(error, model)) from None

    def _records(self, path: Path, key: str, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the tables of a file that holds nothing else, each with what to call it."""
        written = self.toml(path)
        tables = self._tables(path, written, key)
        for stray in written:
            wrong = f"{stray} stands outside the [[{key}]] tables"
            raise self.error(path, "the file", wrong, "move it into one of them, or take it away")
        for number, table in enumerate(tables, 1):
            yield f"{kind} {table.get('id', f'number {number}')}", table

    def _tables(self, path: Path, written: dict[str, Any], key: str) -> list[dict[str, Any]]:
        """Take the [[key]] tables out of what a file says."""
        tables = written.pop(key, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            wrong = f"{key} is not a list of tables"
            raise self.error(path, "the file", wrong, f"begin each record with [[{key}]]")
        return tables

    def _listing(self, folder: Path, suffix: str | None = None) -> list[Path]:
        """Return what lies in a folder, sorted, without hidden files."""
        if not folder.is_dir():
            raise self.error(folder, "the folder", "is missing", "restore it")
        paths = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
        for path in paths:
            if suffix and path.suffix != suffix:
                raise self.error(path, "the file", f"does not end in {suffix}", "rename it")
        return paths

    def file(self, path: Path) -> str:
        """Return a file's name for people: relative to the repository."""
        path = path.resolve()
        return path.relative_to(self.root.parent).as_posix() if path.is_relative_to(self.root.parent) else path.name

    def error(self, path: Path, record: str, wrong: str, remedy: str) -> DataError:
        """Return a DataError that says it in one sentence."""
        return DataError(f"{self.file(path)}: {record}: {wrong}; {remedy}.")


def _are_sentence_parts(parts: object) -> bool:
    return (
        isinstance(parts, list)
        and 1 <= len(parts) <= len(CLAIM_PARTS)
        and all(isinstance(part, str) and part.strip() for part in parts)
    )


def _one_of(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else words[0]


def _field(location: tuple[int | str, ...]) -> str:
    """Return a pydantic location as a reader would write it: ('sides', 0, 'who') as sides[0].who."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".")


def _in_words(error: ErrorDetails, model: type[Record]) -> tuple[str, str]:
    """Return what pydantic found as two parts of a sentence: what is wrong, and the remedy."""
    field, value, limits = _field(error["loc"]), error["input"], error.get("ctx", {})
    kind = error["type"]
    if kind == "value_error":  # our own validators say both parts
        wrong, _, remedy = str(limits["error"]).rpartition("; ")
        return f"{field} {wrong}", remedy
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(field, model.model_fields, n=1)
        remedy = f"write {near[0]}" if near else "take it away, or correct its spelling"
        return f"{field} is no field of this record", remedy
    if isinstance(value, date | datetime | time):
        return f"{field} is a bare date", f'write "{value}", in quotes'
    if kind in OFF_EARTH and _is_coordinate(field):
        return f"{field} is {value!r}, which is not on Earth", "give degrees, longitude before latitude"
    wrong, remedy = FAULTS.get(kind, ("is {value!r}", "correct it: {message}"))
    parts = {"value": value, "message": error["msg"], **limits}
    return f"{field} {wrong.format(**parts)}", remedy.format(**parts)


def _is_coordinate(field: str) -> bool:
    return field in ("lon", "lat") or field.startswith("path")
