"""Package, Resource, Field, ForeignKey and the tables read from them: frozen data, no behaviour.

Named tuples: to import dataclasses takes longer than to check a small package.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

Descriptor = Mapping[str, Any]


class Field(NamedTuple):
    """One field of a Table Schema; `missing_values` are those that hold for it, its own or its schema's."""

    name: str
    type: str
    format: str
    constraints: Descriptor
    missing_values: tuple[str, ...]
    descriptor: Descriptor


class ForeignKey(NamedTuple):
    """Fields of this resource that point to fields of another; an empty `resource` is the table itself."""

    fields: tuple[str, ...]
    resource: str
    reference_fields: tuple[str, ...]


class Resource(NamedTuple):
    """One file with its schema; `path` is as the descriptor gives it, `file` where it lies.

    `dialect` holds the Table Dialect with all defaults filled in; a file that is no table has no fields.
    """

    name: str
    path: str
    file: Path
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    unique_keys: tuple[tuple[str, ...], ...]
    foreign_keys: tuple[ForeignKey, ...]
    fields_match: str
    encoding: str
    dialect: Descriptor
    schema: Descriptor
    descriptor: Descriptor


class Package(NamedTuple):
    """A Data Package: its folder, its descriptor as written, its tables, and its other files."""

    root: Path
    path: str
    descriptor: Descriptor
    resources: tuple[Resource, ...]
    files: tuple[Resource, ...]


class Table(NamedTuple):
    """A table as read: the text of every cell by column, and the physical line (from 1) of each row.

    A column stands under its field's name and is as long as `lines`; a cell that a short row lacks is "".
    `fields` are the columns in the file's order: the schema's, and one of type any for a label that it does
    not know. `rows` are frictionless's row numbers; `ragged` has the cells of each row (by index) that is
    shorter or longer than the header; `folded` are the rows that take more than one line. A table `is_large`
    where Arrow holds the columns; its text is "".
    """

    resource: Resource
    header: tuple[str, ...]
    fields: tuple[Field, ...]
    columns: Mapping[str, Sequence[str]]
    lines: Sequence[int]
    rows: Sequence[int]
    ragged: Mapping[int, tuple[str, ...]]
    folded: frozenset[int]
    text: str
    is_large: bool = False


class Tables:
    """All tables of a package, by resource name; equal to nothing but itself."""

    __slots__ = ("by_name", "package")

    def __init__(self, package: Package, by_name: Mapping[str, Table]) -> None:
        """Take the package and its tables."""
        self.package = package
        self.by_name = by_name
