"""CSV files to read by eye: the columns of a table with the labels of its codes and links joined in."""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ukraine_minerals.errors import PackageError
from ukraine_minerals.export.columns import Column, made
from ukraine_minerals.model import ForeignKey, Tables

NAMES = ("name", "title")  # a link is labelled by the first of these that its target has


def of(
    name: str, columns: Sequence[Column], keys: Sequence[ForeignKey], tables: Tables
) -> tuple[Column, ...]:
    """Put a `<column>_label` after each column that has labelled categories or points to a row with a name.

    Raises:
        PackageError: if two columns would have one name.
    """
    found = tuple(entry for column in columns for entry in (column, *_label(column, name, keys, tables)))
    twice = [label for label, times in Counter(column.name for column in found).items() if times > 1]
    if twice:
        raise PackageError(f"{name}: the export needs the column name {twice[0]} for itself")
    return found


def write(columns: Sequence[Column], path: Path) -> None:
    """Write a table as CSV: UTF-8, LF, minimal quotes."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([column.name for column in columns])
        writer.writerows(zip(*(column.texts for column in columns), strict=True))


def _label(column: Column, table: str, keys: Sequence[ForeignKey], tables: Tables) -> Iterator[Column]:
    if any(isinstance(entry, dict) and "label" in entry for entry in column.descriptor.get("categories", ())):
        labels = {entry["value"]: entry.get("label", "") for entry in column.descriptor["categories"]}
        yield _made(column, labels, f"Label of the value of `{column.name}`.")
        return
    for key in keys:
        target = tables.by_name[key.resource or table]
        name = next((name for name in NAMES if name in target.columns), None)
        if key.fields == (column.name,) and name is not None:
            labels = dict(zip(target.columns[key.reference_fields[0]], target.columns[name], strict=True))
            told = f"`{name}` of the row of `{target.resource.name}` that `{column.name}` points to."
            yield _made(column, labels, told)
            return


def _made(column: Column, labels: Mapping[str, str], told: str) -> Column:
    descriptor = {
        "name": f"{column.name}_label",
        "title": f"{column.descriptor.get('title', column.name)}: label",
        "description": told,
        "type": "string",
        "derivedFrom": column.name,
    }
    return made(descriptor, [labels.get(text) or None for text in column.texts])
