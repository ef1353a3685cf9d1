"""Pictures of the data: each drawn once, as SVG with PNG and CSV beside it, and all of them on one page."""

import csv
import io
import json
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from ukraine_minerals.errors import PackageError
from ukraine_minerals.export import columns, manifest, ready, sqlite, swap
from ukraine_minerals.model import Descriptor, Tables
from ukraine_minerals.pictures import gallery, page, raster
from ukraine_minerals.pictures.agreements import AGREEMENTS
from ukraine_minerals.pictures.amounts import AMOUNTS
from ukraine_minerals.pictures.disputes import DISPUTES
from ukraine_minerals.pictures.five_hundred import FIVE_HUNDRED
from ukraine_minerals.pictures.occupied import OCCUPIED
from ukraine_minerals.pictures.picture import NARROW, About, Picture, Rows, Unit
from ukraine_minerals.pictures.sites_map import SITES_MAP
from ukraine_minerals.pictures.timeline import TIMELINE

PICTURES: tuple[Picture, ...] = (TIMELINE, SITES_MAP, OCCUPIED, AGREEMENTS, AMOUNTS, FIVE_HUNDRED, DISPUTES)


def run(tables: Tables, out: Path, *, with_png: bool = True) -> tuple[manifest.File, ...]:
    """Write every picture of sound tables, and the page of all, into the folder `out`, in one step.

    Raises:
        PackageError: `out` cannot be written, the package lacks a table that a picture draws, or PNG is
            wanted where its library or its font is not installed.
    """
    fonts = raster.fonts() if with_png else []
    about = of(tables)
    drawn = [(picture, found, page.svg(picture, found, about)) for picture, found in rows(tables).items()]
    files: list[manifest.File] = []
    both: list[tuple[Picture, str, str]] = []
    with swap.into(out) as folder:
        for picture, found, svg in drawn:
            narrow = page.svg(picture, found, about, NARROW)
            both.append((picture, svg, narrow))
            _save(svg, folder / f"{picture.name}.svg")
            _save(narrow, folder / f"{picture.name}-narrow.svg")
            _save(csv_text(picture, found), folder / f"{picture.name}.csv")
            files.append(manifest.file(folder, f"{picture.name}.svg"))
            files.append(manifest.file(folder, f"{picture.name}-narrow.svg"))
            files.append(manifest.file(folder, f"{picture.name}.csv", len(found)))
            if with_png:
                (folder / f"{picture.name}.png").write_bytes(raster.png(svg, fonts))
                files.append(manifest.file(folder, f"{picture.name}.png"))
        suffixes = (".svg", "-narrow.svg", ".png", ".csv") if with_png else (".svg", "-narrow.svg", ".csv")
        _save(
            gallery.html(both, about, suffixes),
            folder / "index.html",
        )
        files.append(manifest.file(folder, "index.html"))
        listed = json.dumps(manifest.listed(tables.package.descriptor, files), ensure_ascii=False, indent=2)
        _save(f"{listed}\n", folder / "manifest.json")
    return tuple(files)


def rows(tables: Tables, pictures: Sequence[Picture] = PICTURES) -> dict[Picture, Rows]:
    """Ask for the rows of each picture, from a database made of the tables and their ready views."""
    typed = {name: columns.of(table) for name, table in tables.by_name.items()}
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "pictures.sqlite"
        sqlite.write(tables, typed, {}, database)
        ready.of(tables, database)
        with closing(sqlite3.connect(database)) as connection:
            return {picture: ask(connection, picture) for picture in pictures}


def ask(connection: sqlite3.Connection, picture: Picture) -> Rows:
    """Ask a database that has the ready views for the rows of one picture."""
    try:
        cursor = connection.execute(picture.query)
        labels = [label for label, *_ in cursor.description]
        if labels != list(picture.columns):
            raise PackageError(
                f"picture {picture.name}: its query gives {labels}, it tells of {list(picture.columns)}"
            )
        return [dict(zip(labels, row, strict=True)) for row in cursor]
    except sqlite3.Error as error:
        raise PackageError(f"picture {picture.name}: {error}") from error


def of(tables: Tables) -> About:
    """Say what the pictures say of a package: title, version, cut-off day, licence of the data, outline."""
    given = tables.package.descriptor
    licence = next((str(entry.get("name", "")) for entry in given.get("licenses", ())), "")
    licence = licence.replace("CC-BY-", "CC\u00a0BY\u00a0")
    title, version, cutoff = (str(given.get(key, "")) for key in ("title", "version", "cutoff"))
    return About(title or str(given.get("name")), version, cutoff, licence, _units(tables))


def _units(tables: Tables) -> tuple[Unit, ...]:
    """Read the outline, the package's first GeoJSON file; its ISO 3166 codes find the territories."""
    file = next((entry.file for entry in tables.package.files if entry.path.endswith(".geojson")), None)
    if file is None or "territories" not in tables.by_name:
        return ()
    found = tables.by_name["territories"].columns
    keys = dict(zip(found["iso_3166"], zip(found["territory_id"], found["name"], strict=True), strict=True))
    try:
        features = json.loads(file.read_text(encoding="utf-8"))["features"]
        return tuple(
            Unit(*keys[feature["properties"]["iso"]], _rings(feature["geometry"])) for feature in features
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PackageError(f"{file}: cannot be drawn: {error!r}") from None


def _rings(geometry: Descriptor) -> list[list[tuple[float, float]]]:
    polygons: list[Any] = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    return [[(corner[0], corner[1]) for corner in ring] for polygon in polygons for ring in polygon]


def csv_text(picture: Picture, found: Rows) -> str:
    """Write the rows that a picture draws in the package's one form of CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(picture.columns)
    writer.writerows([_cell(row[name]) for name in picture.columns] for row in found)
    return out.getvalue()


def _cell(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _save(text: str, path: Path) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
