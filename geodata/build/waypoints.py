"""The waypoint tables: where each line is known to pass, and how well."""

import csv
from pathlib import Path
from typing import Final, NamedTuple

from geodata.geometry import Point

FOLDER: Final = Path(__file__).parent / "waypoints"


class Waypoint(NamedTuple):
    """One row of a waypoint table."""

    leg: str
    """The code of the line, such as KZ1."""
    name: str
    at: Point
    basis: str
    """A: two references agree, under 2 km; B: one reference, 1 to 3 km; C: an estimate."""
    build_mode: str
    """snap: lies on the railway graph; pull: the graph is bent to it; free or empty: joined by straight lines."""


def read_waypoints(folder: Path = FOLDER) -> dict[str, list[Waypoint]]:
    """Return the waypoints of every leg, by the line's code, in their order along the line."""
    legs: dict[str, list[tuple[int, Waypoint]]] = {}
    for file in sorted(folder.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as table:
            for row in csv.DictReader(table):
                at = (float(row["lon"]), float(row["lat"]))
                waypoint = Waypoint(row["leg"], row["name"], at, row["basis"], row["build_mode"])
                legs.setdefault(waypoint.leg, []).append((int(row["seq"]), waypoint))
    return {leg: [waypoint for _, waypoint in sorted(rows)] for leg, rows in legs.items()}
