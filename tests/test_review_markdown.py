"""The review as Markdown: plain text of what people wrote, and short enough for a comment."""

import html.parser
import json
import re
import shutil
import time
from pathlib import Path

import pytest
from reviewed_package import ROWS, compared

from ukraine_minerals import cli, review
from ukraine_minerals.review import markdown
from ukraine_minerals.review.change import Review, Row

ROOT = Path(__file__).parents[1]


HOSTILE = [
    "<script>alert(1)</script>",
    "</code></td></table><img src=x onerror=alert(1)>",
    "@everyone see #1 and https://example.org www.example.org [a](b) `c` ~~d~~",
    "::error file=x::y",
    "##[add-mask]x",
    "=HYPERLINK(1)",
    "\x1b[31m\u202e\x00",
    "a\n\n<h1>b</h1>\n\n::stop-commands::x",
    "x" * 10_000_000,
]


class Tags(html.parser.HTMLParser):
    """Collect the tags of a page, and the text that stands outside of `<code>`."""

    def __init__(self) -> None:  # noqa: D107
        super().__init__()
        self.tags: set[str] = set()
        self.bare = ""
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: D102
        self.tags.add(tag)
        assert not attrs or attrs == [("open", None)]
        self.depth += tag == "code"

    def handle_endtag(self, tag: str) -> None:  # noqa: D102
        self.depth -= tag == "code"

    def handle_data(self, data: str) -> None:  # noqa: D102
        if not self.depth:
            self.bare += data


@pytest.mark.parametrize("cell", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_cells_are_plain_text(tmp_path: Path, cell: str) -> None:
    quoted = cell.replace('"', '""')
    found = compared(tmp_path, rows=ROWS.replace(",old", f',"{quoted}"') + f'"{quoted}",n,mine,e,\n')
    shown = review.write(found, "markdown")
    assert len(shown.encode()) < 65_536
    page = Tags()
    page.feed(shown)
    assert page.tags <= {"p", "details", "summary", "table", "tr", "th", "td", "code"}
    assert not set(page.bare) & set("@#:=`\x1b")
    blocks = [block for block in shown.split("\n\n") if block]
    assert all(block.lstrip().startswith(("<!--", "<p>", "<details", "<table")) for block in blocks)
    lines = review.write(found, "text").splitlines()
    assert not any(line.startswith(("::", "##", "\x1b")) for line in lines)
    assert json.loads(review.write(found, "json"))["rows"]


@pytest.fixture
def thousand(tmp_path: Path) -> Path:
    """Give a folder with our package in which a thousand rows are changed."""
    for entry in ("data", "schemas"):
        shutil.copytree(ROOT / entry, tmp_path / entry)
    shutil.copy(ROOT / "datapackage.json", tmp_path)
    evidence = tmp_path / "data" / "evidence.csv"
    lines = evidence.read_text(encoding="utf-8").splitlines(keepends=True)
    changed = [line.replace(",supports,", ",mentions,") for line in lines]
    differing = [number for number, line in enumerate(lines) if changed[number] != line][:1000]
    lines = [changed[n] if n in set(differing) else line for n, line in enumerate(lines)]
    evidence.write_text("".join(lines), encoding="utf-8")
    return tmp_path


def test_a_thousand_changed_rows(thousand: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begin = time.perf_counter()
    found = review.run(str(ROOT), "", thousand / "datapackage.json")
    shown = review.write(found, "markdown")
    took_s = time.perf_counter() - begin
    with capsys.disabled():
        line = f"\nreview of {len(found.rows):,} changed rows: {took_s:.2f} s, {len(shown):,} characters"
        print(line)  # noqa: T201  # the figure, for whoever watches
    assert len(found.rows) == 1000
    assert len(shown.encode()) < 65_536
    kept = shown.count("<td><code>stance</code></td>")
    assert re.search(rf"Left out, because a comment has an end: .*{1000 - kept:,} of rows changed\.", shown)


def test_markdown_keeps_what_is_lost_and_says_what_it_leaves_out() -> None:
    rows = tuple(Row("t", kind, f"k{n}", f"k{n}", n) for kind in ("removed", "added") for n in range(1000))
    found = Review("a", "b", ("", ""), "major", rows, (), (), (), ())
    for longest in (2_000, 20_000, markdown.LONGEST):
        shown = markdown.write(found, longest)
        assert len(shown.encode()) <= longest
        removed = shown.count("<td></td><td></td>")
        assert (f"{1000 - removed:,} of rows removed" in shown) == (removed < 1000)
        assert "of rows added" in shown or longest == markdown.LONGEST


def test_our_own_package_against_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["review", str(ROOT), "--package", str(ROOT / "datapackage.json")]) == 0
    assert "no row changed" in capsys.readouterr().out
