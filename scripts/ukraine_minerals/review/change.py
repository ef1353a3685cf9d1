"""What lies between two versions of a package: rows, cells, schemas, evidence; frozen data, no behaviour."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from ukraine_minerals.model import Package
from ukraine_minerals.problem import Problem


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that changed; a column that one of the versions lacks counts as empty there."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row that differs.

    `kind` is "removed", "merged" (its redirect leads to a row that stood before too), "renamed", "changed" or
    "added". `key` is the new version's key, of a row that is gone the old one's; `old_key` differs from it
    where a redirect leads. `line` is the physical line in the version that holds the row, the new one if both
    do. `is_gone` for "removed" and "merged".
    """

    table: str
    kind: str
    key: str
    old_key: str
    line: int
    cells: tuple[Cell, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SchemaChange:
    """One difference of two schemas or descriptors; an empty `field` is the table as a whole.

    `kind` is one of `schemas.KINDS`; `old` and `new` are what stood and what stands, as text.
    """

    table: str
    field: str
    kind: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Support:
    """One row that stands in both versions, and how many rows of evidence it had and has."""

    table: str
    key: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Count:
    """The rows of one table before and after; None where a version has no such table."""

    table: str
    before: int | None
    after: int | None
    by_kind: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Review:
    """All that differs between two versions, and the problems of the newer one as a change of the older."""

    base: str
    head: str
    versions: tuple[str, str]
    demanded: str
    rows: tuple[Row, ...]
    schemas: tuple[SchemaChange, ...]
    supports: tuple[Support, ...]
    counts: tuple[Count, ...]
    problems: tuple[Problem, ...]

    @property
    def refused(self) -> tuple[Problem, ...]:
        """The problems for which it is refused; the others ask for a second look."""
        return tuple(found for found in self.problems if found.severity == "error")

    @property
    def doubted(self) -> tuple[Problem, ...]:
        """What may be wrong and is not refused."""
        return tuple(found for found in self.problems if found.severity != "error")


@dataclass(frozen=True, slots=True)
class Step:
    """One tagged version: its time (UTC, of the tag), its rows, and what it changed; None in the first."""

    package: Package
    version: str
    time: dt.datetime
    rows: int
    tables: int
    review: Review | None
    notes: str
