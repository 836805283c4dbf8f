"""The same clicks with 10, 100 and 1,000 lines in the atlas: what a click takes must not grow with them."""

import json
import math
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser

from geodata import Atlas, load_atlas
from geodata.geometry import Point, length_km
from geodata.model import Subject
from tests.bench.figures import Figure, figures_of, noise, number
from tests.bench.measures import MEASURES, Measure
from tests.bench.reader import Reader, Target, target
from tests.bench.rounds import Sample, clicks, launched_browser, new_visitor, rest_alone
from tests.bench.server import Server, measured_server
from tests.browser.servers import copy_of_the_project

COUNTS: Final = (10, 100, 1000)
LIMITS: Final = {"mark": None, "panel": 0.2, "click_cpu": 0.2, "click_bytes": 0.0, "click_task": None}
"""By what share each figure of a click may grow from the fewest lines to the most; None: as it likes."""
VERTICES: Final = 30
CLEARING: Final = (38.0, 49.0)
"""Degrees; north-west of all places, so that no line of the crowd comes near."""


def measure_growth(rounds: int) -> dict[int, dict[str, Figure]]:
    """Return the figures of a click for each number of lines; in each round all numbers have their turn."""
    samples: dict[int, list[Sample]] = {count: [] for count in COUNTS}
    with tempfile.TemporaryDirectory() as folder:
        copies = {count: copy_of_the_project(Path(folder, str(count))) for count in COUNTS}
        aims = {count: write_lines(copy, count) for count, copy in copies.items()}
        for _ in range(rounds):
            for count, copy in copies.items():
                with measured_server(copy) as server, launched_browser() as browser:
                    samples[count].append(_clicks(browser, server, aims[count]))
    return {count: figures_of(found) for count, found in samples.items()}


def _clicks(browser: Browser, server: Server, aims: Sequence[Target]) -> Sample:
    with new_visitor(browser) as context, Reader(context, server.address) as reader:
        rest_alone(reader, server)
        return clicks(reader, server, aims)


def write_lines(copy: Path, count: int) -> tuple[Target, ...]:
    """Give a copy of the project that many lines in place of its own, and return which of them to click.

    They are parted evenly among the subjects that have lines. The first of each joins whatever its own lines
    joined, the second leads through a clearing and is the one to click, and the rest join neighbours.
    """
    atlas = load_atlas()
    holders = [subject for subject in atlas.subjects.values() if subject.lines]
    at = {place.id: (place.lon, place.lat) for place in atlas.places.values()}
    neighbours = sorted(combinations(at, 2), key=lambda pair: math.dist(at[pair[0]], at[pair[1]]))
    for order, subject in enumerate(holders):
        crowd = neighbours[order :: len(holders)][: count // len(holders) - 1]
        _write(copy / "geodata/subjects" / subject.id, list(_lines(atlas, subject, _clearing(order), crowd)))
    grown = load_atlas(copy / "geodata")
    clicked = (grown.lines[f"{subject.id}-1"] for subject in holders)
    return tuple(target(grown, line, _clearing(order)) for order, line in enumerate(clicked))


def _clearing(order: int) -> Point:
    return CLEARING[0] + 4 * order, CLEARING[1] + 0.7 * order


def _lines(
    atlas: Atlas, subject: Subject, clearing: Point, neighbours: Sequence[tuple[str, str]]
) -> Iterator[tuple[dict[str, Any], list[Point]]]:
    """Yield a subject's lines, as its file names them, each with its path."""
    own = [atlas.lines[id_] for id_ in subject.lines]
    sources = sorted({source for line in own for source in (*line.status_sources, *line.official_length_sources)})
    stops = list(dict.fromkeys(stop for line in own for stop in line.stops))
    for nth, joined in enumerate([tuple(stops), *neighbours]):
        path = [(place.lon, place.lat) for place in map(atlas.places.__getitem__, joined)]
        if nth == 1:
            path.insert(1, clearing)
        line = {
            "id": f"{subject.id}-{nth}",
            "code": str(nth),
            "name": f"Line {nth} of {subject.id}",
            "start": joined[0],
            "end": joined[-1],
            "via": joined[1:-1],
            "mode": own[0].mode,
            "status": own[0].status,
            "status_as_of": own[0].status_as_of,
            "status_sources": sources if nth == 0 else sources[:1],
        }
        yield line, _bent(path, bulge=(nth % 9 - 4) / 40)


def _bent(path: Sequence[Point], bulge: float) -> list[Point]:
    """Return the path with each stretch bent to the side by that share of its length."""
    found: list[Point] = []
    for (west, south), (east, north) in pairwise(path):
        for step in range(VERTICES):
            share = step / VERTICES
            aside = bulge * math.sin(math.pi * share)
            lon, lat = west + share * (east - west), south + share * (north - south)
            found.append((round(lon + aside * (south - north), 4), round(lat + aside * (east - west), 4)))
    return [*found, path[-1]]


def _write(folder: Path, lines: Sequence[tuple[dict[str, Any], list[Point]]]) -> None:
    """Write lines in place of a subject's own, into both files that hold them."""
    written = folder / "subject.toml"
    head, _, _ = written.read_text(encoding="utf-8").partition("[[lines]]")
    tables = ("".join(f"{key} = {json.dumps(value)}\n" for key, value in line.items()) for line, _ in lines)
    written.write_text(head + "".join(f"[[lines]]\n{table}\n" for table in tables), encoding="utf-8")
    features = [
        {
            "properties": {
                **{field: line[field] for field in ("id", "mode", "status")},
                "subject": folder.name,
                "basis": "schematic",
                "length_km": length_km(path),
            },
            "geometry": {"type": "LineString", "coordinates": path},
        }
        for line, path in lines
    ]
    drawn = json.dumps({"type": "FeatureCollection", "features": features})
    (folder / "lines.geojson").write_text(drawn, encoding="utf-8")


def excess(found: Mapping[int, Mapping[str, Figure]]) -> list[Measure]:
    """Return the measures that grow beyond their limit, and beyond the noise."""
    fewest, most = found[min(found)], found[max(found)]
    return [
        MEASURES[key]
        for key, limit in LIMITS.items()
        if limit is not None
        and most[key].median > fewest[key].median * (1 + limit + noise(MEASURES[key], fewest[key], most[key]))
    ]


def table(found: Mapping[int, Mapping[str, Figure]]) -> Iterator[str]:
    """Yield the lines of the table of growth."""
    yield f"{'lines in the atlas':42}" + "".join(f"{count:>10,}" for count in found) + "   growth   goal"
    for key, limit in LIMITS.items():
        medians = [figures[key].median for figures in found.values()]
        row = f"{MEASURES[key].words:40}{MEASURES[key].unit:2}" + "".join(f"{number(value):>10}" for value in medians)
        row += f"  {medians[-1] / medians[0] - 1:+7.0%}" + (f"  ≤ {limit:.0%}" if limit is not None else "")
        yield row + ("  MISSED" if MEASURES[key] in excess(found) else "")
