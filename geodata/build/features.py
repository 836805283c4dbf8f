"""GeoJSON as the repository keeps it: one feature per line of text, so that a change shows as few lines."""

import json
from collections.abc import Iterable, Mapping
from typing import Any


def feature_collection(features: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> str:
    """Return GeoJSON text for (properties, geometry) pairs, sorted by their ``id``."""
    rows = [
        json.dumps(
            {"type": "Feature", "properties": properties, "geometry": geometry},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for properties, geometry in sorted(features, key=lambda feature: str(feature[0]["id"]))
    ]
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(rows) + "\n]}\n"
