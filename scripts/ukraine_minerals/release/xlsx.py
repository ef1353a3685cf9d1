"""One spreadsheet: how to read it, the codebook, then a sheet a table; every cell typed, none a formula."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ukraine_minerals.errors import PackageError
from ukraine_minerals.export.codebook import Entry, Row
from ukraine_minerals.export.columns import Column
from ukraine_minerals.release.guide import Guide, plain

NAME_MAX, TEXT_MAX = 31, 32_767  # characters; Excel's own limits
DIGITS = 10**15  # Excel keeps 15 digits: what has more stays text
FIRST_DAY = dt.date(1900, 3, 1)  # Excel's count of days is off by one before
PAPER_A4 = 9
READ_ME, CODEBOOK = "Read me", "Codebook"
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDTHS = (8, 48)  # of a column, in characters
SHEETS = (
    "Each sheet has one header row, with filters.",
    "Dark headers: columns of the data. Light ones: worked out from the column before (labels, plain days).",
    "A date such as 2025-02 is text, as precise as its source; _earliest and _latest are real dates.",
    "The sheet Codebook explains each column, and what an empty cell means.",
)
COLUMNS = (
    ("table", 24),
    ("column", 28),
    ("title", 24),
    ("description", 70),
    ("type", 26),
    ("unit", 10),
    ("allowed values", 80),
    ("empty means", 30),
    ("example", 28),
    ("filled", 8),
    ("rows", 8),
    ("found", 50),
    ("points to", 30),
    ("worked out from", 24),
)


def write(guide: Guide, entries: Sequence[Entry], tables: Mapping[str, Sequence[Column]], path: Path) -> None:
    """Write the spreadsheet; `tables` come in the order of their sheets.

    Raises:
        PackageError: a name or a text is longer than a spreadsheet takes.
    """
    day = dt.datetime.fromisoformat(guide.about.cutoff)
    with xlsxwriter.Workbook(path, OPTIONS) as book:
        book.set_properties(
            {
                "title": guide.about.title,
                "author": "; ".join(guide.about.creators),
                "comments": " ".join(guide.head),
                "created": day,
            }
        )
        look = _formats(book)
        _read_me(book.add_worksheet(READ_ME), guide, {entry.name: entry for entry in entries}, tables, look)
        _codebook(book.add_worksheet(CODEBOOK), entries, look)
        for name, columns in tables.items():
            if len(name) > NAME_MAX:
                raise PackageError(f"{name}: a sheet's name has at most {NAME_MAX} characters")
            _sheet(book.add_worksheet(name), name, columns, look)
        for sheet in book.worksheets():
            sheet.set_landscape()
            sheet.set_paper(PAPER_A4)
            sheet.fit_to_pages(1 if sheet.name in (READ_ME, CODEBOOK) else 0, 0)
            sheet.set_footer(f"&L{guide.about.title}, {guide.about.version}, {guide.about.cutoff}&R&A &P/&N")


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    wrap = {"text_wrap": True, "valign": "top"}
    return {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "part": book.add_format({"bold": True, "font_size": 12, "top": 1}),
        "wrap": book.add_format(wrap),
        "told": book.add_format({**wrap, "align": "left", "indent": 1}),
        "link": book.add_format({**wrap, "font_color": "#0550AE", "underline": 1}),
        "given": book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F3A5F", "border": 1}),
        "made": book.add_format(
            {"italic": True, "font_color": "#1B1F24", "bg_color": "#D9E2EC", "border": 1}
        ),
        "date": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        "share": book.add_format({"num_format": "0 %", "valign": "top"}),
        "count": book.add_format({"num_format": "#,##0", "valign": "top"}),
    }


def _read_me(
    sheet: Worksheet,
    guide: Guide,
    entries: Mapping[str, Entry],
    tables: Mapping[str, Sequence[Column]],
    look: Mapping[str, Format],
) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 2, 100)
    sheet.write_string(0, 0, guide.about.title, look["title"])
    place = 1
    for title, lines in (
        ("What this is", (guide.about.description, *guide.head)),
        ("How to read it", tuple(map(plain, guide.points))),
        ("How the sheets are made", SHEETS),
    ):
        sheet.merge_range(place + 1, 0, place + 1, 2, title, look["part"])
        place += 2
        for line in lines:
            sheet.merge_range(place, 0, place, 2, line, look["wrap"])
            sheet.set_row(place, 15.5 * (1 + len(line) // 135))
            place += 1
    for column, heading in enumerate(("Sheet", "Rows", "One row for each")):
        sheet.write_string(place + 1, column, heading, look["given"])
    for place_, name in enumerate(tables, place + 2):
        entry = entries[name]
        told = plain(" ".join((entry.what, *entry.warnings)))
        sheet.write_url(place_, 0, f"internal:'{name}'!A1", look["link"], name)
        sheet.write_number(place_, 1, entry.size, look["count"])
        sheet.write_string(place_, 2, told, look["told"])
        sheet.set_row(place_, 15.5 * (1 + len(told) // 105))


def _codebook(sheet: Worksheet, entries: Sequence[Entry], look: Mapping[str, Format]) -> None:
    rows = [row for entry in entries for row in entry.columns]
    for place, (heading, width) in enumerate(COLUMNS):
        sheet.write_string(0, place, heading, look["given"])
        sheet.set_column(place, place, width)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(rows), 1), len(COLUMNS) - 1)
    for number, row in enumerate(rows, 1):
        cells = _codebook_row(row)
        sheet.set_row(number, _height(cells))
        for place, cell in enumerate(cells):
            if isinstance(cell, float):
                sheet.write_number(number, place, cell, look["share"])
            elif isinstance(cell, int):
                sheet.write_number(number, place, cell, look["count"])
            elif cell:
                sheet.write_string(number, place, _fitting(cell, row.table), look["told"])


def _height(cells: Sequence[str | float]) -> float:
    """Give the height in points that the longest text needs in its column; a row has 409 at most."""
    lines = (
        sum(1 + len(line) // width for line in cell.split("\n"))
        for cell, (_, width) in zip(cells, COLUMNS, strict=True)
        if isinstance(cell, str)
    )
    return min(15.0 * max(lines), 409.0)


def _codebook_row(row: Row) -> tuple[str | float, ...]:
    words = "\n".join(
        f"{word.value}: {'. '.join(filter(None, (word.label, word.description)))}"
        if word.label
        else word.value
        for word in row.words
    )
    return (
        row.table,
        row.column,
        row.title,
        plain(row.description),
        row.type,
        row.unit,
        words,
        plain(row.empty or "never empty"),
        row.example,
        row.filled / max(row.rows, 1),
        row.rows,
        row.found,
        row.links_to,
        row.derived_from or row.taken_from,
    )


def _sheet(sheet: Worksheet, name: str, columns: Sequence[Column], look: Mapping[str, Format]) -> None:
    names = {column.name for column in columns}
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(columns[0].values), 1), len(columns) - 1)
    for place, column in enumerate(columns):
        made = (
            column.descriptor.get("derivedFrom") in names and column.descriptor["derivedFrom"] != column.name
        )
        sheet.write_string(0, place, column.name, look["made" if made else "given"])
        sheet.set_column(place, place, _width(column))
        for number, (value, text) in enumerate(zip(column.values, column.texts, strict=True), 1):
            if isinstance(value, bool):
                sheet.write_boolean(number, place, value)
            elif isinstance(value, dt.date) and value >= FIRST_DAY:
                sheet.write_datetime(number, place, dt.datetime.combine(value, dt.time()), look["date"])
            elif isinstance(value, int | float) and abs(value) < DIGITS:
                sheet.write_number(number, place, value)
            elif value is not None:
                sheet.write_string(number, place, _fitting(text, name))


def _width(column: Column) -> float:
    """Fit nine in ten of the texts, and the header with its arrow."""
    lengths = sorted(map(len, filter(None, column.texts))) or [0]
    low, high = WIDTHS
    return max(low, len(column.name) + 3, min(high, lengths[(len(lengths) - 1) * 9 // 10] + 2))


def _fitting(text: str, where: str) -> str:
    if len(text) > TEXT_MAX:
        raise PackageError(
            f"{where}: a text of {len(text):,} characters; a spreadsheet's cell takes {TEXT_MAX:,}"
        )
    return text
