"""What has coordinates lies where its row says it lies.

A schema bounds latitude and longitude, but knows no map. The map is the package's `ukraine-adm1`: it is
simplified to 0.01 degrees, so that only what lies more than 0.05 degrees outside is a fault.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import chain, pairwise
from typing import Any, NamedTuple

from ukraine_minerals import problem
from ukraine_minerals.model import Package, Table, Tables
from ukraine_minerals.problem import Problem
from ukraine_minerals.rules import lookup

TOLERANCE_DEGREES = 0.05
_WATERS_DEGREES = 1.5
MAP = "ukraine-adm1"
_LAND = ("country", "oblast", "autonomous_republic", "special_city", "raion", "city", "settlement")

Point = tuple[float, float]
Ring = list[Point]
Box = tuple[float, float, float, float]


class Shape(NamedTuple):
    """The polygons of one territory, each its edge and its holes, and the box around them."""

    polygons: list[list[Ring]]
    box: Box


def check(tables: Tables) -> Iterator[Problem]:
    """Find half a pair of coordinates, swapped ones, and places outside the territory that they belong to."""
    located = [table for table in tables.by_name.values() if "latitude" in table.columns]
    if not located:
        return
    shapes = _shapes(tables.package)
    territories = tables.by_name.get("territories")
    codes, above = lookup.mapping(territories, "iso_3166"), lookup.mapping(territories, "parent_id")
    kinds = lookup.mapping(territories, "type")
    points = dict(
        zip(
            lookup.keys(territories),
            zip(*lookup.columns(territories, "latitude", "longitude"), strict=True),
            strict=True,
        )
    )
    for table in located:
        own = "territory_id" if table is not territories else "".join(table.resource.primary_key[:1])
        rows = zip(*lookup.columns(table, "latitude", "longitude", own, "location_precision"), strict=True)
        for index, (latitude, longitude, territory, precision) in enumerate(rows):
            if bool(latitude) != bool(longitude):
                empty = "longitude" if latitude else "latitude"
                message = f"{empty} is empty"
                hint = "give both coordinates or neither"
                yield problem.at(table, index, empty, "coordinates-half", message, hint)
            elif latitude and shapes and precision != "country":
                line = _line(territory, above, kinds)
                bound = _bound(line, codes, shapes, is_site=table is not territories)
                if bound is not None:
                    yield from _place(table, index, (latitude, longitude), bound)
                elif table is not territories and kinds.get(territory) in ("city", "settlement"):
                    yield from _far(table, index, (latitude, longitude), territory, points.get(territory))
    yield from _abroad(territories, codes, above)


def _far(
    table: Table, index: int, pair: tuple[str, str], territory: str, middle: tuple[str, str] | None
) -> Iterator[Problem]:
    """Find a site that lies more than a degree from the town that it is said to lie in."""
    try:
        (north, east), (here, there) = (tuple(map(float, point)) for point in (middle or ("", ""), pair))
    except ValueError:
        return
    if abs(north - here) > 1 or abs(east - there) > 1:
        message = f"{', '.join(pair)} lies far from {territory} ({north}, {east})"
        yield problem.at(table, index, "latitude", "outside-territory", message, "correct one of them")


def _abroad(
    territories: Table | None, codes: Mapping[str, str], above: Mapping[str, str]
) -> Iterator[Problem]:
    """Find a region whose code is not of the country that it is put under."""
    for index, (code, parent) in enumerate(zip(codes.values(), above.values(), strict=True)):
        country = codes.get(parent, "")
        if territories is not None and "-" in code and country and not code.startswith(country[:2]):
            message = f"{code} is no region of {parent} ({country})"
            hint = "correct the parent or the code; borders are the General Assembly's"
            yield problem.at(territories, index, "parent_id", "place-code", message, hint)


def contains(shape: Shape, point: Point, tolerance: float = TOLERANCE_DEGREES) -> bool:
    """Say whether a point (longitude, latitude) lies in a shape or within degrees of tolerance from it."""
    x, y = point
    west, south, east, north = shape.box
    if not (west - tolerance <= x <= east + tolerance and south - tolerance <= y <= north + tolerance):
        return False
    if any(
        _is_inside(rings[0], x, y) and not any(_is_inside(hole, x, y) for hole in rings[1:])
        for rings in shape.polygons
    ):
        return True
    limit = tolerance * tolerance
    return any(
        _distance_squared(x, y, start, end) <= limit
        for rings in shape.polygons
        for ring in rings
        for start, end in pairwise(ring)
    )


def shape_of(geometry: Mapping[str, Any]) -> Shape:
    """Read a GeoJSON Polygon or MultiPolygon."""
    coordinates = geometry["coordinates"]
    polygons = [coordinates] if geometry["type"] == "Polygon" else coordinates
    longitudes, latitudes, *_ = zip(*chain.from_iterable(rings[0] for rings in polygons), strict=False)
    return Shape(polygons, (min(longitudes), min(latitudes), max(longitudes), max(latitudes)))


def _shapes(package: Package) -> dict[str, Shape]:
    """Read the map, by ISO 3166-2; empty where the package has none."""
    path = next(
        (entry["path"] for entry in package.descriptor["resources"] if entry.get("name") == MAP), None
    )
    file = package.root / path if isinstance(path, str) else None
    if file is None or not file.is_file():
        return {}
    features = json.loads(file.read_bytes())["features"]
    return {feature["id"]: shape_of(feature["geometry"]) for feature in features}


def _line(territory: str, above: Mapping[str, str], kinds: Mapping[str, str]) -> list[str]:
    """Give a territory and all above it; nothing for waters and areas, which no polygon bounds."""
    line: list[str] = []
    while territory in above and territory not in line:
        if kinds[territory] not in _LAND:
            return []
        line.append(territory)
        territory = above[territory]
    return line


def _bound(
    line: list[str], codes: Mapping[str, str], shapes: Mapping[str, Shape], *, is_site: bool
) -> tuple[str, Shape] | None:
    """Give the territory that a place must lie in, with its shape."""
    for territory in line:
        shape = shapes.get(codes[territory])
        if shape is not None:
            # the middle of a bent oblast may lie outside it, but not outside the box around it
            return territory, shape if is_site or territory != line[0] else _rectangle(shape.box, 0)
    if line and codes[line[-1]] == "UA":
        # Ukraine itself has no polygon: its land is what all cover, its waters lie around
        west, south, east, north = zip(*(shape.box for shape in shapes.values()), strict=True)
        return line[-1], _rectangle((min(west), min(south), max(east), max(north)), _WATERS_DEGREES)
    return None


def _rectangle(box: Box, margin: float) -> Shape:
    west, south, east, north = box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin
    return Shape(
        [[[(west, south), (east, south), (east, north), (west, north), (west, south)]]],
        (west, south, east, north),
    )


def _place(table: Table, index: int, pair: tuple[str, str], bound: tuple[str, Shape]) -> Iterator[Problem]:
    territory, shape = bound
    try:
        latitude, longitude = float(pair[0]), float(pair[1])
    except ValueError:
        return  # a type-error already
    if contains(shape, (longitude, latitude)):
        return
    if contains(shape, (latitude, longitude)):
        message = f"latitude and longitude are exchanged: {pair[1]}, {pair[0]} lies in {territory}"
        yield problem.at(table, index, "latitude", "coordinates-swapped", message, f"write {pair[1]}")
    else:
        message = f"{pair[0]}, {pair[1]} lies outside {territory}"
        yield problem.at(table, index, "latitude", "outside-territory", message, "correct one of them")


def _is_inside(ring: Ring, x: float, y: float) -> bool:
    """Count the edges east of a point: an odd number means inside."""
    inside = False
    x0, y0 = ring[-1]
    for x1, y1 in ring:
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            inside = not inside
        x0, y0 = x1, y1
    return inside


def _distance_squared(x: float, y: float, start: Point, end: Point) -> float:
    """Give the squared distance of a point from an edge, in degrees."""
    x0, y0 = start
    dx, dy = end[0] - x0, end[1] - y0
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, ((x - x0) * dx + (y - y0) * dy) / length)) if length else 0.0
    return (x - x0 - along * dx) ** 2 + (y - y0 - along * dy) ** 2
