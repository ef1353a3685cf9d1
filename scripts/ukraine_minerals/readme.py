"""Write the figures of README.md from the data: what stands between `<!-- begin NAME -->` and `<!-- end NAME -->`."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from ukraine_minerals.model import Tables

MARK = re.compile(r"(<!-- begin (?P<name>[a-z]+) -->\n).*?(<!-- end (?P=name) -->)", re.DOTALL)


def fill(text: str, blocks: Mapping[str, str]) -> str:
    """Return the README with each marked block renewed; a block that is not given stays as it is."""
    return MARK.sub(lambda m: f"{m[1]}{blocks[m['name']]}\n{m[3]}" if m["name"] in blocks else m[0], text)


def blocks(tables: Tables, results: Path) -> dict[str, str]:
    """Reckon the blocks from the tables and from the results of the benchmark, where they have been taken."""
    made = {
        "scope": _scope(tables),
        "tables": _tables(tables),
        "citation": f"> {tables.package.descriptor['citation']}",
    }
    if results.is_file():
        made["checks"] = _checks(json.loads(results.read_text("utf-8")))
    return made


def _scope(tables: Tables) -> str:
    rows = sum(len(table.lines) for table in tables.by_name.values())
    evidence = tables.by_name["evidence"].columns
    families = len(set(tables.by_name["sources"].columns["family"]))
    status = Counter(
        value for table in tables.by_name.values() for value in table.columns.get("status", ())
    )
    anchored = sum(1 for anchor in evidence["as_printed"] if anchor)
    verdicts = Counter(tables.by_name["disputes"].columns["verdict"])
    return (
        f"Version {tables.package.descriptor['version']}, data as read by {tables.package.descriptor['cutoff']}: "
        f"{rows:,} rows in {len(tables.by_name)} tables, among them {len(evidence['as_printed']):,} places in "
        f"{len(tables.by_name['sources'].lines)} sources of {families} families "
        f"({anchored / max(1, len(evidence['as_printed'])):.1%} with the words as printed). "
        f"Of the rows that have a status, {status['accepted']:,} are accepted, {status['disputed']} disputed, "
        f"{status['rejected']} rejected, {status['superseded']} superseded and {status['unverified']} unverified; "
        f"of {sum(verdicts.values())} disagreements, {verdicts['resolved']} are resolved, {verdicts['only_apparent']} only "
        f"apparent, and {verdicts['open']} open."
    )


def _tables(tables: Tables) -> str:
    lines = ["| table | rows | columns | one row is |", "| --- | ---: | ---: | --- |"]
    for name, table in tables.by_name.items():
        what = str(table.resource.schema["description"]).split(". ")[0].removeprefix("One row for each ").rstrip(".")
        lines.append(f"| [`{name}`](data/{name}.csv) | {len(table.lines):,} | {len(table.header)} | {what} |")
    return "\n".join(lines)


def _checks(results: Mapping[str, object]) -> str:
    return str(results["sentence"])
