"""The front page: map, timeline and table are one, by mouse and by keyboard, and it is light."""

import gzip
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from browser import visit
from browser.visit import Enter, Visitor
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
UNIT = '[data-territory="kirovohrad-oblast"]'
# What a mark shows as when a view leaves it out: gone, faded or marked so.
LIT = """marks => marks.filter(mark => { const style = getComputedStyle(mark);
    return mark.getClientRects().length && style.visibility !== 'hidden' && parseFloat(style.opacity) > 0.5
        && mark.getAttribute('aria-disabled') !== 'true' && !mark.classList.contains('off') }).length"""


def lit(page: Page, marks: str) -> int:
    """Count the marks that the view keeps."""
    found: int = page.locator(marks).evaluate_all(LIT)
    return found


def test_the_front_page_has_its_parts(visitor: Visitor) -> None:
    page = visitor.open("index.html")
    units = page.locator("[data-territory]").evaluate_all("m => m.map(e => e.dataset.territory)")
    oblasts = {row["territory_id"] for row in visitor.site.rows("territories")
               if row["type"] in {"oblast", "autonomous_republic", "special_city"}
               and row["iso_3166"].startswith("UA-")}  # fmt: skip
    assert len(oblasts) == 27
    assert oblasts <= set(units)
    assert page.locator("[data-site]").count() > 30
    assert page.locator("[data-event]").count() > 20
    text = page.locator("main").inner_text()
    assert "2026" in text
    assert re.search(r"General Assembly|68/262", text), "the viewpoint stands under the map"
    assert page.locator('main a[href*="disputes/"]').count() > 0


def test_the_map_filters_timeline_and_table(visitor: Visitor) -> None:
    page = visitor.open("index.html")
    rows, sites = len(visit.keys(page)), lit(page, "[data-site]")
    page.locator(UNIT).first.click()
    page.wait_for_function("() => /kirovohrad-oblast/.test(location.href)")
    page.wait_for_timeout(150)
    assert len(visit.keys(page)) < rows
    assert lit(page, "[data-site]") < sites
    assert visit.shown(page) < rows


def test_a_mark_of_the_timeline_filters_the_table(visitor: Visitor) -> None:
    page = visitor.open("index.html")
    rows = len(visit.keys(page))
    mark = page.locator("[data-event]").first
    key = mark.get_attribute("data-event") or ""
    mark.focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(150)
    if "/events/" in page.url:  # the mark is a link to its event
        assert key in page.url
    else:
        assert key in unquote(page.url)
        assert len(visit.keys(page)) < rows


def test_the_table_s_filters_reach_the_map(visitor: Visitor) -> None:
    page = visitor.open("index.html")
    sites, rows = lit(page, "[data-site]"), len(visit.keys(page))
    visit.select(page, "minerals", "Lithium")
    page.wait_for_timeout(300)
    assert 0 < lit(page, "[data-site]") < sites
    assert len(visit.keys(page)) < rows


def test_a_link_to_the_front_page_brings_the_view_back(visitor: Visitor, enter: Enter) -> None:
    first = visitor.open("index.html")
    first.locator(UNIT).first.click()
    first.wait_for_function("() => /kirovohrad-oblast/.test(location.href)")
    first.wait_for_timeout(150)
    second = enter().open(first.url)
    second.wait_for_timeout(150)
    assert visit.keys(second) == visit.keys(first)
    assert lit(second, "[data-site]") == lit(first, "[data-site]")


@pytest.mark.parametrize("key", ["Enter", "Space"])
@pytest.mark.parametrize("mark", ["[data-territory]", "[data-event]", "[data-site]"])
def test_marks_answer_to_keys(visitor: Visitor, mark: str, key: str) -> None:
    page = visitor.open("index.html")
    found = page.locator(mark).first
    is_link = found.evaluate("e => e.closest('a') !== null")
    before = page.url
    found.evaluate("e => (e.closest('a') || e).focus()")
    assert page.evaluate("document.activeElement !== document.body"), "the mark takes no focus"
    page.keyboard.press("Enter" if is_link else key)
    page.wait_for_function("before => location.href !== before", arg=before)


def test_a_choice_is_undone(visitor: Visitor) -> None:
    page = visitor.open("index.html")
    whole = visit.shown(page)
    page.locator(UNIT).first.click()
    page.wait_for_function("() => /kirovohrad-oblast/.test(location.href)")
    page.wait_for_timeout(100)
    page.locator(UNIT).first.click()
    page.wait_for_timeout(100)
    if visit.shown(page) != whole:
        page.locator("#filters button[type=reset], #reset, #clear").first.click()
        page.wait_for_timeout(100)
    assert visit.shown(page) == whole


def test_the_front_page_is_light(visitor: Visitor, say: object) -> None:
    page = visitor.open("index.html")
    page.wait_for_timeout(300)
    needed = {unquote(urlsplit(url).path) for url in visitor.asked if url.startswith("file:")}
    sizes = {Path(path).name: len(gzip.compress(Path(path).read_bytes(), 6)) for path in needed}
    assert callable(say)
    say(f"front page: {sum(sizes.values()) / 1000:.1f} kB gzipped, in {len(sizes)} files: {sizes}")
    assert "index.html" in sizes
    assert sum(sizes.values()) <= 250_000
