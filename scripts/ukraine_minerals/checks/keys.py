"""Primary keys, unique fields and keys, foreign keys: what holds between rows."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ukraine_minerals import problem, values
from ukraine_minerals.checks import doubts
from ukraine_minerals.model import ForeignKey, Table, Tables
from ukraine_minerals.problem import Problem

_KEY_HINTS = ("give the row a key", "run tidy, which makes the key")
_UNHASHABLE = ("list", "array", "object", "geojson")
_HINTED = 20_000  # rows; among more, to look for the nearest key takes longer than all the rest


def check(tables: Tables) -> Iterator[Problem]:
    """Check the keys of all tables; a key whose columns or whose target could not be read is left out."""
    for table in tables.by_name.values():
        if table.resource.primary_key and _has(table, table.resource.primary_key):
            yield from _primary(table, table.resource.primary_key)
        for field in table.fields:
            if field.constraints.get("unique"):
                yield from _twice(table, (field.name,), "unique-error", "unique")
        for key in table.resource.unique_keys:
            if _has(table, key):
                yield from _twice(table, key, "unique-key", "")
        for foreign in table.resource.foreign_keys:
            target = tables.by_name.get(foreign.resource or table.resource.name)
            if target and _has(table, foreign.fields) and _has(target, foreign.reference_fields):
                yield from _foreign(tables, table, foreign, target)


def _has(table: Table, names: Sequence[str]) -> bool:
    return bool(names) and all(name in table.columns for name in names)


def _rows(table: Table, names: Sequence[str], indices: Sequence[int]) -> list[tuple[Any, ...]]:
    """Give the values of some fields in some rows; None is missing or unreadable."""
    return list(zip(*(_values(table, name, indices) for name in names), strict=True))


def _values(table: Table, name: str, indices: Sequence[int]) -> list[Any]:
    number = next(n for n, field in enumerate(table.fields) if field.name == name)
    field = table.fields[number]
    short = {index for index, cells in table.ragged.items() if number >= len(cells)}
    texts = doubts.cells(table, name, indices)
    by_text = values.column(field, texts)
    if field.type in _UNHASHABLE:
        by_text = {
            text: value if value is None else json.dumps(value, sort_keys=True, default=str)
            for text, value in by_text.items()
        }
    found = [by_text[text] for text in texts]
    if short:
        found = [None if index in short else value for index, value in zip(indices, found, strict=True)]
    return found


def _texts(table: Table, names: Sequence[str], indices: Sequence[int]) -> list[str]:
    """Give what some rows have in some fields, as it is told."""
    return list(map(", ".join, zip(*(doubts.cells(table, name, indices) for name in names), strict=True)))


def _keyed(table: Table, names: Sequence[str], *, nulls: bool) -> Iterator[tuple[int, tuple[Any, ...], str]]:
    """Give the rows among which a key stands twice, or has a null in it: index, key, and that as it is told.

    Where `nulls` are no fault the keys that have one are left out.
    """
    indices = doubts.keys(table, names)
    rows = _rows(table, names, indices)
    if not nulls:
        kept = [(index, key) for index, key in zip(indices, rows, strict=True) if None not in key]
        indices, rows = [index for index, _ in kept], [key for _, key in kept]
    different = set(rows)
    if len(different) < len(rows) or any(None in key for key in different):
        yield from zip(indices, rows, _texts(table, names, indices), strict=True)


def _primary(table: Table, names: tuple[str, ...]) -> Iterator[Problem]:
    """Table Schema 2.0, primaryKey: no field of it is null, and no two rows have the same."""
    first: dict[tuple[Any, ...], int] = {}
    tell = problem.teller(table, names)
    for index, key, text in _keyed(table, names, nulls=True):
        if None in key:
            message = f"the key has no {_empty(names, key)}"
            hint = _KEY_HINTS["generatedKey" in table.resource.schema]
            yield tell(index, "primary-key", message, hint, value=text)
        elif (line := first.setdefault(key, table.lines[index])) != table.lines[index]:
            message = f"{problem.quote(text)} is the key of the row in line {line} too"
            hint = "give one of the two a key of its own, or delete what stands twice"
            yield tell(index, "primary-key", message, hint, value=text)


def _empty(names: Sequence[str], key: Sequence[Any]) -> str:
    return ", ".join(name for name, value in zip(names, key, strict=True) if value is None)


def _twice(table: Table, names: tuple[str, ...], code: str, constraint: str) -> Iterator[Problem]:
    """Table Schema 2.0, unique and uniqueKeys: what is null is excluded, as in SQL."""
    first: dict[tuple[Any, ...], int] = {}
    tell = problem.teller(table, names)
    for index, key, text in _keyed(table, names, nulls=False):
        if (line := first.setdefault(key, table.lines[index])) != table.lines[index]:
            message = f"{problem.quote(text)} stands in line {line} too"
            hint = "delete one of the two rows, or correct what makes them alike"
            yield tell(index, code, message, hint, constraint, text)


def _foreign(tables: Tables, table: Table, foreign: ForeignKey, target: Table) -> Iterator[Problem]:
    """Table Schema 2.0, foreignKeys: modelled on SQL, where a key with a null in it points nowhere."""
    names = foreign.fields
    if _surely_found(table, foreign, target):
        return
    indices, known = doubts.links(table, foreign, target)
    rows = _rows(table, names, indices)
    there = {key for key in _rows(target, foreign.reference_fields, known) if None not in key}
    if all(None in key for key in set(rows) - there):
        return
    hint, tell = _hinter(tables, foreign, target), problem.teller(table, names)
    wrong = [index for index, key in zip(indices, rows, strict=True) if None not in key and key not in there]
    for index, text in zip(wrong, _texts(table, names, wrong), strict=True):
        message = f"{problem.quote(text)} is not in {target.resource.name}"
        yield tell(index, "foreign-key", message, hint(text), value=text)


def _hinter(tables: Tables, foreign: ForeignKey, target: Table) -> Callable[[str], str]:
    if len(target.lines) > _HINTED:
        return lambda _: ""
    from ukraine_minerals.checks.pointers import Pointers  # noqa: PLC0415  # only a run with faults pays for it

    return Pointers(tables, foreign, target).hint


def _surely_found(table: Table, foreign: ForeignKey, target: Table) -> bool:
    """Accept at a glance a key of one text field all of whose texts stand in the other table."""
    if table.is_large or target.is_large:
        return False
    if table.ragged or target.ragged:  # a cell that is not there stands as "", which may be a value
        return False
    pairs = ((table, foreign.fields), (target, foreign.reference_fields))
    texts = []
    for one, names in pairs:
        field = next(field for field in one.fields if field.name == names[0])
        if len(names) > 1 or field.type != "string" or field.format != "default":
            return False
        texts.append(set(one.columns[field.name]).difference(field.missing_values))
    return texts[0] <= texts[1]
