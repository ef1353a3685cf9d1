"""Build the site of our package, or of a copy of it with other rows, and read what was built."""

import csv
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from ukraine_minerals import descriptor, read

ROOT = Path(__file__).parents[2]
PARTS = ("datapackage.json", "data", "schemas", "views", "geo", "CHANGELOG.md", "README.md", "LICENSE")
# Tables whose every row has a page of its own.
RECORDS = [
    "agreements",
    "events",
    "officials",
    "positions",
    "organisations",
    "sites",
    "minerals",
    "territories",
    "claims",
    "commitments",
    "mineral_lists",
    "disputes",
    "sources",
    "errata",
    "territory_control",
    "site_status",
    "site_minerals",
    "mineral_presence",
]
# A page of each kind: `data-page` and where it lies.
KINDS = {
    "front": "index.html",
    "table": "agreements/index.html",
    "record": "agreements/finland-ukraine-security-agreement/index.html",
    "disputes": "disputes/index.html",
    "sources": "sources/index.html",
    "codebook": "codebook/index.html",
    "method": "method/index.html",
    "downloads": "downloads/index.html",
    "changes": "changes/index.html",
    "licence": "licence/index.html",
    "charts": "charts/index.html",
    "chart": "charts/deal-timeline/index.html",
    "embed": "charts/deal-timeline/embed.html",
    "search": "search/index.html",
}
# A key that the hostile copy retires, and the one that it is renamed to.
RETIRED, KEPT = "finland-ukraine-ten-year-agreement", "finland-ukraine-security-agreement"
Row = dict[str, str]


@dataclass(frozen=True)
class Site:
    """A built site: its folder, the package that it shows, and how long the build took."""

    folder: Path
    package: Path
    seconds: float

    def url(self, path: str) -> str:
        """Give the file address of a page."""
        return (self.folder / path).as_uri()

    def rows(self, table: str) -> list[Row]:
        """Read a table of the package."""
        return rows(self.package / "data" / f"{table}.csv")

    def keys(self, table: str) -> list[str]:
        """Give the first column of each row of a table: its key where one column is the key."""
        return [next(iter(row.values())) for row in self.rows(table)]

    def pages(self) -> Iterator[Path]:
        """Give every page."""
        yield from sorted(self.folder.rglob("*.html"))


def build(package: Path, out: Path) -> Site:
    """Build the site of the package in a folder; whether its rows are sound is not asked."""
    tables = read.tables(descriptor.load(package / "datapackage.json"))[0]
    builder = import_module("ukraine_minerals.site")
    before = time.perf_counter()
    builder.run(tables, out)
    return Site(out, package, time.perf_counter() - before)


@contextmanager
def room() -> Iterator[Path]:
    """Give a folder for a site's ten thousand files: in memory where that holds them, as discs are slow."""
    memory = Path("/dev/shm")  # noqa: S108  # the folder in it is made with a name of its own
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 1_000_000_000
    with tempfile.TemporaryDirectory(dir=memory if roomy else None) as folder:
        yield Path(folder)


def copy(folder: Path, change: Callable[[str, list[Row]], list[Row]]) -> Path:
    """Copy our package into a folder, its rows passed through `change(table, rows)`; give the folder."""
    for part in PARTS:
        source, target = ROOT / part, folder / part
        if source.is_dir():
            shutil.copytree(source, target)
        elif source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    for path in sorted((folder / "data").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            names, given = list(reader.fieldnames or ()), list(reader)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(change(path.stem, given))
    return folder


def rows(path: Path) -> list[Row]:
    """Read a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


_LINK = re.compile(rb"""<[^<>]*?\s(?:xlink:)?(?:href|src|data|action|poster|srcset)="([^"]*)\"""")


def links(page: bytes) -> list[str]:
    """Give every address in the attributes of a page that we have written, as often as it stands there."""
    return [found.decode() for found in _LINK.findall(page)]
