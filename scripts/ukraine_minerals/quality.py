"""How good the data is: what the tables hold, and how far two readers of the same sources agree.

The second reader of `tests/gold/second_reading.csv` had the source and a question, never the row.
"""

import csv
import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ukraine_minerals.errors import PackageError
from ukraine_minerals.model import Table, Tables

Reading = Mapping[str, str]
COMPARED = frozenset(("agreed", "first", "second", "neither", "either"))
# Names and codes come from code lists; disputes and errata speak of sources, not of the world.
NOT_DRAWN = frozenset(("minerals", "territories", "organisations", "disputes", "errata"))


def sample(tables: Tables, seed: str, share: float) -> dict[str, list[str]]:
    """Draw a share (over 0, at most 1) of the rows of each table that states facts, rounded up.

    The rows drawn are the first in the order of the SHA-256 of `seed|table|key`, so anybody draws the same.
    """
    drawn = {}
    for name, table in tables.by_name.items():
        if table.resource.schema.get("evidence", "none") != "none" and name not in NOT_DRAWN:
            digests = {hashlib.sha256(f"{seed}|{name}|{key}".encode()).digest(): key for key in _keys(table)}
            drawn[name] = [digests[one] for one in sorted(digests)[: math.ceil(share * len(digests))]]
    return drawn


def counts(tables: Tables) -> list[tuple[str, int]]:
    """Count what the package holds: rows by table, and the narrower counts that say more than rows."""
    rows = {name: _rows(table) for name, table in tables.by_name.items()}
    peopled = {row["event_id"] for row in rows["event_participants"]}
    founding = {row["source_id"] for row in rows["sources"] if row["text_sha256"]}  # their texts are held
    beyond = {
        row["row_key"]
        for row in rows["evidence"]
        if row["table_name"] == "events" and row["source_id"] not in founding
    }
    narrower = {
        "agreements": [("accepted", sum(row["status"] == "accepted" for row in rows["agreements"]))],
        "events": [
            (
                "with a participant and a source beyond the five articles",
                sum(row["event_id"] in peopled & beyond for row in rows["events"]),
            )
        ],
        "territory_control": [
            (
                "without those at 0 percent",
                sum(row["occupied_percent"] != "0" for row in rows["territory_control"]),
            )
        ],
    }
    return [
        line
        for name in rows
        for line in [
            (name, len(rows[name])),
            *((f"{name} {words}", n) for words, n in narrower.get(name, [])),
        ]
    ]


def voices(tables: Tables, name: str) -> float:
    """Give the share of a table's accepted rows that sources of two families tell of."""
    family = dict(zip(*(tables.by_name["sources"].columns[c] for c in ("source_id", "family")), strict=True))
    told: dict[str, set[str]] = defaultdict(set)
    for row in _rows(tables.by_name["evidence"]):
        if row["table_name"] == name:
            told[row["row_key"]].add(family[row["source_id"]])
    table = tables.by_name[name]
    accepted = [
        key for key, status in zip(_keys(table), table.columns["status"], strict=True) if status == "accepted"
    ]
    return sum(len(told[key]) > 1 for key in accepted) / len(accepted)


def readings(path: Path) -> list[Reading]:
    """Read the cells that were read twice."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def outdated(tables: Tables, cells: Iterable[Reading]) -> list[Reading]:
    """Give the cells that no longer hold what the two readings came to."""
    current = {
        name: dict(zip(_keys(table), _rows(table), strict=True)) for name, table in tables.by_name.items()
    }
    return [
        cell
        for cell in cells
        if cell["verdict"] in COMPARED
        and current[cell["table_name"]].get(cell["row_key"], {}).get(cell["field_name"]) != cell["resolved"]
    ]


def table(tables: Tables, cells: Sequence[Reading]) -> str:
    """Write the second reading by table as Markdown: size, agreement, alpha, what was right, what stands."""
    lines = [
        "| table | rows | read twice | cells | agreed at first | alpha | row held | after mending |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    by_table: dict[str, list[Reading]] = defaultdict(list)
    for cell in cells:
        by_table[cell["table_name"]].append(cell)
    names = [name for name in tables.by_name if name in by_table]
    for name in [*names, ""]:
        chosen = by_table[name] if name else list(cells)
        held = [tables.by_name[name]] if name else [tables.by_name[one] for one in names]
        lines.append(_line(tables, name or "**together**", chosen, sum(len(one.lines) for one in held)))
    return "\n".join(lines)


def alpha(cells: Iterable[Reading]) -> float | None:
    """Give Krippendorff's alpha, nominal, of two readers: each field's own, weighted by its cells.

    A field in which only one value occurs says nothing of chance and is left out; None if no field is left.

    Raises:
        PackageError: the library that reckons it is not installed.
    """
    try:
        import krippendorff  # noqa: PLC0415  # for the developer alone
    except ModuleNotFoundError:
        raise PackageError("krippendorff is not installed; `make test` installs it") from None

    fields: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for cell in cells:
        # what agrees in substance may differ in wording
        second = cell["first"] if cell["verdict"] == "agreed" else cell["second"]
        fields[cell["table_name"], cell["field_name"]].append((cell["first"], second))
    weighed = []
    for pairs in fields.values():
        codes = {value: code for code, value in enumerate(dict.fromkeys(v for pair in pairs for v in pair))}
        if len(codes) > 1:
            data = [[codes[first] for first, _ in pairs], [codes[second] for _, second in pairs]]
            found = krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
            weighed.append((float(found), len(pairs)))
    whole = sum(weight for _, weight in weighed)
    return sum(value * weight for value, weight in weighed) / whole if whole else None


def _line(tables: Tables, name: str, cells: Sequence[Reading], rows: int) -> str:
    compared = [cell for cell in cells if cell["verdict"] in COMPARED]
    agreed = sum(cell["verdict"] == "agreed" for cell in compared)
    read = len({(cell["table_name"], cell["row_key"]) for cell in compared})
    found = alpha(compared)
    wrong = sum(cell["verdict"] in ("second", "neither") for cell in compared)
    now = 1 - len(outdated(tables, compared)) / len(compared)
    figures = (
        f"{rows:,} | {read:,} | {len(compared):,} | {agreed / len(compared):.1%}",
        "" if found is None else f"{found:.2f}",
        f"{1 - wrong / len(compared):.1%}",
        f"{now:.0%}",
    )
    return f"| {name} | {' | '.join(figures)} |"


def differences(cells: Sequence[Reading]) -> str:
    """Say in words how the readers' differences were settled, why they arose, and what was not compared."""
    verdicts = Counter(cell["verdict"] for cell in cells)
    causes = Counter(cell["cause"] for cell in cells if cell["verdict"] in COMPARED - {"agreed"})
    told = ", ".join(
        f"{cause} {count}" for cause, count in sorted(causes.items(), key=lambda x: (-x[1], x[0]))
    )
    return (
        f"Of the {causes.total():,} differences {verdicts['second'] + verdicts['neither']:,} were mended and "
        f"{verdicts['first']:,} kept because the row was right; in {verdicts['either']:,} both readings are "
        f"defensible and the row stands. By cause: {told}. Not compared: {verdicts['untold']:,} cells "
        f"that the page read again does not tell but other evidence of the row does, {verdicts['other']:,} "
        f"where the question was ambiguous, {verdicts['unread']:,} rows whose page could not be had again."
    )


def _rows(table: Table) -> list[dict[str, str]]:
    return [dict(zip(table.columns, row, strict=True)) for row in zip(*table.columns.values(), strict=True)]


def _keys(table: Table) -> list[str]:
    return [
        "/".join(key) for key in zip(*(table.columns[c] for c in table.resource.primary_key), strict=True)
    ]
