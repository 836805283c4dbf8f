"""What a built line must satisfy; each check returns one sentence per fault, naming the line and the remedy."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import ceil, cos, hypot, radians
from typing import Final, TypeAlias

from geodata.geometry import Point, distance_km, length_km

Polygon: TypeAlias = Sequence[Sequence[Point]]
"""A ring round the land and rings round its holes, as in GeoJSON."""

KM_PER_DEGREE: Final = 111.2
LARGEST_WAYPOINT_DISTANCE_KM: Final = 1.0
SMALLEST_SHARE_OF_OFFICIAL_LENGTH: Final = 0.88
SMALLEST_SHARE_IF_INDICATIVE: Final = 0.80
"""Straight pieces between few points cut the bends that the built line will have."""
LARGEST_SHARE_OF_OFFICIAL_LENGTH: Final = 1.03
STEP_KM: Final = 0.25
"""How finely a path is sampled when it is held against land."""


def distance_to_path_km(point: Point, path: Sequence[Point]) -> float:
    """Return the distance in kilometres from a point to the nearest place of a path, good to 1 % within 50 km."""
    return min(distance_to_segment_km(point, start, end) for start, end in pairwise(path))


def distance_to_segment_km(point: Point, start: Point, end: Point) -> float:
    """Return the distance in kilometres from a point to a straight piece, in the plane that touches the point."""
    share = nearest_share(point, start, end)
    east_km_per_degree = KM_PER_DEGREE * cos(radians(point[1]))
    lon = start[0] + share * (end[0] - start[0])
    lat = start[1] + share * (end[1] - start[1])
    return hypot((lon - point[0]) * east_km_per_degree, (lat - point[1]) * KM_PER_DEGREE)


def nearest_share(point: Point, start: Point, end: Point) -> float:
    """Return how far along a straight piece its nearest place to a point lies: 0 is its start, 1 its end."""
    narrowing = cos(radians(point[1]))
    along = ((end[0] - start[0]) * narrowing, end[1] - start[1])
    towards = ((point[0] - start[0]) * narrowing, point[1] - start[1])
    squared = along[0] ** 2 + along[1] ** 2
    if squared == 0:
        return 0.0
    return min(1.0, max(0.0, (along[0] * towards[0] + along[1] * towards[1]) / squared))


def densified(path: Sequence[Point], step_km: float = STEP_KM) -> Iterator[Point]:
    """Yield the vertices of a path and points between them, at most that many kilometres apart."""
    yield path[0]
    for start, end in pairwise(path):
        steps = max(1, ceil(distance_km(start, end) / step_km))
        for step in range(1, steps):
            share = step / steps
            yield start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])
        yield end


def contains(polygons: Iterable[Polygon], point: Point) -> bool:
    """Return whether a point lies inside one of the polygons, by the parity of the rings that it is inside."""
    return any(sum(_inside_ring(ring, point) for ring in polygon) % 2 == 1 for polygon in polygons)


def _inside_ring(ring: Sequence[Point], point: Point) -> bool:
    lon, lat = point
    crossings = 0
    for (lon1, lat1), (lon2, lat2) in pairwise(ring):
        if (lat1 > lat) != (lat2 > lat) and lon < lon1 + (lat - lat1) / (lat2 - lat1) * (lon2 - lon1):
            crossings += 1
    return crossings % 2 == 1


def missed_waypoints(code: str, path: Sequence[Point], waypoints: Iterable[tuple[str, Point]]) -> list[str]:
    """Return a sentence for each named waypoint that lies more than 1 km from its line."""
    faults = []
    for name, at in waypoints:
        away_km = distance_to_path_km(at, path)
        if away_km > LARGEST_WAYPOINT_DISTANCE_KM:
            faults.append(
                f"{code}: waypoint {name} lies {away_km:.1f} km from the line; "
                "correct its position or set its build_mode to pull"
            )
    return faults


def missed_places(code: str, path: Sequence[Point], places: Sequence[tuple[str, Point]]) -> list[str]:
    """Return a sentence for each place (start, via, end) that is not a vertex of the path, in that order."""
    faults = []
    searched_from = 0
    for place, at in places:
        try:
            searched_from = path.index(at, searched_from)
        except ValueError:
            faults.append(f"{code}: no vertex at place {place} {at}; give a waypoint of the line its position")
    if not faults and (path[0], path[-1]) != (places[0][1], places[-1][1]):
        faults.append(f"{code}: the path runs past its start or end; let its first and last waypoint be places")
    return faults


def crossings_into(code: str, path: Sequence[Point], country: str, polygons: Sequence[Polygon]) -> list[str]:
    """Return a sentence when a line that must stay out of a country enters it."""
    inside = sum(contains(polygons, point) for point in densified(path))
    if not inside:
        return []
    entered_km = inside * STEP_KM
    fault = f"{code}: about {entered_km:.1f} km of the line lie in {country}"
    return [f"{fault}; move its waypoints to this side of the border or raise the distance kept from it"]


def unlikely_length(code: str, path: Sequence[Point], official_km: float, *, is_indicative: bool = False) -> list[str]:
    """Return a sentence when the drawn length is not 0.88 (indicative: 0.80) to 1.03 of the official kilometres."""
    drawn_km = length_km(path)
    smallest = SMALLEST_SHARE_IF_INDICATIVE if is_indicative else SMALLEST_SHARE_OF_OFFICIAL_LENGTH
    if smallest <= drawn_km / official_km <= LARGEST_SHARE_OF_OFFICIAL_LENGTH:
        return []
    fault = f"{code}: drawn {drawn_km:.1f} km, official {official_km:g} km"
    return [f"{fault}; add waypoints along its bends, or check which stretch the official length measures"]


def landfalls(code: str, path: Sequence[Point], land: Sequence[Polygon], ports_within_km: float = 6.0) -> list[str]:
    """Return a sentence when a sea line crosses land further than that many kilometres from both its ends."""
    ashore = [
        point
        for point in densified(path, 1.0)
        if contains(land, point) and min(distance_km(point, path[0]), distance_km(point, path[-1])) > ports_within_km
    ]
    if not ashore:
        return []
    lon, lat = ashore[0]
    return [f"{code}: the line crosses land near {lon:.3f}, {lat:.3f}; move its waypoints into open water"]
