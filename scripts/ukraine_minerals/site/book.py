"""The tables as pages show them: rows by key, their labels, what points to what, and the evidence of each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ukraine_minerals.model import Table, Tables
from ukraine_minerals.pictures.marks import spoken

Row = Mapping[str, str]
Place = tuple[str, str]  # table, key

NAMES = ("name", "title", "summary", "as_printed")  # a row is called by the first of these that it has
# A row of these says something of its parent and shows there; so does a row with a key of several columns.
ON_PARENTS = frozenset(("evidence", "event_participants"))


@dataclass(frozen=True, slots=True)
class Link:
    """A row elsewhere that points here: its table, its key, and the column that points."""

    table: str
    key: str
    column: str


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """All rows, ready to be shown.

    `rows`: table -> key -> cells; `labels`: what a row is called; `targets`: table -> column -> the table it
    points to; `words`: table -> column -> value -> label; `back`: what points to a row; `evidence`: its rows
    of evidence with their keys; `paged`: the tables whose rows have a page each; `families`: the sources that
    tell one story.
    """

    tables: Tables
    rows: Mapping[str, Mapping[str, Row]]
    labels: Mapping[Place, str]
    targets: Mapping[str, Mapping[str, str]]
    words: Mapping[str, Mapping[str, Mapping[str, str]]]
    titles: Mapping[str, Mapping[str, str]]
    dates: Mapping[str, Sequence[str]]
    back: Mapping[Place, Sequence[Link]]
    evidence: Mapping[Place, Sequence[tuple[str, Row]]]
    paged: frozenset[str]
    families: Mapping[str, Sequence[str]]


def read(tables: Tables) -> Book:
    """Arrange the tables for showing."""
    rows = {name: _rows(table) for name, table in tables.by_name.items()}
    targets = {name: _targets(table) for name, table in tables.by_name.items()}
    words = {name: {f.name: words_of(f.descriptor) for f in t.fields} for name, t in tables.by_name.items()}
    dates = {
        name: [f.name for f in t.fields if f.descriptor.get("edtf")] for name, t in tables.by_name.items()
    }
    back: dict[Place, list[Link]] = defaultdict(list)
    evidence: dict[Place, list[tuple[str, Row]]] = defaultdict(list)
    for name, columns in targets.items():
        for key, row in rows[name].items():
            for column, target in columns.items():
                if row[column]:
                    back[target, row[column]].append(Link(name, key, column))
    for key, row in rows.get("evidence", {}).items():
        evidence[row["table_name"], row["row_key"]].append((key, row))
    paged = frozenset(
        name
        for name, table in tables.by_name.items()
        if len(table.resource.primary_key) == 1 and name not in ON_PARENTS
    )
    titles = {
        name: {f.name: str(f.descriptor.get("title", f.name)) for f in t.fields}
        for name, t in tables.by_name.items()
    }
    families: dict[str, list[str]] = defaultdict(list)
    for key, row in rows.get("sources", {}).items():
        families[row["family"]].append(key)
    labels = _labels(rows, targets, dates)
    return Book(tables, rows, labels, targets, words, titles, dates, back, evidence, paged, families)


def words_of(descriptor: Mapping[str, object]) -> dict[str, str]:
    """Give the labels of a field's allowed values, itself where it has none."""
    categories = descriptor.get("categories") or ()
    found = {}
    for entry in categories if isinstance(categories, list | tuple) else ():
        if isinstance(entry, dict):
            found[str(entry["value"])] = str(entry.get("label") or entry["value"])
        else:
            found[str(entry)] = str(entry)
    constraints = descriptor.get("constraints")
    for value in constraints.get("enum", ()) if isinstance(constraints, dict) else ():
        found.setdefault(str(value), str(value))
    return found


def _rows(table: Table) -> dict[str, Row]:
    names = list(table.columns)
    key = table.resource.primary_key or tuple(names[:1])
    found = (dict(zip(names, cells, strict=True)) for cells in zip(*table.columns.values(), strict=True))
    return {"/".join(row[column] for column in key): row for row in found}


def _targets(table: Table) -> dict[str, str]:
    keys = table.resource.foreign_keys
    return {key.fields[0]: key.resource or table.resource.name for key in keys if len(key.fields) == 1}


def _labels(
    rows: Mapping[str, Mapping[str, Row]],
    targets: Mapping[str, Mapping[str, str]],
    dates: Mapping[str, Sequence[str]],
) -> dict[Place, str]:
    """Call each row by its name, else by what it points to and its first date: "Donetsk Oblast, Aug 2024"."""

    @cache
    def label(table: str, key: str) -> str:
        row = rows.get(table, {}).get(key)
        if row is None:
            return key
        named = next((row[name] for name in NAMES if row.get(name)), "")
        if named:
            return named
        parts = [
            label(target, row[column])
            for column, target in targets[table].items()
            if row[column] and target not in ("disputes", table)
        ][:3]
        parts += [spoken(row[column]) for column in dates[table] if row[column]][:1]
        return ", ".join(parts) or key

    return {(table, key): label(table, key) for table, held in rows.items() for key in held}
