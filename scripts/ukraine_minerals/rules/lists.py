"""A list of minerals that is held whole has as many rows as its issuer gives it entries.

A schema cannot count the rows of another table.
"""

from collections import Counter
from collections.abc import Iterator

from ukraine_minerals import problem
from ukraine_minerals.model import Tables
from ukraine_minerals.problem import Problem
from ukraine_minerals.rules import lookup


def check(tables: Tables) -> Iterator[Problem]:
    """Find complete lists with too few or too many listings, and others that exceed their length."""
    table = tables.by_name.get("mineral_lists")
    if table is None:
        return
    listings = Counter(lookup.column(tables.by_name.get("mineral_listings"), "list_id"))
    rows = zip(lookup.keys(table), *lookup.columns(table, "item_count", "complete"), strict=True)
    for index, (key, length, complete) in enumerate(rows):
        if not length.isdecimal():
            continue
        have, wanted = listings[key], int(length)
        if have > wanted or (complete in lookup.TRUE and have != wanted):
            claim = "is complete with" if complete in lookup.TRUE else "has"
            message = f"{key} {claim} {wanted} entries, but mineral_listings holds {have}"
            hint = "add, remove or correct"
            yield problem.at(table, index, "item_count", "list-length", message, hint)
