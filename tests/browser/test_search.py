"""Search finds a record by its name, its Ukrainian name, an alias and a misspelling."""

import pytest
from browser.visit import Visitor

pytestmark = pytest.mark.browser
FOUND = [
    ("Zelenskiy", "officials/volodymyr-zelenskyy"),
    ("Zelensky", "officials/volodymyr-zelenskyy"),
    ("Kyrovohrad", "territories/kirovohrad-oblast"),
    ("Kirovograd", "territories/kirovohrad-oblast"),
    ("Зеленський", "officials/volodymyr-zelenskyy"),
    ("Кіровоградська", "territories/kirovohrad-oblast"),
    ("Scott Besent", "officials/scott-bessent"),
    ("AMKR GOK", "sites/arcelormittal-kryvyi-rih-mines"),
    ("lithium", "minerals/lithium"),
    ("Finland agreement", "agreements/finland-ukraine-security-agreement"),
]


@pytest.mark.parametrize(("words", "record"), FOUND, ids=[words for words, _ in FOUND])
def test_search_finds(visitor: Visitor, words: str, record: str) -> None:
    page = visitor.open("index.html")
    page.locator("#q").fill(words)
    page.locator("#q").press("Enter")
    page.wait_for_selector('body[data-page="search"]')
    page.wait_for_selector(f'main a[href*="{record}/"]')
    links = page.locator("main a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    records = [link for link in links if link.count("/") >= 2 and link.endswith("index.html")]
    assert any(record in link for link in records[:5]), records[:5]
    assert "q=" in page.url


def test_search_of_nothing_says_so(visitor: Visitor) -> None:
    page = visitor.open("index.html")
    page.locator("#q").fill("qxzjwvqk")
    page.locator("#q").press("Enter")
    page.wait_for_selector('body[data-page="search"]')
    page.wait_for_timeout(300)
    assert "qxzjwvqk" in page.locator("main").inner_text() + page.locator("#q").input_value()
    assert "no" in page.locator("main").inner_text().lower()


def test_the_index_is_loaded_at_first_use(visitor: Visitor) -> None:
    page = visitor.open("index.html")
    page.wait_for_timeout(200)
    before = set(visitor.asked)
    page.locator("#q").focus()
    page.locator("#q").press_sequentially("Zel")
    page.wait_for_timeout(500)
    assert {url for url in set(visitor.asked) - before if url.endswith(".js")}
