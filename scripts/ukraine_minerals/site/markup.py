"""Small pieces of HTML that stand on pages by the ten thousand: links, cells, lines; all text escaped."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from markupsafe import Markup

Piece = tuple[str, str, bool]  # text, address from the page it stands on, whether it leads outside


class Line(NamedTuple):
    """One item of a list: its text, its address or "", what else is said of it, the day to sort it by."""

    text: str
    home: str
    said: str
    day: str


def link(text: str, href: str, outside: bool = False) -> str:  # noqa: FBT001, FBT002  # the third of a Piece
    """Write a link: to the page in a folder of the site, or to an address elsewhere; or the text alone."""
    if not href:
        return escape(text)
    if outside:
        return f'<a href="{escape(href)}" rel="noreferrer">{escape(text)}</a>'
    return f'<a href="{escape(href)}index.html">{escape(text)}</a>'


def rows(found: Iterable[tuple[str, Iterable[str]]], classes: Sequence[str]) -> Markup:
    """Write rows of a table, each from its key and its cells as HTML, the first of which heads the row.

    `classes` are those of the other columns, "" for none.
    """
    opens = [f'<td class="{name}">' if name else "<td>" for name in classes]
    parts = []
    for key, (head, *cells) in found:
        more = "".join(f"{tag}{cell}</td>" for tag, cell in zip(opens, cells, strict=True))
        parts.append(f'<tr data-key="{escape(key)}"><th scope="row">{head}</th>{more}</tr>\n')
    return Markup("".join(parts))  # noqa: S704  # the cells are from `link`


def facts(found: Iterable[tuple[str, Piece, Sequence[int], str]]) -> Markup:
    """Write facts: label, value, and the numbers of the evidence that is for this column alone."""
    parts = []
    for label, piece, marks, name in found:
        lang = ' lang="uk"' if name == "name_uk" else ""
        parts.append(f"<div><dt>{escape(label)}</dt><dd{lang}>{link(*piece)}{references(marks)}</dd></div>\n")
    return Markup("".join(parts))  # noqa: S704  # escaped piece by piece


def references(marks: Iterable[int]) -> Markup:
    """Write the numbers of evidence as links to it."""
    found = (f' <a class="mark-ref" href="#ev-{n}" aria-label="evidence {n}">[{n}]</a>' for n in marks)
    return Markup("".join(found))  # noqa: S704  # numbers


def lines(found: Iterable[Line]) -> Markup:
    """Write the items of a list: a link and what else is said of it."""
    parts = []
    for text, home, said, _ in found:
        more = f' <span class="said">{escape(said)}</span>' if said else ""
        parts.append(f"<li>{link(text, home)}{more}</li>\n")
    return Markup("".join(parts))  # noqa: S704  # escaped piece by piece
