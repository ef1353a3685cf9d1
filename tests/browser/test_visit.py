"""The guards themselves: what they shall find, they find on a page made for it."""

from pathlib import Path

import pytest
from browser import hostile, visit
from browser.site_of import Site
from browser.test_hostile import HARM, NONE
from browser.test_kinds import AXE, violations
from browser.test_ways import FOCUS
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def faults(browser: Browser, folder: Path, body: str) -> list[str]:
    (folder / "index.html").write_text(f"<!doctype html><meta charset=utf-8>{body}", encoding="utf-8")
    visitor = visit.enter(browser, Site(folder, folder, 0))
    visitor.open("index.html").wait_for_timeout(100)
    visitor.context.close()
    return visitor.faults


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<img src=https://probe.invalid/x.png>", "outside request: https://probe.invalid/x.png"),
        ("<script>fetch('http://probe.invalid').catch(() => 0)</script>", "outside"),
        ("<script src=missing.js></script>", "failed: file:"),
        ("<script>console.error('told')</script>", "console: told"),
        ("<script>throw Error('thrown')</script>", "error: thrown"),
        (
            '<meta http-equiv="Content-Security-Policy" content="script-src \'none\'"><script>1</script>',
            "console: Executing inline script violates",
        ),
    ],
)  # fmt: skip
def test_a_fault_is_found(browser: Browser, tmp_path: Path, body: str, fault: str) -> None:
    found = faults(browser, tmp_path, body)
    assert any(fault in text for text in found), found


def test_a_sound_page_has_no_fault(browser: Browser, tmp_path: Path) -> None:
    assert faults(browser, tmp_path, "<p>Sound.<script>console.log(1)</script>") == []


@pytest.mark.parametrize("text", hostile.TEXTS[:3])
def test_hostile_text_does_harm_where_it_is_not_escaped(browser: Browser, tmp_path: Path, text: str) -> None:
    (tmp_path / "index.html").write_text(f'<title>{text}</title><p title="{text}">{text}', encoding="utf-8")
    visitor = visit.enter(browser, Site(tmp_path, tmp_path, 0))
    assert visitor.open("index.html").evaluate(HARM) != NONE
    visitor.context.close()


def test_axe_and_the_focus_see_what_is_wrong(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        '<html><p style="color:#aaa;background:#fff">Pale<img src="data:,"><button style="outline:0">x',
        encoding="utf-8",
    )
    visitor = visit.enter(browser, Site(tmp_path, tmp_path, 0))
    page = visitor.open("index.html")
    page.evaluate(AXE)
    found = " ".join(violations(page))
    assert all(rule in found for rule in ("color-contrast", "image-alt", "html-has-lang", "document-title"))
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["ring"] is False
    visitor.context.close()
