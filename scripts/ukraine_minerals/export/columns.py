"""Typed columns of a table: each field as its schema reads it, and the days that its EDTF text allows."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ukraine_minerals import edtf, values
from ukraine_minerals.errors import PackageError
from ukraine_minerals.model import Descriptor, Field, Table

Value = str | bool | int | float | dt.date | list["Value"] | None

# Table Schema types that the exports keep; a column of any other type stays the text that the CSV prints.
KINDS = {
    "boolean": "boolean",
    "date": "date",
    "integer": "integer",
    "list": "list",
    "number": "number",
    "year": "integer",
}

# Suffix of a derived column = attribute of the span: type, and what its title and description say.
DERIVED = {
    "earliest": ("date", "first day", "First day that `{}` allows; empty where it gives none."),
    "latest": ("date", "last day", "Last day that `{}` allows; empty where it gives none."),
    "precision": ("string", "precision", "Form of `{}`: a day, month, year, interval, or open at one end."),
    "approximate": ("boolean", "approximate", "Whether `{}` is marked as about (~)."),
    "uncertain": ("boolean", "uncertain", "Whether `{}` is marked as uncertain (?)."),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One exported column: its field descriptor, its typed values (None = missing), and the CSV text of each.

    `kind` is string, category, date, boolean, integer, number or list; a category's words are `vocabulary`.
    """

    name: str
    kind: str
    vocabulary: tuple[str, ...]
    values: Sequence[Value]
    texts: Sequence[str]
    descriptor: Descriptor


def of(table: Table) -> tuple[Column, ...]:
    """Read the columns of a table, each EDTF column followed by the five that are worked out from it."""
    columns: list[Column] = []
    for field in table.fields:
        columns.append(read(field, table.columns[field.name]))
        if field.descriptor.get("edtf"):
            columns.extend(_days(columns[-1]))
    return tuple(columns)


def made(descriptor: Descriptor, found: Sequence[Value]) -> Column:
    """Make a column that stands in no source file out of its field descriptor and its values."""
    texts = ["" if value is None else _text(value) for value in found]
    kind, vocabulary = kind_of(descriptor)
    return Column(descriptor["name"], kind, vocabulary, found, texts, descriptor)


def read(field: Field, texts: Sequence[str]) -> Column:
    """Read one column of texts as its field says."""
    kind, vocabulary = kind_of(field.descriptor)
    read: Callable[[str], object] = str if kind in ("string", "category") else values.reader(field)
    known: dict[str, Value] = {
        text: None if text in field.missing_values else _plain(read(text)) for text in dict.fromkeys(texts)
    }
    return Column(field.name, kind, vocabulary, [known[text] for text in texts], texts, field.descriptor)


def kind_of(descriptor: Descriptor) -> tuple[str, tuple[str, ...]]:
    """Give the kind of a column and, for a category, its vocabulary."""
    kind = KINDS.get(descriptor.get("type", "string"), "string")
    if descriptor.get("type", "string") != "string":
        return kind, ()
    listed = descriptor.get("constraints", {}).get("enum") or descriptor.get("categories") or ()
    vocabulary = tuple(entry["value"] if isinstance(entry, dict) else entry for entry in listed)
    return ("category" if vocabulary else kind), vocabulary


def _plain(value: object) -> Value:
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, bool | int | float) or type(value) is dt.date:
        return value
    return str(value)


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _days(column: Column) -> Iterator[Column]:
    spans = [None if value is None else edtf.parse(str(value)) for value in column.values]
    for value, span in zip(column.values, spans, strict=True):
        if value is not None and span is None:
            raise PackageError(f'{column.name}: "{value}" is not an EDTF date; validate the package first')
    title = column.descriptor.get("title", column.name)
    for suffix, (kind, label, description) in DERIVED.items():
        found: list[Value] = [None if span is None else getattr(span, suffix) for span in spans]
        if kind == "date":
            found = [dt.date.fromisoformat(day) if isinstance(day, str) else None for day in found]
        descriptor: dict[str, object] = {
            "name": f"{column.name}_{suffix}",
            "title": f"{title}: {label}",
            "description": description.format(column.name),
            "type": kind,
            "derivedFrom": column.name,
        }
        if suffix == "precision":
            descriptor["constraints"] = {"enum": ["day", "month", "year", "interval", "open"]}
        yield made(descriptor, found)
