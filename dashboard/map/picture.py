"""The map as a small SVG: land, water and lines, for the moment before the live map is there.

It is projected and fitted as the live map fits its first view, so that the one gives way to
the other without a jump.
"""

import json
import math
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import Any, Final

from dashboard.map.data import FIRST_VIEW, marks, subject_of
from dashboard.map.style import (
    BORDER,
    CASING_WIDTH,
    CHOSEN_WIDTH,
    COAST,
    DASHES,
    LAND,
    LINE_WIDTH,
    SUBJECT_COLOURS,
    WATER,
)
from geodata import Atlas
from geodata.model import Line

UNITS_PER_DEGREE: Final = 6
"""Of the coast; coarse, since every point is sent before anything else is seen."""
FINE: Final = 4
"""The lines are this much finer than the coast."""
SMALLEST_RING: Final = 5
"""Corners; smaller islands and lakes are left out."""

Point = tuple[float, float]


def project(lon: float, lat: float) -> Point:
    """Return a position in the Mercator projection, in degrees of longitude; y runs down."""
    return lon, -math.degrees(math.asinh(math.tan(math.radians(lat))))


def view_box() -> str:
    """Return the first view of the live map, in units."""
    (south, west), (north, east) = FIRST_VIEW
    left, top = project(west, north)
    right, bottom = project(east, south)
    return " ".join(f"{round(degrees * UNITS_PER_DEGREE)}" for degrees in (left, top, right - left, bottom - top))


def path(points: Iterable[Point], fineness: int = 1) -> str:
    """Return (lon, lat) points as an SVG path of whole steps; points that fall together are one."""
    scale = UNITS_PER_DEGREE * fineness
    steps = [(round(x * scale), round(y * scale)) for x, y in (project(lon, lat) for lon, lat in points)]
    kept = [steps[0], *(after for before, after in pairwise(steps) if after != before)]
    moves = (f"{x1 - x0} {y1 - y0}" for (x0, y0), (x1, y1) in pairwise(kept))
    return f"M{kept[0][0]} {kept[0][1]}l" + " ".join(moves) if len(kept) > 1 else ""


def _rings(geojson: str) -> Iterator[list[Point]]:
    collection: dict[str, Any] = json.loads(geojson)
    for feature in collection["features"]:
        geometry = feature["geometry"]
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        for polygon in polygons:
            yield from polygon


@cache
def ground(land: str, lakes: str) -> str:
    """Return land with its borders, and lakes, as SVG; both are GeoJSON."""

    def outline(geojson: str) -> str:
        drawn = (path(ring) for ring in _rings(geojson))
        return "z".join(ring for ring in drawn if ring.count(" ") > SMALLEST_RING)

    return (
        f'<path d="{outline(land)}" fill="{LAND}" stroke="{BORDER}" stroke-width=".4"/>'
        f'<path d="{outline(lakes)}" fill="{WATER}" stroke="{COAST}" stroke-width=".3"/>'
    )


def _line(line: Line, *, is_chosen: bool, is_faint: bool, pixel: float) -> str:
    width = (CHOSEN_WIDTH if is_chosen else LINE_WIDTH) * pixel
    drawn = path(line.path, FINE)
    dash = DASHES[line.status]
    pattern = " ".join(f"{float(part) * pixel:.2f}" for part in dash.split()) if dash else "none"
    cap = "butt" if dash and not dash.startswith("0") else "round"
    casing = width + 2 * CASING_WIDTH * pixel
    return (
        f'<g opacity="{".3" if is_faint else "1"}"><path d="{drawn}" stroke="#fff" stroke-width="{casing:.2f}"/>'
        f'<path d="{drawn}" stroke="{SUBJECT_COLOURS[line.subject]}" stroke-width="{width:.2f}" '
        f'stroke-dasharray="{pattern}" stroke-linecap="{cap}"/></g>'
    )


def picture(atlas: Atlas, focus: str | None, *, land: str, lakes: str, width_px: float) -> str:
    """Return the whole map as SVG with the focus marked, its strokes as wide as on a map of that width."""
    subject = subject_of(atlas).get(focus or "", focus)
    chosen = set(marks(atlas).get(subject or "", [subject])) & {*atlas.lines, *atlas.places}
    box = view_box()
    pixel = float(box.split()[2]) / width_px * FINE
    lines = "".join(
        _line(line, is_chosen=line.id in chosen, is_faint=bool(chosen) and line.id not in chosen, pixel=pixel)
        for line in sorted(atlas.lines.values(), key=lambda line: line.id in chosen)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" preserveAspectRatio="xMidYMid meet" '
        f'overflow="visible" aria-hidden="true">{ground(land, lakes)}'
        f'<g transform="scale({1 / FINE})" fill="none" stroke-linejoin="round">{lines}</g></svg>'
    )
