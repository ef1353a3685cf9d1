"""Parts come to no more than their whole, and nobody casts more votes than a chamber has seats.

A schema sees one row; these are sums over rows.
"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from ukraine_minerals import problem
from ukraine_minerals.model import Tables
from ukraine_minerals.problem import Problem
from ukraine_minerals.rules import lookup
from ukraine_minerals.rules.figures import number

SEATS = {
    "verkhovna-rada": 450,  # Constitution of Ukraine, article 76
    "us-senate": 100,  # Constitution of the United States, article I, section 3
    "uk-house-of-commons": 650,  # Parliamentary Constituencies Act 1986, schedule 2, rule 1
    "united-nations": 193,  # member states in the General Assembly
}
SLACK = Decimal("1.02")  # what rounding of each part may add
OPEN = frozenset(("about", "at_least", "more_than"))  # qualifiers of a whole that its parts may exceed
_WRONG = ("rejected", "superseded")


def check(tables: Tables) -> Iterator[Problem]:
    """Find votes beyond a chamber's seats, and parts of a commitment or country beyond the whole."""
    yield from _votes(tables)
    yield from _commitments(tables)
    yield from _territories(tables)


def _votes(tables: Tables) -> Iterator[Problem]:
    table, participants = tables.by_name.get("claims"), tables.by_name.get("event_participants")
    chambers = defaultdict(list)
    for event, body in zip(*lookup.columns(participants, "event_id", "organisation_id"), strict=True):
        if body in SEATS:
            chambers[event].append(body)
    fields = lookup.columns(table, "unit", "value", "organisation_id", "event_id")
    for index, (unit, text, body, event) in enumerate(zip(*fields, strict=True)):
        votes = number(text)
        if table is None or unit != "votes" or votes is None:
            continue
        for chamber in [body] if body in SEATS else chambers[event]:
            if votes > SEATS[chamber]:
                message = f"{text} votes in {chamber}, which has {SEATS[chamber]} seats"
                yield problem.at(
                    table, index, "value", "votes-seats", message, "read the vote at its source again"
                )


def _commitments(tables: Tables) -> Iterator[Problem]:
    table = tables.by_name.get("commitments")
    fields = ("part_of", "amount", "currency", "amount_basis", "stage", "status")
    parts: dict[tuple[str, ...], list[Decimal]] = defaultdict(list)
    for whole, amount, currency, basis, stage, status in zip(*lookup.columns(table, *fields), strict=True):
        value = number(amount)
        if whole and value is not None and stage != "withdrawn" and status not in _WRONG:
            parts[whole, currency, basis].append(value)
    names = ("amount", "amount_max", "currency", "amount_basis", "qualifier")
    rows = zip(lookup.keys(table), *lookup.columns(table, *names), strict=True)
    for index, (key, low, high, currency, basis, qualifier) in enumerate(rows):
        most, given = number(high or low), parts.get((key, currency, basis), [])
        if table is None or most is None or qualifier in OPEN:
            continue
        if sum(given) > most * SLACK:
            message = f"its parts come to {sum(given)} {currency}, the whole to {high or low}"
            hint = "correct a part, or say in stage, status or qualifier why"
            yield problem.at(table, index, "amount", "part-sum", message, hint)


def _territories(tables: Tables) -> Iterator[Problem]:
    table, places = tables.by_name.get("territory_control"), tables.by_name.get("territories")
    above, areas = lookup.mapping(places, "parent_id"), lookup.mapping(places, "area_km2")
    fields = ("territory_id", "as_of", "asserted_by", "occupied_km2", "occupied_percent", "status")
    rows = list(zip(*lookup.columns(table, *fields), strict=True))
    held: dict[tuple[str, str, str], dict[str, Decimal]] = defaultdict(dict)
    for place, as_of, asserter, km2, percent, status in rows:
        area, share = number(areas.get(place, "")), number(percent)
        stated = number(km2) or (area * share / 100 if area and share is not None else None)
        if stated is not None and asserter and status not in _WRONG:
            held[above.get(place, ""), as_of, asserter][place] = stated
    for index, (place, as_of, asserter, km2, _, status) in enumerate(rows):
        whole, parts = number(km2), held.get((place, as_of, asserter), {})
        if table is None or whole is None or status in _WRONG:
            continue
        if sum(parts.values()) > whole * SLACK:
            message = f"its parts come to {sum(parts.values()):.0f} km², the whole to {km2}"
            hint = "read the figures of the parts and of the whole at their source again"
            yield problem.at(table, index, "occupied_km2", "part-sum", message, hint)
