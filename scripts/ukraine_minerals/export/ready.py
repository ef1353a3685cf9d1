"""Ready views: tables for people who do not join, each a query over the exported database and a schema."""

import datetime as dt
import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from ukraine_minerals import jsonvalue
from ukraine_minerals.errors import PackageError
from ukraine_minerals.export.columns import Column, Value, made
from ukraine_minerals.model import Descriptor, Package, Tables


def of(tables: Tables, database: Path) -> dict[str, tuple[Descriptor, tuple[Column, ...]]]:
    """Make the views that the package names in `views` in the database, and read them: schema and columns.

    Each entry has the path of a `query` (one SELECT, SQLite's dialect) and that of its `schema`; without a
    schema it only serves the queries after it. A field with `derivedFrom` "table.field" is that field's.

    Raises:
        PackageError: a query fails, or gives other columns than its schema.
    """
    found = {}
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        for entry in _entries(tables.package):
            query = Path(entry["query"])
            try:
                text = (tables.package.root / query).read_text(encoding="utf-8")
                connection.execute(f'CREATE VIEW "{query.stem}" AS {text}')
                if "schema" in entry:
                    schema = _schema(tables, jsonvalue.read(tables.package.root / entry["schema"]))
                    found[query.stem] = (schema, _read(connection, query.stem, schema))
            except (OSError, sqlite3.Error) as error:
                raise PackageError(f"{query}: {error}") from error
    return found


def names(package: Package) -> list[str]:
    """Name the views that the package shows: those that have a schema."""
    return [Path(entry["query"]).stem for entry in _entries(package) if "schema" in entry]


def _entries(package: Package) -> list[dict[str, str]]:
    entries = jsonvalue.get(package.descriptor, "views", "an array", package.path, [])
    return [jsonvalue.of(entry, "an object", f"{package.path}: views") for entry in entries]


def _schema(tables: Tables, schema: Descriptor) -> Descriptor:
    """Fill in the fields that are another table's: they keep what that table's schema says of them."""
    fields = [{**_origin(tables, field.get("derivedFrom", "")), **field} for field in schema["fields"]]
    for field in fields:
        constraints = {k: v for k, v in field.get("constraints", {}).items() if k == "enum"}
        field.pop("constraints", None)
        field.update({"constraints": constraints} if constraints else {})
    return {**schema, "fields": fields}


def _origin(tables: Tables, derived_from: str) -> dict[str, Any]:
    table, _, name = derived_from.partition(".")
    for field in tables.by_name[table].fields if table in tables.by_name else ():
        if field.name == name:
            return dict(field.descriptor)
    if derived_from:
        raise PackageError(f"views: derivedFrom {derived_from}: no such field")
    return {}


def _read(connection: sqlite3.Connection, name: str, schema: Descriptor) -> tuple[Column, ...]:
    cursor = connection.execute(f'SELECT * FROM "{name}"')  # noqa: S608  # the name of a file of ours
    labels = [label for label, *_ in cursor.description]
    expected = [field["name"] for field in schema["fields"]]
    if labels != expected:
        raise PackageError(f"views: {name}: its query gives {labels}, its schema {expected}")
    cells: Sequence[Sequence[Any]] = list(zip(*cursor.fetchall(), strict=True)) or [[] for _ in labels]
    return tuple(
        made(field, [_value(value, field) for value in column])
        for field, column in zip(schema["fields"], cells, strict=True)
    )


def _value(value: Any, field: Mapping[str, Any]) -> Value:  # noqa: ANN401  # what SQLite holds
    """Turn a cell of SQLite into one of the field's type."""
    if value is None:
        return None
    match field["type"]:
        case "boolean":
            return bool(value)
        case "date":
            return dt.date.fromisoformat(value)
        case "number":
            return float(value)
        case "list":
            return list(json.loads(value))
        case _:
            return value if isinstance(value, int) else str(value)
