"""Marks: shapes that tell kinds apart without colour, and the days and spans that an EDTF date may mean."""

import math
from datetime import date

from ukraine_minerals import edtf
from ukraine_minerals.pictures.svg import element, number

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Corners in degrees clockwise from the top, and how far out they lie, so that all shapes look equally large.
_CORNERS = {
    "square": ((45, 135, 225, 315), 1.25),
    "diamond": ((0, 90, 180, 270), 1.35),
    "triangle": ((0, 120, 240), 1.4),
    "wedge": ((60, 180, 300), 1.4),
    "hexagon": ((30, 90, 150, 210, 270, 330), 1.15),
    "star": (tuple(range(0, 360, 36)), 1.5),
}
SHAPES = ("circle", *_CORNERS, "cross")


def mark(shape: str, x: float, y: float, class_: str, r: float = 5) -> str:
    """Draw a shape of about `r` pixels around a point; a cross is for what was shown to be wrong."""
    if shape == "circle":
        return element("circle", cx=x, cy=y, r=r, class_=class_)
    if shape == "cross":
        d = f"M{number(x - r)} {number(y - r)}l{number(2 * r)} {number(2 * r)}m0 {number(-2 * r)}"
        return element("path", d=f"{d}l{number(-2 * r)} {number(2 * r)}", class_=f"{class_} line wide")
    angles, out = _CORNERS[shape]
    points = []
    for place, angle in enumerate(angles):
        reach = r * out * (0.5 if shape == "star" and place % 2 else 1)
        turn = math.radians(angle)
        points.append(f"{number(x + reach * math.sin(turn))} {number(y - reach * math.cos(turn))}")
    return element("path", d=f"M{'L'.join(points)}Z", class_=class_)


def line(x1: float, y1: float, x2: float, y2: float, class_: str = "rule line") -> str:
    """Draw a straight line."""
    return element("path", d=f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}", class_=class_)


def span(words: str | None) -> edtf.Span | None:
    """Read an EDTF date; None where there is none."""
    return edtf.parse(words) if words else None


def day(iso: str) -> int:
    """Number a day, so that days can be subtracted."""
    return date.fromisoformat(iso).toordinal()


def is_vague(words: str | None) -> bool:
    """Say whether a date is less than one sure day: about, uncertain, open, a month, a year, an interval."""
    found = span(words)
    return found is None or found.precision != "day" or found.approximate or found.uncertain


def spoken(words: str | None) -> str:
    """Put an EDTF date into words: 12 Feb 2025; by 14 Feb 2025; about 2025."""
    if not words:
        return "no date"
    start, slash, end = words.partition("/")
    if start == "..":
        return f"by {_spoken_day(end)}"
    if end == "..":
        return f"since {_spoken_day(start)}"
    if not slash:
        sure = _spoken_day(start.rstrip("~?"))
        return f"about {sure}" if start.endswith("~") else f"{sure} (?)" if start.endswith("?") else sure
    if start[:7] == end[:7] and len(start) == len(end) == 10:
        return f"{int(start[8:])}–{_spoken_day(end)}"
    return f"{_spoken_day(start)} – {_spoken_day(end)}"


def _spoken_day(iso: str) -> str:
    parts = iso.split("-")
    words = [str(int(parts[2]))] if len(parts) > 2 else []
    words += [_MONTHS[int(parts[1]) - 1]] if len(parts) > 1 else []
    return " ".join([*words, parts[0]])
