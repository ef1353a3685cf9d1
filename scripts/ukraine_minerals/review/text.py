"""A review as lines for a terminal: what is refused and lost first."""

from collections.abc import Iterator, Sequence

from ukraine_minerals.problem import Problem
from ukraine_minerals.report import place, plain, sentence
from ukraine_minerals.review.change import Cell, Review, Row, SchemaChange, Support

TITLES = {
    "removed": "Rows removed",
    "merged": "Rows merged into others",
    "renamed": "Rows renamed",
    "changed": "Rows changed",
    "added": "Rows added",
}


def write(review: Review) -> str:
    """Write all of it, each row, cell and problem on a line of its own."""
    lines = [headline(review), *_problems(review.refused)]
    parts = [
        ("Look again", list(_problems(review.doubted))),
        ("Schemas", [schema(change) for change in review.schemas]),
        ("Evidence lost", [support(found) for found in review.supports if found.after < found.before]),
        *((title, list(_rows(review, kind))) for kind, title in TITLES.items()),
        ("Evidence gained", [support(found) for found in review.supports if found.after > found.before]),
        ("Tables", [": ".join(parts) for parts in counts(review)]),
    ]
    for title, found in parts:
        lines += ["", f"{title}:", *(f"  {line}" for line in found)] if found else []
    return "".join(f"{plain(line)}\n" for line in lines)


def headline(review: Review) -> str:
    """Say in one line what changed, between which versions, and which step of the version it calls for."""
    kinds = [(sum(row.kind == kind for row in review.rows), kind) for kind in TITLES]
    told = ", ".join(f"{count:,} {kind}" for count, kind in kinds if count)
    words = [f"rows {told}" if told else "no row changed"]
    words += [f"{len(review.schemas):,} changes of schemas"] * bool(review.schemas)
    words += [f"{len(review.refused):,} refused"] * bool(review.refused)
    words += [f"{len(review.doubted):,} to look at again"] * bool(review.doubted)
    old, new = (f" ({version})" if version else "" for version in review.versions)
    return (
        f"{review.base}{old} -> {review.head}{new}: {'; '.join(words)}; the version step is {review.demanded}"
    )


def schema(change: SchemaChange) -> str:
    """Say what changed in a schema."""
    where = ".".join(filter(None, (change.table, change.field)))
    told = f"{change.old} -> {change.new}" if change.old and change.new else change.old or change.new
    return f"{where}: {change.kind}" + (f": {told}" if told not in ("", change.field, change.table) else "")


def support(found: Support) -> str:
    """Say how a row's evidence went up or down."""
    alone = ": none is left" if not found.after else ""
    return f"{found.table} {found.key}: {found.before} -> {found.after} rows of evidence{alone}"


def _problems(problems: Sequence[Problem]) -> Iterator[str]:
    for found in problems:
        yield ": ".join(filter(None, [place(found), found.field, found.code, sentence(found)]))


def name(row: Row) -> str:
    """Name a row by its key, a renamed or merged one by both."""
    if row.kind == "merged":
        return f"{row.key} -> {row.old_key}"
    return f"{row.old_key} -> {row.key}" if row.kind == "renamed" else row.key


def _rows(review: Review, kind: str) -> Iterator[str]:
    for row in review.rows:
        if row.kind == kind:
            yield f"{row.table} {name(row)} (line {row.line})" + (
                f": {row.reason}" if row.kind != "changed" and row.reason else ""
            )
            yield from (f"  {cell.field}: {told(row, cell)}" for cell in row.cells)


def told(row: Row, cell: Cell) -> str:
    """Say what a cell of a row that came or went holds, or what it held and holds."""
    if row.kind == "added":
        return cell.new
    return cell.old if row.kind in ("removed", "merged") else f'"{cell.old}" -> "{cell.new}"'


def counts(review: Review) -> Iterator[tuple[str, str]]:
    """Give the tables in which rows differ, and how many rows each had and has."""
    for count in review.counts:
        if count.by_kind or count.before != count.after:
            before, after = ("none" if n is None else f"{n:,}" for n in (count.before, count.after))
            yield count.table, f"{before} -> {after}"
