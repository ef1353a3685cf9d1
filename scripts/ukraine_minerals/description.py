"""The codebook of a table: a frame with one row for each column, out of its schema and its values."""

from typing import Any

import pandas as pd

from ukraine_minerals import descriptor, frames
from ukraine_minerals.export import columns
from ukraine_minerals.model import Field, Resource

_RANGED = ("integer", "number", "date")


def describe(table: str, *, package: frames.Folder = None) -> pd.DataFrame:
    """Describe each column of a table, one row a column.

    Columns: `name`, `title`, `description`, `type` (string, category, date, boolean, integer, number, list),
    `unit`, `allowed` (a dictionary value -> label, None where any is), `empty` (what an empty cell means),
    `example`, `required`, `points_to` (`<table>.<column>` of a link), `filled` (the share of the rows that
    have a value, 0 to 1; missing without rows), `lowest` and `highest` (of numbers and days), `frequent` (a
    dictionary of up to five values that stand more than once, the most frequent first, and how often).

    Raises:
        PackageError: There is no such table or export.
    """
    home = frames.folder(package)
    resource = frames.find(descriptor.load(home / "datapackage.json"), table)
    frame = frames.load(table, package=home)
    rows = [_row(field, resource, frame[field.name]) for field in frames.fields(resource)]
    return pd.DataFrame(rows).astype({"required": bool, "filled": float})


def _row(field: Field, resource: Resource, column: "pd.Series[Any]") -> dict[str, Any]:
    said = field.descriptor
    kind, vocabulary = columns.kind_of(said)
    labels = {
        entry["value"]: entry.get("label", entry["value"]) if isinstance(entry, dict) else entry
        for entry in said.get("categories", ())
        if isinstance(entry, dict)
    }
    ranged = kind in _RANGED and column.notna().any()
    return {
        "name": field.name,
        "title": said.get("title"),
        "description": said.get("description"),
        "type": kind,
        "unit": said.get("unit"),
        "allowed": {word: labels.get(word, word) for word in vocabulary} or None,
        "empty": _empty(field),
        "example": said.get("example"),
        "required": field.constraints.get("required") is True or field.name in resource.primary_key,
        "points_to": _target(field, resource),
        "filled": column.notna().mean(),
        "lowest": column.min() if ranged else None,
        "highest": column.max() if ranged else None,
        "frequent": None if ranged else _frequent(column),
    }


def _empty(field: Field) -> str | None:
    for entry in field.descriptor.get("missingValues", ()):
        if isinstance(entry, dict) and entry["value"] == "":
            return str(entry.get("label"))
    return None


def _target(field: Field, resource: Resource) -> str | None:
    for key in resource.foreign_keys:
        for name, there in zip(key.fields, key.reference_fields, strict=True):
            if name == field.name:
                return f"{key.resource or resource.name}.{there}"
    return None


def _frequent(column: "pd.Series[Any]") -> dict[Any, int] | None:
    counts = column.dropna().explode().value_counts().head(5)
    return {value: int(times) for value, times in counts.items() if times > 1} or None
