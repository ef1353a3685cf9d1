"""The pictures: whole, honest, legible, alike at every run, and with no word that could do harm."""

import csv
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
import small_package

from ukraine_minerals import cli, descriptor, pictures, read
from ukraine_minerals.errors import PackageError
from ukraine_minerals.model import Tables
from ukraine_minerals.pictures import (
    amounts,
    gallery,
    page,
    raster,
    style,
)
from ukraine_minerals.pictures import svg as writing
from ukraine_minerals.pictures.picture import NARROW, WIDE, About, Picture, Rows, Sheet

ROOT = Path(__file__).parents[1]
SVG = "{http://www.w3.org/2000/svg}"
KEYS = {
    "deal-timeline": "id",
    "sites-map": "site_id",
    "occupied-share": "territory_control_id",
    "agreements": "agreement_id",
    "amounts-committed": "commitment_id",
    "five-hundred-billion": "claim_id",
    "disputes": "dispute_id",
}
SIZES = {"title": 23.0, "small": 11.5, "tiny": 10.0}
EACH = pytest.mark.parametrize("picture", pictures.PICTURES, ids=lambda picture: picture.name)


@pytest.fixture(scope="module")
def tables() -> Tables:
    return read.tables(descriptor.load(ROOT / "datapackage.json"))[0]


@pytest.fixture(scope="module")
def about(tables: Tables) -> About:
    return pictures.of(tables)


@pytest.fixture(scope="module")
def rows(tables: Tables) -> dict[Picture, Rows]:
    return pictures.rows(tables)


SHEET = pytest.mark.parametrize("sheet", [WIDE, NARROW], ids=["wide", "narrow"])


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314  # our own


def data(root: ET.Element) -> list[ET.Element]:
    return [found for found in root.iter(f"{SVG}g") if "datum" in found.get("class", "").split()]


def test_each_picture_is_told_once() -> None:
    names = [picture.name for picture in pictures.PICTURES]
    assert len(set(names)) == len(names)
    assert set(names) == set(KEYS)
    for picture in pictures.PICTURES:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", picture.name)
        assert "sources" in picture.columns
        assert all(picture.columns.values())


@EACH
def test_a_picture_is_well_formed_and_told_in_words(
    picture: Picture, rows: dict[Picture, Rows], about: About
) -> None:
    root = parsed(page.svg(picture, rows[picture], about))
    first, second, *_ = root
    assert (first.tag, second.tag) == (f"{SVG}title", f"{SVG}desc")
    assert first.text == picture.title
    assert len(second.text or "") > 80
    assert root.get("aria-labelledby") == f"{first.get('id')} {second.get('id')}"
    shown = " ".join("".join(found.itertext()) for found in root.iter(f"{SVG}text")).replace("\u00a0", " ")
    for word in (f"version {about.version}", about.cutoff, "CC BY 4.0"):
        assert word in shown


@EACH
@SHEET
def test_every_row_is_drawn_once(
    picture: Picture, rows: dict[Picture, Rows], about: About, sheet: Sheet
) -> None:
    found = data(parsed(page.svg(picture, rows[picture], about, sheet)))
    assert len(found) == len(rows[picture]) > 5
    drawn = [{value for name, value in datum.items() if name.startswith("data-")} for datum in found]
    wanted = [str(row[KEYS[picture.name]]) for row in rows[picture]]
    assert [key for key in wanted if not any(key in values for values in drawn)] == []
    assert all(next(iter(datum)).tag == f"{SVG}title" for datum in found)


@EACH
@SHEET
def test_nothing_outside_is_asked_for(
    picture: Picture, rows: dict[Picture, Rows], about: About, sheet: Sheet
) -> None:
    text = page.svg(picture, rows[picture], about, sheet)
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "", 1)
    assert not re.search(r"href|url\(|@import|<script|<image|<foreignObject|\son\w+=", text)
    assert str(ROOT) not in text
    assert len(text.encode()) < 75_000


def test_the_same_data_give_the_same_text(tables: Tables, rows: dict[Picture, Rows], about: About) -> None:
    assert pictures.of(tables) == about
    for picture, again in pictures.rows(tables).items():
        assert again == rows[picture]
        assert page.svg(picture, again, about) == page.svg(picture, rows[picture], about)


@EACH
@SHEET
def test_words_stay_on_the_sheet(
    picture: Picture, rows: dict[Picture, Rows], about: About, sheet: Sheet
) -> None:
    root = parsed(page.svg(picture, rows[picture], about, sheet))
    for found, down in placed(root, 0):
        classes = found.get("class", "").split()
        size = next((SIZES[name] for name in classes if name in SIZES), 13.0) * (
            1.15 if "head" in classes else 1
        )
        wide = writing.width("".join(found.itertext()), size)
        before = {"middle": 0.5, "end": 1.0}.get(found.get("text-anchor", ""), 0.0)
        left = float(found.get("x", "0")) - wide * before
        assert left > 3, "".join(found.itertext())
        assert left + wide < sheet.width, "".join(found.itertext())
        assert 0 < float(found.get("y", "0")) + down < float(root.get("height", "0")), "".join(
            found.itertext()
        )


def placed(element: ET.Element, down: float) -> Iterator[tuple[ET.Element, float]]:
    moved = re.match(r"translate\(0 ([\d.]+)\)", element.get("transform", ""))
    down += float(moved[1]) if moved else 0
    for child in element:
        if child.tag == f"{SVG}text":
            yield child, down
        yield from placed(child, down)


HOSTILE = "\"></text><script>alert(1)</script><a href='https://x.invalid'>&amp;]]>\x00\x1b\ud800 Ґ"
WORDS = {
    "title",
    "name",
    "name_uk",
    "summary",
    "item",
    "speaker",
    "organisation",
    "asserted_by",
    "committed_by",
}


@EACH
def test_hostile_words_stay_words(picture: Picture, rows: dict[Picture, Rows], about: About) -> None:
    found = [
        {name: HOSTILE if name in WORDS and cell is not None else cell for name, cell in row.items()}
        for row in rows[picture]
    ]
    text = page.svg(picture, found, About(HOSTILE, HOSTILE, HOSTILE, HOSTILE, about.units))
    root = parsed(text)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "style", "rect", "g", "path", "circle", "text",
    }  # fmt: skip
    assert "alert(1)" in "".join(root.itertext())
    html = gallery.html([(picture, text, text)], About(HOSTILE, HOSTILE, HOSTILE, HOSTILE), (".svg",))
    assert "<script" not in html


@EACH
@SHEET
def test_no_rows_are_an_empty_picture(picture: Picture, about: About, sheet: Sheet) -> None:
    assert data(parsed(page.svg(picture, [], about, sheet))) == []


def test_the_map_has_all_units(rows: dict[Picture, Rows], about: About) -> None:
    picture = next(picture for picture in rows if picture.name == "sites-map")
    root = parsed(page.svg(picture, rows[picture], about))
    units = {found.get("data-territory") for found in root.iter() if found.get("class") == "unit"}
    assert len(units) == 27
    assert {"crimea", "sevastopol", "donetsk-oblast"} <= units
    shapes = [found for found in root.iter() if found.get("class") == "unit"]
    assert all(len(found[1].get("d", "")) > 20 for found in shapes)


def test_parts_are_left_out_and_nothing_is_added(rows: dict[Picture, Rows], tables: Tables) -> None:
    given = tables.by_name["commitments"].columns
    parts = {key for key, whole in zip(given["commitment_id"], given["part_of"], strict=True) if whole}
    drawn = rows[amounts.AMOUNTS]
    assert parts
    assert not parts & {row["commitment_id"] for row in drawn}
    stated = dict(zip(given["commitment_id"], given["amount"], strict=True))
    assert all(float(stated[row["commitment_id"]]) == row["amount"] for row in drawn)


def classes(text: str) -> set[str]:
    return {word for found in re.findall(r'class="([^"]*)"', text) for word in found.split()}


def test_all_files_are_written_and_alike(
    tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raster, "fonts", list)
    monkeypatch.setattr(raster, "png", lambda svg, _: style.flat(svg).encode())
    files = pictures.run(tables, tmp_path / "one")
    pictures.run(tables, tmp_path / "two")
    names = {entry.path for entry in files} | {"manifest.json"}
    assert names == {path.name for path in (tmp_path / "one").iterdir()}
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    listed = json.loads((tmp_path / "one" / "manifest.json").read_text("utf-8"))["files"]
    for entry in listed:
        if "rows" in entry:
            with (tmp_path / "one" / entry["path"]).open(encoding="utf-8", newline="") as file:
                assert len(list(csv.DictReader(file))) == entry["rows"]
    html = (tmp_path / "one" / "index.html").read_text("utf-8")
    assert html.count("<svg") == 2 * len(pictures.PICTURES)
    assert not re.search(r"<script|<link|src=|url\(|https?://(?!www\.w3\.org/2000/svg)", html)
    named = set(re.findall(r"\.([a-z-]+)", html[: html.index("</style>")]))
    used = {word for svg in re.findall(r"<svg.*?</svg>", html, re.DOTALL) for word in classes(svg)}
    assert {"frame", "on-page"} <= named
    assert not named & used, "the page's style would reach into the pictures"
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(set(ids)) == len(ids)
    for link in re.findall(r'href="([^"#]+)"', html):
        assert link in names


def test_the_verb_draws_without_png(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "pictures"
    assert cli.main(["pictures", str(ROOT / "datapackage.json"), "--no-png", "--out", str(out)]) == 0
    assert "7 pictures in 22 files" in capsys.readouterr().out
    assert not list(out.glob("*.png"))
    assert ".png" not in (out / "index.html").read_text("utf-8")


def test_another_package_is_told_that_it_has_no_such_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = small_package.write(tmp_path)
    assert cli.main(["pictures", str(path), "--no-png"]) == 2
    assert "no such table" in capsys.readouterr().err


def test_png_is_painted_alike(rows: dict[Picture, Rows], about: About) -> None:
    pytest.importorskip("resvg_py")
    try:
        fonts = raster.fonts()
    except PackageError as error:
        pytest.skip(str(error))
    picture = next(picture for picture in rows if picture.name == "disputes")
    text = page.svg(picture, rows[picture], about)
    assert not re.search(r"var\(|@media", style.flat(text))
    image = raster.png(text, fonts)
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(image[16:20]) == raster.ZOOM * WIDE.width
    assert image == raster.png(text, fonts)
