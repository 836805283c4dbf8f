"""Make geodata/basemap/land.geojson and lakes.geojson: ``python -m geodata.build.basemap [folder]``.

The folder holds the unpacked npm packages named in geodata/build/README.md; without it, npm
fetches them into a temporary one.
"""

import csv
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import cos, radians
from pathlib import Path
from typing import Any, Final, NamedTuple

import shapely
from shapely.geometry import shape

from geodata.build.features import feature_collection

GEODATA: Final = Path(__file__).parents[1]
LAKES: Final = Path(__file__).parent / "lakes.csv"
COUNTRIES_PACKAGE: Final = "@geo-maps/countries-land-250m"
WATERS_PACKAGE: Final = "@geo-maps/earth-waterbodies-250m"
PACKAGE_VERSION: Final = "0.6.0"

WINDOW: Final = (17.0, 27.5, 98.0, 60.5)
"""West, south, east, north in degrees; further than the map can be moved."""
KM_PER_DEGREE: Final = 111.2
SMALLEST_ISLAND_KM2: Final = 8.0
LAKE_TOLERANCE_DEGREES: Final = 0.006
NOTCH_DEGREES: Final = 0.015
"""Half the width of the notches and spikes that the source's grid leaves in the shores of lakes."""
FINEST_STEP_DEGREES: Final = 0.0001
"""Borders that run closer together than this are taken for one."""


class Zone(NamedTuple):
    """A part of the map, west, south, east, north in degrees, and how far a border may be moved there."""

    name: str
    box: tuple[float, float, float, float]
    tolerance_degrees: float
    decimals: int
    smallest_island_km2: float


class Part(NamedTuple):
    """One piece of a country's land and the country's ISO 3166-1 alpha-3 code."""

    code: str
    area: shapely.Polygon


# The first zone that a border lies in decides.
ZONES: Final = (
    Zone("Caucasus", (42.0, 38.0, 50.5, 43.5), 0.003, 3, SMALLEST_ISLAND_KM2),
    Zone("Marmara", (26.0, 40.1, 30.3, 41.4), 0.004, 3, SMALLEST_ISLAND_KM2),
    Zone("Gulf of Alexandretta", (33.9, 36.2, 36.6, 37.1), 0.006, 3, SMALLEST_ISLAND_KM2),
    Zone("Mangystau coast", (50.0, 42.6, 52.2, 45.0), 0.005, 3, SMALLEST_ISLAND_KM2),
    Zone("Georgian coast", (41.2, 41.3, 42.0, 43.5), 0.005, 3, SMALLEST_ISLAND_KM2),
    Zone("Dzungarian border", (79.5, 43.8, 83.2, 45.8), 0.006, 3, SMALLEST_ISLAND_KM2),
    Zone("along the lines", (25.5, 35.5, 83.5, 48.0), 0.014, 3, 20.0),
    Zone("Kazakhstan", (46.0, 48.0, 88.0, 55.7), 0.024, 3, 40.0),
    Zone("far away", WINDOW, 0.05, 2, 120.0),
)

# A point in every sea; other water is filled in, and drawn again where lakes.csv names it.
SEAS: Final = {
    "Mediterranean": (30.0, 34.0),
    "Aegean": (25.0, 38.5),
    "Adriatic": (18.5, 41.5),
    "Marmara": (28.2, 40.75),
    "Black": (34.0, 43.0),
    "Azov": (36.7, 46.0),
    "Caspian": (51.0, 42.0),
    "Baltic": (19.5, 57.0),
    "Gulf of Riga": (23.5, 57.7),
    "Gulf of Finland": (26.0, 59.9),
    "Persian Gulf": (50.0, 28.5),
    "Suez": (33.2, 28.2),
    "Aqaba": (34.7, 28.5),
}

# Between neighbours that overlap in the source, the one named first keeps the land.
PRIORITY: Final = ("UKR", "PSE", "CYP", "GEO", "AZE", "ARM")

ISO2: Final = {
    "AFG": "af", "ALA": "fi", "ALB": "al", "ARM": "am", "AUT": "at", "AZE": "az", "BGR": "bg", "BIH": "ba",
    "BLR": "by", "BTN": "bt", "CYP": "cy", "CZE": "cz", "EGY": "eg", "EST": "ee", "FIN": "fi", "GEO": "ge",
    "GRC": "gr", "HRV": "hr", "HUN": "hu", "IRN": "ir", "IRQ": "iq", "ISR": "il-sy", "ITA": "it", "JOR": "jo",
    "KAZ": "kz", "KGZ": "kg", "KWT": "kw", "LBN": "lb", "LBY": "ly", "LTU": "lt", "LVA": "lv", "MDA": "md",
    "MKD": "mk", "MMR": "mm", "MNE": "me", "MNG": "mn", "NPL": "np", "POL": "pl", "PSE": "ps", "ROU": "ro",
    "RUS": "ru", "SAU": "sa", "SRB": "rs", "SVK": "sk", "SWE": "se", "SYR": "il-sy", "TJK": "tj", "TKM": "tm",
    "TUR": "tr", "UKR": "ua", "UZB": "uz",
    # Kosovo, under Security Council resolution 1244, bears no international border here.
    "XKX": "rs",
    # The source's borders in Kashmir are not those of the United Nations: no border is drawn between these.
    "CHN": "cn-in-pk", "IND": "cn-in-pk", "PAK": "cn-in-pk",
}  # fmt: skip


def main() -> int:
    """Write the base map and return 0, or return 1 after a sentence that says what is missing."""
    try:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(sys.argv[1]) if len(sys.argv) > 1 else _fetched(Path(temporary))
            countries = json.loads(_map_of(folder, COUNTRIES_PACKAGE).read_text(encoding="utf-8"))
            waters = json.loads(_map_of(folder, WATERS_PACKAGE).read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        print(
            f"{missing.filename} is missing: name the folder in which npm installed the packages",
            file=sys.stderr,
        )
        return 1
    land = generalised(without_overlaps(country_parts(countries)))
    with LAKES.open(encoding="utf-8", newline="") as table:
        lakes = named_lakes(waters, list(csv.DictReader(table)))
    for name, areas in {"land": land, "lakes": lakes}.items():
        features = [({"id": key}, _geojson(area)) for key, area in areas.items()]
        (GEODATA / "basemap" / f"{name}.geojson").write_text(feature_collection(features), encoding="utf-8")
    return 0


def country_parts(countries: Mapping[str, Any]) -> list[Part]:
    """Return the pieces of land in the window, without their inland water and without small islands."""
    window = shapely.box(*WINDOW)
    parts = []
    for feature in countries["features"]:
        code = feature["properties"]["A3"]
        if code in ISO2:
            for piece in shapely.get_parts(shape(feature["geometry"])):
                outline = shapely.Polygon(piece.exterior)
                if outline.envelope.intersects(window) and _area_km2(outline) >= SMALLEST_ISLAND_KM2:
                    clipped = shapely.make_valid(outline).intersection(window)
                    parts += [Part(code, shapely.Polygon(inside.exterior)) for inside in _polygons(clipped)]
    return parts


def without_overlaps(parts: Sequence[Part]) -> dict[str, shapely.Geometry]:
    """Return the land of each country, by its id, with overlaps resolved and the gaps between countries filled.

    Where countries overlap, a PRIORITY country keeps the land, otherwise the one whose piece is smaller:
    so an exclave comes out of the country that surrounds it.
    """
    ranked = sorted(parts, key=lambda part: (part.code not in PRIORITY, part.area.area))
    network = shapely.union_all(
        [*(part.area.exterior for part in ranked), shapely.box(*WINDOW).exterior],
        grid_size=FINEST_STEP_DEGREES,
    )
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(network)))
    owners = _owners(faces, [part.area for part in ranked], [ISO2[part.code] for part in ranked])
    seas = shapely.points(list(SEAS.values()))
    is_sea = shapely.STRtree(seas).query(faces, predicate="contains")[0]
    _fill(owners, set(is_sea), faces)
    return {
        key: shapely.union_all(faces[[owner == key for owner in owners]])
        for key in sorted({owner for owner in owners if owner is not None})
    }


def generalised(land: Mapping[str, shapely.Geometry]) -> dict[str, shapely.Geometry]:
    """Return the land with each border simplified once for both its neighbours, as its zone allows."""
    network = shapely.union_all([area.boundary for area in land.values()])
    arcs = shapely.get_parts(shapely.line_merge(network))
    simple = [piece for arc in arcs for piece in _simplified(arc)]
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.union_all(simple))))
    owners = _owners(faces, list(land.values()), list(land))
    result = {key: _without_far_islands(shapely.union_all(faces[[owner == key for owner in owners]])) for key in land}
    return {key: area for key, area in result.items() if not area.is_empty}


def named_lakes(waters: Mapping[str, Any], wanted: Sequence[Mapping[str, str]]) -> dict[str, shapely.Geometry]:
    """Return the waters that lakes.csv names, by id, without small islands; each is found by a point in it."""
    every_water = [rings for part in waters["geometries"] for rings in part["coordinates"]]
    polygons = [shapely.Polygon(rings[0], rings[1:]) for rings in every_water if _starts_in_window(rings[0][0])]
    valid = shapely.make_valid(polygons)
    tree = shapely.STRtree(valid)
    lakes = {}
    for row in wanted:
        at = shapely.Point(float(row["lon"]), float(row["lat"]))
        found = shapely.union_all(_polygons(shapely.union_all(valid[tree.query(at, predicate="within")])))
        if found.is_empty:
            raise ValueError(f"lakes.csv: {row['id']}: no water at {at.x}, {at.y}; move the point into the lake")
        zone = next(zone for zone in ZONES if shapely.box(*zone.box).contains(at))
        simple = _smoothed(found).simplify(min(zone.tolerance_degrees, LAKE_TOLERANCE_DEGREES), preserve_topology=True)
        rounded = shapely.union_all(_polygons(shapely.set_precision(simple, 0.001)))
        lakes[row["id"]] = _without_small_parts(rounded, SMALLEST_ISLAND_KM2)
    return dict(sorted(lakes.items()))


def _fetched(folder: Path) -> Path:
    """Install both packages with npm and return the folder."""
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError(2, "no such program", "npm")
    packages = [f"{name}@{PACKAGE_VERSION}" for name in (COUNTRIES_PACKAGE, WATERS_PACKAGE)]
    subprocess.run([npm, "install", "--no-save", "--prefix", folder, *packages], check=True)  # noqa: S603  no shell, and fixed words
    return folder


def _map_of(folder: Path, package: str) -> Path:
    return folder / "node_modules" / package / "map.geo.json"


def _starts_in_window(point: Sequence[float]) -> bool:
    west, south, east, north = WINDOW
    return west < point[0] < east and south < point[1] < north


def _polygons(area: shapely.Geometry) -> list[shapely.Polygon]:
    """Return the polygons of a geometry, without its lines and points."""
    return [part for part in shapely.get_parts(shapely.get_parts(area)) if part.geom_type == "Polygon"]


def _smoothed(lake: shapely.Geometry) -> shapely.Geometry:
    """Return a lake with its notches closed, then its spikes cut off, its shore otherwise where it was."""
    closed = lake.buffer(NOTCH_DEGREES).buffer(-NOTCH_DEGREES)
    return closed.buffer(-NOTCH_DEGREES / 2).buffer(NOTCH_DEGREES / 2)


def _area_km2(area: shapely.Geometry) -> float:
    return float(area.area) * KM_PER_DEGREE**2 * cos(radians(area.centroid.y))


def _without_small_parts(area: shapely.Geometry, smallest_km2: float) -> shapely.Geometry:
    """Return an area without the parts and the holes smaller than that many square kilometres."""
    parts = []
    for part in shapely.get_parts(area):
        if _area_km2(part) >= smallest_km2:
            holes = [ring for ring in part.interiors if _area_km2(shapely.Polygon(ring)) >= smallest_km2]
            parts.append(shapely.Polygon(part.exterior, holes))
    return shapely.union_all(parts)


def _without_far_islands(area: shapely.Geometry) -> shapely.Geometry:
    """Return an area without the parts that are too small to be drawn in the zone in which they lie."""
    kept = []
    for part in shapely.get_parts(area):
        zone = next(zone for zone in ZONES if shapely.box(*zone.box).intersects(part.representative_point()))
        if _area_km2(part) >= zone.smallest_island_km2:
            kept.append(part)
    return shapely.union_all(kept)


def _owners(faces: Any, areas: Sequence[shapely.Geometry], keys: Sequence[str]) -> list[str | None]:
    """Return for each face the key of the first area in which it lies, None for water."""
    inside, number = shapely.STRtree(areas).query(shapely.point_on_surface(faces), predicate="within")
    first: dict[int, int] = {}
    for face, area in zip(inside.tolist(), number.tolist(), strict=True):
        first[face] = min(area, first.get(face, area))
    return [keys[first[face]] if face in first else None for face in range(len(faces))]


def _fill(owners: list[str | None], seas: set[int], faces: Any) -> None:
    """Give every face that is neither land nor sea to the neighbour with which it shares most border."""
    tree = shapely.STRtree(faces)
    gaps = [number for number, owner in enumerate(owners) if owner is None and number not in seas]
    while gaps:
        left = []
        for number in gaps:
            shared: Counter[str] = Counter()
            for other in tree.query(faces[number], predicate="touches").tolist():
                if (owner := owners[other]) is not None:
                    shared[owner] += faces[number].boundary.intersection(faces[other].boundary).length
            if shared:
                owners[number] = shared.most_common(1)[0][0]
            else:
                left.append(number)
        if len(left) == len(gaps):
            return
        gaps = left


def _simplified(arc: shapely.Geometry) -> Iterator[shapely.Geometry]:
    """Yield the pieces of a border, each simplified and rounded as its zone allows; their ends stay."""
    left = arc
    for zone in ZONES:
        box = shapely.box(*zone.box)
        for piece in shapely.get_parts(shapely.line_merge(left.intersection(box))):
            if piece.geom_type == "LineString":
                points = list(piece.simplify(zone.tolerance_degrees).coords)
                rounded = [_rounded(points[0], 3), *(_rounded(at, zone.decimals) for at in points[1:-1])]
                rounded.append(_rounded(points[-1], 3))
                if any(start != end for start, end in pairwise(rounded)):
                    yield shapely.LineString(rounded)
        left = left.difference(box)
        if left.is_empty:
            return


def _rounded(point: Sequence[float], decimals: int) -> tuple[float, float]:
    return round(point[0], decimals), round(point[1], decimals)


def _geojson(area: shapely.Geometry) -> dict[str, Any]:
    """Return an area as a GeoJSON MultiPolygon with three decimals, outer rings anticlockwise."""
    parts = [shapely.geometry.polygon.orient(part) for part in shapely.get_parts(area)]
    rings: Iterable[Any] = ([part.exterior, *part.interiors] for part in parts)
    return {
        "type": "MultiPolygon",
        "coordinates": [[[_rounded(at, 3) for at in ring.coords] for ring in polygon] for polygon in rings],
    }


if __name__ == "__main__":
    sys.exit(main())
