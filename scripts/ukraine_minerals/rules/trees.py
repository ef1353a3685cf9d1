"""What points to its own kind never comes back to itself.

A foreign key is content with a circle; a tree is not. Holds for every table that points to itself.
"""

from collections.abc import Iterator

from ukraine_minerals import problem
from ukraine_minerals.model import Tables
from ukraine_minerals.problem import Problem
from ukraine_minerals.rules import lookup


def check(tables: Tables) -> Iterator[Problem]:
    """Find the circles of every foreign key to its own table; each is told once, at its first row."""
    for name, table in tables.by_name.items():
        for link in table.resource.foreign_keys:
            if link.resource not in ("", name) or link.reference_fields != table.resource.primary_key:
                continue
            field = link.fields[0]
            above = lookup.mapping(table, field)
            rows = {key: index for index, key in enumerate(above)}
            done: set[str] = set()
            for key in above:
                line: list[str] = []
                while key in above and key not in done:
                    done.add(key)
                    line.append(key)
                    key = above[key]  # noqa: PLW2901, the climb
                if key in line:
                    circle = line[line.index(key) :]
                    first = min(circle, key=rows.__getitem__)
                    turn = circle.index(first)
                    message = f"{' -> '.join([*circle[turn:], *circle[:turn], first])}"
                    yield problem.at(
                        table, rows[first], field, "circle", message, "cut it at one of its links"
                    )
