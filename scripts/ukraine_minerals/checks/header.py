"""The columns of the file are the fields of the schema (Table Schema 2.0, fieldsMatch)."""

from collections.abc import Iterator

from ukraine_minerals import problem
from ukraine_minerals.model import Field, Table, Tables
from ukraine_minerals.problem import Problem

_MARKS = {";": "semicolons", "\t": "tabs", "|": "bars", ",": "commas"}
_BACK = "put it back with its cells, as in the last version"
_MAY_HAVE_MORE = ("subset", "partial")
_MAY_HAVE_FEWER = ("superset", "partial")


def check(tables: Tables) -> Iterator[Problem]:
    """Compare the labels with the fields, by order or by name."""
    for table in tables.by_name.values():
        if not table.resource.dialect["header"] or not table.resource.fields:
            continue
        if not table.header:
            yield problem.of(table, "blank-header", "the header is empty", line=_line(table))
        else:
            yield from _exact(table) if table.resource.fields_match == "exact" else _by_name(table)


def _exact(table: Table) -> Iterator[Problem]:
    labels, fields = table.header, table.resource.fields
    for number, label in enumerate(labels[len(fields) :], len(fields) + 1):
        yield _extra(table, number, label)
    for number, field in enumerate(fields[len(labels) :], len(labels) + 1):
        yield _missing(table, number, field)
    for number, (label, field) in enumerate(zip(labels, fields, strict=False), 1):
        if not label:
            yield _at(
                table,
                number,
                field.name,
                "blank-label",
                f"the column has no name; the schema has {field.name}",
                f"write {field.name}",
            )
        elif label in labels[: number - 1]:
            yield _duplicate(table, number, field.name)
        elif label != field.name:
            message = f"the column is named {problem.quote(label)}; the schema has {field.name} here"
            yield _at(
                table,
                number,
                field.name,
                "incorrect-label",
                message,
                _divided(table) or f"write {field.name}",
            )


def _divided(table: Table) -> str:
    """Say how to save a file whose one label holds all of them, because another character divides them."""
    delimiter = table.resource.dialect["delimiter"]
    is_one = len(table.header) == 1 and any(mark in table.header[0] for mark in _MARKS if mark != delimiter)
    return f"save the file as CSV, divided by {_MARKS.get(delimiter, delimiter)}" if is_one else ""


def _by_name(table: Table) -> Iterator[Problem]:
    labels, fields, mode = table.header, table.resource.fields, table.resource.fields_match
    names = {field.name for field in fields}
    for number, label in enumerate(labels, 1):
        if label in labels[: number - 1]:
            yield _duplicate(table, number, label)
        elif label not in names and mode not in _MAY_HAVE_MORE:
            yield _extra(table, number, label)
    if mode == "partial" and not names.intersection(labels):
        message = "no column of the file is in the schema"
        yield problem.of(table, "unmatched-header", message, line=_line(table))
    missing = [field for field in fields if field.name not in labels]
    if mode in _MAY_HAVE_FEWER:
        missing = [field for field in missing if _required(table, field)]
    for number, field in enumerate(missing, len(labels) + 1):
        yield _missing(table, number, field)


def _required(table: Table, field: Field) -> bool:
    return bool(field.constraints.get("required")) or field.name in table.resource.primary_key


def _extra(table: Table, number: int, label: str) -> Problem:
    names = [field.name for field in table.resource.fields]
    message = f"the schema has no field {problem.quote(label)}"
    hint = problem.nearest(label, names) or "delete the column; what it says may stand in note"
    return _at(table, number, "", "extra-label", message, hint)


def _missing(table: Table, number: int, field: Field) -> Problem:
    return _at(table, number, field.name, "missing-label", f"the file has no column {field.name}", _BACK)


def _duplicate(table: Table, number: int, field: str) -> Problem:
    label = table.header[number - 1]
    first = table.header.index(label) + 1
    message = f"the column is named {problem.quote(label)} like column {first}"
    hint = "give each column its own name, as in the last version"
    return _at(table, number, field, "duplicate-label", message, hint)


def _at(table: Table, number: int, field: str, code: str, *words: str) -> Problem:
    value = table.header[number - 1] if number <= len(table.header) else ""
    return problem.of(table, code, *words, line=_line(table), column=number, field=field, value=value)


def _line(table: Table) -> int:
    """Give the header's line: the declared row, which has none of quoted line ends before it."""
    rows = table.resource.dialect["headerRows"]
    return int(rows[0]) if rows else 1
