"""The files of the site, read without a browser: every link leads somewhere, every record has its page."""

import gzip
import html
import json
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from browser import site_of
from browser.site_of import KEPT, RETIRED, Site

pytestmark = pytest.mark.browser
_ID = re.compile(rb'\s(?:id|name)="([^"]*)"')


def test_every_internal_link_and_asset_resolves(site: Site) -> None:
    folder = str(site.folder)
    files = {str(path) for path in site.folder.rglob("*") if path.is_file()}
    anchors: dict[str, set[str]] = {}
    wanted: dict[tuple[str, str], str] = {}
    broken: set[str] = set()
    pages = {str(path): path.read_bytes() for path in site.pages()}
    assert len(pages) > 3000
    for page, content in pages.items():
        here = page.rpartition("/")[0]
        for address in set(site_of.links(content)):
            url = urlsplit(html.unescape(address))
            if url.scheme in {"http", "https", "mailto", "data"}:
                continue
            target = str(_normal(here, unquote(url.path))) if url.path else page
            if url.scheme or url.netloc or url.path.startswith("/") or target not in files:
                broken.add(f"{page.removeprefix(folder)}: {address}")
            elif url.fragment and target.endswith(".html") and "=" not in url.fragment:
                wanted.setdefault((target, url.fragment), page)
    for (target, fragment), page in wanted.items():
        if target not in anchors:
            anchors[target] = {found.decode() for found in _ID.findall(pages[target])}
        if unquote(fragment) not in anchors[target]:
            broken.add(f"{page.removeprefix(folder)}: {target.removeprefix(folder)}#{fragment}")
    assert sorted(broken)[:20] == []


def _normal(here: str, path: str) -> str:
    parts = here.split("/")
    for part in path.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def test_style_sheets_ask_for_nothing_that_is_not_there(site: Site) -> None:
    for sheet in site.folder.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert "@import" not in text
        for found in re.findall(r"url\(\s*[\"']?([^\"')]+)", text):
            assert found.startswith(("data:", "#")) or (sheet.parent / found).is_file(), found


@pytest.mark.parametrize("table", site_of.RECORDS)
def test_every_record_has_its_permanent_address(site: Site, table: str) -> None:
    for row in site.rows(table):
        key = next(iter(row.values()))
        page = site.folder / table / key / "index.html"
        assert page.is_file(), f"{table}/{key}"
        text = json.dumps(json.loads((page.parent / "record.json").read_text("utf-8")), ensure_ascii=False)
        lost = [value for value in row.values() if json.dumps(value, ensure_ascii=False)[1:-1] not in text]
        lost = [value for value in lost if not _held(value, text)]
        assert lost == [], f"{table}/{key}/record.json"


def _held(value: str, text: str) -> bool:
    """Say whether a number or a list stands in JSON in its own form."""
    parts = value.split(";")
    if len(parts) > 1:
        return all(json.dumps(part.strip(), ensure_ascii=False) in text for part in parts)
    return any(re.fullmatch(r"-?[0-9.]+", value) and float(value) == float(n) for n in _numbers(text))


def _numbers(text: str) -> list[str]:
    return re.findall(r"(?<![\w.\"-])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?", text)


def test_every_row_of_every_table_is_readable_without_script(site: Site) -> None:
    for path in sorted((site.package / "data").glob("*.csv")):
        rows = site_of.rows(path)
        table = path.stem
        keys = json.loads((site.package / f"schemas/{table}.json").read_text("utf-8"))["primaryKey"]
        wanted = {"/".join(row[key] for key in keys) for row in rows}
        pages = [page.read_text("utf-8") for page in sorted((site.folder / table).glob("*.html"))]
        found = {
            html.unescape(key) for page in pages for key in re.findall(r'<tr[^>]* data-key="([^"]*)"', page)
        }
        assert sorted(wanted - found)[:5] == [], table
        assert sorted(found - wanted)[:5] == [], table


def test_every_page_says_what_it_is(site: Site) -> None:
    kinds = set(site_of.KINDS)
    for page in site.pages():
        head = page.read_text("utf-8")
        if 'http-equiv="refresh"' in head:
            continue
        body = re.search(r'<body[^>]* data-page="([^"]*)"', head)
        assert body, page
        assert body[1] in kinds, page
        assert re.search(r'<html[^>]* lang="en"', head), page
        assert re.search(r"<title>[^<]{5,}</title>", head), page
        assert "Content-Security-Policy" in head, page
        assert 'name="viewport"' in head, page


def test_no_script_or_style_stands_in_a_page(site: Site) -> None:
    """A strict policy allows files and listed hashes alone; no handler stands in an attribute."""
    for page in site.pages():
        text = page.read_text("utf-8")
        policy = html.unescape(re.findall(r'Content-Security-Policy"\s+content="([^"]*)"', text)[0])
        assert "default-src 'none'" in policy, page
        assert "unsafe" not in policy, page
        assert "http" not in policy, page
        assert not re.search(r"""<[a-z]+(?:\s[\w:-]+="[^"]*")*\son[a-z]+=""", text), page
        assert not re.search(r"<[a-z][^>]*\sstyle=", text), page
        assert 'href="javascript:' not in text.lower(), page


@pytest.mark.audit
def test_the_site_is_alike_when_built_again(site: Site, tmp_path: Path) -> None:
    again = site_of.build(site_of.ROOT, tmp_path / "dist" / "site")
    first, second = (
        {str(path.relative_to(of.folder)): path for path in of.folder.rglob("*") if path.is_file()}
        for of in (site, again)
    )
    assert set(first) == set(second)
    assert [name for name, path in first.items() if path.read_bytes() != second[name].read_bytes()] == []


def test_the_site_names_no_path_of_the_machine(site: Site) -> None:
    here = str(site.folder.parent).encode()
    for path in site.folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert here not in content, path
            assert str(site_of.ROOT).encode() not in content, path


def test_a_retired_key_leads_to_its_heir(hostile_site: Site) -> None:
    page = hostile_site.folder / "agreements" / RETIRED / "index.html"
    text = page.read_text("utf-8")
    refresh = re.findall(r'http-equiv="refresh"\s+content="0;\s*url=([^"]*)"', text)
    assert refresh == [f"../{KEPT}/index.html"]
    assert refresh[0] in site_of.links(page.read_bytes())


def test_the_data_are_described_for_search_engines(site: Site) -> None:
    text = (site.folder / "index.html").read_text("utf-8")
    found = re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', text, re.DOTALL)
    assert [json.loads(entry)["@type"] for entry in found] == ["Dataset"]


def test_no_page_is_heavy(site: Site) -> None:
    heavy = {str(p.relative_to(site.folder)): len(gzip.compress(p.read_bytes(), 6)) for p in site.pages()
             if p.stat().st_size > 1_000_000}  # fmt: skip
    assert {name: size for name, size in heavy.items() if size > 250_000} == {}
