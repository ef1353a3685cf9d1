"""The exported tables as typed pandas frames: loaded, joined along their links, with their evidence."""

import datetime as dt
from collections.abc import Hashable, Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd

from ukraine_minerals import days, descriptor, problem
from ukraine_minerals.errors import PackageError
from ukraine_minerals.export import columns
from ukraine_minerals.model import Field, ForeignKey, Package, Resource

Folder = str | PathLike[str] | None

_HERE = Path(__file__).parent
_EVIDENCE = ["table_name", "row_key", "field_name", "stance", "reading", "paragraph", "as_printed"]
_SOURCE = ["title", "publisher_id", "published", "type", "family", "language", "url", "archive_url"]
_REST = ["read_as", "via", "note", "evidence_id"]


def load(
    table: str, *, as_of: str | dt.date | None = None, labels: bool = False, package: Folder = None
) -> pd.DataFrame:
    """Load a table as a frame, one row a fact, in the order of the keys.

    Text is `str`, whole numbers `Int64`, other numbers `float64`, yes and no `boolean`, days dates (Arrow's
    date32), closed vocabularies `category` (ordered where the schema says so), lists NumPy arrays. Columns
    of EDTF dates have `_earliest`, `_latest`, `_precision`, `_approximate` and `_uncertain` beside them. The
    schema says what each column means and in which unit: see `describe`.

    Args:
        table: Its name, one of those that `tables` lists.
        as_of: A day (a date, or text such as 2025-03-01): only what held on it. Of `territory_control`,
            `site_status` and `mineral_presence` the latest observation by each asserter of each thing; of
            `positions` those held; of `agreements` those that a date of theirs shows by then, `stage` being
            the furthest that is dated (draft, agreed and announced have no date and count as proposed); of
            `events`, `claims`, `commitments`, `sources` and `mineral_lists` those up to that day. Strict: a
            date counts once its last possible day has come (2025-02 on 28 February, `../2025-02-14` on 14
            February, `2025-02/..` on 28 February), an office is held as long as its end cannot have
            passed; undated rows and those of status rejected are left out. What is left out may still have
            been so: `_earliest` tells since when it is possible.
        labels: Whether categories are the schema's labels ("In force") and not its values ("in_force").
        package: An export's folder; without it the one in the installed package, or `dist/` of a checkout.

    Raises:
        PackageError: There is no such table or export, or the table does not tell what held on a day.
    """
    home = folder(package)
    resource = find(descriptor.load(home / "datapackage.json"), table)
    frame = _read(home, resource)
    if as_of is not None:
        frame = days.on(table, frame, as_of)
    return _labelled(frame, resource) if labels else frame


def tables(*, package: Folder = None) -> pd.DataFrame:
    """List the tables: `table` (the name), `title`, `description`, `rows` and `columns` (numbers), `key`.

    Raises:
        PackageError: There is no export.
    """
    home = folder(package)
    rows = []
    for resource in descriptor.load(home / "datapackage.json").resources:
        words = [str(resource.schema.get(key, "")) for key in ("title", "description")]
        frame = _read(home, resource)
        rows.append((resource.name, *words, *frame.shape, "/".join(resource.primary_key)))
    return pd.DataFrame(rows, columns=["table", "title", "description", "rows", "columns", "key"])


def links(table: str, *, package: Folder = None) -> pd.DataFrame:
    """Load a table with all columns of the rows that it points to, each named `<field>.<column>`.

    The rows are those of `load`, in number and order: `links("events")["territory_id.name"]` is the name of
    the territory of each event, missing where `territory_id` is. A key of several fields joins them by "/".

    Raises:
        PackageError: There is no such table or export.
    """
    home = folder(package)
    found = descriptor.load(home / "datapackage.json")
    resource = find(found, table)
    own = _read(home, resource)
    joined = [own]
    for key in resource.foreign_keys:
        target = _read(home, find(found, key.resource or table))
        joined.append(_followed(own, key, target))
    return pd.concat(joined, axis="columns")


def evidence_of(table: str, key: str | Sequence[str], *, package: Folder = None) -> pd.DataFrame:
    """Give what a row rests on, one row a place in a source: its own first, then what it inherits.

    Columns: `table_name`, `row_key` and `field_name` (empty: the whole row) say what it speaks of; `stance`
    (supports, disputes, mentions), `reading`, `paragraph` (from 1, of the source's text, where that was
    read), `as_printed` (the words that anchor it); `source_id` with the `source.` columns; `read_as`, `via`,
    `note`, `evidence_id`.

    Args:
        table: The name of a table.
        key: The key of one of its rows; of a composite key its parts, or their text joined by "/".
        package: As in `load`.

    Raises:
        PackageError: There is no such table, row or export.
    """
    home = folder(package)
    found = descriptor.load(home / "datapackage.json")
    resource = find(found, table)
    frame = _read(home, resource)
    parts = zip(*(frame[name] for name in resource.primary_key), strict=True)
    keys = ["/".join(map(str, part)) for part in parts]
    wanted = key if isinstance(key, str) else "/".join(key)
    if wanted not in keys:
        raise PackageError(_unknown(wanted, f"row of {table}", keys))
    addresses = [(table, wanted), *_parents(resource, frame.iloc[keys.index(wanted)].to_dict())]
    evidence, sources = (_read(home, find(found, name)) for name in ("evidence", "sources"))
    rows = pd.MultiIndex.from_frame(evidence[["table_name", "row_key"]])
    told = pd.concat([evidence[rows == address] for address in addresses], ignore_index=True)
    about = sources.set_index("source_id")[_SOURCE].reindex(told["source_id"]).add_prefix("source.")
    about = about.reset_index(drop=True)
    return pd.concat([told[[*_EVIDENCE, "source_id"]], about, told[_REST]], axis="columns")


def folder(package: Folder = None) -> Path:
    """Find the folder of an export: the one given, the installed package's, or a checkout's `dist/`.

    Raises:
        PackageError: It holds no export, or there is none.
    """
    homes = [_HERE / "dist", _HERE.parents[1] / "dist"] if package is None else [Path(package)]
    for home in homes:
        if (home / "datapackage.json").is_file() and (home / "parquet").is_dir():
            return home
    if package is not None:
        raise PackageError(f"{package}: holds no export (datapackage.json and parquet/)")
    raise PackageError("this copy of the package holds no tables; run make in the checkout, or give package=")


def find(package: Package, table: str) -> Resource:
    """Give a table's resource by its name.

    Raises:
        PackageError: There is none; the nearest name is told.
    """
    by_name = {resource.name: resource for resource in package.resources}
    if table not in by_name:
        raise PackageError(_unknown(table, "table of this package", list(by_name)))
    return by_name[table]


def fields(resource: Resource) -> tuple[Field, ...]:
    """Give the fields that Parquet holds: all but the labels, which only the CSV files have."""
    return tuple(
        field
        for field in resource.fields
        if field.name != f"{field.descriptor.get('derivedFrom')}_label"  # made by export/views
    )


def category(field: Field) -> pd.CategoricalDtype | None:
    """Give the dtype of a closed vocabulary, None where a field has none."""
    kind, vocabulary = columns.kind_of(field.descriptor)
    if kind != "category":
        return None
    ordered = bool(field.descriptor.get("categoriesOrdered"))
    return pd.CategoricalDtype(pd.Index(vocabulary, dtype="str"), ordered=ordered)


def _read(home: Path, resource: Resource) -> pd.DataFrame:
    path = home / "parquet" / f"{resource.name}.parquet"
    try:
        frame = pd.read_parquet(path)
    except (OSError, ValueError) as error:
        raise PackageError(f"{path}: cannot be read: {error}") from None
    for field in fields(resource):
        wanted = category(field)
        if wanted is not None and frame[field.name].dtype != wanted:  # without rows Parquet keeps no words
            frame[field.name] = frame[field.name].astype(wanted)
    return frame


def _unknown(name: str, what: str, known: Sequence[str]) -> str:
    hint = problem.nearest(name, known)
    return f"{problem.quote(name)} is no {what} — {hint or 'one is ' + ', '.join(known[:30])}"


def _labelled(frame: pd.DataFrame, resource: Resource) -> pd.DataFrame:
    for field in fields(resource):
        entries = [entry for entry in field.descriptor.get("categories", ()) if isinstance(entry, dict)]
        names = {entry["value"]: entry["label"] for entry in entries if "label" in entry}
        if names and category(field) is not None:
            frame[field.name] = frame[field.name].cat.rename_categories(names)
    return frame


def _followed(own: pd.DataFrame, key: ForeignKey, target: pd.DataFrame) -> pd.DataFrame:
    """Give the target's rows in the order of the rows that point to them."""
    names, there = list(key.fields), list(key.reference_fields)
    prefix = "/".join(names)
    known = target.dropna(subset=there).drop_duplicates(there).set_index(there, drop=False)
    wanted = own[names].set_axis(there, axis="columns").set_index(there).index
    found = known.drop(columns=there).reindex(wanted)
    return found.set_axis(own.index).add_prefix(f"{prefix}.")


def _parents(resource: Resource, row: Mapping[Hashable, Any]) -> Iterator[tuple[str, str]]:
    """Give the table and key of the row whose evidence a row has too (the schema's word evidenceFrom)."""
    name = resource.schema.get("evidenceFrom", "")
    for key in resource.foreign_keys:
        if key.fields == (name,) and pd.notna(row[name]):
            yield key.resource or resource.name, str(row[name])
