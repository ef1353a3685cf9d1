"""Pages of prose: method and quality from README.md, what changed, the licence, and the codebook."""

import re
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path

from markdown_it import MarkdownIt
from markupsafe import Markup

from ukraine_minerals.export import codebook
from ukraine_minerals.export.codebook import html
from ukraine_minerals.export.columns import Column
from ukraine_minerals.model import Descriptor
from ukraine_minerals.site import pages
from ukraine_minerals.site.book import Book
from ukraine_minerals.site.pages import Site

METHOD = ("Read it rightly", "Whose borders", "How it is checked")
_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
_RELATIVE = re.compile(r"\[([^\]]+)\]\((?!https?:)[^)]*\)")


def write(
    site: Site,
    book: Book,
    typed: Mapping[str, Sequence[Column]],
    views: Mapping[str, tuple[Descriptor, Sequence[Column]]],
) -> None:
    """Write the pages; a file that the package lacks leaves its page saying so.

    `typed` are the columns of the tables as they are read, `views` the ready views with theirs.
    """
    root = book.tables.package.root
    readme = _text(root / "README.md")
    parts = [part for name in METHOD if (part := section(readme, name))]
    _prose(site, "method", "Method and quality", "\n\n".join(parts))
    _prose(site, "changes", "What changed", _text(root / "CHANGELOG.md").partition("\n")[2])
    pages.write(
        site, "licence/index.html", "prose.html", kind="licence", title="Licence and credits", body="",
        plain=_text(root / "LICENSE"),
    )  # fmt: skip
    entries = [*codebook.entries(book.tables, typed)]
    entries += [codebook.entry(name, schema, found, {}) for name, (schema, found) in views.items()]
    whole = html.write(entries, site.about.title, (), ())
    body = whole.partition("<main>")[2].partition("</main>")[0]
    body = body.replace("<h2 id=", '<h2 class="table-name" id=')
    pages.write(
        site, "codebook/index.html", "prose.html", kind="codebook", title="Codebook", plain="",
        body=Markup(body),  # noqa: S704  # escaped by the codebook's own template
    )  # fmt: skip


def _prose(site: Site, kind: str, title: str, text: str) -> None:
    body = render(text) if text.strip() else Markup("<p>The package has no text for this page.</p>")
    pages.write(site, f"{kind}/index.html", "prose.html", kind=kind, title=title, body=body, plain="")


def render(text: str) -> Markup:
    """Render Markdown; HTML in it stands as text, and links within the repository lose their address."""
    text = _RELATIVE.sub(r"\1", _COMMENT.sub("", text))
    found = str(MarkdownIt("commonmark", {"html": False}).enable("table").render(text))
    found = found.replace(' style="text-align:right"', ' class="figure"')
    numbers = count(1)  # regions of a page have different names
    frame = '<div class="wide" tabindex="0" role="region" aria-label="Table {}"><table>'
    found = re.sub("<table>", lambda _: frame.format(next(numbers)), found)
    return Markup(found.replace("</table>", "</table></div>"))  # noqa: S704  # HTML is off


def section(text: str, name: str) -> str:
    """Give a section of a Markdown text with its heading, up to the next heading of any level."""
    found = re.search(rf"^#+ {re.escape(name)}\n.*?(?=^#+ |\Z)", text, re.DOTALL | re.MULTILINE)
    return re.sub(r"^#+ ", "## ", found[0]) if found else ""


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""
