"""Lengths, bounds and positions on the ellipsoid WGS 84; every point is (longitude, latitude) in degrees."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

from geographiclib.geodesic import Geodesic

Point: TypeAlias = tuple[float, float]
"""Longitude and latitude in degrees, WGS 84."""

METRES_PER_KM: Final = 1000


def distance_km(start: Point, end: Point) -> float:
    """Return the geodesic distance between two points in kilometres."""
    found = Geodesic.WGS84.Inverse(start[1], start[0], end[1], end[0], Geodesic.DISTANCE)
    return float(found["s12"]) / METRES_PER_KM


def length_km(path: Sequence[Point]) -> float:
    """Return the geodesic length of a path in kilometres; a single point has none."""
    return sum(distance_km(start, end) for start, end in pairwise(path))


def bounds(points: Iterable[Point]) -> tuple[float, float, float, float]:
    """Return (west, south, east, north) in degrees; ValueError when there is no point."""
    lons, lats = zip(*points, strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def point_along(path: Sequence[Point], share: float) -> Point:
    """Return the point at a share of the path's length: 0 is its start, 0.5 its middle, 1 its end."""
    if not 0 <= share <= 1:
        raise ValueError(f"a share of a path lies between 0 and 1, not {share}")
    left_km = length_km(path) * share
    for start, end in pairwise(path):
        step_km = distance_km(start, end)
        if step_km > 0 and left_km <= step_km:
            return _between(start, end, left_km)
        left_km -= step_km
    return path[-1]


def _between(start: Point, end: Point, from_start_km: float) -> Point:
    """Return the point on the geodesic from start to end, in degrees, that many kilometres from its start."""
    line = Geodesic.WGS84.InverseLine(start[1], start[0], end[1], end[0])
    found = line.Position(from_start_km * METRES_PER_KM)
    return float(found["lon2"]), float(found["lat2"])
