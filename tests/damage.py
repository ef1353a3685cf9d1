"""Damage a copy of a package in one of twenty ways, by a seed."""

import csv
import io
import json
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from package_of import DIALECT


@dataclass
class Table:
    """One table to be damaged: its schema, its header, its rows, and what its file will hold in the end."""

    name: str
    schema: dict[str, Any]
    header: list[str]
    rows: list[list[str]]
    random: random.Random
    data: bytes | None = None

    def places(self, fits: Callable[[dict[str, Any]], bool], *, filled: bool = True) -> list[tuple[int, int]]:
        """Give row and column of the cells whose field fits."""
        columns = [n for n, field in enumerate(self.schema["fields"]) if fits(field)]
        return [(r, c) for r, row in enumerate(self.rows) for c in columns if row[c] or not filled]

    def put(self, places: list[tuple[int, int]], text: str) -> bool:
        """Put a text into one of the places."""
        if not places:
            return False
        row, column = self.random.choice(places)
        self.rows[row][column] = text
        return True


def _constraint(name: str) -> Callable[[dict[str, Any]], bool]:
    return lambda field: bool(field.get("constraints", {}).get(name))


def _typed(field: dict[str, Any]) -> bool:
    return field["type"] in ("integer", "number", "boolean", "date", "year")


def short_row(table: Table) -> bool:
    """Take the last cells of a row away."""
    row = table.random.choice(table.rows)
    del row[table.random.randrange(1, len(row)) :]
    return True


def long_row(table: Table) -> bool:
    """Give a row more cells than there are columns."""
    table.random.choice(table.rows).extend(["more"] * table.random.randint(1, 3))
    return True


def blank_line(table: Table) -> bool:
    """Put an empty line between the rows."""
    table.rows.insert(table.random.randrange(len(table.rows) + 1), [])
    return True


def blank_cells(table: Table) -> bool:
    """Put a row of empty cells between the rows."""
    table.rows.insert(table.random.randrange(len(table.rows) + 1), [""] * len(table.header))
    return True


def labels_swapped(table: Table) -> bool:
    """Let two columns change their names."""
    a, b = table.random.sample(range(len(table.header)), 2)
    table.header[a], table.header[b] = table.header[b], table.header[a]
    return True


def label_renamed(table: Table) -> bool:
    """Misspell or empty the name of a column."""
    n = table.random.randrange(len(table.header))
    table.header[n] = table.random.choice(["", table.header[n].upper(), table.header[n] + "s"])
    return True


def label_doubled(table: Table) -> bool:
    """Give a column the name of an earlier one."""
    a, b = sorted(table.random.sample(range(len(table.header)), 2))
    table.header[b] = table.header[a]
    return True


def column_dropped(table: Table) -> bool:
    """Take a column away, header and cells."""
    n = table.random.randrange(1, len(table.header))
    for row in (table.header, *table.rows):
        del row[n]
    return True


def column_added(table: Table) -> bool:
    """Put a column between the others."""
    n = table.random.randrange(1, len(table.header) + 1)
    table.header.insert(n, "extra")
    for row in table.rows:
        row.insert(n, "x")
    return True


def row_doubled(table: Table) -> bool:
    """Let a row stand twice."""
    table.rows.append(list(table.random.choice(table.rows)))
    return True


def key_emptied(table: Table) -> bool:
    """Empty the key of a row; where it has several parts, all of them."""
    row = table.random.choice(table.rows)
    for name in table.schema["primaryKey"]:
        row[table.header.index(name)] = ""
    return True


def link_broken(table: Table) -> bool:
    """Let a foreign key point to nothing."""
    links = {name for key in table.schema.get("foreignKeys", []) for name in key["fields"]}
    return table.put(table.places(lambda field: field["name"] in links), "no-such-row")


def row_deleted(table: Table) -> bool:
    """Take a row away that others may point to."""
    del table.rows[table.random.randrange(len(table.rows))]
    return True


def type_broken(table: Table) -> bool:
    """Put a text where a number, a date or a boolean belongs."""
    text = table.random.choice(["n/a", "12 km", "1,5x", "2025-02-30", "maybe"])
    return table.put(table.places(_typed, filled=False), text)


def bound_broken(table: Table) -> bool:
    """Put a number beyond a bound."""
    low = table.random.random() < 0.5
    return table.put(
        table.places(_constraint("minimum" if low else "maximum")), "-99999" if low else "99999999999999"
    )


def vocabulary_broken(table: Table) -> bool:
    """Put a word that the closed vocabulary has not."""
    return table.put(
        table.places(_constraint("enum")), table.random.choice(["Held", "none-of-these", "visits"])
    )


def pattern_broken(table: Table) -> bool:
    """Put a text that the pattern refuses."""
    return table.put(
        table.places(_constraint("pattern")), table.random.choice(["Not A Slug", "ключ", "a--b-"])
    )


def required_emptied(table: Table) -> bool:
    """Empty a required cell that is no key."""
    keys = table.schema["primaryKey"]
    return table.put(table.places(lambda f: _constraint("required")(f) and f["name"] not in keys), "")


def quote_open(table: Table) -> bool:
    """Open a quotation mark that nothing closes."""
    data = text_of(table)
    lines = data.split(b"\n")
    n = table.random.randrange(1, len(lines) - 1)
    lines[n] = b'"' + lines[n]
    table.data = b"\n".join(lines)
    return True


def byte_broken(table: Table) -> bool:
    """Put a byte that is not UTF-8."""
    data = text_of(table)
    n = table.random.randrange(len(data))
    table.data = data[:n] + b"\xff" + data[n:]
    return True


KINDS = (
    *(short_row, long_row, blank_line, blank_cells, labels_swapped, label_renamed, label_doubled),
    *(column_dropped, column_added, row_doubled, key_emptied, link_broken, row_deleted, type_broken),
    *(bound_broken, vocabulary_broken, pattern_broken, required_emptied, quote_open, byte_broken),
)


def text_of(table: Table) -> bytes:
    """Write the table as CSV."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([table.header, *table.rows])
    return out.getvalue().encode()


def damaged(package: Path, folder: Path, seed: int) -> tuple[str, str, Path]:
    """Damage a copy of a table and of those it is linked with; give the kind, the table, the descriptor.

    Which table it is depends on the seed; those that this kind of damage does not fit are passed over.
    """
    descriptor = json.loads(package.read_text(encoding="utf-8"))
    tables = [resource for resource in descriptor["resources"] if "schema" in resource]
    schemas = {
        table["name"]: json.loads((package.parent / table["schema"]).read_text("utf-8")) for table in tables
    }
    paths = {table["name"]: table["path"] for table in tables}
    kind, chance = KINDS[seed % len(KINDS)], random.Random(seed)  # noqa: S311  # no secret, only a choice
    for name in chance.sample(sorted(schemas), len(schemas)):
        header, *rows = csv.reader(io.StringIO((package.parent / paths[name]).read_text("utf-8"), newline=""))
        table = Table(name, schemas[name], header, rows, chance)
        if len(rows) > 1 and kind(table):
            break
    else:
        raise AssertionError(f"no table to which {kind.__name__} fits")
    kept = {name, *_targets(schemas, name), *(other for other in schemas if name in _targets(schemas, other))}
    descriptor["resources"] = [
        {**resource, "dialect": DIALECT, "schema": _within(schemas[resource["name"]], kept)}
        for resource in tables
        if resource["name"] in kept
    ]
    for other in kept - {name}:
        (folder / paths[other]).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(package.parent / paths[other], folder / paths[other])
    (folder / paths[name]).parent.mkdir(parents=True, exist_ok=True)
    (folder / paths[name]).write_bytes(text_of(table) if table.data is None else table.data)
    path = folder / "datapackage.json"
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    return kind.__name__, name, path


def _targets(schemas: dict[str, Any], name: str) -> set[str]:
    return {key["reference"].get("resource") or name for key in schemas[name].get("foreignKeys", [])}


def _within(schema: dict[str, Any], kept: set[str]) -> dict[str, Any]:
    """Leave out the foreign keys that point to tables which are not copied."""
    keys = [
        key for key in schema.get("foreignKeys", []) if key["reference"].get("resource", "") in {*kept, ""}
    ]
    return {**schema, "foreignKeys": keys}
