"""The figures of README.md, written from the data between `<!-- begin NAME -->` and `<!-- end NAME -->`."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ukraine_minerals import quality
from ukraine_minerals.model import Tables
from ukraine_minerals.problem import CODES

_BLOCK = re.compile(r"(<!-- begin (\w+) -->\n).*?(<!-- end \2 -->)", re.DOTALL)


def fill(text: str, blocks: Mapping[str, str]) -> str:
    """Renew each block that is given; the others stay as they are."""
    return _BLOCK.sub(lambda m: f"{m[1]}{blocks[m[2]]}\n{m[3]}" if m[2] in blocks else m[0], text)


def blocks(tables: Tables, printed: str, results: Path, readings: Path) -> dict[str, str]:
    """Reckon the blocks from the tables, what `make` prints, the benchmark's results, the second readings."""
    made = {
        "make": f"```\n{printed.rstrip()}\n```",
        "scope": _scope(tables),
        "tables": _tables(tables),
        "citation": f"> {tables.package.descriptor['citation']}",
    }
    if results.is_file():
        measured = json.loads(results.read_text(encoding="utf-8"))
        made["checks"] = f"{measured['sentence']} {_codes()}"
        if "measured" in measured:
            made["bench"] = bench(measured)
    if readings.is_file():
        cells = quality.readings(readings)
        made["quality"] = f"{quality.table(tables, cells)}\n\n{quality.differences(cells)}"
    return made


def _scope(tables: Tables) -> str:
    package, by_name = tables.package.descriptor, tables.by_name
    evidence, sources = by_name["evidence"].columns, by_name["sources"].columns
    read_as = Counter(evidence["read_as"])
    status = Counter(word for table in by_name.values() for word in table.columns.get("status", ()))
    verdicts = Counter(by_name["disputes"].columns["verdict"])
    empty = [f"`{name}`" for name, table in by_name.items() if not table.lines]
    lists = by_name["mineral_lists"].columns
    whole, part = (
        ", ".join(
            f"`{key}`" for key, held in zip(lists["list_id"], lists["complete"], strict=True) if held == word
        )
        or "none"
        for word in ("true", "false")
    )
    rows = sum(len(table.lines) for table in by_name.values())
    stories = len(set(sources["family"]))
    languages = Counter(tag.partition("-")[0] for tag in sources["language"])
    most = languages.most_common(6)
    rest = languages.total() - sum(count for _, count in most)
    read_in = ", ".join(
        [*(f"`{tag}` {count:,}" for tag, count in most), f"{len(languages) - 6} others {rest:,}"]
    )
    return f"""\
Version {package["version"]}, data as read by {package["cutoff"]}.

- {rows:,} rows in {len(by_name)} tables; still without a row: {", ".join(empty) or "none"}.
- {len(sources["source_id"]):,} sources, which tell {stories:,} stories; by language: {read_in}.
- {read_as.total():,} rows of evidence: {read_as["full_text"]:,} cite a text that was read whole, to the \
paragraph, and {read_as["excerpt"]:,} an excerpt.
- Lists of minerals held whole: {whole}; in part: {part}.
- Of the rows that have a status, {status["accepted"]:,} are accepted, {status["disputed"]:,} disputed, \
{status["rejected"]:,} rejected, {status["superseded"]:,} superseded and {status["unverified"]:,} unverified.
- {verdicts.total():,} disagreements: {verdicts["resolved"]:,} resolved, {verdicts["only_apparent"]:,} only \
apparent, {verdicts["open"]:,} open; {len(by_name["errata"].lines):,} slips of the sources."""


def _tables(tables: Tables) -> str:
    lines = ["| table | rows | columns | one row for each |", "| --- | ---: | ---: | --- |"]
    for name, table in tables.by_name.items():
        sentence = str(table.resource.schema["description"]).partition(". ")[0]
        what = sentence.removeprefix("One row for each ").removesuffix(".")
        lines.append(f"| [{name}](data/{name}.csv) | {len(table.lines):,} | {len(table.header)} | {what} |")
    return "\n".join(lines)


def bench(results: Mapping[str, Any]) -> str:
    """Give what tests/bench/run.py measured: a line for ours and for each peer, a column for each package."""
    peers = {
        "frictionless": "frictionless {}, whole job",
        "duckdb": "DuckDB {}, generated SQL, whole job but blank lines",
        "pyarrow": "pyarrow {}, reading alone",
        "dataframely": "dataframely {}, the large table alone",
        "pandera": "pandera {} on polars, the large table alone",
    }
    columns = list(dict.fromkeys((found["rows"], found["bad_share"]) for found in results["measured"]))
    by_peer = {(f["peer"], f["rows"], f["bad_share"]): f for f in results["measured"]}
    lines = {"ours, whole job": ("duckdb", "ours"), "ours, the large table alone": ("dataframely", "ours")}
    lines |= {text.format(results["versions"][peer]): (peer, "peer") for peer, text in peers.items()}
    heads = [f"{rows:,}{f', {share:.0%} bad' if share else ''}" for rows, share in columns]
    shown = ["| seconds (megabytes) | " + " | ".join(heads) + " |", "| --- |" + " ---: |" * len(columns)]
    for text, (peer, side) in lines.items():
        cells = [by_peer.get((peer, *column)) for column in columns]
        figures = [f"{_two(c[f'{side}_s'])} ({c[f'{side}_mb']:,})" if c else "" for c in cells]
        shown.append(f"| {text} | {' | '.join(figures)} |")
    where = (
        f"{results['processor']}, {results['cores']} cores, {results['system']}, Python {results['python']}"
    )
    return "\n".join([*shown, "", f"Rows of the large table; medians of pairs taken in one run; {where}."])


def _two(seconds: float) -> str:
    return f"{seconds:,.0f}" if seconds >= 10 else f"{seconds:.2g}"


def _codes() -> str:
    warnings = sum(severity == "warning" for severity, _ in CODES.values())
    return f"It knows {len(CODES)} kinds of problem, {warnings} of them warnings."
