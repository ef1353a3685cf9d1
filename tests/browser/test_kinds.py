"""Each kind of page, light and dark, at a desk and on a phone: its parts, and axe-core without violation."""

from importlib import resources

import pytest
from browser import site_of, visit
from browser.visit import Visitor
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
MORE = {
    "events": "events/index.html",
    "site": "sites/dobra-lithium-deposit/index.html",
    "dispute": "disputes/bessent-zelenskyy-meeting-held/index.html",
    "source": "sources/reuters-finland-agreement/index.html",
}
# What one template makes again and again is judged by its first few: axe takes seconds for more.
SHORTEN = """() => { const most = {tr: 6, li: 10, option: 3, section: 8, dd: 12};
    for (const [e, n] of Object.entries(most))
        document.querySelectorAll(`main ${e}:nth-of-type(n+${n + 1})`).forEach(found => found.remove()) }"""
MORE_ARE = {"events": "table", "site": "record", "dispute": "record", "source": "record"}
COLOURS = ("color-contrast", "link-in-text-block")
RUN = """options => axe.run(document, options).then(found => found.violations.map(violation =>
    `${violation.id}: ${violation.help}: ` + violation.nodes.slice(0, 3).map(node =>
        `${node.target.join(' ')} ${(node.any[0] || {}).message || ''}`).join('; ')))"""


def violations(page: Page, *rules: str) -> list[str]:
    """Give the violations on a page, of all rules or of those named."""
    options: dict[str, object] = {"resultTypes": ["violations"], "preload": False}
    if rules:
        options["runOnly"] = {"type": "rule", "values": list(rules)}
    found: list[str] = page.evaluate(RUN, options)
    return found


LIGHT = """() => { for (const e of [document.body, document.documentElement]) {
    const [r, g, b, a = 1] = getComputedStyle(e).backgroundColor.match(/[\\d.]+/g).map(Number);
    if (a !== 0) return (r + g + b) / 765 } return 1 }"""
WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"


@pytest.mark.parametrize(
    ("kind", "path"), [*site_of.KINDS.items(), *MORE.items()], ids=[*site_of.KINDS, *MORE]
)
def test_a_page_of_each_kind(visitor: Visitor, kind: str, path: str) -> None:
    """Look at one page in each light and at each width: its parts, its colours, its sides, and axe."""
    page = visitor.open(path)
    assert page.locator("body").get_attribute("data-page") == (
        kind if kind in site_of.KINDS else MORE_ARE[kind]
    )
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1
    assert page.locator("header #q[type=search]").count() == (kind != "embed")
    page.set_viewport_size({"width": visit.PHONE[0], "height": visit.PHONE[1]})
    wide, seen = page.evaluate(WIDTHS)
    assert wide <= seen == visit.PHONE[0], "on a phone it runs off the side"
    page.evaluate(SHORTEN)
    page.evaluate(AXE)
    found = [f"phone, light: {text}" for text in violations(page)]
    assert page.evaluate(LIGHT) > 0.8
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(LIGHT) < 0.25
    found += [f"phone, dark: {text}" for text in violations(page, *COLOURS)]
    page.set_viewport_size({"width": visit.WIDE[0], "height": visit.WIDE[1]})
    found += [f"wide, dark: {text}" for text in violations(page)]
    page.emulate_media(color_scheme="light")
    found += [f"wide, light: {text}" for text in violations(page, *COLOURS)]
    assert found == []
