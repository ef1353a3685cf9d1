"""The site as files: pages for all records, nothing from outside, links that lead somewhere."""

import csv
import gzip
import html
import json
import re
import shutil
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import pytest

from ukraine_minerals import descriptor, read, site
from ukraine_minerals.errors import PackageError
from ukraine_minerals.model import Tables
from ukraine_minerals.site import book, markup, pages, prose

ROOT = Path(__file__).parents[1]
HOSTILE = '<img src=x onerror="alert(1)">&amp;</script><script>alert(2)</script>'


@pytest.fixture(scope="module")
def tables() -> Tables:
    return read.tables(descriptor.load(ROOT / "datapackage.json"))[0]


@pytest.fixture(scope="module")
def built(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site") / "dist" / "site"
    site.run(tables, out)
    return out


def test_every_record_has_a_page_and_its_json(tables: Tables, built: Path) -> None:
    found = book.read(tables)
    assert {"agreements", "claims", "sources", "site_minerals"} <= found.paged
    assert not {"evidence", "agreement_parties", "mineral_listings", "redirects"} & found.paged
    for table in found.paged:
        for key, row in found.rows[table].items():
            folder = built / table / key
            assert (folder / "index.html").is_file(), key
            record = json.loads((folder / "record.json").read_text("utf-8"))
            assert record["row"] == {column: text for column, text in row.items() if text}
            assert len(record["evidence"]) == len(found.evidence.get((table, key), ()))


def test_every_table_and_view_has_a_page_with_its_rows(tables: Tables, built: Path) -> None:
    views = [Path(entry["query"]).stem for entry in tables.package.descriptor["views"] if "schema" in entry]
    for name in [*tables.by_name, *views]:
        text = (built / name / "index.html").read_text("utf-8")
        data = json.loads((built / name / "data.js").read_text("utf-8").removeprefix("window.TABLE=")[:-2])
        static = "".join(path.read_text("utf-8") for path in sorted((built / name).glob("*.html")))
        assert static.count("<tr data-key=") == len(data["rows"])
        for column in data["columns"]:
            assert f'name="{column["name"]}"' in text
        if name in tables.by_name:
            columns = tables.by_name[name].columns
            own = [row[: len(columns)] for row in data["rows"]]
            assert sorted(own) == sorted(list(row) for row in zip(*columns.values(), strict=True))


@pytest.mark.parametrize(("name", "column", "newest"), [("events", 1, True), ("sites", 1, False)])
def test_a_page_has_the_newest_first_or_the_order_of_names(
    built: Path, name: str, column: int, newest: bool
) -> None:
    data = json.loads((built / name / "data.js").read_text("utf-8").removeprefix("window.TABLE=")[:-2])
    told = [row[column].removeprefix("../").casefold() for row in data["rows"]]
    assert told == sorted(told, reverse=newest)
    assert told[0] != told[-1]


def test_the_front_page_says_of_which_day_the_newest_source_is(tables: Tables, built: Path) -> None:
    days = [text for text in tables.by_name["sources"].columns["published"] if len(text) == 10]
    assert f"newest source is of <strong>{max(days)}</strong>" in (built / "index.html").read_text("utf-8")


def test_lists_have_a_blank_after_each_part(tables: Tables, built: Path) -> None:
    aliases = next(text for text in tables.by_name["sites"].columns["aliases"] if ";" in text)
    shown = html.unescape((built / "sites/index.html").read_text("utf-8"))
    assert aliases.replace(";", "; ") in shown
    assert aliases not in shown


def test_the_page_of_the_sources_counts_what_each_is_evidence_for(tables: Tables, built: Path) -> None:
    evidence, errata = (tables.by_name[name].columns for name in ("evidence", "errata"))
    cited = zip(evidence["source_id"], evidence["table_name"], evidence["row_key"], strict=True)
    rows = Counter(source for source, *_ in set(cited))
    slips = Counter(errata["source_id"])
    data = json.loads((built / "sources/data.js").read_text("utf-8").removeprefix("window.TABLE=")[:-2])
    assert len(data["rows"]) == len(tables.by_name["sources"].lines)
    for key, row in zip(data["keys"], data["rows"], strict=True):
        assert row[-2:] == [str(rows[key]), str(slips[key])], key


def test_nothing_comes_from_outside_and_nothing_is_inline(built: Path) -> None:
    for path in built.rglob("*.html"):
        text = path.read_text("utf-8")
        assert "default-src 'none'" in text, path
        assert "unsafe" not in text.partition("</head>")[0], path
        assert not re.search(r"<[^>]*\s(?:style|on\w+)=", re.sub(r'"[^"]*"', '""', text)), path
        for found in re.findall(r"<(?:script|img|link|source|iframe|image)\b[^>]*", text):
            assert not re.search(r'(?:src|href|srcset)="(?:https?:)?//', found), path


def test_links_lead_to_files(built: Path) -> None:
    there: dict[Path, bool] = {}
    for path in built.rglob("*.html"):
        for found in set(re.findall(r'(?:href|src|srcset)="([^"]+)"', path.read_text("utf-8"))):
            address = unquote(html.unescape(found)).partition("#")[0].partition("?")[0]
            if not address or re.match(r"[a-z]+:", address):
                continue
            target = Path(f"{path.parent}/{address}")
            if target not in there:
                there[target] = target.is_file()
            assert there[target], f"{path}: {address}"


def test_the_front_page_is_light(built: Path) -> None:
    parts = ("index.html", "front.js", "assets/style.css", "assets/script.js")
    assert sum(len(gzip.compress((built / part).read_bytes())) for part in parts) < 250_000
    text = (built / "index.html").read_text("utf-8")
    assert text.count("data-territory=") == 27
    linked = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert linked
    assert json.loads(linked[1])["@type"] == "Dataset"


def test_hostile_text_stays_text_and_a_retired_key_leads_on(tmp_path: Path) -> None:
    for entry in ("data", "schemas", "geo", "views"):
        shutil.copytree(ROOT / entry, tmp_path / entry)
    shutil.copy(ROOT / "datapackage.json", tmp_path)
    path = tmp_path / "data" / "events.csv"
    rows = list(csv.reader(path.read_text("utf-8").splitlines()))
    rows[1][rows[0].index("title")] = rows[1][rows[0].index("summary")] = HOSTILE
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    retired = tmp_path / "data" / "redirects.csv"
    retired.write_text(retired.read_text("utf-8") + f"events,old-key,{rows[1][0]},renamed,0.1.0\n", "utf-8")
    found = read.tables(descriptor.load(tmp_path / "datapackage.json"))[0]
    first = tmp_path / "a" / "site"
    site.run(found, first)
    for path in first.rglob("*.html"):
        text = path.read_text("utf-8")
        assert "<img src=x" not in text, path
        assert "<script>alert" not in text, path
    moved = (first / "events" / "old-key" / "index.html").read_text("utf-8")
    assert f'content="0; url=../{rows[1][0]}/index.html"' in moved


@pytest.mark.audit
def test_the_same_data_give_the_same_site(tables: Tables, built: Path, tmp_path: Path) -> None:
    again = tmp_path / "dist" / "site"
    site.run(tables, again)
    names = sorted(path.relative_to(built) for path in built.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    for name in names:
        assert (built / name).read_bytes() == (again / name).read_bytes(), name


def test_the_package_itself_is_left_alone(tables: Tables) -> None:
    with pytest.raises(PackageError, match="holds the package"):
        site.run(tables, ROOT)


@pytest.mark.parametrize("url", ["javascript:alert(1)", 'https://a"b', "data:text/html,x", ""])
def test_only_web_addresses_are_links(url: str) -> None:
    assert not pages.address(url)


def test_markup_is_escaped() -> None:
    assert "<img" not in markup.lines([markup.Line(HOSTILE, "a/", HOSTILE, "")])
    assert "<img" not in prose.render(HOSTILE)
    assert "<b>" not in pages.json_ld({"a": "<b>"})
