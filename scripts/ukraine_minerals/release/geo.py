"""Views as GeoJSON (RFC 7946), as the package's property `maps` asks: points, or outlines with their rows.

Each entry has a `name`, the `view` whose rows become properties, and either the view's columns of
`latitude` and `longitude`, or an `outline`: the GeoJSON resource whose features have the row's `key` as id.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from ukraine_minerals import jsonvalue
from ukraine_minerals.errors import PackageError
from ukraine_minerals.export.columns import Column
from ukraine_minerals.metadata.about import About
from ukraine_minerals.model import Package

Properties = dict[str, Any]
Ring = list[list[float]]


@dataclass(frozen=True, slots=True)
class Map:
    """One map as written: its path in the release, its features, and the rows that have no place."""

    path: str
    features: int
    left_out: int


def write(
    package: Package, about: About, tables: Mapping[str, Sequence[Column]], folder: Path
) -> tuple[Map, ...]:
    """Write all maps that the package names.

    Raises:
        PackageError: a map names a view, a column or an outline that is not there.
    """
    return tuple(
        _map(jsonvalue.of(entry, "an object", "maps"), package, about, tables, folder)
        for entry in jsonvalue.get(package.descriptor, "maps", "an array", package.path, [])
    )


def _map(
    entry: Mapping[str, Any],
    package: Package,
    about: About,
    tables: Mapping[str, Sequence[Column]],
    folder: Path,
) -> Map:
    where = f"maps: {entry.get('name')}"
    view = jsonvalue.get(entry, "view", "a string", where)
    if view not in tables:
        raise PackageError(f"{where}: there is no table or view {view}")
    rows = list(_rows(tables[view]))
    if "outline" not in entry and not {"latitude", "longitude"} <= entry.keys():
        raise PackageError(f"{where}: needs an outline, or latitude and longitude")
    named = [entry[key] for key in ("key", "latitude", "longitude") if key in entry]
    if missing := [name for name in named if name not in {column.name for column in tables[view]}]:
        raise PackageError(f"{where}: {view} has no column {missing[0]}")
    drawn = list(_outlines(rows, entry, package, where) if "outline" in entry else _points(rows, entry))
    content = {
        "type": "FeatureCollection",
        "name": f"{about.name} {entry['name']}",
        "version": about.version,
        "cutoff": about.cutoff,
        "licence": about.licence,
        "citation": about.citation,
        "features": drawn,
    }
    path = f"geo/{entry['name']}.geojson"
    (folder / "geo").mkdir(exist_ok=True)
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    text = text.replace('{"type":"Feature",', '\n{"type":"Feature",')  # a feature a line, to compare versions
    (folder / path).write_text(text + "\n", encoding="utf-8", newline="\n")
    return Map(path, len(drawn), len(rows) - len(drawn))


def _rows(columns: Sequence[Column]) -> Iterator[Properties]:
    names = [column.name for column in columns]
    for values in zip(*(column.values for column in columns), strict=True):
        cells = (
            value if isinstance(value, str | int | float | list) else value and str(value) for value in values
        )
        yield dict(zip(names, cells, strict=True))


def _points(rows: Sequence[Properties], entry: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for row in rows:
        position = [row[entry["longitude"]], row[entry["latitude"]]]
        if None not in position:
            yield _feature(row, {"type": "Point", "coordinates": position}, next(iter(row.values())))


def _outlines(
    rows: Sequence[Properties], entry: Mapping[str, str], package: Package, where: str
) -> Iterator[dict[str, Any]]:
    files = [resource for resource in package.files if resource.name == entry["outline"]]
    if not files:
        raise PackageError(f"{where}: the package has no resource {entry['outline']}")
    found = jsonvalue.read(files[0].file)
    shapes = {feature.get("id"): feature["geometry"] for feature in found["features"]}
    for row in rows:
        if row[entry["key"]] in shapes:
            yield _feature(row, _wound(shapes[row[entry["key"]]]), row[entry["key"]])


def _wound(geometry: dict[str, Any]) -> dict[str, Any]:
    """Wind outer rings counterclockwise and holes clockwise (RFC 7946, 3.1.6); sources often do not."""
    found: Any = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        found = _rings(found)
    elif geometry["type"] == "MultiPolygon":
        found = [_rings(polygon) for polygon in found]
    return {"type": geometry["type"], "coordinates": found}


def _rings(polygon: list[Ring]) -> list[Ring]:
    return [ring if (_area(ring) > 0) == (number == 0) else ring[::-1] for number, ring in enumerate(polygon)]


def _area(ring: Ring) -> float:
    """Twice the area, below zero if the ring runs clockwise."""
    return sum(x * v - u * y for (x, y), (u, v) in pairwise(ring))


def _feature(row: Properties, geometry: dict[str, Any], key: str) -> dict[str, Any]:
    return {"type": "Feature", "id": key, "properties": row, "geometry": geometry}
