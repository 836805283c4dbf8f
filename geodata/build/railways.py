"""Railway lines routed over the OpenStreetMap railway graph, bent to the waypoints where the graph is coarse."""

import ast
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import networkx as nx

from geodata.build.checks import distance_to_segment_km, nearest_share
from geodata.build.waypoints import Waypoint
from geodata.geometry import Point, bounds, distance_km

REGION: Final = (25.0, 34.0, 90.0, 56.0)
"""West, south, east, north in degrees."""
NEIGHBOURHOOD_DEGREES: Final = 0.7
SNAP_KM: Final = 1.6
PULL_KM: Final = 24.0
COARSE_EDGE_KM: Final = 4.0
"""A straight edge as long as this stands for bends that the graph's makers left out."""
TRUSTED_KM: Final = 0.8
"""A coarse edge so near to a waypoint is truer than the waypoint, which has two decimals."""
SAME_PLACE_KM: Final = 0.05
HAIRPIN_ARM_KM: Final = 3.5
HAIRPIN_DEPTH: Final = 0.4
"""How much of its shorter arm a sharp turn runs back: 1 is straight back, 0 a right angle."""
DETOUR_FACTOR: Final = 1.45
DETOUR_ALLOWANCE_KM: Final = 4.0


def read_railway_graph() -> nx.Graph:
    """Return the railways of the region from the package scgraph_data, nodes (lon, lat), edges with their ``km``.

    The package's module is read as text, because importing it would also prepare a world-wide router.
    """
    spec = find_spec("scgraph_data")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("scgraph_data is missing: install the extra named build")
    module = ast.parse((Path(spec.origin).parent / "world_railways.py").read_text(encoding="utf-8"))
    tables: dict[str, Any] = {}
    for statement in module.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id="graph" | "nodes" as name)], value=value):
                tables[name] = ast.literal_eval(value)
    points = [(lon, lat) for lat, lon in tables["nodes"]]
    railways = nx.Graph()
    for node, neighbours in enumerate(tables["graph"]):
        if _within(points[node], REGION):
            for neighbour in neighbours:
                if points[neighbour] != points[node]:
                    _join(railways, points[node], points[neighbour])
    return railways


def route(railways: nx.Graph, waypoints: Sequence[Waypoint], places: Iterable[Point] = ()) -> list[Point]:
    """Return the path from the first to the last waypoint, (lon, lat) in degrees, passing exactly through places.

    Consecutive waypoints are joined by the shortest way over the railways, or by a straight piece
    where that way is too long to be meant.
    """
    fixed = set(places)
    graph = _neighbourhood(railways, [waypoint.at for waypoint in waypoints])
    stops = [_insert(graph, waypoint) for waypoint in waypoints]
    path = stops[:1]
    for start, end in pairwise(stops):
        path += _way(graph, start, end)[1:]
    place_at = {stop: waypoint.at for stop, waypoint in zip(stops, waypoints, strict=True) if waypoint.at in fixed}
    return _without_hairpins(_without_spurs([place_at.get(point, point) for point in path], fixed), fixed)


def _within(point: Point, box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box
    return west <= point[0] <= east and south <= point[1] <= north


def _join(graph: nx.Graph, start: Point, end: Point) -> None:
    graph.add_edge(start, end, km=distance_km(start, end))


def _neighbourhood(railways: nx.Graph, points: Iterable[Point]) -> nx.Graph:
    """Return a copy of the railways round some points, with every edge that may pass near them."""
    west, south, east, north = bounds(points)
    margin = NEIGHBOURHOOD_DEGREES
    graph = nx.Graph()
    for start, end, km in railways.edges(data="km"):
        reaches_in = (
            max(start[0], end[0]) > west - margin
            and min(start[0], end[0]) < east + margin
            and max(start[1], end[1]) > south - margin
            and min(start[1], end[1]) < north + margin
        )
        if reaches_in:
            graph.add_edge(start, end, km=km)
    return graph


def _insert(graph: nx.Graph, waypoint: Waypoint) -> Point:
    """Make a waypoint a node of the graph and return that node; a waypoint far from every railway stays alone."""
    at = waypoint.at
    if waypoint.build_mode in {"snap", "pull"}:
        trusted_km = TRUSTED_KM if waypoint.build_mode == "snap" else 0.0
        for away_km, start, end in _edges_near(graph, at):
            is_coarse = graph.edges[start, end]["km"] >= COARSE_EDGE_KM
            if away_km <= (trusted_km if is_coarse else SNAP_KM):
                return _split(graph, start, end, _foot(at, start, end))
            if is_coarse:
                return _split(graph, start, end, at)
    graph.add_node(at)
    return at


def _edges_near(graph: nx.Graph, at: Point) -> Iterator[tuple[float, Point, Point]]:
    """Yield the edges within reach of a point as (distance in km, start, end), the nearest first."""
    edges = ((distance_to_segment_km(at, start, end), start, end) for start, end in graph.edges)
    yield from sorted(edge for edge in edges if edge[0] <= PULL_KM)


def _foot(at: Point, start: Point, end: Point) -> Point:
    """Return the place of an edge that is nearest to a point; an end of the edge where that is next to it."""
    share = nearest_share(at, start, end)
    foot = (start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1]))
    nearer = min(start, end, key=lambda node: distance_km(node, foot))
    return nearer if distance_km(nearer, foot) < SAME_PLACE_KM else foot


def _split(graph: nx.Graph, start: Point, end: Point, through: Point) -> Point:
    """Lead an edge through a point, which becomes a node, and return the point."""
    if through not in {start, end}:
        graph.remove_edge(start, end)
        _join(graph, start, through)
        _join(graph, through, end)
    return through


def _way(graph: nx.Graph, start: Point, end: Point) -> list[Point]:
    """Return the shortest way between two nodes, or the straight piece where there is none or it is a detour."""
    straight_km = distance_km(start, end)
    try:
        _, way = nx.single_source_dijkstra(
            graph, start, end, cutoff=DETOUR_FACTOR * straight_km + DETOUR_ALLOWANCE_KM, weight="km"
        )
    except nx.NetworkXNoPath:
        return [start, end]
    return list(way)


def _without_spurs(path: Sequence[Point], fixed: set[Point]) -> list[Point]:
    """Return a path without the pieces that it runs back over at once; a fixed point at such a turn stays."""
    kept: list[Point] = []
    for point in path:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and point == kept[-2] and not {kept[-1], point} <= fixed:
            if kept[-1] in fixed:
                kept.pop(-2)
            else:
                kept.pop()
            continue
        kept.append(point)
    return kept


def _without_hairpins(path: Sequence[Point], fixed: set[Point]) -> list[Point]:
    """Return a path without the short sharp turns that station tracks leave in it; fixed points stay."""
    kept: list[Point] = []
    for point in path:
        kept.append(point)
        while kept[2:] and kept[-2] not in fixed and _is_hairpin(*kept[-3:]):
            kept.pop(-2)
    return kept


def _is_hairpin(before: Point, at: Point, after: Point) -> bool:
    arms_km = (distance_km(before, at), distance_km(at, after))
    if min(arms_km) > HAIRPIN_ARM_KM:
        return False
    return distance_km(before, after) < max(arms_km) - HAIRPIN_DEPTH * min(arms_km)
