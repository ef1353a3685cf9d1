"""Reach columns, rows and evidence by name and key, also where a small package lacks them."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from ukraine_minerals import edtf
from ukraine_minerals.model import Table, Tables

Evidence = Mapping[tuple[str, str], Sequence[int]]
TRUE = frozenset(("true", "True", "TRUE", "1"))


def column(table: Table | None, field: str) -> Sequence[str]:
    """Give the texts of a column, all empty where the table lacks it."""
    if table is None:
        return ()
    found = table.columns.get(field)
    return ("",) * len(table.lines) if found is None else found


def columns(table: Table | None, *fields: str) -> tuple[Sequence[str], ...]:
    """Give several columns at once."""
    return tuple(column(table, field) for field in fields)


def keys(table: Table | None) -> Sequence[str]:
    """Give each row's key ("" without one), a composite one's parts joined by "/" in the schema's order."""
    if table is None:
        return ()
    parts = columns(table, *(table.resource.primary_key or ("",)))
    return parts[0] if len(parts) == 1 else ["/".join(key) for key in zip(*parts, strict=True)]


def mapping(table: Table | None, field: str) -> dict[str, str]:
    """Give one column by the rows' keys."""
    return dict(zip(keys(table), column(table, field), strict=True))


def spans(table: Table | None, field: str) -> list[edtf.Span | None]:
    """Give a column of dates as spans; None where it is empty or no date."""
    return [edtf.parse(text) if text else None for text in column(table, field)]


@lru_cache(maxsize=1)
def evidence(tables: Tables) -> Evidence:
    """Give the indices of the evidence by the table and key of the row that it is for."""
    found = defaultdict(list)
    table = tables.by_name.get("evidence")
    for index, address in enumerate(zip(*columns(table, "table_name", "row_key"), strict=True)):
        found[address].append(index)
    return dict(found)


def parents(table: Table) -> list[tuple[str, str]]:
    """Give the fields whose rows a table inherits evidence from, each with the table that it points to."""
    wanted = table.resource.schema.get("evidenceFrom", "")
    return [
        (key.fields[0], key.resource or table.resource.name)
        for key in table.resource.foreign_keys
        if len(key.fields) == 1 and key.fields[0] == wanted
    ]


def inherited(table: Table, found: Evidence) -> list[Sequence[int]]:
    """Give for each row of a table the evidence that it inherits."""
    rows: list[Sequence[int]] = [()] * len(table.lines)
    for field, parent in parents(table):
        for row, key in enumerate(column(table, field)):
            rows[row] = (*rows[row], *found.get((parent, key), ()))
    return rows


@cache
def breaks(pattern: str | None, text: str) -> bool:
    """Say whether a text breaks its field's pattern, so that a check has already reported it."""
    return pattern is not None and re.fullmatch(pattern, text) is None
