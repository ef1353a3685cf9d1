"""A page for every table and ready view: all rows without script, filters and downloads with it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from markupsafe import Markup

from ukraine_minerals.export.columns import Column
from ukraine_minerals.model import Descriptor
from ukraine_minerals.site import markup, pages
from ukraine_minerals.site.book import NAMES, Book, words_of
from ukraine_minerals.site.markup import Piece
from ukraine_minerals.site.pages import Site

PAGE = 500  # rows on one page
_CHOICES, _LONGEST = 45, 64  # a column of text with no more values, none longer, is chosen from a list
_LONG = 40  # characters of a text on average: its column is set wide
_USE: tuple[Descriptor, ...] = (  # what the page of the sources counts
    {
        "name": "rows_told",
        "title": "Rows",
        "type": "integer",
        "description": "Rows that it supports, disputes or mentions.",
    },
    {"name": "slips", "title": "Errata", "type": "integer", "description": "Slips of it in the errata."},
)
_KINDS = {"integer": "number", "number": "number", "year": "number", "boolean": "choice", "date": "date"}


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """One table as a page shows it.

    `columns` say for each column its name, title, kind (text, choice, date, number), words, target and, for
    a choice, its choices with counts; `cells` are texts, row by row; `keys` name the rows; `shown` are the
    places of the columns in reading order, the first of which heads the row; `pages_of` are the addresses of
    the rows' own pages from the site's root, "" where there is none; `heads` what the rows are called.
    """

    name: str
    title: str
    description: str
    columns: Sequence[Mapping[str, object]]
    cells: Sequence[Sequence[str]]
    keys: Sequence[str]
    shown: Sequence[int]
    pages_of: Sequence[str]
    heads: Sequence[str]


def of_table(book: Book, name: str) -> Listing:
    """List a table of the package: the newest row first, or in the order of names where nothing is dated."""
    table = book.tables.by_name[name]
    fields = [field.descriptor for field in table.fields]
    targets = book.targets[name]
    held = list(zip(book.rows[name], *(table.columns[field.name] for field in table.fields), strict=True))
    dated = [number for number, field in enumerate(fields, 1) if field.get("edtf")]
    if dated:
        held.sort(key=lambda row: max(row[number].removeprefix("../") for number in dated), reverse=True)
    else:
        held.sort(key=lambda row: book.labels[name, row[0]].casefold())
    keys, cells = [row[0] for row in held], [row[1:] for row in held]
    homes = [f"{name}/{key}/" if name in book.paged and pages.is_path(key) else "" for key in keys]
    heads = [book.labels[name, key] for key in keys]
    primary = table.resource.primary_key or (table.fields[0].name,)
    descriptor = {**table.resource.descriptor, **table.resource.schema}
    if name != "sources":
        return _listing(name, descriptor, fields, targets, cells, keys, homes, heads, primary, book)
    fields, cells = [*fields, *_USE], [(*row, *_use(book, key)) for key, row in zip(keys, cells, strict=True)]
    found = _listing(name, descriptor, fields, targets, cells, keys, homes, heads, primary, book)
    head, *rest = found.shown
    return replace(found, shown=[head, *rest[-len(_USE) :], *rest[: -len(_USE)]])


def _use(book: Book, source: str) -> tuple[str, str]:
    """Count the rows that a source is evidence for, and its errata."""
    links = book.back.get(("sources", source), ())
    cited = (book.rows["evidence"][link.key] for link in links if link.table == "evidence")
    told = {(row["table_name"], row["row_key"]) for row in cited}
    return str(len(told)), str(sum(link.table == "errata" for link in links))


def of_view(book: Book, name: str, schema: Descriptor, columns: Sequence[Column]) -> Listing:
    """List a ready view; its columns that another table's key is taken from link to that table's pages."""
    fields = [column.descriptor for column in columns]
    origins = {field["name"]: str(field.get("derivedFrom", "")).split(".") for field in fields}
    targets = {}
    for column, (table, *rest) in origins.items():
        if table in book.rows and rest:
            is_key = tuple(rest) == book.tables.by_name[table].resource.primary_key
            targets[column] = table if is_key else book.targets[table].get(rest[0], "")
    targets = {column: table for column, table in targets.items() if table}
    cells = list(zip(*(column.texts for column in columns), strict=True))
    names = [column.name for column in columns]
    primary = tuple(schema.get("primaryKey", ())) or tuple(names[:0])
    keys = ["/".join(row[names.index(part)] for part in primary) for row in cells] if primary else []
    keys = keys or [str(number) for number in range(1, len(cells) + 1)]
    own = next((column for column in names if column in primary and targets.get(column) in book.paged), "")
    homes = ["" for _ in cells]
    if own:
        found = [row[names.index(own)] for row in cells]
        homes = [f"{targets[own]}/{key}/" if pages.is_path(key) else "" for key in found]
    return _listing(name, schema, fields, targets, cells, keys, homes, [], primary, book)


def _listing(  # noqa: PLR0913, PLR0917  # what tables and views have in common
    name: str,
    descriptor: Mapping[str, object],
    fields: Sequence[Descriptor],
    targets: Mapping[str, str],
    cells: Sequence[Sequence[str]],
    keys: Sequence[str],
    homes: Sequence[str],
    heads: Sequence[str],
    primary: Sequence[str],
    book: Book,
) -> Listing:
    names = [str(field["name"]) for field in fields]
    head = next((one for one in NAMES if one in names), "")
    if not head:
        head = primary[0] if len(primary) == 1 else names[0]
    elif heads:
        heads = []  # the column itself says it
    hidden = {primary[0]} - {head} if len(primary) == 1 else set()
    shown = [names.index(head)] + [n for n, one in enumerate(names) if one != head and one not in hidden]
    found = [column_of(f, targets, [row[n] for row in cells], book) for n, f in enumerate(fields)]
    if len(primary) != 1:
        heads = []
    return Listing(
        name,
        str(descriptor.get("title", name)),
        str(descriptor.get("description", "")),
        found,
        cells,
        keys,
        shown,
        homes,
        heads,
    )


def column_of(
    field: Descriptor, targets: Mapping[str, str], texts: Sequence[str], book: Book
) -> dict[str, object]:
    """Say what a page needs of a column: its name, title, kind, words, target, choices."""
    name = str(field["name"])
    words = words_of(field)
    target = targets.get(name, "")
    kind = "date" if field.get("edtf") else _KINDS.get(str(field.get("type", "string")), "text")
    counts = Counter(text for text in texts if text)
    few = len(counts) <= _CHOICES and max(map(len, counts), default=0) <= _LONGEST
    if kind == "text" and (words or (target and few) or (few and len(texts) > 1.5 * len(counts))):
        kind = "choice"
    column: dict[str, object] = {
        "name": name,
        "title": str(field.get("title", name)),
        "description": str(field.get("description", "")).replace("`", ""),
        "kind": kind,
    }
    if kind == "date":
        column["class"] = "c-date"
    elif (
        kind == "text"
        and field.get("format") != "uri"
        and sum(map(len, counts)) > _LONG * max(len(counts), 1)
    ):
        column["class"] = "c-long"
    if words:
        column["words"] = words
    if field.get("type") == "list":
        column["parted"] = field.get("delimiter", ",")
    if target:
        column["target"] = target
        column["paged"] = target in book.paged
    if kind == "choice":
        labels = {v: words.get(v) or book.labels.get((target, v), v) for v in [*words, *counts]}
        order = sorted(
            labels, key=lambda v: (v not in words, list(words).index(v) if v in words else 0, labels[v])
        )
        column["choices"] = [(value, labels[value], counts[value]) for value in order]
    return column


def write(site: Site, book: Book, listing: Listing, kind: str = "table", **more: object) -> None:
    """Write the page of a listing, its further pages for readers without script, and its data."""
    size = len(listing.cells)
    starts = range(0, max(size, 1), PAGE)
    for number, start in enumerate(starts, 1):
        path = f"{listing.name}/index.html" if number == 1 else f"{listing.name}/page-{number}.html"
        end = min(start + PAGE, size)
        pages.write(
            site,
            path,
            "table.html",
            kind=kind,
            listing=listing,
            rows=rows(book, listing, start, end),
            described=listing.name in book.tables.by_name,
            number=number,
            parts_count=len(starts),
            words=book.words.get("disputes", {}),
            start=start,
            end=end,
            more=more if number == 1 else {},
        )
    pages.save(site, f"{listing.name}/data.js", pages.script_data("TABLE", data(book, listing)))


def rows(book: Book, listing: Listing, start: int, end: int) -> Markup:
    """Write some rows of a listing."""
    up = "../" if listing.name else ""  # only the front page's has no folder of its own
    head, *others = listing.shown
    classes = [str(listing.columns[place].get("class", "")) for place in others]
    places = {column["name"]: place for place, column in enumerate(listing.columns)}
    pair = places.get("row_key"), places.get("table_name", head)  # a key there is one of the table it names
    known: dict[tuple[int, str, str], str] = {}  # a cell's HTML by column, text and that table

    def cells(number: int) -> Iterator[str]:
        row, home = listing.cells[number], listing.pages_of[number]
        called = listing.heads[number] if listing.heads else row[head]
        yield markup.link(called or listing.keys[number], f"{up}{home}" if home else "")
        for place in others:
            at = place, row[place], row[pair[1]] if place == pair[0] else ""
            if at not in known:
                pieces = _pieces(book, listing.columns[place], *at[1:], up)
                known[at] = ", ".join(markup.link(*piece) for piece in pieces)
            yield known[at]

    return markup.rows(((listing.keys[number], cells(number)) for number in range(start, end)), classes)


def data(book: Book, listing: Listing) -> dict[str, object]:
    """Give what the script needs of a listing: columns, cells, labels of what the cells point to."""
    columns = [
        {key: value for key, value in column.items() if key not in ("choices", "description")}
        for column in listing.columns
    ]
    labels: dict[str, dict[str, str]] = {}
    for number, column in enumerate(listing.columns):
        target = str(column.get("target", ""))
        for row in listing.cells if target else ():
            label = book.labels.get((target, row[number]))
            if label is not None and label != row[number]:
                labels.setdefault(target, {})[row[number]] = label
    return {
        "name": listing.name,
        "columns": columns,
        "shown": listing.shown,
        "labels": labels,
        "heads": listing.heads,
        "pages": [] if not any(listing.pages_of) else listing.pages_of,
        "paged": sorted(book.paged),
        "keys": listing.keys,
        "rows": listing.cells,
    }


def _pieces(book: Book, column: Mapping[str, object], text: str, table: str, up: str) -> list[Piece]:
    """Give what a cell shows, each piece with its address; `table` is its key's, where a row names it."""
    target, words = str(column.get("target", "")), column.get("words")
    if table in book.rows:
        linked = table in book.paged and pages.is_path(text)
        return [(text, f"{up}{table}/{text}/" if linked else "", False)]
    if target:
        linked = bool(column["paged"]) and pages.is_path(text)
        return [(book.labels.get((target, text), text), f"{up}{target}/{text}/" if linked else "", False)]
    if isinstance(words, dict) and text in words:
        return [(words[text], "", False)]
    if text.startswith("http"):
        return [_web(part) for part in text.split(" | ")]
    parted = str(column.get("parted", ""))
    return [(text.replace(parted, f"{parted} ") if parted else text, "", False)]


def _web(url: str) -> tuple[str, str, bool]:
    found = pages.address(url)
    return (urlsplit(found).netloc.removeprefix("www.") if found else url, found, True)
