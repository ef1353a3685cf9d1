"""The ways in which people read: by keyboard alone, without script, on a phone, in the dark, on paper."""

import pytest
from browser import site_of, visit
from browser.visit import Enter, Visitor

pytestmark = pytest.mark.browser
KINDS = pytest.mark.parametrize("path", site_of.KINDS.values(), ids=site_of.KINDS)
FOCUS = """() => { const e = document.activeElement, box = e.getBoundingClientRect(),
    style = getComputedStyle(e), all = [...document.querySelectorAll('*')];
    return {place: all.indexOf(e), tag: e.tagName.toLowerCase() + (e.id ? '#' + e.id : ''),
        seen: box.width > 0 && box.height > 0 && box.right > 0 && box.bottom > 0
            && box.left < innerWidth && box.top < innerHeight,
        ring: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1)
            || style.boxShadow !== 'none'
            || (e instanceof SVGElement && parseFloat(style.strokeWidth) >= 1.5)} }"""


@KINDS
def test_by_keyboard_alone(visitor: Visitor, path: str) -> None:
    page = visitor.open(path)
    places: list[int] = []
    for step in range(25):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus["tag"] == "body" or (places and focus["place"] == places[0]):
            break  # once around
        assert focus["seen"], f"{step}: {focus['tag']} has the focus and is not seen"
        assert focus["ring"], f"{step}: {focus['tag']} does not show that it has the focus"
        places.append(focus["place"])
    assert places == sorted(places), "the order of tabs is not that of the page"
    assert len(places) >= 1 or "embed" in path


def test_the_first_tab_skips_to_the_content(visitor: Visitor) -> None:
    page = visitor.open("agreements/index.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_filter_is_chosen_and_a_record_opened_by_keys(visitor: Visitor) -> None:
    page = visitor.open("agreements/index.html")
    visit.unfold(page)
    control = page.locator('#filters [name="type"]').first
    control.focus()
    assert page.evaluate("document.activeElement.name") == "type"
    before = visit.shown(page)
    if control.evaluate("e => e.tagName") == "SELECT":
        page.keyboard.type("Bilat")
    else:
        page.keyboard.press("Space")
    page.wait_for_timeout(200)
    assert visit.shown(page) < before
    page.locator("tr[data-key]:visible a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    assert page.locator("body").get_attribute("data-page") == "record"


@KINDS
def test_without_script(plain: Visitor, path: str) -> None:
    page = plain.open(path)
    assert page.locator("h1").is_visible()
    assert len(page.locator("body").inner_text()) > 40
    for hidden in ("#filters", "#download-csv", "#download-json", "#copy-link"):
        assert page.locator(hidden).filter(visible=True).count() == 0, f"{hidden} does nothing without script"


def test_without_script_all_rows_are_there(plain: Visitor) -> None:
    page = plain.open("agreements/index.html")
    assert page.locator("tr[data-key]").filter(visible=True).count() == len(plain.site.keys("agreements"))
    page = plain.open("index.html")
    assert page.locator("tr[data-key]").filter(visible=True).count() > 20
    assert page.locator("[data-territory]").count() >= 27


def test_without_script_a_record_tells_its_evidence(plain: Visitor) -> None:
    key = "finland-ukraine-security-agreement"
    text = plain.open(f"agreements/{key}/index.html").locator("main").inner_text()
    for row in plain.site.rows("evidence"):
        if (row["table_name"], row["row_key"]) == ("agreements", key):
            assert row["as_printed"] in text
    for words in ("Alexander Stubb", "Volodymyr Zelenskyy", "Ukraine and Finland sign", "3 Apr 2024"):
        assert words in text, words


@pytest.mark.parametrize("path", ["index.html", "events/index.html"])
def test_on_a_phone_filters_are_folded_and_unfold(enter: Enter, path: str) -> None:
    page = enter(size=visit.PHONE, touch=True).open(path)
    controls = page.locator("#filters select, #filters input[type=date], #filters input[type=checkbox]")
    assert controls.count() > 0
    assert controls.filter(visible=True).count() == 0
    page.locator("details:has(#filters) > summary, #filters summary").first.tap()
    page.wait_for_timeout(100)
    assert controls.filter(visible=True).count() > 0


def test_on_a_phone_the_map_stays_in_view(enter: Enter) -> None:
    page = enter(size=visit.PHONE, touch=True).open("index.html")
    unit = page.locator('[data-territory="kirovohrad-oblast"]').first
    box = page.locator("svg:has([data-territory])").first.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= visit.PHONE[0]
    unit.tap()
    page.wait_for_timeout(150)
    after = page.locator("svg:has([data-territory])").first.bounding_box()
    assert after
    assert after["y"] < visit.PHONE[1]
    assert after["y"] + after["height"] > 0


@pytest.mark.parametrize("path", ["index.html", site_of.KINDS["record"], site_of.KINDS["table"]])
def test_on_paper_only_the_content_stands(visitor: Visitor, path: str) -> None:
    page = visitor.open(path)
    page.emulate_media(media="print")
    assert page.locator("#filters, #q, #download-csv, nav").filter(visible=True).count() == 0
    assert page.locator("h1").is_visible()


def test_a_picture_is_embedded(visitor: Visitor) -> None:
    host = visitor.site.folder.parent / "host.html"
    frame = f'<iframe title="x" width="700" height="500" src="{visitor.site.url(site_of.KINDS["embed"])}">'
    host.write_text(f'<!doctype html><html lang="en"><title>Host</title>{frame}</iframe>', encoding="utf-8")
    page = visitor.open(host.as_uri())
    inside = page.frame_locator("iframe")
    assert inside.locator('body[data-page="embed"] svg, body[data-page="embed"] img').first.is_visible()
    assert "CC BY" in inside.locator("body").inner_text().replace("\u00a0", " ")
