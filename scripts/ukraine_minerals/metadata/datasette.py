"""metadata.json of Datasette: titles, licence, column descriptions, labels and facets of the database."""

from collections.abc import Sequence
from typing import Any

from ukraine_minerals.metadata.about import About
from ukraine_minerals.model import Descriptor

LABELS = ("name", "title")  # a row is shown by the first of these that its table has
_FACETS = 4  # the first so many closed vocabularies; more would slow each page


def write(about: About, tables: Sequence[Descriptor], columns: dict[str, set[str]]) -> dict[str, Any]:
    """Build the file for the database `<name>.sqlite`; `columns` are those that each of its tables has."""
    head = {
        "title": about.title,
        "description": about.abstract,
        "license": about.licence,
        "license_url": about.licence_url,
        "source": about.citation,
        "source_url": about.homepage or about.repository,
    }
    return {
        **{key: value for key, value in head.items() if value},
        "databases": {
            about.name: {"tables": {table["name"]: _table(table, columns[table["name"]]) for table in tables}}
        },
    }


def _table(table: Descriptor, columns: set[str]) -> dict[str, Any]:
    fields = [field for field in table["schema"]["fields"] if field["name"] in columns]
    names = [field["name"] for field in fields]
    closed = [field for field in fields if field.get("constraints", {}).get("enum")]
    facets = [field["name"] for field in closed if field.get("derivedFrom") not in names]
    found: dict[str, Any] = {
        "title": table.get("title", table["name"]),
        "description": _plain(table.get("description", "")),
        "columns": {
            field["name"]: _plain(
                field["description"] + (f" Unit: {field['unit']}." if "unit" in field else "")
            )
            for field in fields
        },
        "facets": facets[:_FACETS],
    }
    label = next((name for name in LABELS if name in names), None)
    return {**found, **({"label_column": label} if label else {})}


def _plain(text: str) -> str:
    """Take the backticks away, which Datasette would show."""
    return text.replace("`", "")
