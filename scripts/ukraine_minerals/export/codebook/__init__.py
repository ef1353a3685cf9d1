"""The codebook: what each table and column is, from its schema, and what stands in it, from its data."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ukraine_minerals import edtf
from ukraine_minerals.errors import PackageError
from ukraine_minerals.export import columns
from ukraine_minerals.export.columns import Column
from ukraine_minerals.model import Descriptor, Table, Tables

TYPES = {
    "boolean": "true or false",
    "category": "one of the listed values",
    "date": "date, YYYY-MM-DD",
    "integer": "whole number",
    "number": "number",
    "string": "text",
}
_SHORT = 48  # characters of a value that is worth showing among the most frequent


@dataclass(frozen=True, slots=True)
class Word:
    """One allowed value: label and sentence ("" where there is none), and how many rows have it."""

    value: str
    label: str
    description: str
    count: int


@dataclass(frozen=True, slots=True)
class Row:
    """One column of a table.

    `empty` says what an empty cell means ("" where none may be empty), `filled` how many of the table's
    `rows` are not empty, `found` the range or the most frequent values, `links_to` the "table.column" that
    it points to, `taken_from` the one that a view has it from, `derived_from` the column of its own table
    that it is worked out from.
    """

    table: str
    column: str
    title: str
    description: str
    type: str
    unit: str
    words: tuple[Word, ...]
    empty: str
    example: str
    filled: int
    rows: int
    found: str
    links_to: str
    taken_from: str
    derived_from: str

    @property
    def share(self) -> str:
        """Say how full the column is, in whole percent: 100 % and 0 % are exact."""
        if self.filled in (0, self.rows):
            return "100 %" if self.filled else "0 %"
        return f"{min(max(round(100 * self.filled / self.rows), 1), 99)} %"


@dataclass(frozen=True, slots=True)
class Entry:
    """One table: what a row is, what to mind, its key ("" if none), how many rows, its columns."""

    name: str
    title: str
    row: str
    warnings: tuple[str, ...]
    key: str
    size: int
    columns: tuple[Row, ...]

    @property
    def what(self) -> str:
        """Say what stands in a row, to follow "One row for each"."""
        return self.row.removeprefix("One row for each ")


def rows(tables: Tables) -> tuple[Row, ...]:
    """Describe every column of every table, in their order.

    Raises:
        PackageError: a table or a field has no title or no description.
    """
    return tuple(row for told in entries(tables) for row in told.columns)


def entries(tables: Tables, typed: Mapping[str, Sequence[Column]] | None = None) -> tuple[Entry, ...]:
    """Describe every table with its columns; those of `typed`, where they are read already.

    Raises:
        PackageError: a table or a field has no title or no description.
    """
    return tuple(
        _of_table(table, typed[name] if typed else _columns(table)) for name, table in tables.by_name.items()
    )


def entry(name: str, said: Descriptor, found: Sequence[Column], links: Mapping[str, str]) -> Entry:
    """Describe a table or view: `said` is its schema, with its primaryKey; `links` are as in Row.links_to.

    Raises:
        PackageError: it or a column has no title or no description.
    """
    for key in ("title", "description"):
        if not said.get(key):
            raise PackageError(f"{name} has no {key}: the codebook cannot tell what it is")
    first, *later = _sentences(str(said["description"]))
    key = said.get("primaryKey", ())
    return Entry(
        name=name,
        title=str(said["title"]),
        row=first,
        warnings=tuple(later),
        key=key if isinstance(key, str) else ", ".join(key),
        size=len(found[0].texts) if found else 0,
        columns=tuple(_row(name, column, links.get(column.name, "")) for column in found),
    )


def _of_table(table: Table, found: Sequence[Column]) -> Entry:
    resource = table.resource
    titles = {
        key: resource.descriptor[key] for key in ("title", "description") if resource.descriptor.get(key)
    }
    return entry(resource.name, {**resource.schema, **titles}, found, _links(table))


def _sentences(text: str) -> list[str]:
    return [part if part.endswith(".") else f"{part}." for part in text.split(". ")]


def _columns(table: Table) -> list[Column]:
    return [columns.read(field, table.columns[field.name]) for field in table.fields]


def _links(table: Table) -> dict[str, str]:
    return {
        key.fields[0]: f"{key.resource or table.resource.name}.{key.reference_fields[0]}"
        for key in table.resource.foreign_keys
        if len(key.fields) == 1
    }


def _row(table: str, column: Column, link: str) -> Row:
    said = column.descriptor
    for key in ("title", "description"):
        if not said.get(key):
            raise PackageError(f"{table}: the field {column.name} has no {key}")
    origin = str(said.get("derivedFrom", ""))
    filled = [text for text, value in zip(column.texts, column.values, strict=True) if value is not None]
    return Row(
        table=table,
        column=column.name,
        title=str(said["title"]),
        description=str(said["description"]),
        type=_type(column),
        unit=str(said.get("unit", "")),
        words=_words(column, Counter(filled)),
        empty=_empty(column),
        example=str(said.get("example") or next(iter(filled), "")),
        filled=len(filled),
        rows=len(column.texts),
        found=_found(column, filled),
        links_to=link,
        taken_from=origin if "." in origin else "",
        derived_from="" if "." in origin else origin,
    )


def _type(column: Column) -> str:
    if column.descriptor.get("edtf"):
        return "text: a date as precise as the source, EDTF"
    if column.kind == "list":
        return f'list of text, parted by "{column.descriptor.get("delimiter", ",")}"'
    return TYPES[column.kind]


def _words(column: Column, counts: Counter[str]) -> tuple[Word, ...]:
    told = {
        entry["value"]: (entry.get("label", ""), entry.get("description", ""))
        for entry in column.descriptor.get("categories", ())
        if isinstance(entry, dict)
    }
    return tuple(Word(word, *told.get(word, ("", "")), counts[word]) for word in column.vocabulary)


def _empty(column: Column) -> str:
    if column.descriptor.get("constraints", {}).get("required"):
        return ""
    labels = [entry["label"] for entry in _missing(column) if entry.get("label")]
    if labels:
        return ", ".join(labels)
    if "derivedFrom" in column.descriptor:
        return f"`{column.descriptor['derivedFrom']}` gives none"
    return "the tables behind this view give none"


def _missing(column: Column) -> list[dict[str, str]]:
    return [entry for entry in column.descriptor.get("missingValues", ()) if isinstance(entry, dict)]


def _found(column: Column, filled: Sequence[str]) -> str:
    """Tell the range of what has an order, else how many values there are and the most frequent."""
    if not filled:
        return ""
    if column.descriptor.get("edtf"):
        spans = [span for span in map(edtf.parse, filled) if span]
        days = sorted(span.earliest or span.latest or "" for span in spans)
        return f"{days[0]} to {days[-1]}"
    if column.kind in ("date", "integer", "number"):
        values = [value for value in column.values if value is not None]
        low, high = min(values, key=_order), max(values, key=_order)
        return _plain(low) if low == high else f"{_plain(low)} to {_plain(high)}"
    counts = Counter(filled)
    often = [(text, count) for text, count in counts.most_common(3) if count > 1 and len(text) <= _SHORT]
    if column.kind in ("category", "boolean"):
        return "; ".join(f"{text} {count:,}" for text, count in counts.most_common())
    if len(counts) == 1:
        return f"always {filled[0]}" if len(filled[0]) <= _SHORT else "always the same"
    if len(counts) == len(filled):
        return "all different"
    most = "; ".join(f"{text} {count:,}" for text, count in often)
    return f"{len(counts):,} different" + (f", most often {most}" if most else "")


def _order(value: object) -> float:
    return value.toordinal() if hasattr(value, "toordinal") else float(str(value))


def _plain(value: object) -> str:
    return f"{value:,}".removesuffix(".0") if isinstance(value, int | float) else str(value)
