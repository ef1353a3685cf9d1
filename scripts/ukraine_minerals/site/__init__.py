"""Tables -> dist/site/: the explorer, pages that need no server, no script and no other host."""

import sqlite3
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from markupsafe import Markup, escape

from ukraine_minerals import pictures
from ukraine_minerals.errors import PackageError
from ukraine_minerals.export import columns, ready, save, sqlite, swap
from ukraine_minerals.export.columns import Column
from ukraine_minerals.metadata import about as about_
from ukraine_minerals.model import Descriptor, Tables
from ukraine_minerals.pictures import style
from ukraine_minerals.pictures.picture import About, Picture, Rows
from ukraine_minerals.site import (
    aside,
    charts,
    disputes,
    downloads,
    drawings,
    front,
    listings,
    pages,
    prose,
    records,
    search,
)
from ukraine_minerals.site import book as book_
from ukraine_minerals.site.book import Book, Row
from ukraine_minerals.site.pages import Site

Typed = Mapping[str, Sequence[Column]]
Views = Mapping[str, tuple[Descriptor, tuple[Column, ...]]]
FURTHER = ("charts", "method", "downloads", "codebook", "changes", "licence", "search")


def run(tables: Tables, out: Path) -> int:
    """Write the site of sound tables into the folder `out`, in one step; give the count of its pages.

    Raises:
        PackageError: `out` cannot be written, or the package lacks what the site tells of.
    """
    package = tables.package
    if package.root.resolve().is_relative_to(out.resolve()):
        raise PackageError(f"{out} holds the package itself; choose a folder of its own")
    if missing := {"agreements", "events", "sites", "territories", "disputes", "sources"} - set(
        tables.by_name
    ):
        raise PackageError(f"the site tells of {min(missing)}, which the package has not")
    book = book_.read(tables)
    outlines = pictures.of(tables)
    beside = Path(out).resolve().parent
    with swap.into(out, carry=False) as folder:
        names = (*tables.by_name, *FURTHER, *ready.names(package))
        site = pages.open_site(folder, about_.read(package.descriptor), frozenset(names))
        _assets(site)
        sketch = _sketches(site, book, outlines)
        site.templates.globals["files"] = downloads.write(site, beside)
        records_done = aside.start(lambda: records.write(site, book, sketch))
        typed = {name: columns.of(table) for name, table in tables.by_name.items()}
        views, drawn = _ask(tables, typed)
        records.redirects(site, book)
        _listings(site, book, views)
        charts.write(site, drawn, outlines, beside / "pictures")
        front.write(
            site,
            book,
            views,
            {p.name: rows for p, rows in drawn.items()},
            outlines,
            downloads.described(site, beside),
        )
        prose.write(site, book, typed, views)
        search.write(site, book)
        count = records_done()
        _sitemap(site, book)
        listed = {"name": site.about.name, "version": site.about.version, "cutoff": site.about.cutoff}
        save({**listed, "records": count}, folder / "manifest.json")
    return count + len(site.written)


def _ask(tables: Tables, typed: Typed) -> tuple[Views, dict[Picture, Rows]]:
    """Make a database of the tables and ask it for the ready views and the rows of the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "site.sqlite"
        sqlite.write(tables, typed, {}, database)
        views = ready.of(tables, database)
        with closing(sqlite3.connect(database)) as connection:
            return views, {picture: pictures.ask(connection, picture) for picture in pictures.PICTURES}


def _assets(site: Site) -> None:
    sheet = (pages.HERE / "style.css").read_text(encoding="utf-8") + style.sheet()
    pages.save(site, "assets/style.css", sheet)
    pages.save(site, "assets/script.js", (pages.HERE / "script.js").read_text(encoding="utf-8"))


def _sketches(site: Site, book: Book, about: About) -> Callable[[str, Row], object]:
    """Give what draws the small map of a place, and of what is said of a site or happened in a town."""
    if not about.units:
        return lambda _table, _row: ""
    drawn, to = drawings.outline_file(about)
    pages.save(site, "assets/outline.svg", drawn)

    def sketch(table: str, row: Row) -> object:
        place = _place(book, table, row)
        if not place.get("latitude") or not place["longitude"]:
            return ""
        at = float(place["longitude"]), float(place["latitude"])
        if not to.holds(*at):
            return ""
        return Markup(drawings.sketch(to, *at, f"{place['name']} on the map of Ukraine"))  # noqa: S704  # our own

    return sketch


def _place(book: Book, table: str, row: Row) -> Row:
    """Give the row whose position a record has: its own, its site's, or its town's; an oblast is no point."""
    if table in ("sites", "territories"):
        return row
    town = book.rows["territories"].get(row.get("territory_id", ""), {})
    in_town = town if town.get("type") in ("city", "special_city", "settlement") else {}
    return book.rows["sites"].get(row.get("site_id", ""), in_town)


def _sitemap(site: Site, book: Book) -> None:
    """List all pages for crawlers, which want whole addresses: only where the descriptor has a home page."""
    home = site.about.homepage.rstrip("/")
    if not home:
        return
    paths = [path for path in site.written if path.endswith("index.html")]
    paths += [f"{t}/{key}/index.html" for t in book.paged for key in book.rows[t] if pages.is_path(key)]
    found = (
        f"<url><loc>{escape(home)}/{path.removesuffix('index.html')}</loc></url>\n" for path in sorted(paths)
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    pages.save(site, "sitemap.xml", f"{head}{''.join(found)}</urlset>\n")


def _listings(site: Site, book: Book, views: Views) -> None:
    for name in book.tables.by_name:
        listing = listings.of_table(book, name)
        if name == "disputes":
            listings.write(site, book, listing, "disputes", disputes=disputes.sides(book, views))
        else:
            listings.write(site, book, listing, "sources" if name == "sources" else "table")
    for name, (schema, found) in views.items():
        listings.write(site, book, listings.of_view(book, name, schema, found))
