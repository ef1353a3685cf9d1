"""The outline of Ukraine: its units projected, drawn, and named where marks leave room."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from ukraine_minerals.pictures.picture import Unit
from ukraine_minerals.pictures.svg import element, text, titled, width

PARALLEL = math.cos(math.radians(48.5))  # the middle of the country: true to scale there both ways
BEND = 2.0  # square half pixels: the triangle that a corner makes with its neighbours; less is no bend
MARK = 7.0  # pixels that a mark reaches around its point
# The name of a small unit beside it, in pixels from its middle.
_BESIDE = {"kyiv": (0.0, -24.0), "kyiv-oblast": (-4.0, 38.0), "sevastopol": (-34.0, 4.0)}

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Projection:
    """Degrees -> pixels, straight, into a field of `width` by `height` pixels."""

    west: float
    north: float
    scale: float
    left: float
    top: float
    width: float
    height: float

    def at(self, longitude: float, latitude: float) -> Point:
        """Give the pixel of a place."""
        x = self.left + (longitude - self.west) * PARALLEL * self.scale
        return x, self.top + (self.north - latitude) * self.scale

    def holds(self, longitude: float, latitude: float) -> bool:
        """Say whether a place lies in the field."""
        x, y = self.at(longitude, latitude)
        return 0 <= x - self.left <= self.width and 0 <= y - self.top <= self.height


def projection(units: Sequence[Unit], left: float, top: float, room: float) -> Projection:
    """Fit the units into a field."""
    corners = [corner for unit in units for ring in unit.rings for corner in ring]
    west, east = min(c[0] for c in corners), max(c[0] for c in corners)
    south, north = min(c[1] for c in corners), max(c[1] for c in corners)
    scale = room / ((east - west) * PARALLEL)
    return Projection(west, north, scale, left, top, room, (north - south) * scale)


def draw(units: Sequence[Unit], to: Projection) -> str:
    """Draw the units, in half pixels, so that whole numbers are exact enough."""
    return element("g", *(_unit(unit, to) for unit in units), transform="scale(.5)")


def names(units: Sequence[Unit], to: Projection, marks: Sequence[Point], *, all_of_them: bool) -> str:
    """Name units near their middle, where a name covers the fewest marks; all, or those with room alone."""
    found = (_name(unit, units, to, marks, needs_room=not all_of_them) for unit in units)
    return element("g", *found, aria_hidden="true")


def _unit(unit: Unit, to: Projection) -> str:
    d = ""
    for ring in unit.rings:
        halves = [(round(x * 2), round(y * 2)) for x, y in (to.at(*corner) for corner in ring[:-1])]
        corners = [corner for corner, _ in groupby(halves)]
        around = zip(corners[-1:] + corners[:-1], corners, corners[1:] + corners[:1], strict=True)
        kept = [b for a, b, c in around if abs(_area((a, b, c))) >= BEND]
        if len(kept) > 2:
            steps = (f"{x2 - x1} {y2 - y1}" for (x1, y1), (x2, y2) in pairwise(kept))
            d += f"M{kept[0][0]} {kept[0][1]}l{' '.join(steps)}z"
    path = element("path", d=d.replace(" -", "-"))
    return element("g", titled(unit.name), path, class_="unit", data_territory=unit.territory_id)


def _name(
    unit: Unit, units: Sequence[Unit], to: Projection, marks: Sequence[Point], *, needs_room: bool
) -> str:
    ring = max(([to.at(*c) for c in ring] for ring in unit.rings), key=lambda found: abs(_area(found)))
    words = unit.name.removesuffix(" Oblast").removeprefix("Autonomous Republic of ")
    if any(other.name == f"{words} Oblast" for other in units) and words == unit.name:
        words += " city"
    x, y = _centre(ring)
    if unit.territory_id in _BESIDE and not needs_room:
        dx, dy = _BESIDE[unit.territory_id]
    else:
        half = width(words, 10) / 2
        dx, dy, best = 0.0, 0.0, math.inf
        for reach in range(0, 57, 8):
            if best < reach / 60:  # nothing farther out is better
                break
            for turn in range(12 if reach else 1):
                by = (reach * math.sin(turn * math.pi / 6), reach * math.cos(turn * math.pi / 6))
                cost = _covered(x + by[0], y + by[1], half, ring, marks) + math.hypot(*by) / 60
                if cost < best:
                    (dx, dy), best = by, cost
    if needs_room and _covered(x + dx, y + dy, width(words, 10) / 2, ring, marks):
        return ""
    return text(words, x + dx, y + dy + 4, "tiny muted unit-name", "middle")


def _covered(x: float, y: float, half: float, ring: Sequence[Point], marks: Sequence[Point]) -> float:
    """Count the marks that a name would cover, and its ends where they leave the unit."""
    under = sum(abs(mx - x) < half + MARK and abs(my - y) < 5 + MARK for mx, my in marks)
    crossed = [  # where the ring crosses the line at y: a point lies within if an odd number is to its right
        x1 + (y - y1) * (x2 - x1) / (y2 - y1) for (x1, y1), (x2, y2) in pairwise(ring) if (y1 > y) != (y2 > y)
    ]
    return under + sum(sum(end < at for at in crossed) % 2 == 0 for end in (x - half, x, x + half))


def _area(ring: Sequence[Point]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2


def _centre(ring: Sequence[Point]) -> Point:
    pairs = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    area = _area(ring) or 1
    x = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs)
    y = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs)
    return x / (6 * area), y / (6 * area)
