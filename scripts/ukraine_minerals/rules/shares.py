"""How much of a place is held agrees with its area, and asserters far apart are told as a dispute.

A schema bounds a share, but knows neither how large the place is nor what others say of it.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from ukraine_minerals import edtf, problem
from ukraine_minerals.model import Table, Tables
from ukraine_minerals.problem import Problem
from ukraine_minerals.rules import lookup
from ukraine_minerals.rules.figures import number

APART_POINTS = 4  # shares of one place further apart than this are a disagreement
APART_DAYS = 14  # days as near as this are one time: a front rarely moves four points faster
AREA_POINTS = 3  # stated areas of oblasts differ by a few parts in a hundred
BOUNDS = frozenset(("at_least", "more_than", "up_to", "less_than"))
_WRONG = ("rejected", "superseded")


def check(tables: Tables) -> Iterator[Problem]:
    """Find shares that their area contradicts, and distant shares of one time without a dispute."""
    table = tables.by_name.get("territory_control")
    if table is not None:
        yield from _areas(table, lookup.mapping(tables.by_name.get("territories"), "area_km2"))
        yield from _asserters(table)


def _areas(table: Table, areas: dict[str, str]) -> Iterator[Problem]:
    fields = lookup.columns(table, "territory_id", "occupied_percent", "occupied_percent_max", "occupied_km2")
    for index, (place, low, high, km2) in enumerate(zip(*fields, strict=True)):
        least, most, held, area = (number(text) for text in (low, high or low, km2, areas.get(place, "")))
        if least is None or most is None or held is None or not area:
            continue
        share = held / area * 100
        if not least - AREA_POINTS <= share <= most + AREA_POINTS:
            message = f"{km2} km² of {place} ({areas[place]} km²) is {share:.1f} percent, not {low}"
            hint = "read both figures at the source again"
            yield problem.at(table, index, "occupied_km2", "share-area", message, hint)


def _asserters(table: Table) -> Iterator[Problem]:
    names = ("territory_id", "as_of", "occupied_percent", "qualifier", "dispute_id", "status")
    by_place = defaultdict(list)
    for index, (place, as_of, percent, qualifier, dispute, status) in enumerate(
        zip(*lookup.columns(table, *names), strict=True)
    ):
        span, value = edtf.parse(as_of), number(percent)
        # a bound may be true beside any other figure, and a span of years is no time
        if value is None or span is None or qualifier in BOUNDS or status in _WRONG:
            continue
        if span.precision in ("day", "month"):
            by_place[place].append((index, as_of, span, value, dispute))
    for place, rows in by_place.items():
        for one, other in combinations(rows, 2):
            index, as_of, span, value, dispute = other
            far = abs(one[3] - value) > APART_POINTS
            if far and _is_one_time(one[2], span) and not (one[4] and dispute):
                row = index if one[4] else one[0]
                message = (
                    f"{place} is held to {one[3]} percent ({one[1]}) in line {table.lines[one[0]]} "
                    f"and to {value} ({as_of}) in line {table.lines[index]}"
                )
                hint = "tie both to a row of disputes, or correct one"
                yield problem.at(table, row, "dispute_id", "shares-apart", message, hint)


def _is_one_time(one: edtf.Span, other: edtf.Span) -> bool:
    if one.earliest is None or one.latest is None or other.earliest is None or other.latest is None:
        return False
    if one.precision == other.precision == "day":
        days = date.fromisoformat(one.earliest) - date.fromisoformat(other.earliest)
        return abs(days.days) <= APART_DAYS
    return one.earliest <= other.latest and other.earliest <= one.latest
