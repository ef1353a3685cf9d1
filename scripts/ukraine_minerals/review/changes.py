"""The git tags of a package -> changes.csv: all that changed from version to version, cell by cell."""

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from ukraine_minerals import review
from ukraine_minerals.review import feed, version, versions
from ukraine_minerals.review.change import Review, Row, Step

FIELDS = ("version", "date", "table", "row", "field", "old", "new", "kind", "reason")


def files(package: Path) -> dict[str, str]:
    """Give changes.csv and changes.atom as text by name, or nothing where no tag is a version.

    Raises:
        PackageError: a tagged version cannot be read.
    """
    found = steps(package)
    return {"changes.csv": write(found), "changes.atom": feed.write(found)} if found else {}


def steps(package: Path) -> list[Step]:
    """Compare each tagged version with the one before; the oldest comes first."""
    found: list[Step] = []
    with ExitStack() as stack:
        before = None
        for tag, time in versions.tags(package):
            tables, _ = stack.enter_context(versions.opened(tag, package))
            name = version.of(tables.package) or tag
            found.append(
                Step(
                    package=tables.package,
                    version=name,
                    time=dt.datetime.fromtimestamp(time, dt.UTC),
                    rows=sum(len(table.lines) for table in tables.by_name.values()),
                    tables=len(tables.by_name),
                    review=None if before is None else review.compare(before, tables),
                    notes=version.section(tables.package.root / versions.CHANGELOG, name),
                )
            )
            before = tables
    return found


def write(found: Sequence[Step]) -> str:
    """Write the changes as CSV, the newest version first; the first version's rows are no changes."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FIELDS)
    for step in reversed(found):
        if step.review is not None:
            date = step.time.date().isoformat()
            writer.writerows((step.version, date, *line) for line in _lines(step.review))
    return out.getvalue()


def _lines(found: Review) -> Iterator[tuple[str, ...]]:
    for change in found.schemas:
        yield change.table, "", change.field, change.old, change.new, change.kind, ""
    for row in found.rows:
        yield from _row(row)


def _row(row: Row) -> Iterator[tuple[str, ...]]:
    """Give a line for a row that came, went or has another key, and one for each cell that differs.

    A row that came or went has a line for each filled cell too, so that a reader needs no other file.
    """
    key = row.old_key if row.kind == "renamed" else row.key
    if row.kind != "changed":
        successor = {"renamed": row.key, "merged": row.old_key, "added": row.key}.get(row.kind, "")
        yield row.table, key, "", "" if row.kind == "added" else key, successor, row.kind, row.reason
    for cell in row.cells:
        yield row.table, row.key, cell.field, cell.old, cell.new, row.kind, row.reason
