"""A review for a pull request: HTML tables in Markdown, short enough for a comment, nothing in it obeyed.

Each text stands in `<code>` within an HTML block, where neither Markdown, mentions, issue numbers nor bare
addresses mean anything, with `&`, `<` and `>` escaped and everything invisible written out.
"""

from collections.abc import Iterator, Sequence

from ukraine_minerals.report import place, plain, sentence
from ukraine_minerals.review import text
from ukraine_minerals.review.change import Review, Row

LONGEST = 65_536 - 1  # what GitHub takes as a comment; counted in bytes, which are never fewer
MARK = "<!-- review of the data -->"  # by which the comment is found again
_CELL = 300  # characters
_OPEN = 20  # rows; a longer part is folded
_FOOT = 400  # kept for the line that says what was left out


def write(review: Review, longest: int = LONGEST) -> str:
    """Write the review in at most `longest` bytes, and say what was left out; what is lost comes first."""
    out = [f"{MARK}\n<p>{_code(text.headline(review), 500)}</p>\n\n"]
    left = longest - _size(out[0]) - _FOOT
    left_out: list[str] = []
    for title, head, rows in _sections(review):
        opened = " open" if len(rows) <= _OPEN else ""
        frame = (
            f"<details{opened}><summary>{title} ({len(rows):,})</summary>\n<table>\n{head}\n",
            "</table>\n</details>\n\n",
        )
        # what is only doubted must not push out what changed
        room = (left // 4 if title == "Look again" else left) - _size("".join(frame))
        kept: list[str] = []
        for row in rows:
            if _size(row) > room:
                break
            kept.append(row)
            room -= _size(row)
        if kept:
            out.append(f"{frame[0]}{''.join(kept)}{frame[1]}")
            left -= _size(out[-1])
        if len(kept) < len(rows):
            left_out.append(f"{len(rows) - len(kept):,} of {title.lower()}")
    if left_out:
        out.append(f"<p>Left out, because a comment has an end: {', '.join(left_out)}.</p>\n")
    return "".join(out)


def _sections(review: Review) -> Iterator[tuple[str, str, list[str]]]:
    """Give title, header row and rows of each part that is not empty; a row of data is one line per cell."""
    refused, doubted = (
        [_row(place(found), found.code, sentence(found)) for found in problems]
        for problems in (review.refused, review.doubted)
    )
    lost = [found for found in review.supports if found.after < found.before]
    gained = [found for found in review.supports if found.after > found.before]
    parts = [
        ("Refused", ("where", "code", "what"), refused),
        ("Look again", ("where", "code", "what"), doubted),
        ("Schemas", ("what",), [_row(text.schema(change)) for change in review.schemas]),
        ("Tables", ("table", "rows"), [_row(*parts) for parts in text.counts(review)]),
        ("Evidence lost", ("row",), [_row(text.support(found)) for found in lost]),
        *((title, _heads(kind), _rows(review.rows, kind)) for kind, title in text.TITLES.items()),
        ("Evidence gained", ("row",), [_row(text.support(found)) for found in gained]),
    ]
    for title, heads, rows in parts:
        if rows:
            yield title, f"<tr>{''.join(f'<th>{head}</th>' for head in heads)}</tr>", rows


def _heads(kind: str) -> tuple[str, ...]:
    return {
        "added": ("table", "line", "key", "what it says"),
        "removed": ("table", "line", "key", "what it said", "reason"),
        "merged": ("table", "line", "key", "what it said", "reason"),
    }.get(kind, ("table", "line", "key", "field", "old", "new"))


def _rows(rows: Sequence[Row], kind: str) -> list[str]:
    return [_cells(row) for row in rows if row.kind == kind]


def _cells(row: Row) -> str:
    begin = (row.table, str(row.line), text.name(row))
    if row.kind in ("added", "removed", "merged"):
        told = "; ".join(f"{cell.field}: {text.told(row, cell)}" for cell in row.cells)
        return _row(*begin, told) if row.kind == "added" else _row(*begin, told, row.reason)
    cells = [(cell.field, cell.old, cell.new) for cell in row.cells] or [("", "", "")]
    return "".join(_row(*begin, *cell) for cell in cells)


def _row(*cells: str) -> str:
    return f"<tr>{''.join(f'<td>{_code(cell)}</td>' for cell in cells)}</tr>\n"


def _code(value: str, longest: int = _CELL) -> str:
    shown = plain(value[:longest]) + (f"… ({len(value):,} characters)" if len(value) > longest else "")
    escaped = shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<code>{escaped}</code>" if escaped else ""


def _size(value: str) -> int:
    return len(value.encode("utf-8", "backslashreplace"))
