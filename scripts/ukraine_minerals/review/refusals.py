"""What would break those who use the data: keys, columns and values that go, or come to mean another."""

# ruff: noqa: SIM905  # names in one text
import re
from collections.abc import Iterable, Iterator, Sequence

from ukraine_minerals import problem
from ukraine_minerals.model import Table, Tables
from ukraine_minerals.problem import Problem
from ukraine_minerals.review.change import Cell, Row, SchemaChange
from ukraine_minerals.review.rows import redirects
from ukraine_minerals.rules import lookup

CODES: dict[str, tuple[str, str]] = {
    "key-vanished": ("error", "The key of a row is gone, and no redirect says where to."),
    "key-reused": ("error", "A key now means another thing than it did, or is back after it was retired."),
    "table-dropped": ("error", "A table of the older version is gone."),
    "column-dropped": ("error", "A column of the older version is gone, or has another name."),
    "value-dropped": ("error", "A value that a field allowed is allowed no longer."),
    "type-changed": ("error", "A field has another type, or a table another key."),
    "version-low": ("error", "The version does not rise as far as the changes call for."),
    "changelog-missing": ("error", "CHANGELOG.md does not say what the version changes."),
}
# Rows that come and go with what they silence, so that nobody can hold their keys.
_FLEETING = ("exemptions",)
# What says in words which thing a row is; a schema has no mark for it.
_NAMING = ("name", "title", "item", "summary", "corrected", "as_printed")
# What is said about a thing and may be corrected without its becoming another.
_ABOUT = frozenset(
    (
        "status note dispute_id checked summary quote aliases accessed text_sha256 paragraphs archive_url "
        "because wikidata_id name_uk reason version verdict read_as stance reading via qualifier basis "
        "activity control"
    ).split()
)
_WORD = re.compile(r"[^\W_]{3,}")


def check(
    base: Tables, head: Tables, rows: Sequence[Row], schemas: Sequence[SchemaChange]
) -> Iterator[Problem]:
    """Find what users would trip over."""
    yield from _schemas(head, schemas)
    dropped = {change.table for change in schemas if change.kind == "table-dropped"}
    retired, gone = redirects(base), redirects(head)
    for row in rows:
        if row.table in dropped or row.table in _FLEETING:
            continue
        old, new = base.by_name.get(row.table), head.by_name.get(row.table)
        if row.kind == "removed" and new is not None and (row.table, row.key) not in gone:
            yield _vanished(new, row, rows)
        elif row.kind == "added" and new is not None and (row.table, row.key) in retired:
            message = (
                f'"{row.key}" was retired (it led to "{retired[row.table, row.key][0]}") and is a row again'
            )
            yield _at(new, row, "key-reused", message, "give the row a key that never stood")
        elif (
            row.kind in ("changed", "renamed")
            and old is not None
            and new is not None
            and _is_another(old, new, row)
        ):
            was, now = _naming(row.cells)
            message = f'"{row.key}" was {was} and is now {now}'
            hint = "leave the old row as it was, and give the new one a key of its own"
            yield _at(new, row, "key-reused", message, hint)


def _schemas(head: Tables, schemas: Iterable[SchemaChange]) -> Iterator[Problem]:
    for change in schemas:
        resource = next((r for r in head.package.resources if r.name == change.table), None)
        path = head.package.path if resource is None else str(resource.file)
        if change.kind == "table-dropped":
            message, hint = f'the table "{change.table}" is gone', "put it back"
        elif change.kind == "column-dropped":
            message = f'the column "{change.field}" is gone'
            hint = f'it seems to be called "{change.new}" now; ' if change.new else ""
            hint += "put it back; new names are new columns beside it"
        elif change.kind == "value-dropped":
            message, hint = f'"{change.old}" is allowed no longer', "allow it again, even where no row has it"
        elif change.kind in ("type-changed", "key-changed"):
            what = "type" if change.kind == "type-changed" else "key of the table"
            message, hint = f"the {what} was {change.old} and is {change.new}", "leave it as it was"
        else:
            continue
        code = "type-changed" if change.kind == "key-changed" else change.kind
        yield of(code, path, message, hint, table=change.table, field=change.field, value=change.old)


def _vanished(table: Table, row: Row, rows: Sequence[Row]) -> Problem:
    message = f'"{row.key}" stood on line {row.line} and is gone'
    now = {cell.field: cell.old for cell in row.cells}
    twin = _twin(
        table, now, {other.key for other in rows if other.kind == "added" and other.table == row.table}
    )
    if twin:
        hint = f'if it is "{twin}" now, add to redirects: {row.table},{row.key},{twin},why,version'
    else:
        hint = f"put it back, or add to redirects why it was withdrawn: {row.table},{row.key},,why,version"
    return of("key-vanished", str(table.resource.file), message, hint, table=row.table, value=row.key)


def _twin(table: Table, lost: dict[str, str], added: set[str]) -> str:
    """Give the key of the new row that says most nearly the same as the one that is gone."""
    if not added or len(added) > 200:
        return ""
    keys = lookup.keys(table)
    parts = [
        (lost.get(name, ""), cells)
        for name, cells in table.columns.items()
        if name not in table.resource.primary_key
    ]
    best = max(
        (sum(bool(old) and cells[n] == old for old, cells in parts), key)
        for n, key in enumerate(keys)
        if key in added
    )
    return best[1] if best[0] * 2 > sum(bool(old) for old, _ in parts) else ""


def _is_another(old: Table, new: Table, row: Row) -> bool:
    """Say whether a row's identity changed wholesale, so that its key stands for another thing.

    A table whose keys are generated is judged by what they are made of: all that was filled, two cells at
    least, differs. In others the words by which the row is known share at most a third with what they were
    and less than that with the key, and half of the filled cells that tell what it is differ.
    """
    changed = {cell.field: cell for cell in row.cells}
    before = lookup.keys(old).index(row.old_key)
    filled = [name for name in _telling(new) if lookup.column(old, name)[before]]
    moved = [name for name in filled if name in changed]
    known = next((name for name in _NAMING if name in new.columns), "")
    if not known or _generated(new):
        return len(moved) == len(filled) >= 2
    if known not in changed:
        return False
    was, now = _words(changed[known].old), _words(changed[known].new)
    others = [name for name in filled if name not in _NAMING]
    key = _words(row.old_key)
    return (
        bool(was and now)
        and len(was & now) * 3 <= min(len(was), len(now))
        and (row.kind == "renamed" or len(key & now) < max(len(key & was), 1))
        and sum(name in changed for name in others) * 2 >= len(others)
    )


def _generated(table: Table) -> tuple[str, ...]:
    return tuple(table.resource.schema.get("generatedKey", {}).get("fields", ()))


def _telling(table: Table) -> list[str]:
    if _generated(table):
        return list(_generated(table))
    key = table.resource.primary_key
    return [name for name in table.columns if name not in key and name not in _ABOUT]


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _naming(cells: Sequence[Cell]) -> tuple[str, str]:
    """Give what a row was called and is called, for a message."""
    named = [cell for cell in cells if cell.field in _NAMING] or list(cells)
    first = min(named, key=lambda cell: _NAMING.index(cell.field) if cell.field in _NAMING else len(_NAMING))
    return problem.quote(first.old), problem.quote(first.new)


def _at(table: Table, row: Row, code: str, message: str, hint: str) -> Problem:
    field = table.resource.primary_key[0] if table.resource.primary_key else ""
    path = str(table.resource.file)
    return of(code, path, message, hint, table=row.table, line=row.line, field=field, value=row.key)


def of(  # noqa: PLR0913
    code: str,
    path: str,
    message: str,
    hint: str,
    *,
    table: str = "",
    line: int | None = None,
    field: str = "",
    value: str = "",
) -> Problem:
    """Give a problem of one of the codes of this module."""
    return Problem(CODES[code][0], code, "", table, path, line, None, None, field, value, message, hint)
