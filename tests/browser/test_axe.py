"""axe-core finds no violation on any kind of page, light and dark, at a desk and on a phone."""

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
# What one template makes again and again is judged by its first dozen: axe takes seconds for more.
SHORTEN = """() => { const many = ['tr', 'li', 'option', 'section'].map(e => `main ${e}:nth-of-type(n+13)`);
    document.querySelectorAll(many).forEach(e => e.remove()) }"""
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


@pytest.mark.parametrize("path", [*site_of.KINDS.values(), *MORE.values()])
def test_axe_finds_nothing(visitor: Visitor, path: str) -> None:
    page = visitor.open(path)
    page.evaluate(SHORTEN)
    page.evaluate(AXE)
    found = [f"wide, light: {text}" for text in violations(page)]
    page.emulate_media(color_scheme="dark")
    found += [f"wide, dark: {text}" for text in violations(page, "color-contrast", "link-in-text-block")]
    page.set_viewport_size({"width": visit.PHONE[0], "height": visit.PHONE[1]})
    found += [f"phone, dark: {text}" for text in violations(page)]
    page.emulate_media(color_scheme="light")
    found += [f"phone, light: {text}" for text in violations(page, "color-contrast", "link-in-text-block")]
    assert found == []
