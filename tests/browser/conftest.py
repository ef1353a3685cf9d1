"""One Chromium for all, a context for each test, the sites built once; a fault of a page fails its test."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from browser import chromium, hostile, site_of, visit
from browser.site_of import KEPT, RETIRED, Row, Site
from playwright.sync_api import Browser, sync_playwright

_LINES: list[str] = []


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run these tests last: Playwright keeps an event loop running from its first use."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what was measured, or why nothing was."""
    for line in _LINES:
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def say() -> Any:
    """Print a line at the end of the run."""
    return _LINES.append


@pytest.fixture(scope="session")
def browser(say: Any) -> Iterator[Browser]:
    """Start Chromium; without one the tests are skipped, or fail where the run requires them."""
    path = chromium.find()
    if path is None:
        reason = chromium.missing()
        say(f"BROWSER TESTS NOT RUN: {reason}")
        (pytest.fail if chromium.required() else pytest.skip)(reason)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path)
        yield started
        started.close()


@pytest.fixture(scope="session")
def site(say: Any) -> Iterator[Site]:
    """Build the site of our package."""
    with site_of.room() as folder:
        built = site_of.build(site_of.ROOT, folder / "dist" / "site")
        files = [path for path in built.folder.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files)
        say(f"site: {len(files):,} files, {size / 1e6:.1f} MB, built in {built.seconds:.2f} s")
        yield built


@pytest.fixture(scope="session")
def hostile_site() -> Iterator[Site]:
    """Build the site of a copy in which every text would do harm, and one key is retired."""
    schemas = hostile.schemas(site_of.ROOT)

    def change(table: str, rows: list[Row]) -> list[Row]:
        if table == "redirects":
            return [{"table_name": "agreements", "old_key": RETIRED, "new_key": KEPT, "reason": "renamed",
                     "version": "0.1.0"}]  # fmt: skip
        return [hostile.row(schemas[table], row, number) for number, row in enumerate(rows)]

    with site_of.room() as folder:
        yield site_of.build(site_of.copy(folder / "package", change), folder / "dist" / "site")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing of each request."""


@pytest.fixture
def served(site: Site) -> Iterator[str]:
    """Serve the site on this machine, two folders down; give the address of its front page's folder."""
    top = site.folder.parents[1]
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(top))) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/{site.folder.relative_to(top)}/"
        server.shutdown()
        thread.join()


@pytest.fixture
def enter(browser: Browser, site: Site) -> Iterator[visit.Enter]:
    """Open contexts; at the end of the test none of them may have met a fault."""
    visitors: list[visit.Visitor] = []

    def opened(of: Site | None = None, **options: Any) -> visit.Visitor:
        visitors.append(visit.enter(browser, of or site, **options))
        return visitors[-1]

    yield opened
    for visitor in visitors:
        visitor.context.close()
    assert [fault for visitor in visitors for fault in visitor.faults] == []


@pytest.fixture(scope="session")
def _desk(browser: Browser, site: Site) -> visit.Visitor:
    return visit.enter(browser, site)


@pytest.fixture(scope="session")
def _plain(browser: Browser, site: Site) -> visit.Visitor:
    return visit.enter(browser, site, script=False)


@pytest.fixture(scope="session")
def _wicked(browser: Browser, hostile_site: Site) -> visit.Visitor:
    return visit.enter(browser, hostile_site)


@pytest.fixture
def visitor(_desk: visit.Visitor) -> Iterator[visit.Visitor]:
    """Sit down at a desk. Its context is opened once: a new one for each test takes a third of a second."""
    yield from _fresh(_desk)


@pytest.fixture
def plain(_plain: visit.Visitor) -> Iterator[visit.Visitor]:
    """Sit down at a desk whose browser runs no script."""
    yield from _fresh(_plain)


@pytest.fixture
def wicked(_wicked: visit.Visitor) -> Iterator[visit.Visitor]:
    """Sit down before the hostile site."""
    yield from _fresh(_wicked)


def _fresh(visitor: visit.Visitor) -> Iterator[visit.Visitor]:
    visitor.page.goto("about:blank")
    visitor.page.set_viewport_size({"width": visit.WIDE[0], "height": visit.WIDE[1]})
    visitor.page.emulate_media(color_scheme="light", media="screen")
    visitor.context.clear_permissions()
    visitor.faults.clear()
    visitor.asked.clear()
    visitor.clicks = 0
    yield visitor
    assert visitor.faults == []
