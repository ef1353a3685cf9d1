"""The codebook as Markdown."""

from collections.abc import Iterator, Sequence

from ukraine_minerals.export.codebook import Entry, Row

_HEAD = "| column | meaning | type | empty means | example | filled | found |"
_RULE = "| --- | --- | --- | --- | --- | ---: | --- |"


def write(entries: Sequence[Entry], title: str, lead: Sequence[str], points: Sequence[str]) -> str:
    """Write the whole codebook; `lead` (lines) and `points` (to mind) stand before the tables."""
    lines = [f"# Codebook: {title}", ""]
    for line in lead:
        lines += [line, ""]
    lines += [*(f"- {point}" for point in points), ""]
    lines += ["| table | rows | columns | one row for each |", "| --- | ---: | ---: | --- |"]
    lines += [
        f"| [{entry.name}](#{entry.name}) | {entry.size:,} | {len(entry.columns)} | {_cell(entry.what)} |"
        for entry in entries
    ]
    for entry in entries:
        lines += ["", *_entry(entry)]
    return "\n".join(lines) + "\n"


def _entry(entry: Entry) -> Iterator[str]:
    own = [row for row in entry.columns if not row.derived_from]
    made = [row for row in entry.columns if row.derived_from]
    yield from (f"## {entry.name}", "", f"**{entry.title}.** {entry.row}", "")
    if entry.warnings:
        yield from (f"Mind: {' '.join(entry.warnings)}", "")
    key = f"Key: {', '.join(f'`{name}`' for name in entry.key.split(', '))}." if entry.key else "No key."
    links = [f"`{row.column}` → `{row.links_to}`" for row in own if row.links_to]
    yield from (f"{entry.size:,} rows. {key}{' Links: ' if links else ''}{', '.join(links)}", "")
    yield from (_HEAD, _RULE, *map(_row, own))
    for row in own:
        if row.words and any(word.description or word.label for word in row.words):
            yield from ("", f"Values of `{row.column}`:", "")
            for word in row.words:
                told = ". ".join(filter(None, (word.label, word.description)))
                yield f"- `{word.value}` ({word.count:,}): {told}"
    if made:
        yield from ("", "Worked out from them, in the CSV files and the spreadsheet:", "", _HEAD, _RULE)
        yield from map(_row, made)


def _row(row: Row) -> str:
    meaning = f"**{row.title}.** {row.description}" + (f" Unit: {row.unit}." if row.unit else "")
    meaning += f" From `{row.taken_from}`." if row.taken_from else ""
    cells = (meaning, row.type, row.empty or "never empty", row.example, row.share, row.found)
    return f"| `{row.column}` | {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")
