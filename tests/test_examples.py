"""The worked examples of the data model, as rows, break no rule."""

import csv
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from ukraine_minerals import checks, descriptor, read, rules
from ukraine_minerals.model import Tables

ROOT = Path(__file__).parent.parent
EXAMPLES = Path(__file__).parent / "examples"
SOURCES = {
    "adcoach-near-agreement": ("43", "2025-02-24", "near-agreement"),
    "defencetalks-bessent-kyiv": ("24", "2025-02-12", "bessent-kyiv"),
    "globalmarkettoday-kellogg-kyiv": ("37", "2025-08", "kellogg-kyiv"),
    "pravda-uk-mod-minerals": ("", "2024-07-04", "uk-mod-minerals"),
    "steelcitydaily-air-cover": ("14", "2025-02-14", "air-cover"),
}
STATES = ("germany", "norway", "sweden", "ukraine", "united-states")
Rows = dict[str, list[dict[str, str]]]


@pytest.fixture
def examples(tmp_path: Path) -> Tables:
    """Build a package of the examples' rows and of as much as they point to, with our schemas."""
    package = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    shutil.copytree(ROOT / "schemas", tmp_path / "schemas")
    shutil.copytree(ROOT / "geo", tmp_path / "geo")
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    tables = [entry for entry in package["resources"] if "schema" in entry]
    schemas = {
        entry["name"]: json.loads((tmp_path / entry["schema"]).read_text(encoding="utf-8"))
        for entry in tables
    }
    rows = _rows(schemas)
    for entry in tables:
        file = tmp_path / entry["path"]
        with file.open("w", encoding="utf-8", newline="") as out:
            names = [field["name"] for field in schemas[entry["name"]]["fields"]]
            writer = csv.DictWriter(out, names, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows[entry["name"]])
    tables_read, faults = read.tables(descriptor.load(tmp_path / "datapackage.json"))
    assert not faults
    return tables_read


def test_examples_are_sound(examples: Tables) -> None:
    found = [p for p in [*checks.run(examples), *rules.run(examples)] if p.code != "not-tidy"]
    assert "\n".join(f"{p.resource}:{p.line} {p.field} {p.code} {p.message}" for p in found) == ""


def test_examples_are_anchored(examples: Tables) -> None:
    if not os.environ.get("UKRAINE_MINERALS_TEXTS"):
        pytest.skip("UKRAINE_MINERALS_TEXTS names no folder of texts")
    folder = Path(os.environ["UKRAINE_MINERALS_TEXTS"])
    found = [p for p in rules.run_texts(examples, folder) if p.code != "text-digest"]
    assert [(p.resource, p.line, p.code, p.message) for p in found] == []
    own = {row["evidence_id"] for row in _read("evidence") if row["source_id"] != "pravda-uk-mod-minerals"}
    assert rules.anchored(examples, folder) == (len(own), len(own))


def _read(name: str) -> list[dict[str, str]]:
    file = EXAMPLES / f"{name}.csv"
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines())) if file.exists() else []


def _rows(schemas: dict[str, Any]) -> Rows:
    rows = {name: _read(name) for name in schemas}
    rows["sources"] = [
        {
            "source_id": source,
            "paragraphs": paragraphs,
            "published": published,
            "family": family,
            "text_sha256": f"{number:064x}" if paragraphs else "",
        }
        for number, (source, (paragraphs, published, family)) in enumerate(SOURCES.items(), 1)
    ]
    rows["territories"] = [{"territory_id": state} for state in STATES]
    rows["organisations"] = [{"organisation_id": state, "type": "state"} for state in STATES]
    others = ("uk-ministry-of-defence", "us-treasury", "institute-for-the-study-of-war")
    rows["organisations"] += [{"organisation_id": other, "type": "other"} for other in others]
    missing = True
    while missing:  # what a row points to is a row too, and points further
        missing = False
        for name, schema in schemas.items():
            for key in schema.get("foreignKeys", ()):
                target, (field,) = key["reference"]["resource"] or name, key["fields"]
                if len(key["reference"]["fields"]) > 1:
                    continue
                known = {row[key["reference"]["fields"][0]] for row in rows[target]}
                for value in dict.fromkeys(row.get(field) for row in rows[name]):
                    if value and value not in known:
                        rows[target].append({key["reference"]["fields"][0]: value})
                        missing = True
    for name, schema in schemas.items():
        for row in rows[name]:
            _fill(schema, row)
    _witness(schemas, rows)
    return rows


def _fill(schema: dict[str, Any], row: dict[str, str]) -> None:
    """Fill what a schema requires and the examples do not show."""
    key = row[schema["primaryKey"][0]]
    for field in schema["fields"]:
        constraints = field.get("constraints", {})
        if not constraints.get("required") or row.get(field["name"]):
            continue
        if field["name"] == "publisher_id":
            row["publisher_id"] = "uk-ministry-of-defence"
        elif "enum" in constraints:
            row[field["name"]] = constraints["enum"][0]
        elif "pattern" in constraints or field["type"] != "string":
            row[field["name"]] = str(field.get("example", "")).lower()
        else:
            row[field["name"]] = key


def _witness(schemas: dict[str, Any], rows: Rows) -> None:
    """Give evidence to what the examples leave in tables of its own."""
    spoken = {(row["table_name"], row["row_key"]) for row in rows["evidence"]}
    for name, schema in schemas.items():
        for row in rows[name]:
            key = "/".join(row[part] for part in schema["primaryKey"])
            if schema.get("evidence") == "own" and (name, key) not in spoken and name != "errata":
                piece = {
                    "evidence_id": f"ev-{len(rows['evidence']):08x}",
                    "table_name": name,
                    "row_key": key,
                    "source_id": "pravda-uk-mod-minerals",
                    "as_printed": key,
                    "read_as": "excerpt",
                    "stance": "supports",
                    "reading": "stated",
                }
                rows["evidence"].append(piece)
