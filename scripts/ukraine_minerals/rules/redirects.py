"""A redirect leads from a key that is gone to a row that is there.

No foreign key can point to a table that another cell names, or say that a row must not exist.
"""

from collections.abc import Iterator

from ukraine_minerals import problem
from ukraine_minerals.model import Tables
from ukraine_minerals.problem import Problem
from ukraine_minerals.rules import lookup


def check(tables: Tables) -> Iterator[Problem]:
    """Find redirects from keys still in use, and to keys that are not."""
    table = tables.by_name.get("redirects")
    if table is None:
        return
    known = {name: frozenset(lookup.keys(other)) for name, other in tables.by_name.items()}
    nearest = {name: problem.hinter(keys) for name, keys in known.items()}
    rows = zip(*lookup.columns(table, "table_name", "old_key", "new_key"), strict=True)
    for index, (name, old, new) in enumerate(rows):
        if name not in known:
            message = f'"{name}" is no table of this package'
            yield problem.at(
                table, index, "table_name", "redirect-new", message, problem.nearest(name, known)
            )
            continue
        if old in known[name]:
            message = f"{old} is still a row of {name}"
            hint = "a key is redirected once it is retired"
            yield problem.at(table, index, "old_key", "redirect-old", message, hint)
        if new and new not in known[name]:
            message = f'"{new}" is no row of {name}'
            yield problem.at(table, index, "new_key", "redirect-new", message, nearest[name](new))
