"""Words of a text -> the row of evidence; an address -> the row of its source; both ready to be pasted."""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from ukraine_minerals.cite import address, passage
from ukraine_minerals.errors import PackageError
from ukraine_minerals.model import Tables

Found = tuple[list[Mapping[str, str]], list[str]]


def run(tables: Tables, what: str, words: str, given: Mapping[str, str]) -> tuple[str, list[str]]:
    """Give rows as CSV without a header, and remarks for whoever pastes them; no row where none is right.

    `what` is a text's file or an address; `words` stand in the text, or are the page's title; `given` are the
    cells that are known already: table, row, field and source, or accessed (the day of reading).

    Raises:
        PackageError: it is neither a file nor an address, or the package has no such tables.
    """
    path = Path(what)
    is_address = "://" in what or (not path.is_file() and what.startswith("www."))
    name = "sources" if is_address else "evidence"
    if name not in tables.by_name:
        raise PackageError(f"the package has no table {name}")
    if is_address:
        rows, remarks = address.cite(tables, what, words, given)
    else:
        rows, remarks = passage.cite(tables, path, words, given)
    fields = [field.name for field in tables.by_name[name].resource.fields]
    return _written(fields, rows), [*remarks, f"for {name}: {','.join(fields)}"] if rows else remarks


def _written(fields: list[str], rows: Iterable[Mapping[str, str]]) -> str:
    out = io.StringIO()
    csv.DictWriter(out, fields, restval="", lineterminator="\n").writerows(rows)
    return out.getvalue()
