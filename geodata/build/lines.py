"""Make geodata/subjects/*/lines.geojson from the waypoints and the railway graph: ``python -m geodata.build.lines``."""

import csv
import json
import sys
import tomllib
from collections.abc import Mapping, Sequence
from math import cos, radians
from pathlib import Path
from typing import Any, Final

import networkx as nx
import shapely
from shapely.geometry import shape

from geodata.build import checks
from geodata.build.features import feature_collection
from geodata.build.railways import read_railway_graph, route
from geodata.build.waypoints import Waypoint, read_waypoints
from geodata.geometry import Point, length_km

GEODATA: Final = Path(__file__).parents[1]

ARAXES_CODES: Final = {"Z1", "Z2", "Z3", "KID"}
"""Lines on the north bank of the Araxes, whose other bank is Iran."""
ARAXES_LATITUDE: Final = 39.2
KEPT_FROM_IRAN_KM: Final = 0.35
ROUNDS_TO_LEAVE_A_COUNTRY: Final = 3
"""Two points moved to either side of a bend are joined across it, so the pieces between are moved again."""
INDICATIVE_CODES: Final = ARAXES_CODES
"""Lines between few known points; other railways and the pipeline count as surveyed."""
OFFICIAL_END: Final = {"KID": "dilucu"}
"""Where the official length ends, if before the end of the line."""
TOLERANCE_KM: Final = 0.03
"""How far simplification may move a line."""


def main() -> int:
    """Write every line and return 0; with a fault, write none, say what is wrong and return 1."""
    places = read_places()
    waypoints = read_waypoints()
    land = read_areas(GEODATA / "basemap" / "land.geojson")
    railways = read_railway_graph()
    files: dict[Path, str] = {}
    faults: list[str] = []
    for subject_file in sorted(GEODATA.glob("subjects/*/subject.toml")):
        features = []
        for line in tomllib.loads(subject_file.read_text(encoding="utf-8")).get("lines", []):
            path = drawn_path(line, waypoints[line["code"]], places, railways, land["ir"])
            faults += found_faults(line, path, waypoints[line["code"]], places, land)
            features.append((properties(subject_file.parent.name, line, path), geometry(path)))
        if features:
            files[subject_file.with_name("lines.geojson")] = feature_collection(features)
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        return 1
    for file, text in files.items():
        file.write_text(text, encoding="utf-8")
    return 0


def read_places() -> dict[str, Point]:
    """Return the position of every place in places.csv, by its id."""
    with (GEODATA / "places.csv").open(encoding="utf-8", newline="") as table:
        return {row["id"]: (float(row["lon"]), float(row["lat"])) for row in csv.DictReader(table)}


def read_areas(file: Path) -> dict[str, list[checks.Polygon]]:
    """Return the polygons of each country in a base map file, by its id."""
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["id"]: feature["geometry"]["coordinates"] for feature in features}


def place_ids(line: Mapping[str, Any]) -> list[str]:
    """Return the places that a line starts at, passes and ends at."""
    return [line["start"], *line.get("via", []), line["end"]]


def drawn_path(
    line: Mapping[str, Any],
    waypoints: Sequence[Waypoint],
    places: Mapping[str, Point],
    railways: nx.Graph,
    iran: Sequence[checks.Polygon],
) -> list[Point]:
    """Return the path of a line as it is drawn: routed, kept out of Iran, simplified, with three decimals."""
    fixed = [places[place] for place in place_ids(line)]
    is_on_rails = any(waypoint.build_mode for waypoint in waypoints)
    path = route(railways, waypoints, fixed) if is_on_rails else [waypoint.at for waypoint in waypoints]
    if line["mode"] in {"rail", "pipeline"}:
        path = simplified(path, fixed)
    if line["code"] in ARAXES_CODES:
        path = simplified(kept_out(path, fixed, iran), fixed)
    return path


def kept_out(path: Sequence[Point], fixed: Sequence[Point], country: Sequence[checks.Polygon]) -> list[Point]:
    """Return a path whose points, but for the fixed ones, are moved out of a country and 0.35 km from its border.

    It is made for the north bank of the Araxes, where the nearest way out leads back to this side.
    """
    narrowing = cos(radians(ARAXES_LATITUDE))

    def widened(geometry: shapely.Geometry, factor: float) -> shapely.Geometry:
        return shapely.transform(geometry, lambda at: at * (factor, 1.0))

    kept_from_degrees = KEPT_FROM_IRAN_KM / checks.KM_PER_DEGREE
    area = shape({"type": "MultiPolygon", "coordinates": country})
    west, south, east, north = shapely.LineString(path).buffer(0.5).bounds
    forbidden = widened(area.intersection(shapely.box(west, south, east, north)), narrowing).buffer(kept_from_degrees)
    edge = forbidden.boundary
    shapely.prepare(forbidden)

    def moved(at: Point) -> Point:
        point = widened(shapely.Point(at), narrowing)
        if at in fixed or not forbidden.contains(point):
            return at
        nearest = widened(edge.interpolate(edge.project(point)), 1 / narrowing)
        return nearest.x, nearest.y

    kept = list(path)
    for _ in range(ROUNDS_TO_LEAVE_A_COUNTRY):
        kept = [moved(at) for at in checks.densified(kept)]
    return kept


def simplified(path: Sequence[Point], fixed: Sequence[Point]) -> list[Point]:
    """Return a path with fewer vertices, moved by at most 0.03 km, that keeps the fixed points as they are."""
    pieces: list[list[Point]] = [[]]
    rest = list(fixed[1:])
    for point in path:
        pieces[-1].append(point)
        if rest and point == rest[0]:
            rest.pop(0)
            pieces.append([point])
    result: list[Point] = [path[0]]
    for piece in pieces:
        if len(piece) > 1:
            thinned = shapely.LineString(piece).simplify(TOLERANCE_KM / checks.KM_PER_DEGREE)
            inner = [(round(lon, 3), round(lat, 3)) for lon, lat in thinned.coords[1:-1]]
            result += [at for at in inner if at != result[-1]]
            result.append(piece[-1])
    return result


def found_faults(
    line: Mapping[str, Any],
    path: Sequence[Point],
    waypoints: Sequence[Waypoint],
    places: Mapping[str, Point],
    land: Mapping[str, Sequence[checks.Polygon]],
) -> list[str]:
    """Return a sentence for everything that is wrong with a drawn line."""
    code = line["code"]
    faults = checks.missed_places(code, path, [(place, places[place]) for place in place_ids(line)])
    faults += checks.missed_waypoints(code, path, [(waypoint.name, waypoint.at) for waypoint in waypoints])
    if code in ARAXES_CODES:
        faults += checks.crossings_into(code, path, "Iran", land["ir"])
    if line["mode"] in {"sea", "cable"}:
        everywhere = [polygon for country in land.values() for polygon in country]
        faults += checks.landfalls(code, path, everywhere)
    if official_km := line.get("official_length_km"):
        end = path.index(places[OFFICIAL_END[code]]) + 1 if code in OFFICIAL_END else len(path)
        faults += checks.unlikely_length(code, path[:end], official_km, is_indicative=basis(line) != "surveyed")
    return faults


def basis(line: Mapping[str, Any]) -> str:
    """Return how the drawn position of a line is known."""
    if line["mode"] in {"sea", "cable"}:
        return "schematic"
    return "indicative" if line["code"] in INDICATIVE_CODES else "surveyed"


def properties(subject: str, line: Mapping[str, Any], path: Sequence[Point]) -> dict[str, Any]:
    """Return what a feature says of its line; its length is that of the drawn path in kilometres."""
    return {
        "id": line["id"],
        "subject": subject,
        "mode": line["mode"],
        "status": line["status"],
        "basis": basis(line),
        "length_km": round(length_km(path), 1),
    }


def geometry(path: Sequence[Point]) -> dict[str, Any]:
    """Return a path as a GeoJSON LineString."""
    return {"type": "LineString", "coordinates": path}


if __name__ == "__main__":
    sys.exit(main())
