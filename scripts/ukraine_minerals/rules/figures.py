"""A figure is in its range, and never bare: it has a unit, and says of what it is.

A schema bounds a cell, but does not compare it with the next, nor ask for one because another is filled.
"""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import cache

from ukraine_minerals import problem
from ukraine_minerals.model import Table, Tables
from ukraine_minerals.problem import Problem
from ukraine_minerals.rules import lookup

# table -> its figures: the field, the fields that say in which unit (one is enough), those that say of what
FIGURES = {
    "mineral_presence": (("share_percent", (), ("basis",)),),
    "site_minerals": (("quantity", ("quantity_unit",), ("basis",)),),
    "territory_control": (("occupied_percent", (), ("basis",)), ("occupied_km2", (), ("basis",))),
    "commitments": (
        ("quantity", ("quantity_unit",), ()),
        ("amount", ("currency",), ("amount_basis", "basis")),
    ),
    "claims": (("value", ("unit",), ("basis",)),),
}


def check(tables: Tables) -> Iterator[Problem]:
    """Find figures out of range, ranges that run backwards, and figures without what makes them figures."""
    for table in tables.by_name.values():
        for field in table.columns:
            if field.endswith("_max") and field[:-4] in table.columns:
                yield from _range(table, field[:-4], field)
        if "unit" in table.columns:
            yield from _percent_values(table)
        yield from _percent_fields(table)
    for name, figures in FIGURES.items():
        table_or_none = tables.by_name.get(name)
        if table_or_none is not None:
            yield from _bare(table_or_none, figures)


@cache
def number(text: str) -> Decimal | None:
    """Read a figure; None if it is none, or so far from all that is counted that sums of it overflow."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value.adjusted()) < 100 else None


def _range(table: Table, field: str, most: str) -> Iterator[Problem]:
    for index, (low, high) in enumerate(zip(*lookup.columns(table, field, most), strict=True)):
        if not high:
            continue
        if not low:
            message = f"{most} without {field}"
            hint = f"one figure alone stands in {field}, with its qualifier"
            yield problem.at(table, index, most, "range-order", message, hint)
            continue
        least, greatest = number(low), number(high)
        if least is not None and greatest is not None and least > greatest:
            message = f"{field} ({low}) is more than {most} ({high})"
            hint = "exchange or correct them"
            yield problem.at(table, index, most, "range-order", message, hint)


def _percent_fields(table: Table) -> Iterator[Problem]:
    for field in table.resource.fields:
        if field.name.endswith(("_percent", "_percent_max")):
            bounds = tuple(number(str(field.constraints.get(bound, ""))) for bound in ("minimum", "maximum"))
            # within the schema's own bounds a fault is a constraint-error already
            if bounds[0] != 0 or bounds[1] != 100:
                yield from _percent(table, field.name, range(len(table.lines)))


def _percent_values(table: Table) -> Iterator[Problem]:
    rows = [index for index, unit in enumerate(table.columns["unit"]) if unit in ("percent", "%")]
    for field in ("value", "value_max"):
        if rows and field in table.columns:
            yield from _percent(table, field, rows)


def _percent(table: Table, field: str, rows: range | list[int]) -> Iterator[Problem]:
    texts = table.columns[field]
    for index in rows:
        value = number(texts[index]) if texts[index] else None
        if value is not None and not 0 <= value <= 100:
            message = f"{texts[index]} is no share"
            hint = "a percentage is from 0 to 100"
            yield problem.at(table, index, field, "percent-range", message, hint)


def _bare(
    table: Table, figures: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
) -> Iterator[Problem]:
    per_gdp = [basis == "percent_of_gdp" for basis in lookup.column(table, "amount_basis")]
    for field, units, bases in figures:
        for code, needed in (("figure-unit", units), ("figure-basis", bases)):
            companions = lookup.columns(table, *needed)
            for index, text in enumerate(lookup.column(table, field) if needed else ()):
                if not text or any(column[index] for column in companions):
                    continue
                if needed == ("currency",) and per_gdp[index]:
                    continue
                message = f"{field} {text} stands without {' or '.join(needed)}"
                hint = f"say {_ASKED[code]}"
                yield problem.at(table, index, needed[0], code, message, hint)
    columns = [lookup.column(table, field) for field, *_ in figures]
    for index, qualifier in enumerate(lookup.column(table, "qualifier")):
        if qualifier and not any(column[index] for column in columns):
            message = f'"{qualifier}" qualifies no figure'
            hint = "give the figure or empty the cell"
            yield problem.at(table, index, "qualifier", "qualifier-alone", message, hint)


_ASKED = {"figure-unit": "in what it is counted", "figure-basis": "of what it is"}
