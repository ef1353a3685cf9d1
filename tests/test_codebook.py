"""The codebook tells every table and column, and all its forms tell the same."""

import csv
import html.parser
import json
import re
from collections import Counter
from pathlib import Path

import pytest
import released_package

from ukraine_minerals import descriptor, read
from ukraine_minerals.errors import PackageError
from ukraine_minerals.export import codebook
from ukraine_minerals.export.codebook import html as page
from ukraine_minerals.export.codebook import markdown
from ukraine_minerals.model import Tables

ROOT = Path(__file__).parents[1]
VOID = {"meta", "br", "link", "img", "input", "hr"}


def tables_of(path: Path) -> Tables:
    return read.tables(descriptor.load(path))[0]


@pytest.fixture(scope="module")
def ours(released: Path) -> tuple[codebook.Entry, ...]:
    return codebook.entries(tables_of(released / "datapackage.json"))


def test_every_column_of_every_file_is_told(released: Path, ours: tuple[codebook.Entry, ...]) -> None:
    written = {path.stem for path in (released / "csv").iterdir()}
    assert {entry.name for entry in ours} == written
    for entry in ours:
        with (released / f"csv/{entry.name}.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        assert [row.column for row in entry.columns] == header
        assert entry.size == len(rows)
        assert entry.row.startswith("One row for each "), entry.name
        for row, cells in zip(entry.columns, zip(*rows, strict=True) if rows else (), strict=False):
            assert row.title
            assert row.description.endswith("."), f"{row.table}.{row.column}"
            assert row.filled == sum(cell != "" for cell in cells)
            assert row.empty or row.filled == row.rows, "a column that is never empty has no gap"
            counts = Counter(cells)
            assert all(word.count == counts[word.value] for word in row.words)
            if row.words:
                assert sum(word.count for word in row.words) == row.filled


def test_rows_are_those_of_the_entries(released: Path, ours: tuple[codebook.Entry, ...]) -> None:
    rows = codebook.rows(tables_of(released / "datapackage.json"))
    assert rows == tuple(row for entry in ours for row in entry.columns)


def test_warnings_links_and_origins(ours: tuple[codebook.Entry, ...]) -> None:
    by_name = {entry.name: entry for entry in ours}
    assert "never to be added across currencies" in " ".join(by_name["commitments"].warnings)
    columns = {row.column: row for row in by_name["site_status"].columns}
    assert columns["site_id"].links_to == "sites.site_id"
    assert columns["as_of_latest"].derived_from == "as_of"
    assert columns["control"].empty == "not known"
    latest = {row.column: row for row in by_name["sites_latest"].columns}
    assert (latest["name"].taken_from, latest["name"].derived_from) == ("sites.name", "")


def test_what_is_found_is_reckoned(tmp_path: Path) -> None:
    rows = {
        (row.table, row.column): row for row in codebook.rows(tables_of(released_package.write(tmp_path)))
    }
    assert rows["places", "found_date"].found == "2024-02-01 to 2025-02-28"
    assert rows["places", "depth_m"].found == "-0.5 to 1e+300"
    assert rows["places", "depth_m"].unit == "m"
    assert rows["places", "workers"].type == "whole number"
    assert rows["places", "kind"].found == "mine 1; port 1"
    assert rows["places", "place_id"].found == "all different"
    assert (rows["places", "nothing"].filled, rows["places", "no_number"].share) == (7, "0 %")
    assert rows["visits", "place_id"].found == "2 different, most often a 2"
    assert rows["visits", "day"].found == "2024-01-01 to 2024-01-02"
    assert rows["empty", "stage"].share == "0 %"


@pytest.mark.parametrize("key", ["title", "description"])
def test_a_field_without_words_ends_the_build(tmp_path: Path, key: str) -> None:
    path = released_package.write(tmp_path)
    found = json.loads(path.read_text("utf-8"))
    del found["resources"][1]["schema"]["fields"][0][key]
    path.write_text(json.dumps(found), "utf-8")
    with pytest.raises(PackageError, match=f"visits: the field place_id has no {key}"):
        codebook.entries(tables_of(path))
    del found["resources"][0]["schema"][key]
    path.write_text(json.dumps(found), "utf-8")
    with pytest.raises(PackageError, match=f"places has no {key}"):
        codebook.entries(tables_of(path))


def test_markdown_tells_each_column(ours: tuple[codebook.Entry, ...]) -> None:
    text = markdown.write(ours, "T", ["lead"], ["point"])
    parts = dict(
        zip([entry.name for entry in ours], re.split(r"^## ", text, flags=re.MULTILINE)[1:], strict=True)
    )
    for entry in ours:
        told = re.findall(r"^\| `(\w+)` \|", parts[entry.name], re.MULTILINE)
        assert sorted(told) == sorted(row.column for row in entry.columns)
    for line in text.splitlines():
        if line.startswith("| `"):
            assert len(re.findall(r"(?<!\\)\|", line)) == 8, line


class Page(html.parser.HTMLParser):
    """Tags must close in order; identifiers, links and texts are kept."""

    def __init__(self) -> None:  # noqa: D107
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: Counter[str] = Counter()
        self.rows: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: D102
        self.tags[tag] += 1
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            assert not name.startswith("on")
            if name == "id":
                self.ids.append(str(value))
            if name in ("href", "src"):
                self.links.append(str(value))

    def handle_endtag(self, tag: str) -> None:  # noqa: D102
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:  # noqa: D102
        if self.open[-2:] == ["th", "code"]:
            self.rows.append(data)


def test_page_is_whole_and_stands_alone(ours: tuple[codebook.Entry, ...]) -> None:
    found = Page()
    found.feed(text := page.write(ours, "A <b> & c", ["lead `x`"], ["**Mind** `y`"]))
    assert not found.open
    assert len(found.ids) == len(set(found.ids))
    assert all(link.startswith("#") and link[1:] in found.ids for link in found.links)
    assert not {"script", "img", "link"} & set(found.tags)
    assert "A &lt;b&gt; &amp; c" in text
    assert "<strong>Mind</strong> <code>y</code>" in text
    assert "prefers-color-scheme: dark" in text
    assert Counter(found.rows) == Counter(row.column for entry in ours for row in entry.columns)
