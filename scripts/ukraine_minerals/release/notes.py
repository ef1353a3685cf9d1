"""RELEASE_NOTES.md: what changed, from CHANGELOG.md, and what the release holds."""

from collections.abc import Sequence
from pathlib import Path

from ukraine_minerals.errors import PackageError
from ukraine_minerals.export.codebook import Entry
from ukraine_minerals.export.manifest import File
from ukraine_minerals.release.guide import Guide
from ukraine_minerals.review import version


def write(guide: Guide, entries: Sequence[Entry], files: Sequence[File], changelog: Path) -> str:
    """Write the notes.

    Raises:
        PackageError: the changelog has no section for the version.
    """
    about = guide.about
    section = version.section(changelog, about.version)
    if not section:
        raise PackageError(f"{changelog}: has no section for version {about.version}; say there what changed")
    lines = [f"# {about.title}, version {about.version}", "", *(f"{line}  " for line in guide.head), ""]
    lines += [
        "## What changed",
        "",
        section,
        "",
        "## Files",
        "",
        "| file | bytes |",
        "| --- | ---: |",
    ]
    lines += [f"| {path} | {size_bytes:,} |" for path, size_bytes in _sizes(files).items()]
    lines += [
        "",
        "`SHA256SUMS` has the digest of every file: `sha256sum --check SHA256SUMS`.",
        "",
        "## Rows",
        "",
    ]
    lines += ["| table | rows | one row for each |", "| --- | ---: | --- |"]
    lines += [f"| {entry.name} | {entry.size:,} | {entry.what} |" for entry in entries]
    return "\n".join(lines) + "\n"


def _sizes(files: Sequence[File]) -> dict[str, int]:
    """Give the bytes of each file, those of a folder of tables together."""
    sizes: dict[str, int] = {}
    for file in files:
        folder = file.path.partition("/")[0]
        path = f"{folder}/" if folder in ("csv", "parquet") else file.path
        sizes[path] = sizes.get(path, 0) + file.size_bytes
    return sizes
