"""Scales: from days and amounts to pixels, with the ticks of an axis; and a swarm that keeps marks apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ukraine_minerals.pictures.marks import line
from ukraine_minerals.pictures.svg import text

_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight scale: `low` lies at pixel `start`, `high` at pixel `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Give the pixel of a value; what lies beyond the scale stays at its end."""
        share = (value - self.low) / ((self.high - self.low) or 1)
        return self.start + min(max(share, 0), 1) * (self.end - self.start)


def months(scale: Scale, top: float, bottom: float, every: int) -> str:
    """Draw the ticks of a scale of days: each `every`-th month, and the year under its first."""
    parts = []
    begin = date.fromordinal(int(scale.low))
    named = 0
    for number in range(begin.year * 12, 9999 * 12, every):
        year, month = divmod(number, 12)
        first = date(year, month + 1, 1).toordinal()
        if first > scale.high:
            break
        if first < scale.low:
            continue
        x = scale.at(first)
        parts.append(line(x, top, x, bottom))
        if every < 12:
            parts.append(text(_NAMES[month], x, bottom + 15, "small muted", "middle"))
        if year != named:
            parts.append(text(str(year), x, bottom + (30 if every < 12 else 15), "small muted", "middle"))
            named = year
    return "".join(parts)


def swarm(places: Sequence[float], reach: float) -> list[int]:
    """Lay marks, given in order of place, on the lowest level where those of width `reach` do not touch."""
    ends: list[float] = []
    levels = []
    for place in places:
        level = next((n for n, end in enumerate(ends) if end <= place - reach), len(ends))
        if level == len(ends):
            ends.append(place)
        ends[level] = place
        levels.append(level)
    return levels
