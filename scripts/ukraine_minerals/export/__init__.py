"""Tables -> dist/: Parquet, CSV and SQLite, and the two files that describe them."""

import json
from pathlib import Path
from typing import Any

from ukraine_minerals.errors import PackageError
from ukraine_minerals.export import columns, manifest, parquet, sqlite, swap, views
from ukraine_minerals.model import Tables


def run(tables: Tables, out: Path) -> tuple[manifest.File, ...]:
    """Write all exports of sound tables into the folder `out`, which changes in one step.

    Raises:
        PackageError: if `out` cannot be written, or holds the package or files that no export made.
    """
    package = tables.package
    if package.root.resolve().is_relative_to(out.resolve()):
        raise PackageError(f"{out} holds the package itself; choose a folder of its own")
    name = str(package.descriptor.get("name", "package"))
    for file_name in (name, *tables.by_name):
        if file_name != Path(file_name).name:
            raise PackageError(f'the name "{file_name}" cannot be the name of a file')
    about = manifest.about(package.descriptor)
    typed = {name: columns.of(table) for name, table in tables.by_name.items()}
    labelled = {name: views.of(table, typed[name], tables) for name, table in tables.by_name.items()}
    rows = {name: len(table.lines) for name, table in tables.by_name.items()}
    with swap.into(out) as folder:
        for kind in ("csv", "parquet"):
            (folder / kind).mkdir()
        for table in tables.by_name.values():
            resource = table.resource
            views.write(labelled[resource.name], folder / f"csv/{resource.name}.csv")
            told = {**about, **manifest.words(resource)}
            parquet.write(typed[resource.name], told, folder / f"parquet/{resource.name}.parquet")
        sqlite.write(tables, typed, about, folder / f"{name}.sqlite")
        files = [manifest.file(folder, f"csv/{table}.csv", count) for table, count in rows.items()]
        files += [manifest.file(folder, f"parquet/{table}.parquet", count) for table, count in rows.items()]
        files += [manifest.file(folder, f"{name}.sqlite", sum(rows.values()))]
        _save(manifest.described(package, labelled, files), folder / "datapackage.json")
        files += [manifest.file(folder, "datapackage.json")]
        _save(manifest.listed(package.descriptor, files), folder / "manifest.json")
    return tuple(files)


def _save(content: dict[str, Any], path: Path) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")
