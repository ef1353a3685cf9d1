"""All tables -> one SQLite database: STRICT tables, real keys, an index on each foreign key."""

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from ukraine_minerals.errors import PackageError
from ukraine_minerals.export.columns import Column, Value
from ukraine_minerals.model import Resource, Tables

TYPES = {"boolean": "INTEGER", "integer": "INTEGER", "number": "REAL"}  # every other kind is TEXT


def write(
    tables: Tables, columns: Mapping[str, Sequence[Column]], about: Mapping[str, str], path: Path
) -> None:
    """Write the database; its table `package` holds what `about` says.

    Raises:
        PackageError: if SQLite refuses a table or finds a broken key.
    """
    try:
        _write(tables, columns, about, path)
    except sqlite3.Error as error:
        raise PackageError(f"SQLite: {error}; validate the package first") from error
    except OverflowError as error:
        raise PackageError("a number does not fit into 64 bits") from error


def _write(
    tables: Tables, columns: Mapping[str, Sequence[Column]], about: Mapping[str, str], path: Path
) -> None:
    resources = [table.resource for table in tables.by_name.values()]
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        # The file is built aside and renamed when whole, so a journal would guard nothing.
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;")
        connection.execute("CREATE TABLE package (property TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT")
        connection.executemany("INSERT INTO package VALUES (?, ?)", about.items())
        for resource in resources:
            found = columns[resource.name]
            connection.execute(_create(resource, found, tables))
            cells = zip(*([_cell(value) for value in column.values] for column in found), strict=True)
            marks = ", ".join("?" * len(found))
            connection.executemany(f"INSERT INTO {_quoted(resource.name)} VALUES ({marks})", cells)  # noqa: S608
        for resource in resources:
            for key in resource.foreign_keys:
                index = _quoted("_".join((resource.name, *key.fields)))
                on = f"{_quoted(resource.name)} ({_list(key.fields)})"
                connection.execute(f"CREATE INDEX IF NOT EXISTS {index} ON {on}")
        connection.execute("COMMIT")
        faults = connection.execute("PRAGMA foreign_key_check").fetchall()
        if faults or connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise sqlite3.IntegrityError(f"broken keys, the first {faults[:1]}")


def _create(resource: Resource, columns: Sequence[Column], tables: Tables) -> str:
    """Write the CREATE TABLE statement; SQLite keeps its comments, so it tells what each column means."""
    lines = [_column(column, resource) for column in columns]
    lines += [f"PRIMARY KEY ({_list(resource.primary_key)})"] if resource.primary_key else []
    lines += [f"UNIQUE ({_list(key)})" for key in resource.unique_keys]
    lines += _references(resource, tables)
    title = _comment(resource.descriptor.get("title") or resource.schema.get("title"))
    return f"CREATE TABLE {_quoted(resource.name)} ({title}\n  " + ",\n  ".join(lines) + "\n) STRICT"


def _column(column: Column, resource: Resource) -> str:
    name = _quoted(column.name)
    constraints = column.descriptor.get("constraints", {})
    parts = [name, TYPES.get(column.kind, "TEXT")]
    parts += ["NOT NULL"] if constraints.get("required") or column.name in resource.primary_key else []
    parts += ["UNIQUE"] if constraints.get("unique") else []
    parts += [f"CHECK ({name} IN (0, 1))"] if column.kind == "boolean" else []
    words = ", ".join(map(_literal, column.vocabulary))
    parts += [f"CHECK ({name} IN ({words}))"] if words else []
    parts += [f"CHECK ({name} IS NULL OR json_valid({name}))"] if column.kind == "list" else []
    return " ".join(parts)


def _references(resource: Resource, tables: Tables) -> Iterator[str]:
    for key in resource.foreign_keys:
        target = tables.by_name[key.resource or resource.name].resource
        if key.reference_fields in (target.primary_key, *target.unique_keys):  # SQLite refers to keys alone
            reference = f"{_quoted(target.name)} ({_list(key.reference_fields)})"
            yield f"FOREIGN KEY ({_list(key.fields)}) REFERENCES {reference}"


def _cell(value: Value) -> str | int | float | None:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"


def _list(names: Sequence[str]) -> str:
    return ", ".join(map(_quoted, names))


def _comment(text: object) -> str:
    return " -- " + " ".join(str(text).split()) if text else ""
