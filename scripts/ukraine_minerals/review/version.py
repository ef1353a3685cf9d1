"""Which version the changes call for, by stated rules, and whether the newer one has it and tells of it.

major: a table, column or allowed value is gone, a type or key is another, or a named row was withdrawn;
minor: rows, columns, tables or allowed values are new, rows are renamed or merged, facts or rules changed;
patch: wording, or nothing in the tables. The rules hold below 1.0.0 too; a greater step is always right.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ukraine_minerals.errors import PackageError
from ukraine_minerals.model import Package, Tables
from ukraine_minerals.problem import Problem
from ukraine_minerals.review import refusals, versions
from ukraine_minerals.review.change import Row, SchemaChange
from ukraine_minerals.review.schemas import KINDS

STEPS = ("patch", "minor", "major")
# Words of ours about a fact, not the fact.
WORDING = frozenset(("note", "summary", "reason", "because"))


def of(package: Package) -> str:
    """Give a package's version, or "" where it has none."""
    return str(package.descriptor.get("version", ""))


def step(base: Tables, rows: Sequence[Row], schemas: Sequence[SchemaChange]) -> str:
    """Give the greatest step that a change calls for."""
    steps = {KINDS[change.kind] for change in schemas} | {_step(base, row) for row in rows}
    return max(steps, key=STEPS.index, default="patch")


def _step(base: Tables, row: Row) -> str:
    if row.kind == "removed" and row.table != "exemptions":  # these come and go with what they silence
        is_named = "generatedKey" not in base.by_name[row.table].resource.schema
        return "major" if is_named else "minor"  # nobody cites a key that a program made
    if row.kind == "changed" and all(cell.field in WORDING for cell in row.cells):
        return "patch"
    return "minor"


def demanded(old: str, step: str) -> str:
    """Give the lowest version that a step leads to, or "" where the old one is of another form."""
    parts = versions.number(old)
    if not parts:
        return ""
    place = len(STEPS) - 1 - STEPS.index(step)
    raised = [*parts[:place], parts[place] + 1, 0, 0][:3]
    return ".".join(map(str, raised))


def check(base: Package, head: Package, step: str) -> Iterator[Problem]:
    """Find a version that is too low, and a changelog that says nothing of it."""
    old, new = of(base), of(head)
    needed = demanded(old, step)
    if not versions.number(new) or versions.number(new) < versions.number(needed):
        message = f'the version is "{new}" after "{old}"; the changes are {step}'
        hint = f"write {needed} or higher" if needed else "write a version of the form 1.2.3"
        yield refusals.of("version-low", head.path, message, hint, field="version", value=new)
    path = head.root / versions.CHANGELOG
    if not section(path, new):
        message = f'there is nothing under "## {new}"'
        yield refusals.of("changelog-missing", str(path), message, "say there what changed", value=new)


def section(changelog: Path, version: str) -> str:
    """Give what a changelog says under `## VERSION`; "" where there is no such file or heading.

    Raises:
        PackageError: the file cannot be read.
    """
    if not changelog.is_file():
        return ""
    try:
        text = changelog.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise PackageError(f"{changelog}: cannot be read: {error}") from None
    pattern = rf"^## {re.escape(version)}(?![\w.])[^\n]*\n(.*?)(?=^## |\Z)"
    found = re.search(pattern, text, re.DOTALL | re.MULTILINE) if version else None
    return found[1].strip() if found else ""
