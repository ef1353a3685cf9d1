"""datapackage.json and its schemas -> Package; what is malformed or not supported ends the run by name."""

import io
import os
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from ukraine_minerals import dialect, jsonvalue
from ukraine_minerals import schema as schemas
from ukraine_minerals.errors import PackageError
from ukraine_minerals.model import Descriptor, Package, Resource

_Local = Callable[[str, str], Path]
_Read = Callable[[Path], Descriptor]
_COMPRESSED = ("gz", "zip", "bz2", "xz", "zst")


def load(path: Path) -> Package:
    """Read a Data Package (1.0 or 2.0) and all that it refers to.

    Raises:
        PackageError: it cannot be read, is malformed, or asks for something that is not supported.
    """
    descriptor = jsonvalue.read(path)
    where = str(path)
    resources = jsonvalue.get(descriptor, "resources", "an array", where)
    if not resources:
        raise PackageError(f"{where}: resources is empty: a package has at least one resource")
    root = path.parent
    local = partial(_local, root, os.path.realpath(root))
    read = cache(jsonvalue.read)  # tables may share a dialect
    tables: list[Resource] = []
    files: list[Resource] = []
    for number, item in enumerate(resources):
        place = f"{where}: resources[{number}]"
        resource = _resource(jsonvalue.of(item, "an object", place), local, read, place)
        if any(resource.name == other.name for other in (*tables, *files)):
            raise PackageError(f'{place}: name "{resource.name}" belongs to an earlier resource too')
        (tables if resource.dialect else files).append(resource)
    _link(tables, where)
    return Package(root, where, descriptor, tuple(tables), tuple(files))


def _resource(descriptor: Descriptor, local: _Local, read: _Read, where: str) -> Resource:
    name = jsonvalue.get(descriptor, "name", "a string", where)
    where = f'{where} "{name}"'
    if "data" in descriptor:
        raise PackageError(f"{where}: inline data is not supported; give a path")
    path = descriptor.get("path", descriptor.get("url"))
    if isinstance(path, list):
        if len(path) != 1:
            raise PackageError(f"{where}: path: several files for one resource are not supported")
        path = path[0]
    if path is None:
        raise PackageError(f"{where}: path is missing")
    path = jsonvalue.of(path, "a string", f"{where}: path")
    file = local(path, f"{where}: path")
    if "bytes" in descriptor:
        jsonvalue.get(descriptor, "bytes", "a whole number", where)
    if "hash" in descriptor:
        jsonvalue.get(descriptor, "hash", "a string", where)
    format_ = _format(descriptor, path, where)
    if format_ is None:
        return Resource(name, path, file, (), (), (), (), "exact", "", {}, {}, descriptor)
    encoding = jsonvalue.get(descriptor, "encoding", "a string", where, "utf-8")
    try:
        io.TextIOWrapper(io.BytesIO(), encoding)
    except (LookupError, ValueError):
        raise PackageError(f'{where}: encoding "{encoding}" is not known') from None
    table_dialect = dialect.read(
        _part(descriptor, "dialect", local, read, where), format_, f"{where}: dialect"
    )
    schema = _part(descriptor, "schema", local, read, where)
    where += ": schema"
    fields = schemas.fields(schema, where)
    if rule := jsonvalue.get(schema, "generatedKey", "an object", where, {}):
        jsonvalue.get(rule, "prefix", "a string", f"{where}: generatedKey")
        schemas.key(
            jsonvalue.take(rule, "fields", f"{where}: generatedKey"), fields, f"{where}: generatedKey: fields"
        )
    return Resource(
        name=name,
        path=path,
        file=file,
        fields=fields,
        primary_key=schemas.key(schema.get("primaryKey", []), fields, f"{where}: primaryKey"),
        unique_keys=tuple(
            schemas.key(key, fields, f"{where}: uniqueKeys[{n}]")
            for n, key in enumerate(jsonvalue.get(schema, "uniqueKeys", "an array", where, []))
        ),
        foreign_keys=tuple(schemas.foreign_keys(schema, fields, where)),
        fields_match=schemas.fields_match(schema, where),
        encoding=encoding,
        dialect=table_dialect,
        schema=schema,
        descriptor=descriptor,
    )


def _local(root: Path, home: str, path: str, where: str) -> Path:
    """Resolve a path that stays within the package (Data Package 2.0, Security; Glossary, URL or Path)."""
    parts = path.replace("\\", "/").split("/")
    if "://" in path or path.lower().startswith(("http:", "https:", "ftp:", "file:", "data:")):
        raise PackageError(f'{where} "{path}" is remote; only files of the package are read')
    if not path or "\0" in path:
        raise PackageError(f"{where} names no file")
    if path.startswith(("/", "\\", "~")) or parts[0][1:2] == ":":
        raise PackageError(f'{where} "{path}" is absolute; it must be relative to the descriptor')
    if ".." in parts:
        raise PackageError(f'{where} "{path}" climbs out of the package')
    file = root / path
    if os.path.commonpath([home, os.path.realpath(file)]) != home:
        raise PackageError(f'{where} "{path}" leads out of the package')
    return file


def _format(descriptor: Descriptor, path: str, where: str) -> str | None:
    """Tell whether a resource is a table ("csv", "tsv") or a plain file (None)."""
    format_: str = jsonvalue.get(descriptor, "format", "a string", where, path.rpartition(".")[2]).lower()
    if format_ in ("csv", "tsv"):
        if jsonvalue.get(descriptor, "compression", "a string", where, "no") != "no":
            raise PackageError(f"{where}: compression is not supported")
        return format_
    if format_ in _COMPRESSED and "schema" in descriptor:
        raise PackageError(f"{where}: compression ({format_}) is not supported")
    profile = str(descriptor.get("profile")).rpartition("/")[2].removesuffix(".json")
    is_table = descriptor.get("type") == "table" or "schema" in descriptor
    if is_table or profile == "tabular-data-resource":
        raise PackageError(f'{where}: a table of format "{format_}" is not supported, only csv and tsv')
    return None


def _part(descriptor: Descriptor, key: str, local: _Local, read: _Read, where: str) -> Descriptor:
    """Give a resource's schema or dialect, which stands in the descriptor or in a file of its own."""
    value = descriptor.get(key, {})
    if isinstance(value, str):
        return read(local(value, f"{where}: {key}"))
    part: Descriptor = jsonvalue.of(value, "an object", f"{where}: {key}")
    return part


def _link(tables: list[Resource], where: str) -> None:
    """Make sure that every foreign key points to fields that a table of the package declares."""
    fields = {table.name: {field.name for field in table.fields} for table in tables}
    for table in tables:
        for key in table.foreign_keys:
            target = key.resource or table.name
            if target not in fields:
                raise PackageError(
                    f'{where}: {table.name}: a foreign key points to "{target}", which is no table'
                )
            if missing := [
                name for name in key.reference_fields if fields[target] and name not in fields[target]
            ]:
                raise PackageError(
                    f'{where}: {table.name}: a foreign key points to "{missing[0]}": no field of {target}'
                )
