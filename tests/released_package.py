"""The small package with all that a release says of itself: words for every table and field, and texts."""

import csv
import json
from pathlib import Path
from typing import Any

import small_package

from ukraine_minerals import descriptor, read
from ukraine_minerals.model import Tables

TRAPS = ("=1+1", "0123", "https://example.org/a", "-5", "@x", "1e3", "Ґанок та їжак")


def write(folder: Path, **more: Any) -> Path:
    """Write the package into a folder; `more` goes into its descriptor. Return the path of that."""
    path = small_package.write(folder)
    found = json.loads(path.read_text("utf-8"))
    about = {
        "title": "A small package",
        "description": "Places and visits.",
        "contributors": [{"title": "Nobody & Co", "roles": ["creator"]}, {"title": "X", "roles": ["y"]}],
        "keywords": ["a: b", "ж"],
    }
    for resource in found["resources"]:
        schema = resource["schema"]
        schema |= {
            "title": resource["name"].title(),
            "description": "One row for each thing. Mind `x`. Twice.",
        }
        for field in schema["fields"]:
            field |= {"title": field["name"], "description": f"The {field['name']} of it."}
    path.write_text(json.dumps({**found, **about, **more}, ensure_ascii=False), "utf-8")
    lines = [f"t{number},{text},,,,,,,,,,,,,{text},\n" for number, text in enumerate(TRAPS)]
    with (folder / "places.csv").open("a", encoding="utf-8", newline="") as file:
        file.writelines(lines)
    (folder / "LICENSE").write_text("Free.\n", "utf-8")
    (folder / "README.md").write_text(
        "# S\n\n## Read it rightly\n\n- **Mind** `this`.\n\n## Z\n\nno\n", "utf-8"
    )
    (folder / "CHANGELOG.md").write_text("# C\n\n## 1.2.3\n\n- New.\n\n## 1.2.2\n\n- Old.\n", "utf-8")
    return path


def tables_of(path: Path) -> Tables:
    return read.tables(descriptor.load(path))[0]


def listed(out: Path) -> dict[str, dict[str, Any]]:
    return {file["path"]: file for file in json.loads((out / "manifest.json").read_text("utf-8"))["files"]}


def rows_of_csv(out: Path, table: str) -> list[list[str]]:
    with (out / f"csv/{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))
