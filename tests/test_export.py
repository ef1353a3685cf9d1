"""The exports hold what the tables hold: read back with pandas, polars, DuckDB, SQLite, frictionless."""

import csv
import datetime as dt
import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest
import small_package

from ukraine_minerals import checks, descriptor, edtf, export, read
from ukraine_minerals.errors import PackageError
from ukraine_minerals.model import Field, Table, Tables

ROOT = Path(__file__).parents[1]
DERIVED = {
    "earliest": "date32[day][pyarrow]",
    "latest": "date32[day][pyarrow]",
    "precision": "category",
    "approximate": "boolean",
    "uncertain": "boolean",
}
DTYPES = {
    "boolean": "boolean",
    "date": "date32[day][pyarrow]",
    "integer": "Int64",
    "list": "object",
    "number": "float64",
    "string": "str",
}
READERS: dict[str, Callable[[str], Any]] = {
    "boolean": lambda text: text == "true",
    "date": dt.date.fromisoformat,
    "integer": int,
    "year": int,
    "number": float,
}


@pytest.fixture(scope="module", params=["small", "ours"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Tables, Path]:
    """Export the small package or ours; give its tables and the folder."""
    folder = tmp_path_factory.mktemp(request.param)
    path = ROOT / "datapackage.json" if request.param == "ours" else small_package.write(folder)
    tables = tables_of(path)
    export.run(tables, folder / "dist")
    return tables, folder / "dist"


def tables_of(path: Path) -> Tables:
    return read.tables(descriptor.load(path))[0]


def ready_names(tables: Tables) -> list[str]:
    entries = tables.package.descriptor.get("views", [])
    return [Path(entry["query"]).stem for entry in entries if "schema" in entry]


def expected(table: Table) -> Iterator[tuple[str, list[Any]]]:
    """Give each exported column with its values, read here from the texts and from nothing of the exports."""
    for field in table.fields:
        texts = table.columns[field.name]
        yield field.name, [value_of(field, text) for text in texts]
        if field.descriptor.get("edtf"):
            spans = [edtf.parse(text) for text in texts]
            for suffix in DERIVED:
                values = [getattr(span, suffix, None) for span in spans]
                if suffix in ("earliest", "latest"):
                    values = [value and dt.date.fromisoformat(value) for value in values]
                yield f"{field.name}_{suffix}", values


def value_of(field: Field, text: str) -> Any:
    if text == "":
        return None
    if field.type == "list":
        item = READERS.get(field.descriptor["itemType"], str)
        return [item(part) for part in text.split(field.descriptor["delimiter"])]
    return READERS.get(field.type, str)(text)


def by_column(rows: list[tuple[Any, ...]], names: list[str]) -> list[tuple[str, list[Any]]]:
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    return [(name, list(values)) for name, values in zip(names, columns, strict=True)]


def test_pandas_gives_the_dtypes(built: tuple[Tables, Path]) -> None:
    tables, out = built
    for name, table in tables.by_name.items():
        wanted = {}
        for field in table.fields:
            closed = "enum" in field.constraints or "categories" in field.descriptor
            kind = {"year": "integer"}.get(field.type, field.type)
            wanted[field.name] = "category" if closed else DTYPES.get(kind, "str")
            if field.descriptor.get("edtf"):
                wanted |= {f"{field.name}_{suffix}": dtype for suffix, dtype in DERIVED.items()}
        frame = pd.read_parquet(out / f"parquet/{name}.parquet")
        assert {column: str(dtype) for column, dtype in frame.dtypes.items()} == wanted, name
        assert list(frame.columns) == list(wanted)
        assert frame.index.equals(pd.RangeIndex(len(table.lines)))


def test_pandas_reads_every_value(built: tuple[Tables, Path]) -> None:
    tables, out = built
    for name, table in tables.by_name.items():
        frame = pd.read_parquet(out / f"parquet/{name}.parquet")
        for column, values in expected(table):
            lists = [value.tolist() if hasattr(value, "tolist") else value for value in frame[column]]
            assert [
                value if isinstance(value, list) or pd.notna(value) else None for value in lists
            ] == values


def test_polars_reads_every_value(built: tuple[Tables, Path]) -> None:
    tables, out = built
    for name, table in tables.by_name.items():
        frame = pl.read_parquet(out / f"parquet/{name}.parquet")
        assert [(column.name, column.to_list()) for column in frame] == list(expected(table)), name


def test_duckdb_reads_every_value(built: tuple[Tables, Path]) -> None:
    tables, out = built
    for name, table in tables.by_name.items():
        found = duckdb.read_parquet(f"{out}/parquet/{name}.parquet")
        assert by_column(found.fetchall(), found.columns) == list(expected(table)), name


def test_sqlite_holds_every_value_and_its_keys_hold(built: tuple[Tables, Path]) -> None:
    tables, out = built
    with closing(sqlite3.connect(next(out.glob("*.sqlite")))) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert dict(connection.execute("SELECT * FROM package"))["version"]
        for name, table in tables.by_name.items():
            found = connection.execute(f'SELECT * FROM "{name}"')  # noqa: S608
            names = [entry[0] for entry in found.description]
            wanted = [(column, [stored(value) for value in values]) for column, values in expected(table)]
            assert by_column(found.fetchall(), names) == wanted, name
            kept = {row[0] for row in connection.execute("SELECT id FROM pragma_foreign_key_list(?)", [name])}
            assert len(kept) == len(table.resource.foreign_keys)
            indices = {row[0] for row in connection.execute("SELECT name FROM pragma_index_list(?)", [name])}
            assert {"_".join((name, *key.fields)) for key in table.resource.foreign_keys} <= indices
        strict = connection.execute(
            "SELECT min(strict) FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        )
        assert strict.fetchall() == [(1,)]


def stored(value: Any) -> Any:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if isinstance(value, dt.date) else value


def test_csv_holds_every_text_and_the_labels(built: tuple[Tables, Path]) -> None:
    tables, out = built
    for name, table in tables.by_name.items():
        content = (out / f"csv/{name}.csv").read_bytes()
        assert b"\r" not in content
        assert content.endswith(b"\n")
        header, *rows = csv.reader(content.decode("utf-8").splitlines(keepends=True))
        found = dict(by_column([tuple(row) for row in rows], header))
        for field in table.fields:
            assert found[field.name] == list(table.columns[field.name])
            if field.descriptor.get("edtf"):
                days = [getattr(edtf.parse(text), "latest", None) or "" for text in found[field.name]]
                assert found[f"{field.name}_latest"] == days
            for entry in field.descriptor.get("categories", ()):
                if isinstance(entry, dict):
                    labels = dict(zip(found[field.name], found[f"{field.name}_label"], strict=True))
                    assert labels.get(entry["value"], entry["label"]) == entry["label"]
        for key in table.resource.foreign_keys:
            target = tables.by_name[key.resource or name].columns
            label = f"{key.fields[0]}_label"
            names = [target[name] for name in ("name", "title") if name in target and len(key.fields) == 1]
            assert (label in found) == bool(names)
            if names:
                labels = dict(zip(target[key.reference_fields[0]], names[0], strict=True))
                assert found[label] == [labels.get(text, "") for text in found[key.fields[0]]]


def test_parquet_says_what_it_is(built: tuple[Tables, Path]) -> None:
    tables, out = built
    about = tables.package.descriptor
    for name, table in tables.by_name.items():
        schema = pq.read_schema(out / f"parquet/{name}.parquet")
        said = {key.decode(): value.decode() for key, value in (schema.metadata or {}).items()}
        assert (said["package"], said["version"]) == (about["name"], about["version"])
        assert (said["citation"], said["cutoff"]) == (about["citation"], about["cutoff"])
        assert about["licenses"][0]["name"] in said["licence"]
        for field in table.fields:
            metadata = schema.field(field.name).metadata or {}
            for key in ("title", "description", "unit"):
                assert metadata.get(key.encode(), b"").decode() == field.descriptor.get(key, "")


def test_frictionless_says_valid(built: tuple[Tables, Path]) -> None:
    tables, out = built
    report = frictionless.validate(str(out / "datapackage.json"))
    assert report.valid, report.flatten()
    assert len(report.tasks) == 2 * len([*tables.by_name, *ready_names(tables)]) + 1


def test_our_own_validator_says_valid(built: tuple[Tables, Path]) -> None:
    tables, out = built
    again, problems = read.tables(descriptor.load(out / "datapackage.json"))
    assert list(again.by_name) == [*tables.by_name, *ready_names(tables)]
    assert [*problems, *checks.run(again)] == []


def test_manifest_and_package_agree_with_the_files(built: tuple[Tables, Path]) -> None:
    tables, out = built
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert manifest["cutoff"] == tables.package.descriptor["cutoff"]
    written = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert {entry["path"] for entry in manifest["files"]} == written - {"manifest.json"}
    digests = {}
    for entry in manifest["files"]:
        content = (out / entry["path"]).read_bytes()
        assert (entry["bytes"], entry["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
        digests[entry["path"]] = f"sha256:{entry['sha256']}"
        if entry["path"].endswith((".csv", ".parquet")):
            assert entry["rows"] == len(pl.read_parquet(out / f"parquet/{Path(entry['path']).stem}.parquet"))
    package = json.loads((out / "datapackage.json").read_text("utf-8"))
    assert not {"rules", "views"} & set(package)
    for resource in package["resources"]:
        assert resource["hash"] == digests[resource["path"]]
        for field in resource.get("schema", {}).get("fields", ()):
            if "derivedFrom" in field:
                assert field["title"]
                assert field["description"]
    for path in ("datapackage.json", "manifest.json"):
        text = (out / path).read_text("utf-8")
        assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("9007199254740993", "9" * 20, "64 bits"),
        ("2025-02-28~", "2025-02-30", "not an EDTF date"),
        ("nothing", "part_of_label", "needs the column name part_of_label"),
        ('"name": "empty"', '"name": "../empty"', "cannot be the name of a file"),
        (",b,,", ",nowhere,,", "broken keys"),
    ],
)
def test_what_cannot_be_exported_is_said(tmp_path: Path, old: str, new: str, message: str) -> None:
    small_package.write(tmp_path)
    for path in (tmp_path / "datapackage.json", tmp_path / "places.csv"):
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8", newline="\n")
    with pytest.raises(PackageError, match=message):
        export.run(tables_of(tmp_path / "datapackage.json"), tmp_path / "dist")
    assert not list(tmp_path.glob("dist*"))
