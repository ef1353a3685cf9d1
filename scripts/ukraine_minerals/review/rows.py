"""Two versions' tables -> the rows that differ, by key, and the evidence that they gained or lost."""

from collections import Counter
from collections.abc import Iterator, Mapping

from ukraine_minerals.model import Table, Tables
from ukraine_minerals.review.change import Cell, Count, Row, Support
from ukraine_minerals.rules import lookup

ORDER = ("removed", "merged", "renamed", "changed", "added")
Redirects = Mapping[tuple[str, str], tuple[str, str]]


def redirects(tables: Tables) -> Redirects:
    """Give the new key and the reason by table and retired key."""
    rows = zip(
        *lookup.columns(tables.by_name.get("redirects"), "table_name", "old_key", "new_key", "reason"),
        strict=True,
    )
    return {(name, old): (new, reason) for name, old, new, reason in rows}


def compare(base: Tables, head: Tables) -> list[Row]:
    """Compare all tables: what is gone first, then by table in the newer descriptor's order, and key."""
    leads = redirects(head)
    names = [*head.by_name, *(name for name in base.by_name if name not in head.by_name)]
    rows = [row for name in names for row in _table(base.by_name.get(name), head.by_name.get(name), leads)]
    return sorted(rows, key=lambda row: (ORDER.index(row.kind), names.index(row.table), row.key))


def _table(old: Table | None, new: Table | None, leads: Redirects) -> Iterator[Row]:
    name = (new or old).resource.name  # type: ignore[union-attr]  # one of the two is there
    before, after = _by_key(old), _by_key(new)
    successors = {}
    for key, index in before.items():
        if key in after:
            continue
        target, reason = leads.get((name, key), ("", ""))
        if target in after and target not in before and target not in successors:
            successors[target] = (key, reason)
        else:
            assert old is not None  # noqa: S101  # it has this key
            kind = "merged" if target in after else "removed"
            lost = tuple(Cell(field, text, "") for field, text in _told(old, index))
            yield Row(name, kind, key, target if kind == "merged" else key, old.lines[index], lost, reason)
    if new is None:
        return
    pairs = [] if old is None else _columns(old, new)
    for key, index in after.items():
        known, reason = successors.get(key, (key, ""))
        if known not in before:
            filled = (Cell(field, "", text) for field, text in _told(new, index))
            yield Row(name, "added", key, key, new.lines[index], tuple(filled))
            continue
        there = before[known]
        cells = [Cell(field, was[there], now[index]) for field, was, now in pairs if was[there] != now[index]]
        if known != key:
            yield Row(name, "renamed", key, known, new.lines[index], tuple(cells), reason)
        elif cells:
            told = next((cell.new for cell in cells if cell.field == "note"), "")
            yield Row(name, "changed", key, key, new.lines[index], tuple(cells), told)


def _told(table: Table, index: int) -> Iterator[tuple[str, str]]:
    """Give the filled cells of a row beside its key."""
    for field, cells in table.columns.items():
        if cells[index] and field not in table.resource.primary_key:
            yield field, cells[index]


def _by_key(table: Table | None) -> dict[str, int]:
    """Give the index of each key's first row; without a primary key a row is known by all that it says."""
    if table is None:
        return {}
    if table.resource.primary_key:
        keys = lookup.keys(table)
    else:
        keys = ["/".join(cells) for cells in zip(*table.columns.values(), strict=True)]
    found: dict[str, int] = {}
    for index, key in enumerate(keys):
        found.setdefault(key, index)
    return found


def _columns(old: Table, new: Table) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    names = [*new.columns, *(name for name in old.columns if name not in new.columns)]
    return [(name, tuple(lookup.column(old, name)), tuple(lookup.column(new, name))) for name in names]


def counts(base: Tables, head: Tables, rows: list[Row]) -> list[Count]:
    """Count the rows of each table before and after, and those that differ by kind."""
    kinds: dict[str, Counter[str]] = {}
    for row in rows:
        kinds.setdefault(row.table, Counter())[row.kind] += 1
    names = [*head.by_name, *(name for name in base.by_name if name not in head.by_name)]
    return [Count(name, _size(base, name), _size(head, name), dict(kinds.get(name, {}))) for name in names]


def _size(tables: Tables, name: str) -> int | None:
    return len(tables.by_name[name].lines) if name in tables.by_name else None


def supports(base: Tables, head: Tables) -> list[Support]:
    """Find rows that stand in both versions with less or more evidence than before; losses first."""
    leads = redirects(head)
    before, after = _evidence(base), _evidence(head)
    standing = {name: frozenset(lookup.keys(table)) for name, table in head.by_name.items()}
    stood = {name: frozenset(lookup.keys(table)) for name, table in base.by_name.items()}
    moved = {
        (name, new): (name, old) for (name, old), (new, _) in leads.items() if old in stood.get(name, ())
    }
    found = []
    for name, key in sorted({*after, *((name, leads.get((name, key), (key,))[0]) for name, key in before)}):
        was = (name, key) if key in stood.get(name, ()) else moved.get((name, key), ("", ""))
        if key in standing.get(name, ()) and was[0] and before[was] != after[name, key]:
            found.append(Support(name, key, before[was], after[name, key]))
    return sorted(found, key=lambda row: (row.after > row.before, row.after > 0))


def _evidence(tables: Tables) -> Counter[tuple[str, str]]:
    table = tables.by_name.get("evidence")
    return Counter(zip(*lookup.columns(table, "table_name", "row_key"), strict=True))
