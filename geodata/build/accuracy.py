"""Measure how far built lines lie from known stations: ``python -m geodata.build.accuracy``, to geodata/accuracy.toml.

Every station between the ends of a routed railway is left out once; the line is built without it,
and the station's distance to that line is measured. A station's own position is good to about 0.5 km.
"""

import json
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Final

import networkx as nx

from geodata.build.checks import distance_to_path_km
from geodata.build.lines import GEODATA, place_ids, read_places
from geodata.build.railways import read_railway_graph, route
from geodata.build.waypoints import Waypoint, read_waypoints
from geodata.geometry import Point

TABLE: Final = Path(__file__).parents[1] / "accuracy.toml"
FEWEST_STATIONS: Final = 3
KNOWN: Final = {"A", "B"}
"""An estimated position (C) measures nothing."""
PIPELINE: Final = {"median_km": 1.2, "p90_km": 4.1}
"""Measured once against a published route, at points between the waypoints of the line BTC."""


def main() -> int:
    """Write the accuracy of every line that can be measured, and return 0."""
    waypoints = read_waypoints()
    places = read_places()
    railways = read_railway_graph()
    text = "# Written by geodata.build.accuracy; distances in kilometres.\n"
    for line, path in built_lines():
        leg = waypoints[line["code"]]
        figures: dict[str, float] = {}
        if line["code"] == "BTC":
            figures |= PIPELINE
        elif any(waypoint.build_mode for waypoint in leg):
            found = distances_of_held_out_km(railways, leg, [places[place] for place in place_ids(line)])
            if len(found) >= FEWEST_STATIONS:
                figures |= {"stations": len(found), "median_km": median(found), "p90_km": ninth_decile(found)}
        figures["largest_waypoint_distance_km"] = max(distance_to_path_km(at.at, path) for at in leg)
        text += f"\n[{line['id']}]\n" + "".join(f"{name} = {round(km, 2)}\n" for name, km in figures.items())
    TABLE.write_text(text, encoding="utf-8")
    return 0


def distances_of_held_out_km(railways: nx.Graph, leg: Sequence[Waypoint], fixed: Sequence[Point]) -> list[float]:
    """Return for each known station, places apart, its distance to the line that is built without it."""
    return [
        distance_to_path_km(waypoint.at, route(railways, [*leg[:number], *leg[number + 1 :]], fixed))
        for number, waypoint in enumerate(leg)
        if waypoint.basis in KNOWN and waypoint.at not in fixed
    ]


def ninth_decile(values: Sequence[float]) -> float:
    """Return the value that nine tenths of the values do not exceed."""
    return quantiles(values, n=10, method="inclusive")[-1]


def built_lines() -> Iterator[tuple[Mapping[str, Any], list[Point]]]:
    """Yield each line of the subjects with its path as it is drawn."""
    for file in sorted(GEODATA.glob("subjects/*/lines.geojson")):
        tables = tomllib.loads(file.with_name("subject.toml").read_text(encoding="utf-8"))["lines"]
        by_id = {line["id"]: line for line in tables}
        for feature in json.loads(file.read_text(encoding="utf-8"))["features"]:
            path = [(lon, lat) for lon, lat in feature["geometry"]["coordinates"]]
            yield by_id[feature["properties"]["id"]], path


if __name__ == "__main__":
    sys.exit(main())
