"""Tables -> dist/release/: every download, with what explains, pins and cites it."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ukraine_minerals import descriptor, export, read
from ukraine_minerals.errors import PackageError
from ukraine_minerals.export import codebook, columns, manifest, swap
from ukraine_minerals.export.codebook import html, markdown
from ukraine_minerals.export.columns import Column
from ukraine_minerals.export.manifest import File
from ukraine_minerals.metadata import about as about_
from ukraine_minerals.metadata import citation, croissant, datasette, schema_org, zenodo
from ukraine_minerals.metadata.about import About
from ukraine_minerals.model import Package, Tables
from ukraine_minerals.release import archive, geo, guide, notes, xlsx
from ukraine_minerals.review import changes

KINDS = {
    "csv": "csv/*.csv",
    "parquet": "parquet/*.parquet",
    "sqlite": "*.sqlite",
    "xlsx": "*.xlsx",
    "geojson": "geo/*",
}
WITH_EACH = ("LICENSE", "CITATION.cff", "README.txt", "codebook.html")  # what each zip holds too


def run(tables: Tables, out: Path) -> tuple[File, ...]:
    """Write the release into the folder `out`, which is replaced whole, in one step.

    Raises:
        PackageError: `out` cannot be written, or the package lacks what a release says of itself.
    """
    package = tables.package
    if package.root.resolve().is_relative_to(out.resolve()):
        raise PackageError(f"{out} holds the package itself; choose a folder of its own")
    about = about_.read(package.descriptor)
    told = guide.read(about, package.root / "README.md")
    with swap.into(out, carry=False) as folder:
        rows = {file.path: file.rows for file in export.run(tables, folder)}
        exported = read.tables(descriptor.load(folder / "datapackage.json"))[0]
        typed = {name: _columns(exported, name) for name in _reading_order(package, exported)}
        entries = sorted(codebook.entries(exported), key=lambda entry: list(typed).index(entry.name))
        maps = geo.write(package, about, typed, folder)
        xlsx.write(told, entries, typed, folder / f"{about.name}.xlsx")
        texts = {
            "codebook.md": markdown.write(entries, about.title, told.head, told.points),
            "codebook.html": html.write(entries, about.title, told.head, told.points),
            "README.txt": guide.text(told, entries),
            "LICENSE": _licence(package),
            "CITATION.cff": citation.write(about),
            **changes.files(Path(package.path)),  # where tags tell of earlier versions
        }
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
        described = _describe(folder, about, [entry.path for entry in maps], typed)
        _zips(folder, about, described)
        found = [manifest.file(folder, path, rows.get(path)) for path in _paths(folder)]
        text = notes.write(told, entries, found, package.root / "CHANGELOG.md")
        (folder / "RELEASE_NOTES.md").write_text(text, encoding="utf-8", newline="\n")
        same = _pin(folder, about)
        files = [manifest.file(folder, path, rows.get(same.get(path, path))) for path in _paths(folder)]
        listed = manifest.listed(package.descriptor, files)
        for entry in listed["files"]:
            entry.update({"same_as": same[entry["path"]]} if entry["path"] in same else {})
        listed["maps"] = [
            {"path": entry.path, "features": entry.features, "left_out": entry.left_out} for entry in maps
        ]
        export.save(listed, folder / "manifest.json")
        files += [manifest.file(folder, "manifest.json")]
        sums = "".join(f"{file.sha256}  {file.path}\n" for file in sorted(files, key=lambda file: file.path))
        (folder / "SHA256SUMS").write_text(sums, encoding="utf-8", newline="\n")
    return tuple(files)


def _columns(exported: Tables, name: str) -> tuple[Column, ...]:
    table = exported.by_name[name]
    return tuple(columns.read(field, table.columns[field.name]) for field in table.fields)


def _reading_order(package: Package, exported: Tables) -> list[str]:
    """Put the ready views before the tables."""
    given = [resource.name for resource in package.resources]
    return [*(name for name in exported.by_name if name not in given), *given]


def _licence(package: Package) -> str:
    try:
        return (package.root / "LICENSE").read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise PackageError(f"{package.root / 'LICENSE'}: cannot be read: {error}") from None


def _describe(
    folder: Path, about: About, maps: Sequence[str], typed: Mapping[str, Sequence[Column]]
) -> dict[str, Any]:
    """Write the descriptions of the whole: datapackage.json and the metadata made from it."""
    path = folder / "datapackage.json"
    described: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    more = [f"{about.name}.xlsx", *maps]
    described["resources"] += [manifest.plain_resource(manifest.file(folder, name)) for name in more]
    resources = described["resources"]
    tables = [resource for resource in resources if "schema" in resource]
    held = {name: {column.name for column in found if not _is_label(column)} for name, found in typed.items()}
    export.save(described, path)
    export.save(schema_org.write(about, resources), folder / "dataset.jsonld")
    export.save(croissant.write(about, resources), folder / "croissant.json")
    export.save(zenodo.write(about), folder / "zenodo.json")
    export.save(datasette.write(about, tables, held), folder / "metadata.json")
    return described


def _is_label(column: Column) -> bool:
    """Tell a label, which the CSV and the spreadsheet have and the database joins in by itself."""
    return column.name == f"{column.descriptor.get('derivedFrom')}_label"


def _zips(folder: Path, about: About, described: Mapping[str, Any]) -> None:
    """Pack each kind with what explains it, and a datapackage.json of the files that are in it."""
    day = dt.date.fromisoformat(about.cutoff)
    for kind, pattern in KINDS.items():
        paths = [path.relative_to(folder).as_posix() for path in sorted(folder.glob(pattern))]
        if not paths:
            continue
        files = {name: (folder / name).read_bytes() for name in (*paths, *WITH_EACH)}
        held = [resource for resource in described["resources"] if resource["path"] in paths]
        text = json.dumps({**described, "resources": held}, ensure_ascii=False, indent=2) + "\n"
        name = f"{about.name}-{about.version}-{kind}"
        archive.write(
            folder / f"{about.name}-{kind}.zip", name, {**files, "datapackage.json": text.encode()}, day
        )


def _paths(folder: Path) -> list[str]:
    paths = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in paths if path != "manifest.json")


def _pin(folder: Path, about: About) -> dict[str, str]:
    """Give each file that is taken by itself a second name with the version: second name -> first.

    The tables of csv/ and parquet/ are pinned as a whole, by their zips.
    """
    same = {}
    for path in sorted([*folder.glob(f"{about.name}*"), *folder.glob("codebook.*"), *folder.glob("geo/*")]):
        stem = about.name if path.name.startswith(about.name) else path.name.partition(".")[0]
        pinned = path.with_name(f"{stem}-{about.version}{path.name.removeprefix(stem)}")
        swap.link(path, pinned)
        same[pinned.relative_to(folder).as_posix()] = path.relative_to(folder).as_posix()
    return same
