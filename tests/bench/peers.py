"""What others do with a seeded package, each as a whole process: peers.py PEER FOLDER; prints faults found.

The whole job is types, constraints, keys and foreign keys of six tables. `dataframely` and `pandera` judge
the large table alone, without foreign keys, and take ragged rows as padded; `pyarrow` only reads all files.
"""

import json
import sys
from pathlib import Path
from typing import Any, Literal

Field = dict[str, Any]


def frictionless(folder: Path) -> int:
    """Validate the package, no fault left out."""
    from frictionless import Package  # noqa: PLC0415

    report = Package(str(folder / "datapackage.json")).validate(limit_errors=10**9)
    return len(report.flatten(["type", "rowNumber", "fieldNumber"]))


def pyarrow(folder: Path) -> int:
    """Read every file as text, rows of a wrong width left out; check nothing."""
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import csv  # noqa: PLC0415

    wrong = 0

    def count(_row: Any) -> Literal["skip"]:
        nonlocal wrong
        wrong += 1
        return "skip"

    for resource in _resources(folder):
        names = [field["name"] for field in resource["schema"]["fields"]]
        types = csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()))
        csv.read_csv(folder / resource["path"], None, csv.ParseOptions(invalid_row_handler=count), types)
    return wrong


def duckdb(folder: Path) -> int:
    """Run the SQL that the schemas come to."""
    import duckdb as db  # noqa: PLC0415
    from bench import duckdb_sql  # noqa: PLC0415

    connection = db.connect()
    resources = _resources(folder)
    for resource in resources:
        connection.execute(duckdb_sql.read(resource, folder))
    found = [
        row for resource in resources for row in connection.execute(duckdb_sql.faults(resource)).fetchall()
    ]
    [[rejected]] = connection.execute(duckdb_sql.REJECTED).fetchall()
    return len(found) + int(rejected)


def dataframely(folder: Path) -> int:
    """Filter the large table by a dataframely schema."""
    import dataframely as dy  # noqa: PLC0415
    import polars as pl  # noqa: PLC0415

    resource = _large(folder)
    columns = {
        field["name"]: _dataframely(dy, field, resource["schema"]["primaryKey"])
        for field in _fields(resource)
    }
    schema: Any = type("Large", (dy.Schema,), columns)
    typed, lost = _typed(pl, folder, resource)
    _, failure = schema.filter(typed, cast=True)
    return lost + int(sum(failure.counts().values()))


def _dataframely(dy: Any, field: Field, key: list[str]) -> Any:
    rules = field.get("constraints", {})
    given: dict[str, Any] = {"nullable": not rules.get("required"), "primary_key": field["name"] in key}
    kind = field["type"]
    if kind == "string" and "enum" not in rules:
        text = {"regex": "pattern", "min_length": "minLength", "max_length": "maxLength"}
        given |= {name: rules[rule] for name, rule in text.items() if rule in rules}
        return dy.String(
            **{**given, **({"regex": f"^(?:{rules['pattern']})$"} if "pattern" in rules else {})}
        )
    if "enum" in rules:
        return dy.Enum(rules["enum"], **given)
    bounds = {
        name: _bound(kind, rules[rule])
        for name, rule in (("min", "minimum"), ("max", "maximum"))
        if rule in rules
    }
    return {"number": dy.Float64, "year": dy.Int64, "date": dy.Date, "boolean": dy.Bool}[kind](
        **given, **bounds
    )


def pandera(folder: Path) -> int:
    """Validate the large table with a pandera schema on polars, all failures collected."""
    import pandera.polars as pa  # noqa: PLC0415
    import polars as pl  # noqa: PLC0415

    resource = _large(folder)
    columns = {field["name"]: _pandera(pa, pl, field) for field in _fields(resource)}
    schema = pa.DataFrameSchema(columns, unique=resource["schema"]["primaryKey"])
    typed, lost = _typed(pl, folder, resource)
    try:
        schema.validate(typed, lazy=True)
    except pa.errors.SchemaErrors as error:
        return lost + len(error.failure_cases)
    return lost


def _pandera(pa: Any, pl: Any, field: Field) -> Any:
    rules, kind = field.get("constraints", {}), field["type"]
    checks = [pa.Check.isin(rules["enum"])] if "enum" in rules else []
    if "pattern" in rules:
        checks.append(pa.Check.str_matches(f"^(?:{rules['pattern']})$"))
    if "minLength" in rules or "maxLength" in rules:
        checks.append(pa.Check.str_length(rules.get("minLength"), rules.get("maxLength")))
    checks += [pa.Check.ge(_bound(kind, rules["minimum"]))] if "minimum" in rules else []
    checks += [pa.Check.le(_bound(kind, rules["maximum"]))] if "maximum" in rules else []
    return pa.Column(_dtype(pl, kind), checks, nullable=not rules.get("required"))


def _typed(pl: Any, folder: Path, resource: Field) -> tuple[Any, int]:
    """Read the large table; what is not of its type becomes null, and is counted."""
    frame = pl.read_csv(
        folder / resource["path"],
        infer_schema=False,
        null_values=resource["schema"]["missingValues"],
        truncate_ragged_lines=True,
    )
    names = [field["name"] for field in _fields(resource) if field["type"] != "string"]
    typed = frame.with_columns([_cast(pl, field) for field in _fields(resource) if field["name"] in names])
    return typed, sum(typed[name].null_count() - frame[name].null_count() for name in names)


def _cast(pl: Any, field: Field) -> Any:
    column = pl.col(field["name"])
    if field["type"] == "boolean":
        return column.replace_strict({"true": True, "false": False}, default=None, return_dtype=pl.Boolean)
    if field["type"] == "date":
        return column.str.to_date("%Y-%m-%d", strict=False)
    return column.cast(_dtype(pl, field["type"]), strict=False)


def _dtype(pl: Any, kind: str) -> Any:
    kinds = {"number": pl.Float64, "year": pl.Int64, "date": pl.Date, "boolean": pl.Boolean}
    return kinds.get(kind, pl.String)


def _bound(kind: str, raw: Any) -> Any:
    from datetime import date  # noqa: PLC0415

    return date.fromisoformat(raw) if kind == "date" else raw


def _resources(folder: Path) -> list[Field]:
    found: list[Field] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    return found


def _large(folder: Path) -> Field:
    [resource] = json.loads((folder / "one.json").read_text(encoding="utf-8"))["resources"]
    return dict(resource)


def _fields(resource: Field) -> list[Field]:
    fields: list[Field] = resource["schema"]["fields"]
    return fields


if __name__ == "__main__":
    peers = (frictionless, pyarrow, duckdb, dataframely, pandera)
    [peer] = [peer for peer in peers if peer.__name__ == sys.argv[1]]
    print(peer(Path(sys.argv[2])))  # noqa: T201
