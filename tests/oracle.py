"""The same package judged twice, by our engine and by frictionless, as multisets that can be compared."""

import re
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import frictionless

from ukraine_minerals import checks, descriptor, problem, read
from ukraine_minerals.model import Package
from ukraine_minerals.read import arrow, files

# One fault: table, type, row, field (its number; its name for a foreign key), constraint.
Fault = tuple[str, str, int | None, Any, str]
STANDARD = {
    code
    for code in problem.CODES
    if code in {error.type for error in vars(frictionless.errors).values() if hasattr(error, "type")}
}
_ROWS = ("blank-row", "primary-key")  # frictionless gives these no field


def ours(path: Path, *, alone: bool = False, fast: bool = False) -> Counter[Fault]:
    """Give the faults that our engine finds, those that frictionless has no code for only if asked for.

    `fast` lets Arrow hold every table that it can, however small.
    """
    package = descriptor.load(path)
    with everything_large(package) if fast else nullcontext():
        tables, problems = read.tables(package, fast=fast)
    return Counter(_our_fault(p) for p in problems + checks.run(tables) if alone or p.code in STANDARD)


@contextmanager
def everything_large(package: Package | None = None) -> Iterator[None]:
    """Take every file for large, and read it in many slices, of a few rows where it is small."""
    whole = sum(r.file.stat().st_size for r in package.resources if r.file.is_file()) if package else 0
    limits = files.ARROW_BYTES, arrow.COLUMN_BYTES, arrow.SLICE_BYTES
    files.ARROW_BYTES, arrow.COLUMN_BYTES, arrow.SLICE_BYTES = 1, 2, max(60, whole // 100)
    try:
        yield
    finally:
        files.ARROW_BYTES, arrow.COLUMN_BYTES, arrow.SLICE_BYTES = limits


def _our_fault(p: problem.Problem) -> Fault:
    field: Any = None if p.code in _ROWS else p.field if p.code in ("foreign-key", "unique-key") else p.column
    return p.resource, p.code, p.row, field, p.constraint if p.code == "constraint-error" else ""


def theirs(path: Path) -> Counter[Fault]:
    """Give the faults that frictionless finds, none left out; a fault of the descriptor has no table."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            report = frictionless.Package(str(path)).validate(limit_errors=10**9)
        except frictionless.FrictionlessException as error:
            return Counter([("", error.error.type, None, None, "")])
        except Exception as error:  # noqa: BLE001  # it crashes on some data, and that is what is to be told
            return Counter([("", f"crash {type(error).__name__}", None, None, "")])
    faults = [_their_fault("", error) for error in report.errors]
    return Counter(
        faults + [_their_fault(task.name, error) for task in report.tasks for error in task.errors]
    )


def _their_fault(table: str, error: Any) -> Fault:
    field = getattr(error, "field_number", None)
    if error.type == "foreign-key":
        field = ", ".join(error.field_names)
    match = re.match(r'constraint "(\w+)" is', error.note) if error.type == "constraint-error" else None
    return table, error.type, getattr(error, "row_number", None), field, match[1] if match else ""
