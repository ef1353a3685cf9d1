"""Do to the package's files what a contributor did: the steps of one case of tests/mistakes/."""

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Literal

Row = list[str]


@dataclass(frozen=True)
class Step:
    """One thing that was done; `table` is a table's name, or the path of another file of the package."""

    table: str
    operation: str
    key: str
    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Case:
    """What a contributor did and, of a mistake, where the message must be and a word that it must have."""

    id: str
    kind: str
    story: str
    steps: tuple[Step, ...]
    tables: tuple[str, ...]
    keys: tuple[str, ...]
    fields: tuple[str, ...]
    words: tuple[str, ...]


_EXPECTED = ("table", "key", "field", "words")


@dataclass
class Sheet:
    """A table as the contributor has it open: header, rows, and how it will be saved."""

    primary_key: tuple[str, ...]
    header: Row
    rows: list[Row]
    saved: list[Step] = field(default_factory=list)
    ordered: bool = True
    delimiter: str = ","
    newline: str = "\n"
    is_quoted: bool = False

    def key(self, row: Row) -> str:
        """Give the key of a row; a column that is gone has no part in it."""
        return "/".join(row[self.header.index(name)] for name in self.primary_key if name in self.header)

    def place(self, step: Step) -> tuple[int, int]:
        """Find row and column of a cell, which must hold what the case says."""
        row = next((n for n, cells in enumerate(self.rows) if self.key(cells) == step.key), None)
        if row is None:
            raise ValueError(f"{step.table}: no row {step.key}")
        column = self.header.index(step.field) if step.field else 0
        if step.field and self.rows[row][column] != step.old:
            raise ValueError(f"{step.table}: {step.key}: {step.field} is {self.rows[row][column]!r} by now")
        return row, column

    def lines(self, key: str, name: str) -> list[int]:
        """Give the physical lines on which the cells, or rows, of a key begin in the file."""
        line, found = 2, []
        for row in self.rows:
            if self.key(row) == key:
                before = self.header.index(name) if name in self.header else 0
                found.append(line + sum(cell.count("\n") for cell in row[:before]))
            line += 1 + sum(cell.count("\n") for cell in row)
        return found


def cases(path: Path) -> list[Case]:
    """Read a set; rows of one id, one after the other, are the steps of one case."""
    found: list[Case] = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            step = Step(*(row[name] for name in ("table", "operation", "key", "field", "old", "new")))
            if found and found[-1].id == row["id"]:
                found[-1] = replace(found[-1], steps=(*found[-1].steps, step))
                continue
            places = [tuple(row.get(f"expect_{name}", "").split("|")) for name in _EXPECTED]
            found.append(Case(row["id"], row["kind"], row["story"], (step,), *places))
    return found


@cache
def _read(root: Path, table: str) -> tuple[Row, list[Row]]:
    with (root / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return header, rows


def sheet(root: Path, table: str) -> Sheet:
    """Open a table of the package."""
    schema = json.loads((root / "schemas" / f"{table}.json").read_text(encoding="utf-8"))
    header, rows = _read(root, table)
    return Sheet(tuple(schema["primaryKey"]), list(header), [list(row) for row in rows])


def run(root: Path, steps: Iterable[Step]) -> tuple[dict[str, Sheet], dict[str, bytes | None]]:
    """Take the steps; give the tables as they were open, and the files that differ (None: gone).

    Raises:
        ValueError: a row, a cell or a text is no longer what the case says.
    """
    sheets: dict[str, Sheet] = {}
    files: dict[str, bytes | None] = {}
    for step in steps:
        if "." in step.table:
            files[step.table] = _in_file(files.get(step.table) or (root / step.table).read_bytes(), step)
            continue
        opened = sheets.setdefault(step.table, sheet(root, step.table))
        if step.operation in _SAVED:
            opened.saved.append(step)
        else:
            _OPERATIONS[step.operation](opened, step)
    for table, opened in sheets.items():
        files[f"data/{table}.csv"] = _bytes(opened)
    return sheets, files


def _in_file(data: bytes, step: Step) -> bytes | None:
    if step.operation == "remove-file":
        return None
    return _replaced(data.decode(), step).encode()


def _replaced(text: str, step: Step) -> str:
    if step.old not in text:
        raise ValueError(f"{step.table}: no longer holds {step.old!r}")
    return text.replace(step.old, step.new, 1)


def _set(opened: Sheet, step: Step) -> None:
    row, column = opened.place(step)
    opened.rows[row][column] = step.new


def _append(opened: Sheet, step: Step) -> None:
    """Add a row; `copy` takes what is not given from the row `key`."""
    given = json.loads(step.new)
    row = list(opened.rows[opened.place(step)[0]]) if step.operation == "copy" else [""] * len(opened.header)
    for name, text in given.items():
        row[opened.header.index(name)] = text
    opened.rows.append(row)


def _delete(opened: Sheet, step: Step) -> None:
    del opened.rows[opened.place(step)[0]]


def _rename_column(opened: Sheet, step: Step) -> None:
    opened.header[opened.header.index(step.field)] = step.new


def _drop_column(opened: Sheet, step: Step) -> None:
    column = opened.header.index(step.field)
    for row in (opened.header, *opened.rows):
        del row[column]


def _add_column(opened: Sheet, step: Step) -> None:
    opened.header.append(step.field)
    for row in opened.rows:
        row.append(step.new)


def _move_column(opened: Sheet, step: Step) -> None:
    """Drag a column before another, cells and all."""
    column, before = opened.header.index(step.field), opened.header.index(step.new)
    for row in (opened.header, *opened.rows):
        row.insert(before, row.pop(column))


def _swap_labels(opened: Sheet, step: Step) -> None:
    a, b = opened.header.index(step.field), opened.header.index(step.new)
    opened.header[a], opened.header[b] = opened.header[b], opened.header[a]


def _column(opened: Sheet, step: Step) -> None:
    """Let the spreadsheet write a whole column in its own way."""
    column = opened.header.index(step.field)
    for row in opened.rows:
        row[column] = _WAYS[step.new](row[column])


def _sort(opened: Sheet, step: Step) -> None:
    column = opened.header.index(step.field)
    opened.rows.sort(key=lambda row: row[column], reverse=step.new == "descending")
    opened.ordered = False


def _fill_down(opened: Sheet, step: Step) -> None:
    """Drag a cell over the next `new` rows."""
    row, column = opened.place(step)
    for other in opened.rows[row + 1 : row + 1 + int(step.new)]:
        other[column] = step.old


def _shift(opened: Sheet, step: Step) -> None:
    """Delete a cell so that those to its right move one to the left."""
    row, column = opened.place(step)
    opened.rows[row] = [*opened.rows[row][:column], *opened.rows[row][column + 1 :], ""]


def _day(write: Callable[[dt.date], str]) -> Callable[[str], str]:
    def way(text: str) -> str:
        try:
            return write(dt.date.fromisoformat(text))
        except ValueError:
            return text

    return way


def serial(day: dt.date) -> str:
    """Give the number by which a spreadsheet knows a day."""
    return str((day - dt.date(1899, 12, 30)).days)


_WAYS: Mapping[str, Callable[[str], str]] = {
    "day.month.year": _day(lambda day: f"{day:%d.%m.%Y}"),
    "month/day/year": _day(lambda day: f"{day.month}/{day.day}/{day.year}"),
    "serial": _day(serial),
    "decimal comma": lambda text: text.replace(".", ","),
    "upper": str.upper,
    "two places": lambda text: f"{float(text):.2f}" if text else "",
}

_OPERATIONS: Mapping[str, Callable[[Sheet, Step], None]] = {
    "set": _set,
    "append": _append,
    "copy": _append,
    "delete": _delete,
    "rename-column": _rename_column,
    "drop-column": _drop_column,
    "add-column": _add_column,
    "move-column": _move_column,
    "swap-labels": _swap_labels,
    "column": _column,
    "sort": _sort,
    "fill-down": _fill_down,
    "shift": _shift,
}

# How the file is saved, or what is done to it as text, once the rows stand.
_SAVED = ("encode", "separator", "newline", "quote-all", "insert-line", "cut", "replace", "unordered")


def _bytes(opened: Sheet) -> bytes:
    """Save a table: rows in the order of their keys, as `tidy` has them, unless the case says otherwise."""
    encoding, after = "utf-8", []
    for step in opened.saved:
        match step.operation:
            case "encode":
                encoding = step.new
            case "separator":
                opened.delimiter = step.new
            case "newline":
                opened.newline = {"crlf": "\r\n", "cr": "\r"}[step.new]
            case "quote-all":
                opened.is_quoted = True
            case "unordered":
                opened.ordered = False
            case _:
                after.append(step)
    if opened.ordered and set(opened.primary_key) <= set(opened.header):
        places = [opened.header.index(name) for name in opened.primary_key]
        opened.rows.sort(key=lambda row: [row[place] for place in places])
    text = _written([opened.header, *opened.rows], opened)
    for step in after:
        lines = text.split("\n")
        if step.operation == "insert-line":
            text = "\n".join([*lines[: int(step.key) - 1], step.new, *lines[int(step.key) - 1 :]])
        elif step.operation == "cut":
            text = text[: int(len(text) * float(step.new))]
        else:
            text = _replaced(text, step)
    return text.encode(encoding, errors="replace")


def _written(rows: Sequence[Row], opened: Sheet) -> str:
    out = io.StringIO()
    quoting: Literal[0, 1] = csv.QUOTE_ALL if opened.is_quoted else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=opened.delimiter, lineterminator=opened.newline, quoting=quoting).writerows(
        rows
    )
    return out.getvalue()
