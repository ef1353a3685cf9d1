"""Hostile text in every column shows as text: no element is made of it, and nothing runs."""

import re

import pytest
from browser import hostile, site_of, visit
from browser.site_of import KEPT, RETIRED, Site
from browser.visit import Enter, Visitor

pytestmark = pytest.mark.browser
HARM = """() => ({run: window.probed !== undefined,
    made: document.querySelectorAll('probe, [onprobe], [onfocus], [onload], [onerror]').length,
    links: [...document.querySelectorAll('a')].filter(a => /^(javascript|data|vbscript):/i.test(
        a.getAttribute('href') || '')).length})"""
NONE = {"run": False, "made": 0, "links": 0}


TAG = re.compile(rb"""<[a-zA-Z][^\s<>/]*(?:\s+[\w:-]+(?:=(?:"[^"]*"|[^\s"'<>]+))?)*\s*/?>""")
VALUE = re.compile(rb'"[^"]*"')


def test_no_file_holds_the_text_as_markup(hostile_site: Site) -> None:
    """Every tag is one of ours: well formed, with no attribute that a text could have brought."""
    found = 0
    for page in hostile_site.pages():
        content = page.read_bytes()
        found += content.count(b"probe")
        where = page.relative_to(hostile_site.folder)
        tags = TAG.findall(content)
        assert len(tags) == len(re.findall(rb"<[a-zA-Z]", content)), f"{where}: a tag that is none of ours"
        bare = {VALUE.sub(b"", tag) for tag in tags}
        assert [tag for tag in bare if b" on" in tag or tag.startswith(b"<probe")] == [], where
    assert found > 10_000


@pytest.mark.parametrize(
    "path",
    [
        *site_of.KINDS.values(),
        *(f"{table}/index.html" for table in ("events", "claims", "sites", "officials", "timeline")),
        "sources/reuters-finland-agreement/index.html",
        "disputes/bessent-zelenskyy-meeting-held/index.html",
        "sites/dobra-lithium-deposit/index.html",
    ],
)
def test_nothing_runs(wicked: Visitor, path: str) -> None:
    page = wicked.open(path)
    page.keyboard.press("Tab")
    assert page.evaluate(HARM) == NONE


def test_hostile_text_is_shown_letter_for_letter(wicked: Visitor, hostile_site: Site) -> None:
    for table in ("agreements", "events", "claims", "officials", "sites", "disputes", "sources"):
        row = hostile_site.rows(table)[3]
        page = wicked.open(f"{table}/{next(iter(row.values()))}/index.html")
        text = " ".join(str(page.locator("body").text_content()).split())
        for name in hostile.free(hostile.schemas(hostile_site.package)[table]):
            for part in row[name].split(";") if name == "aliases" else [row[name]]:
                assert " ".join(part.split()) in text, f"{table}.{name}"
        assert page.evaluate(HARM) == NONE


def test_hostile_text_is_found_and_filtered_as_text(wicked: Visitor) -> None:
    page = wicked.open("index.html")
    page.locator("#q").fill("Volodymyr <probe>")
    page.wait_for_timeout(500)
    assert page.evaluate(HARM) == NONE
    page.locator("#q").press("Enter")
    page.wait_for_timeout(500)
    assert page.evaluate(HARM) == NONE
    assert page.locator("main a").filter(has_text="probe").count() > 0


@pytest.mark.parametrize("sign", ["?", "#"])
def test_a_hostile_address_does_nothing(visitor: Visitor, sign: str) -> None:
    wicked = "%22%3E%3Cprobe%3E%3Cimg%20src%3Dx%20onerror%3Dwindow.probed%3D1%3E"
    for path in ("index.html", "agreements/index.html", "search/index.html"):
        given = f"{sign}q={wicked}&type={wicked}&sort={wicked}&page={wicked}&territory={wicked}&__proto__=1"
        page = visitor.open(visitor.site.url(path) + given)
        page.reload()
        page.wait_for_timeout(100)
        assert page.evaluate(HARM) == NONE


def test_a_hostile_table_filters(wicked: Visitor, hostile_site: Site) -> None:
    page = wicked.open("agreements/index.html")
    visit.select(page, "type", "bilateral_security")
    page.wait_for_timeout(200)
    assert 0 < visit.shown(page) < len(hostile_site.rows("agreements"))
    assert page.evaluate(HARM) == NONE


def test_a_retired_key_redirects(enter: Enter, hostile_site: Site) -> None:
    for script in (True, False):
        page = enter(hostile_site, script=script).open(f"agreements/{RETIRED}/index.html")
        page.wait_for_url(f"**/agreements/{KEPT}/index.html")
        assert page.locator("body").get_attribute("data-page") == "record"
