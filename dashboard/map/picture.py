"""The map as a small SVG: land, water and lines, for the moment before the live map is there.

Its colours are the light ones; where it stands on a page, that page's style follows the theme.

It is projected and fitted as the live map fits its first view, so that the one gives way to
the other without a jump. The previews of shared links are drawn with the same strokes.
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
    CASING,
    CASING_WIDTH,
    CHOSEN_WIDTH,
    COAST,
    DASHES,
    FAINT_WIDTH,
    LAND,
    LINE_WIDTH,
    SUBJECT_COLOURS,
    WATER,
    Theme,
    faint,
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
def _outlines(land: str, lakes: str, fineness: int) -> tuple[str, str]:
    """Return land with its borders, and lakes, as SVG paths."""

    def outline(geojson: str) -> str:
        drawn = (path(ring, fineness) for ring in _rings(geojson))
        return "z".join(ring for ring in drawn if ring.count(" ") > SMALLEST_RING)

    return outline(land), outline(lakes)


def ground(land: str, lakes: str, *, pixel: float, fineness: int = 1) -> str:
    """Return land with its borders, and lakes, as SVG; both are GeoJSON, a pixel is so many units wide."""
    land_path, lakes_path = _outlines(land, lakes, fineness)
    return (
        f'<path class="cc-land" d="{land_path}" fill="{LAND}" stroke="{BORDER}" stroke-width="{pixel:.2f}"/>'
        f'<path class="cc-lakes" d="{lakes_path}" fill="{WATER}" stroke="{COAST}" stroke-width="{0.75 * pixel:.2f}"/>'
    )


def is_dotted(dash: str | None) -> bool:
    """Return whether a pattern is one of dots, which are strokes of almost no length with round ends."""
    return dash is not None and dash.startswith("0")


def dashes(dash: str | None, *, by: float = 1, pixel: float = 1) -> str:
    """Return a pattern for a line that is wider by a factor, in units; dots keep to almost no length."""
    if dash is None:
        return "none"
    parts = [float(part) * (1 if is_dotted(dash) and not place else by) for place, part in enumerate(dash.split())]
    return " ".join(f"{part * pixel:.2f}" for part in parts)


def stroke(line: Line, *, is_chosen: bool, is_faint: bool, pixel: float, fineness: int = FINE) -> str:
    """Return a line with its casing as SVG."""
    width = CHOSEN_WIDTH if is_chosen else FAINT_WIDTH if is_faint else LINE_WIDTH
    drawn = path(line.path, fineness)
    dash = DASHES[line.status]
    cap = "butt" if dash and not is_dotted(dash) else "round"
    colour = faint(line.subject, Theme.LIGHT) if is_faint else SUBJECT_COLOURS[line.subject]
    return (
        f'<g class="cc-line{" cc-faint" if is_faint else ""}" data-subject="{line.subject}" '
        f'fill="none" stroke-linejoin="round">'
        f'<path d="{drawn}" stroke="{CASING}" stroke-width="{(width + 2 * CASING_WIDTH) * pixel:.2f}"/>'
        f'<path d="{drawn}" stroke="{colour}" stroke-width="{width * pixel:.2f}" '
        f'stroke-dasharray="{dashes(dash, by=width / LINE_WIDTH, pixel=pixel)}" stroke-linecap="{cap}"/></g>'
    )


def marked(atlas: Atlas, focus: str | None) -> frozenset[str]:
    """Return the lines and places that stand out on the map when the focus is shown."""
    subject = subject_of(atlas).get(focus or "", focus)
    drawn = {*atlas.lines, *atlas.places}
    return frozenset(id_ for id_ in marks(atlas).get(subject or "", [subject or ""]) if id_ in drawn)


def picture(atlas: Atlas, focus: str | None, *, land: str, lakes: str, width_px: float) -> str:
    """Return the whole map as SVG with the focus marked, its strokes as wide as on a map of that width."""
    chosen = marked(atlas, focus)
    box = view_box()
    pixel = float(box.split()[2]) / width_px
    lines = "".join(
        stroke(line, is_chosen=line.id in chosen, is_faint=bool(chosen) and line.id not in chosen, pixel=pixel * FINE)
        for line in sorted(atlas.lines.values(), key=lambda line: line.id in chosen)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" preserveAspectRatio="xMidYMid meet" '
        f'overflow="visible" aria-hidden="true">{ground(land, lakes, pixel=pixel)}'
        f'<g transform="scale({1 / FINE})">{lines}</g></svg>'
    )
