"""A visitor: a browser context in which any outside request, error or failed asset is a fault."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from browser.site_of import Row, Site
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, Route

INSIDE = ("file:", "http://127.0.0.1:", "blob:", "data:", "about:")
WIDE, PHONE = (1280, 900), (390, 844)


def outside(url: str) -> bool:
    """Say whether an address leaves this machine."""
    return not url.startswith(INSIDE)


@dataclass
class Visitor:
    """One context and its page; `faults` has all that went wrong, `clicks` what a hand would have done."""

    site: Site
    context: BrowserContext
    page: Page
    faults: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    clicks: int = 0

    def open(self, path: str) -> Page:
        """Open a page of the site, or a whole address."""
        self.page.goto(path if ":" in path.split("/", maxsplit=1)[0] else self.site.url(path))
        return self.page

    def click(self, target: Locator) -> None:
        """Click, and count it."""
        target.click()
        self.clicks += 1

    def choose(self, column: str, value: str) -> None:
        """Choose in the filter of a column as a hand would: a fold is opened first.

        A list takes two clicks, to open and to choose, a field one.
        """
        control = self.page.locator(f'#filters [name="{column}"]').first
        if not control.is_visible():
            self.click(self.page.locator("details:has(#filters) > summary"))
        self.clicks += 2 if select(self.page, column, value) == "select" else 1


def enter(
    browser: Browser,
    site: Site,
    *,
    size: tuple[int, int] = WIDE,
    dark: bool = False,
    script: bool = True,
    touch: bool = False,
) -> Visitor:
    """Open a context with an empty page."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        java_script_enabled=script,
        has_touch=touch,
        reduced_motion="reduce",
        accept_downloads=True,
    )
    context.set_default_timeout(2500)
    visitor = Visitor(site, context, context.new_page())

    def refuse(route: Route) -> None:
        visitor.faults.append(f"outside request: {route.request.url}")
        route.abort()

    def said(message: ConsoleMessage) -> None:
        if message.type in {"error", "assert"}:
            visitor.faults.append(f"console: {message.text}")

    def failed(request: Request) -> None:
        if "ERR_ABORTED" not in (request.failure or ""):  # a visitor who goes on, and downloads
            visitor.faults.append(f"failed: {request.url}: {request.failure}")

    context.route(outside, refuse)
    context.on("console", said)
    context.on("weberror", lambda error: visitor.faults.append(f"error: {error.error}"))
    context.on("requestfailed", failed)
    context.on("request", lambda request: visitor.asked.append(request.url))
    return visitor


def select(page: Page, column: str, value: str) -> str:
    """Set the filter of a column; say what it is: a list (select), a box to tick, or a field to type in."""
    unfold(page)
    control = page.locator(f'#filters [name="{column}"]')
    kind: str = control.first.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
    if kind == "select":
        control.first.select_option(value)
    elif kind in {"checkbox", "radio"}:
        page.locator(f'#filters [name="{column}"][value="{value}"]').check()
    else:
        control.first.fill(value)
    return kind


def unfold(page: Page) -> None:
    """Open every fold that the filters stand in."""
    page.evaluate(
        """() => { const form = document.querySelector('#filters');
        for (let e = form; e; e = e.parentElement) if (e.tagName === 'DETAILS') e.open = true;
        form.querySelectorAll('details').forEach(e => { e.open = true }) }"""
    )


def keys(page: Page) -> list[str]:
    """Give the keys of the rows that are seen, top to bottom."""
    found: list[str] = page.locator("tr[data-key]").evaluate_all(
        "rows => rows.filter(row => row.getClientRects().length).map(row => row.dataset.key)"
    )
    return found


def shown(page: Page) -> int:
    """Give the count of rows that the page says it shows, its first number."""
    text = page.locator("#shown").first.inner_text()
    digits = "".join(c if c.isdigit() else " " for c in text.replace(",", "").replace("\u202f", ""))
    return int(digits.split()[0])


def downloaded(page: Page, button: str, folder: Path) -> bytes:
    """Press a button that downloads; give the bytes."""
    with page.expect_download() as waiting:
        page.locator(button).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path.read_bytes()


def csv_rows(content: bytes) -> list[Row]:
    """Read a downloaded CSV; it begins with a BOM, as spreadsheets want it."""
    assert content.startswith(b"\xef\xbb\xbf"), "no BOM"
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def json_rows(content: bytes) -> list[dict[str, Any]]:
    """Read downloaded JSON: a list of objects, or an object that holds one."""
    given = json.loads(content)
    found = given if isinstance(given, list) else next(v for v in given.values() if isinstance(v, list))
    return list(found)


Enter = Callable[..., Visitor]
