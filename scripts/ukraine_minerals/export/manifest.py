"""What an export holds, file by file with size and digest: manifest.json and datapackage.json."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ukraine_minerals.export.columns import Column
from ukraine_minerals.model import Descriptor, Package

# "Parquet" with a capital, and no type (the standard knows "table" alone): frictionless 5.21 reads what says
# "parquet" as a table, and then fails on lists, empty integers and byte counts; and so with "Excel".
FORMATS = {
    ".parquet": ("Parquet", "application/vnd.apache.parquet"),
    ".sqlite": ("sqlite", "application/vnd.sqlite3"),
    ".xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".geojson": ("geojson", "application/geo+json"),
}
# All of it spelled out: what a dialect leaves unsaid frictionless guesses from the data.
DIALECT = {
    "header": True,
    "headerRows": [1],
    "delimiter": ",",
    "lineTerminator": "\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
}
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


@dataclass(frozen=True, slots=True)
class File:
    """One exported file; `rows` is None where it holds no table."""

    path: str
    size_bytes: int
    sha256: str
    rows: int | None


def file(folder: Path, path: str, rows: int | None = None) -> File:
    """Take the size and the digest of a file as it was written."""
    content = (folder / path).read_bytes()
    return File(path, len(content), hashlib.sha256(content).hexdigest(), rows)


def about(descriptor: Descriptor) -> dict[str, str]:
    """Say what every exported file says of its package: name, version, licence, citation, cut-off day."""
    licences = [", ".join(map(str, entry.values())) for entry in descriptor.get("licenses", ())]
    found = {
        "package": descriptor.get("name"),
        "version": descriptor.get("version"),
        "licence": "; ".join(licences),
        "citation": descriptor.get("citation"),
        "cutoff": descriptor.get("cutoff"),
    }
    return {key: str(value) for key, value in found.items() if value}


def listed(descriptor: Descriptor, files: Sequence[File]) -> dict[str, Any]:
    """Build the content of manifest.json."""
    entries = [{"path": entry.path, "bytes": entry.size_bytes, "sha256": entry.sha256} for entry in files]
    for entry, found in zip(entries, files, strict=True):
        if found.rows is not None:
            entry["rows"] = found.rows
    head = {key: descriptor.get(key) for key in ("name", "version", "cutoff")}
    return {**head, "files": entries}


def words(descriptor: Descriptor, schema: Descriptor) -> dict[str, str]:
    """Give the title and the description of a table: the resource's, else the schema's."""
    found = {key: descriptor.get(key) or schema.get(key) for key in ("title", "description")}
    return {key: str(value) for key, value in found.items() if value}


def described(
    package: Package,
    schemas: Mapping[str, Descriptor],
    columns: Mapping[str, Sequence[Column]],
    files: Sequence[File],
) -> dict[str, Any]:
    """Build the content of datapackage.json: the CSV files as tables, the other files as plain ones.

    The package's properties `rules`, `views` and `maps` are dropped: they speak of how the package is made.
    """
    by_path = {entry.path: entry for entry in files}
    kept = {key: value for key, value in package.descriptor.items() if key not in ("rules", "views", "maps")}
    given = {resource.name: resource.descriptor for resource in package.resources}
    tables = [
        _table({"name": name, **given.get(name, {})}, schema, columns[name], by_path)
        for name, schema in schemas.items()
    ]
    plain = [plain_resource(entry) for entry in files if Path(entry.path).suffix in FORMATS]
    return {"$schema": PROFILE, **kept, "resources": tables + plain}


def _table(
    descriptor: Descriptor, schema: Descriptor, columns: Sequence[Column], by_path: Mapping[str, File]
) -> dict[str, Any]:
    path = f"csv/{descriptor['name']}.csv"
    return {
        **descriptor,
        **words(descriptor, schema),
        "type": "table",
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": DIALECT,
        **_measures(by_path[path]),
        "schema": {**schema, "fields": [column.descriptor for column in columns]},
    }


def plain_resource(entry: File) -> dict[str, Any]:
    """Describe a file that is no table of the package."""
    path = Path(entry.path)
    label, mediatype = FORMATS[path.suffix]
    return {
        "name": f"{path.stem}-{path.suffix[1:]}",
        "path": entry.path,
        "format": label,
        "mediatype": mediatype,
        **_measures(entry),
    }


def _measures(entry: File) -> dict[str, Any]:
    return {"bytes": entry.size_bytes, "hash": f"sha256:{entry.sha256}"}
