"""A small Data Package with a column of every kind that an export tells apart."""

import json
from pathlib import Path
from typing import Any

KINDS = [("mine", "Mine"), ("port", "Port"), ("None", "Never used")]
PLACES: dict[str, Any] = {
    "title": "Places",
    "fields": [
        {"name": "place_id", "title": "Place", "type": "string", "constraints": {"required": True}},
        {"name": "name", "title": "Name", "description": "As locals say.", "type": "string"},
        {
            "name": "kind",
            "title": "Kind",
            "type": "string",
            "constraints": {"enum": [value for value, _ in KINDS]},
            "categories": [{"value": value, "label": label} for value, label in KINDS],
        },
        {"name": "size", "type": "string", "categories": ["small", "large"], "categoriesOrdered": True},
        {"name": "found_date", "title": "Found", "type": "string", "edtf": True},
        {"name": "read_on", "type": "date"},
        {"name": "built", "type": "year"},
        {"name": "seen_at", "type": "datetime"},
        {"name": "open", "type": "boolean"},
        {"name": "workers", "type": "integer", "unit": "people"},
        {"name": "depth_m", "type": "number", "unit": "m", "description": "Depth."},
        {"name": "aliases", "type": "list", "delimiter": ";", "itemType": "string"},
        {"name": "figures", "type": "list", "delimiter": ";", "itemType": "integer"},
        {"name": "part_of", "type": "string"},
        {"name": "nothing", "type": "string"},
        {"name": "no_number", "type": "number"},
    ],
    "primaryKey": ["place_id"],
    "uniqueKeys": [["name", "kind"]],
    "foreignKeys": [{"fields": ["part_of"], "reference": {"resource": "", "fields": ["place_id"]}}],
}
PLACE_ROWS = [
    'a,"a ""D""",mine,small,2025-02-28~,2026-11-22,1999,2026-01-01T10:00:00Z,true,9007199254740993,9,x;y,,,,',
    'b,"two\nж",port,large,2024-02,1500-01-01,0800,,false,-1,0.1,ünï,7;-8,a,,',
    "c,NULL,,,../2025-02-14,,,,,,,,,a,,",
    "d,0,,,2025-02-12/..,,,,,0,-0.5,,,b,,",
    "e,Ґ,,,2024-12/2025-02,9999-12-31,,,,,1e300,,,,,",
    "f,nan,,,2025?,,,,,,500000000000,,,,,",
    "g,,,,,,,,,,,,,,,",
]
VISITS: dict[str, Any] = {
    "fields": [
        {"name": "place_id", "type": "string"},
        {"name": "day", "type": "date"},
        {"name": "guide", "type": "string", "constraints": {"unique": True}},
    ],
    "primaryKey": ["place_id", "day"],
    "foreignKeys": [{"fields": ["place_id"], "reference": {"resource": "places", "fields": ["place_id"]}}],
}
REPORTS: dict[str, Any] = {
    "fields": [
        {"name": "report_id", "type": "string"},
        {"name": "place_id", "type": "string"},
        {"name": "day", "type": "date"},
        {"name": "as_of", "type": "string", "edtf": True},
        {"name": "stage", "type": "string", "constraints": {"enum": ["draft", "final"]}},
    ],
    "primaryKey": ["report_id"],
    "foreignKeys": [
        {"fields": ["place_id", "day"], "reference": {"resource": "visits", "fields": ["place_id", "day"]}}
    ],
}
EMPTY: dict[str, Any] = {**REPORTS, "foreignKeys": [], "title": "No rows"}
TABLES = {
    "places": (PLACES, PLACE_ROWS),
    "visits": (VISITS, ["a,2024-01-01,ann", "a,2024-01-02,", "b,2024-01-01,"]),
    "reports": (REPORTS, ["r1,a,2024-01-02,2024-01,draft", "r2,,,,"]),
    "empty": (EMPTY, []),
}
DESCRIPTOR = {
    "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
    "name": "small-package",
    "version": "1.2.3",
    "cutoff": "2026-11-22",
    "citation": "Nobody (2026). A small package.",
    "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
}


def write(folder: Path) -> Path:
    """Write the package into a folder; return the path of its descriptor."""
    resources = []
    for name, (schema, rows) in TABLES.items():
        header = ",".join(field["name"] for field in schema["fields"])
        (folder / f"{name}.csv").write_text("\n".join([header, *rows]) + "\n", "utf-8", newline="\n")
        resource = {"name": name, "type": "table", "path": f"{name}.csv", "schema": schema}
        resources.append({**resource, "dialect": {"lineTerminator": "\n"}})
    path = folder / "datapackage.json"
    content = {**DESCRIPTOR, "resources": resources}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", "utf-8", newline="\n")
    return path
