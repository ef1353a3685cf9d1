"""changes.csv and the feed tell of each tagged version what came, went and changed."""

import csv
import datetime as dt
import io
from pathlib import Path
from xml.etree import ElementTree as ET

from ukraine_minerals.model import Package
from ukraine_minerals.review import changes, feed
from ukraine_minerals.review.change import Cell, Review, Row, SchemaChange, Step

ROWS = (
    Row("t", "removed", "a", "a", 2, (Cell("name", "A", ""),), "Not so."),
    Row("t", "merged", "b", "c", 3, (), "The same."),
    Row("t", "renamed", "e", "d", 4, (Cell("name", "D", "E"),), "Wrong place."),
    Row("t", "changed", "f", "f", 5, (Cell("name", "F\x01", "=1\nж"),)),
    Row("t", "added", "g", "g", 6),
)
FOUND = Review(
    "", "", ("", ""), "major", ROWS, (SchemaChange("t", "x", "column-added", new="x"),), (), (), ()
)


PACKAGE = Package(Path(), "", {"name": "n", "contributors": [{"title": "A & B"}]}, (), ())


def step(version: str, review: Review | None, notes: str = "- Words.\n- More.") -> Step:
    return Step(PACKAGE, version, dt.datetime(2026, 1, 2, tzinfo=dt.UTC), 5, 1, review, notes)


def test_a_line_for_each_row_and_cell() -> None:
    text = changes.write([step("1.0.0", None), step("2.0.0", FOUND)])
    header, *lines = csv.reader(io.StringIO(text, newline=""))
    assert tuple(header) == changes.FIELDS
    assert {tuple(line[:3]) for line in lines} == {("2.0.0", "2026-01-02", "t")}
    assert [line[3:] for line in lines] == [
        ["", "x", "", "x", "column-added", ""],
        ["a", "", "a", "", "removed", "Not so."],
        ["a", "name", "A", "", "removed", "Not so."],
        ["b", "", "b", "c", "merged", "The same."],
        ["d", "", "d", "e", "renamed", "Wrong place."],
        ["e", "name", "D", "E", "renamed", "Wrong place."],
        ["f", "name", "F\x01", "=1\nж", "changed", ""],
        ["g", "", "", "g", "added", ""],
    ]


def test_the_feed_is_xml_whatever_is_told() -> None:
    steps = [step("1.0.0", None, "<b>\x00\ufffe & ]]>")]
    text = feed.write(steps)
    read = ET.fromstring(text)  # noqa: S314  # our own
    assert "<b>\\x00\\ufffe & ]]>" in "".join(read.itertext())
    assert "http" not in text.replace("http://www.w3.org/2005/Atom", "")
    assert text == feed.write(steps)


def test_nothing_without_tags(tmp_path: Path) -> None:
    assert changes.files(tmp_path / "datapackage.json") == {}
