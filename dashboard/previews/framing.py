"""Which stretch of the map a preview shows: what is marked, well visible, with its surroundings."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from dashboard.map.data import PANNABLE
from dashboard.map.picture import UNITS_PER_DEGREE, Point, project

CLOSEST_TO_LINES: Final = 175.0
"""Pixels for a degree of longitude; from nearer the coast would show its corners."""
CLOSEST_TO_PLACES: Final = 68.0
"""A place alone says nothing without its surroundings."""


@dataclass(frozen=True)
class Margins:
    """Pixels to be kept free around what is marked."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Frame:
    """A stretch of the projected map on a picture; left and top in projected degrees."""

    left: float
    top: float
    scale: float
    """Pixels for a degree of longitude."""
    width: float
    height: float
    """Pixels."""

    def at(self, lon: float, lat: float) -> Point:
        """Return where a position stands on the picture, in pixels."""
        x, y = project(lon, lat)
        return (x - self.left) * self.scale, (y - self.top) * self.scale

    def holds(self, at: Point) -> bool:
        """Return whether a point, in pixels, is on the picture."""
        return 0 <= at[0] <= self.width and 0 <= at[1] <= self.height

    def transform(self, fineness: int) -> str:
        """Return the SVG transform that lays paths of that fineness on the picture."""
        scale = self.scale / (UNITS_PER_DEGREE * fineness)
        return f"translate({-self.left * self.scale:.3f} {-self.top * self.scale:.3f}) scale({scale:.6f})"


def fit(points: Iterable[Point], *, width: float, height: float, margins: Margins, closest: float) -> Frame:
    """Return the stretch that holds the (lon, lat) points within the margins, and never more than the base map does."""
    xs, ys = zip(*(project(lon, lat) for lon, lat in points), strict=True)
    free = (width - margins.left - margins.right, height - margins.top - margins.bottom)
    spans = (max(xs) - min(xs), max(ys) - min(ys))
    scale = min([closest, *(room / span for room, span in zip(free, spans, strict=True) if span)])
    scale = _covered(scale, width, height)
    left = (min(xs) + max(xs)) / 2 - (margins.left + free[0] / 2) / scale
    top = (min(ys) + max(ys)) / 2 - (margins.top + free[1] / 2) / scale
    return _on_the_base_map(left, top, scale, width, height)


def around(lon: float, lat: float, *, scale: float, width: float, height: float) -> Frame:
    """Return the stretch around a position, at pixels for a degree, and never more than the base map does."""
    scale = _covered(scale, width, height)
    x, y = project(lon, lat)
    return _on_the_base_map(x - width / 2 / scale, y - height / 2 / scale, scale, width, height)


def _edges() -> tuple[Point, Point]:
    """Return the projected corners of the base map, north-west and south-east."""
    (south, west), (north, east) = PANNABLE
    return project(west, north), project(east, south)


def _covered(scale: float, width: float, height: float) -> float:
    """Return the scale, or the smallest one at which the base map covers the picture."""
    (first_x, first_y), (last_x, last_y) = _edges()
    return max(scale, width / (last_x - first_x), height / (last_y - first_y))


def _on_the_base_map(left: float, top: float, scale: float, width: float, height: float) -> Frame:
    (first_x, first_y), (last_x, last_y) = _edges()
    return Frame(
        left=min(max(left, first_x), last_x - width / scale),
        top=min(max(top, first_y), last_y - height / scale),
        scale=scale,
        width=width,
        height=height,
    )
