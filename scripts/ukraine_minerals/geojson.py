"""What counts as a GeoJSON object (RFC 7946) and as a TopoJSON object (TopoJSON 1.0)."""

from typing import Any

# How deep the positions of each geometry are nested.
_DEPTHS = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}


def is_geojson(value: Any) -> bool:  # noqa: ANN401  # what JSON holds
    """Tell whether a JSON value is a geometry, a feature or a collection of features."""
    if not isinstance(value, dict) or not _bbox(value):
        return False
    kind = value.get("type")
    if kind == "FeatureCollection":
        return _all(value.get("features"), lambda item: _is(item, "Feature") and is_geojson(item))
    if kind == "Feature":
        return (
            "properties" in value
            and (value["properties"] is None or isinstance(value["properties"], dict))
            and "geometry" in value
            and (value["geometry"] is None or _geometry(value["geometry"]))
            and (
                not isinstance(value.get("id", 0), bool) and isinstance(value.get("id", 0), int | float | str)
            )
        )
    return _geometry(value)


def is_topojson(value: Any) -> bool:  # noqa: ANN401
    """Tell whether a JSON value is a topology with its arcs and objects, or one of such objects."""
    if not _is(value, "Topology"):
        return isinstance(value, dict) and value.get("type") is not None and _topo_geometry(value)
    return (
        _bbox(value)
        and isinstance(value.get("objects"), dict)
        and all(_topo_geometry(item) for item in value["objects"].values())
        and _all(value.get("arcs"), lambda arc: _nested(arc, 1, _position) and len(arc) >= 2)
    )


def _is(value: Any, kind: str) -> bool:  # noqa: ANN401
    return isinstance(value, dict) and value.get("type") == kind


def _all(items: Any, test: Any) -> bool:  # noqa: ANN401
    return isinstance(items, list) and all(test(item) for item in items)


def _number(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, int | float) and not isinstance(value, bool)


def _bbox(value: dict[str, Any]) -> bool:
    """RFC 7946, section 5: two corners of two or more dimensions."""
    box = value.get("bbox", [0, 0, 0, 0])
    return _all(box, _number) and len(box) >= 4 and len(box) % 2 == 0


def _position(value: Any) -> bool:  # noqa: ANN401
    return _all(value, _number) and len(value) >= 2


def _nested(value: Any, depth: int, test: Any) -> bool:  # noqa: ANN401
    return bool(test(value)) if depth == 0 else _all(value, lambda item: _nested(item, depth - 1, test))


def _geometry(value: Any) -> bool:  # noqa: ANN401
    if not isinstance(value, dict) or not _bbox(value):
        return False
    kind = value.get("type")
    coordinates: Any = value.get("coordinates")
    if kind == "GeometryCollection":
        return _all(value.get("geometries"), _geometry)
    depth = _DEPTHS.get(kind) if isinstance(kind, str) else None
    if depth is None or not _nested(coordinates, depth, _position):
        return False
    if kind == "LineString":
        return len(coordinates) >= 2
    if kind == "MultiLineString":
        return all(len(line) >= 2 for line in coordinates)
    if kind == "Polygon":
        return _rings(coordinates)
    return kind != "MultiPolygon" or all(_rings(polygon) for polygon in coordinates)


def _rings(polygon: list[list[Any]]) -> bool:
    """RFC 7946, section 3.1.6: a ring has four positions or more, and the last is the first."""
    return all(len(ring) >= 4 and ring[0] == ring[-1] for ring in polygon)


def _topo_geometry(value: Any) -> bool:  # noqa: ANN401
    if not isinstance(value, dict) or not _bbox(value):
        return False
    kind = value.get("type")
    if kind is None or kind == "GeometryCollection":
        return kind is None or _all(value.get("geometries"), _topo_geometry)
    if kind in ("Point", "MultiPoint"):
        return _nested(value.get("coordinates"), _DEPTHS[kind], _position)
    depth = _DEPTHS.get(kind) if isinstance(kind, str) else None
    return depth is not None and _nested(value.get("arcs"), depth, lambda n: type(n) is int)
