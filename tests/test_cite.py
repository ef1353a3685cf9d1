"""Cite finds the passage and prints a row of evidence, or normalises an address and prints a source's."""

# ruff: noqa: RUF001  # marks and letters as sources print them

import csv
import hashlib
import io
from pathlib import Path

import package_of
import pytest

from ukraine_minerals import cite, cli, descriptor, read
from ukraine_minerals.errors import PackageError
from ukraine_minerals.model import Tables

TEXT = (
    "\ufeffFirst line.\n\n  \nThe fund’s value is “at least” $500 billion, officials said – more than half.\n"
    "Kyiv offered 500 million.\n\nУ Києві сказали: «ні».\n"
)
SOURCES = package_of.schema(
    *("source_id", "title", "publisher_id", "url", "language", "type", "family", "accessed", "text_sha256"),
    primaryKey=["source_id"],
)
ROWS = (
    "daily-fund,Fund is worth 500 billion say officials in Kyiv,daily,"
    "https://www.daily.example/news/fund-worth-500-billion-officials-kyiv,en,news,fund-story,2026-11-22,{digest}\n"
    "weekly-a,A,weekly,https://weekly.example/a?id=1,uk,news,weekly-a,2026-11-22,\n"
)
EVIDENCE = package_of.schema(
    *("evidence_id", "table_name", "row_key", "field_name", "source_id", "paragraph", "as_printed"),
    *("read_as", "stance", "reading"),
    primaryKey=["evidence_id"],
)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "daily-fund.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def tables(tmp_path: Path, text: Path) -> Tables:
    rows = ROWS.format(digest=hashlib.sha256(text.read_bytes()).hexdigest())
    heads = [",".join(field["name"] for field in schema["fields"]) for schema in (SOURCES, EVIDENCE)]
    path = package_of.write(
        tmp_path,
        {"name": "sources", "schema": SOURCES, "text": f"{heads[0]}\n{rows}"},
        {"name": "evidence", "schema": EVIDENCE, "text": f"{heads[1]}\n"},
    )
    return read.tables(descriptor.load(path))[0]


def row(printed: str, kind: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    names = [field["name"] for field in kind["fields"]]
    [line] = csv.DictReader(io.StringIO(printed), names)
    return line


@pytest.mark.parametrize(
    ("words", "paragraph", "anchor"),
    [
        ("500 billion", "2", "$500 billion"),
        ("FUND'S value", "2", "fund’s value"),
        ("'at least'", "2", "at least"),
        ("officials more", "2", "officials said – more"),
        ("500 million", "3", "500 million"),
        ("Києві ні", "4", "Києві сказали: «ні»"),
    ],
)
def test_a_passage(tables: Tables, text: Path, words: str, paragraph: str, anchor: str) -> None:
    given = {"table": "sources", "row": "weekly-a", "field": "title"}
    printed, remarks = cite.run(tables, str(text), words, given)
    found = row(printed, EVIDENCE)
    assert (found["paragraph"], found["as_printed"]) == (paragraph, anchor)
    assert anchor in TEXT
    assert (found["evidence_id"], found["source_id"], found["read_as"]) == ("", "daily-fund", "full_text")
    assert (found["table_name"], found["row_key"], found["field_name"]) == ("sources", "weekly-a", "title")
    assert [remark[:3] for remark in remarks if "any row" not in remark] == ["for"]


def test_words_that_stand_twice_or_nowhere(tables: Tables, text: Path) -> None:
    printed, remarks = cite.run(tables, str(text), "500", {})
    assert printed.count("\n") == 2
    assert any("paragraphs 2, 3" in remark for remark in remarks)
    for words, told in (
        ("officials zebra", 'paragraph 2 has most of them, but not "zebra"'),
        ("fund half", "but not within 8 words"),
        ("zebra", "no paragraph holds any"),
    ):
        printed, [remark] = cite.run(tables, str(text), words, {})
        assert not printed
        assert told in remark


def test_what_is_to_be_minded(tables: Tables, text: Path) -> None:
    text.write_text(TEXT + "More.\n", encoding="utf-8")
    given = {"table": "sources", "row": "weekly-b", "field": "titel"}
    remarks = "\n".join(cite.run(tables, str(text), "million", given)[1])
    assert "not the one that daily-fund was read from" in remarks
    assert '"weekly-b" is no row of sources. did you mean "weekly-a"?' in remarks
    assert '"titel" is no column of sources. did you mean "title"?' in remarks
    remarks = "\n".join(cite.run(tables, str(text), "said", {"source": "daily-fun", "table": "source"})[1])
    assert 'no source yet; did you mean "daily-fund"?' in remarks
    assert "give --table and --row" in remarks
    assert '"said" could stand for any row' in remarks


@pytest.mark.parametrize(
    "address",
    [
        "http://daily.example/news/fund-worth-500-billion-officials-kyiv/",
        "https://m.DAILY.example/news/fund-worth-500-billion-officials-kyiv?utm_source=x#:~:text=a",
        "www.daily.example/news/fund-worth-500-billion-officials-kyiv?fbclid=1",
    ],
)
def test_a_page_that_is_there(tables: Tables, address: str) -> None:
    printed, [remark] = cite.run(tables, address, "", {})
    assert not printed
    assert 'the page is there already: source "daily-fund"' in remark


def test_a_story_under_another_address(tables: Tables) -> None:
    address = (
        "http://WWW.weekly.example:443/2025/02/08/fund-worth-500-billion-say-officials?id=7&gclid=x#:~:text=a"
    )
    printed, remarks = cite.run(tables, address, "", {"accessed": "2026-11-23"})
    assert row(printed, SOURCES) == {
        "source_id": "weekly-fund-worth-billion-say",
        "title": "",
        "publisher_id": "weekly",
        "url": "https://www.weekly.example/2025/02/08/fund-worth-500-billion-say-officials?id=7",
        "language": "uk",
        "type": "news",
        "family": "fund-story",
        "accessed": "2026-11-23",
        "text_sha256": "",
    }
    assert any('story of "daily-fund" under another address' in remark for remark in remarks)
    assert any("holds the day 2025-02-08" in remark for remark in remarks)
    assert "fill in title" in remarks


def test_a_page_of_a_new_publisher(tables: Tables) -> None:
    printed, remarks = cite.run(tables, "https://amp.new.example/a1b2", "Україна і fund today", {})
    found = row(printed, SOURCES)
    assert (found["publisher_id"], found["family"]) == ("", "new-fund-today")
    assert any("name its publisher" in remark for remark in remarks)
    assert any("is not the publisher" in remark for remark in remarks)


def test_what_cannot_be_cited(tables: Tables, text: Path) -> None:
    for what, words in (
        ("https://x", ""),
        (str(text), ""),
        (str(text), "a " * 9),
        ("none.txt", "a"),
        ("mailto://a b", ""),
    ):
        with pytest.raises(PackageError):
            cite.run(tables, what, words, {})
    with pytest.raises(PackageError, match="no table sources"):
        cite.run(Tables(tables.package, {}), "https://a.example/b", "", {})


def test_the_row_alone_goes_to_standard_output(
    tables: Tables, text: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = ["--package", tables.package.path]
    assert cli.main(["cite", str(text), "$500", "billion", *package]) == 0
    shown = capsys.readouterr()
    assert shown.out == ",,,,daily-fund,2,$500 billion,full_text,supports,stated\n"
    assert shown.err.endswith(
        "for evidence: evidence_id,table_name,row_key,field_name,source_id,paragraph,"
        "as_printed,read_as,stance,reading\n"
    )
    assert cli.main(["cite", str(text), "zebra", *package]) == 1
