"""Tables -> dist/: Parquet, CSV and SQLite, and the two files that describe them."""

import json
from pathlib import Path
from typing import Any

from ukraine_minerals.errors import PackageError
from ukraine_minerals.export import columns, manifest, ready, sqlite, swap, views
from ukraine_minerals.model import Tables


def run(tables: Tables, out: Path) -> tuple[manifest.File, ...]:
    """Write all exports of sound tables into the folder `out`, which changes in one step.

    Raises:
        PackageError: if `out` cannot be written, or holds the package or files that no export made.
    """
    from ukraine_minerals.export import parquet  # noqa: PLC0415  # what needs no Parquet starts sooner

    package = tables.package
    if package.root.resolve().is_relative_to(out.resolve()):
        raise PackageError(f"{out} holds the package itself; choose a folder of its own")
    name = str(package.descriptor.get("name", "package"))
    for file_name in (name, *tables.by_name):
        if file_name != Path(file_name).name:
            raise PackageError(f'the name "{file_name}" cannot be the name of a file')
    about = manifest.about(package.descriptor)
    typed = {name: columns.of(table) for name, table in tables.by_name.items()}
    described = {name: table.resource.schema for name, table in tables.by_name.items()}
    keys = {name: table.resource.foreign_keys for name, table in tables.by_name.items()}
    with swap.into(out) as folder:
        sqlite.write(tables, typed, about, folder / f"{name}.sqlite")
        for view, (schema, found) in ready.of(tables, folder / f"{name}.sqlite").items():
            typed[view], described[view] = found, schema
        labelled = {
            table: views.of(table, found, keys.get(table, ()), tables) for table, found in typed.items()
        }
        rows = {table: len(found[0].values) for table, found in typed.items()}
        for kind in ("csv", "parquet"):
            (folder / kind).mkdir()
        for table, found in typed.items():
            views.write(labelled[table], folder / f"csv/{table}.csv")
            words = manifest.words(
                tables.by_name[table].resource.descriptor if table in tables.by_name else {}, described[table]
            )
            parquet.write(found, {**about, **words}, folder / f"parquet/{table}.parquet")
        files = [manifest.file(folder, f"csv/{table}.csv", count) for table, count in rows.items()]
        files += [manifest.file(folder, f"parquet/{table}.parquet", count) for table, count in rows.items()]
        files += [
            manifest.file(
                folder, f"{name}.sqlite", sum(len(table.lines) for table in tables.by_name.values())
            )
        ]
        save(manifest.described(package, described, labelled, files), folder / "datapackage.json")
        files += [manifest.file(folder, "datapackage.json")]
        save(manifest.listed(package.descriptor, files), folder / "manifest.json")
    return tuple(files)


def save(content: dict[str, Any], path: Path) -> None:
    """Write JSON in its one form."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")
