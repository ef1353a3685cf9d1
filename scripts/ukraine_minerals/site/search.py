"""The index of the search: what every record is called, in all its names, as a script."""

from ukraine_minerals.site import pages
from ukraine_minerals.site.book import Book
from ukraine_minerals.site.pages import Site

# Who and where come before what was said of them.
_FIRST = (
    "officials",
    "territories",
    "minerals",
    "agreements",
    "sites",
    "organisations",
    "events",
    "mineral_lists",
)
_NAMED = ("name", "name_uk", "title", "symbol", "speaker")


def write(site: Site, book: Book) -> None:
    """Write the page of results and the index that it and the search box load."""
    order = [name for name in _FIRST if name in book.paged]
    order += [name for name in book.tables.by_name if name in book.paged and name not in order]
    titles = [str(book.tables.by_name[name].resource.schema.get("title", name)) for name in order]
    entries = []
    for place, name in enumerate(order):
        for key, row in book.rows[name].items():
            if not pages.is_path(key):
                continue
            label = book.labels[name, key]
            others = [row[column] for column in _NAMED if row.get(column)]
            others += row.get("aliases", "").split(";")
            entries.append(
                [place, key, label, " ; ".join(o for o in dict.fromkeys(others) if o and o != label)]
            )
    index = {"tables": order, "titles": titles, "entries": entries}
    pages.save(site, "assets/search-index.js", pages.script_data("INDEX", index))
    pages.write(site, "search/index.html", "search.html", tables=list(zip(order, titles, strict=True)))
