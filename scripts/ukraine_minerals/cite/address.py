"""An address -> the row of its source: normalised, what the package knows of its publisher filled in."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from ukraine_minerals.errors import PackageError
from ukraine_minerals.model import Table, Tables
from ukraine_minerals.rules import lookup, urls

_WORD = re.compile(r"[^\W_]{3,}")
_ALIKE = 0.6  # share of the words of the shorter title or address that both have
_SAME = 0.85


def cite(
    tables: Tables, text: str, title: str, given: Mapping[str, str]
) -> tuple[list[Mapping[str, str]], list[str]]:
    """Give the row of a source that is not there yet, and what to mind.

    Raises:
        PackageError: the text is no web address.
    """
    sources = tables.by_name["sources"]
    url = urls.canonical(text if "://" in text else f"https://{text}")
    if not url:
        raise PackageError(f"{text}: is no web address")
    page = urls.normalise(url)
    keys = lookup.keys(sources)
    for key, known in zip(keys, lookup.column(sources, "url"), strict=True):
        if known and urls.normalise(known) == page:
            return [], [f'the page is there already: source "{key}", {known}']
    remarks = [f"{message}: {hint}" for _, message, hint in urls.faults(url, is_archive=False)]
    host = _host(page)
    publisher = _usual(sources, "publisher_id", "url", lambda known: _host(urls.normalise(known)) == host)
    if not publisher:
        remarks.append(f"no source of {host} is there yet: name its publisher, from organisations")
    alike = sorted(_alike(sources, url, title), reverse=True)
    for share, key, family in alike[:3]:
        sure = "seems to be" if share >= _SAME else "may be"
        remarks.append(
            f'this {sure} the story of "{key}" under another address; then its family is "{family}"'
        )
    source = _key(publisher or host.split(".")[0], title, url, keys)
    day = re.search(r"/(20\d\d)[/-]?(\d\d)[/-]?(\d\d)(?!\d)", url)
    if day:
        remarks.append(
            f"the address holds the day {'-'.join(day.groups())}; look whether the page says so too"
        )
    remarks += [
        f"fill in {name}"
        for name, known in (("title", title), ("accessed", given.get("accessed")))
        if not known
    ]
    row = {
        "source_id": given.get("source") or source,
        "title": title,
        "publisher_id": publisher,
        "url": url,
        "language": _usual(sources, "language", "publisher_id", lambda known: known == publisher),
        "type": _usual(sources, "type", "publisher_id", lambda known: known == publisher),
        "family": alike[0][2] if alike and alike[0][0] >= _SAME else source,
        "accessed": given.get("accessed", ""),
    }
    return [row], remarks


def _usual(sources: Table, field: str, by: str, fits: Callable[[str], bool]) -> str:
    """Give the most frequent value of a field among the sources that fit, "" where none does."""
    pairs = zip(*lookup.columns(sources, field, by), strict=True)
    counts = Counter(value for value, known in pairs if known and value and fits(known))
    return counts.most_common(1)[0][0] if counts else ""


def _host(page: str) -> str:
    return page.partition("/")[0].partition("?")[0]


def _alike(sources: Table, url: str, title: str) -> Iterator[tuple[float, str, str]]:
    """Find sources whose title or address shares most of its words: how much, key, family."""
    own = [words for words in (_words(title), _words(_slug(url))) if len(words) >= 4]
    rows = zip(lookup.keys(sources), *lookup.columns(sources, "title", "url", "family"), strict=True)
    for key, known, address, family in rows:
        others = [words for words in (_words(known), _words(_slug(address))) if len(words) >= 4]
        share = max((len(a & b) / min(len(a), len(b)) for a in own for b in others), default=0.0)
        if share >= _ALIKE:
            yield share, key, family


def _slug(url: str) -> str:
    """Give the part of an address's path that names the page: the one with most words."""
    return max(
        urls.normalise(url).partition("/")[2].partition("?")[0].split("/"), key=lambda part: len(_words(part))
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(text.casefold()) if not word.isdecimal())


def _key(begin: str, title: str, url: str, taken: Sequence[str]) -> str:
    """Make a key from the publisher and the first words of the title; of the address if not Latin."""
    named = [re.findall(r"[a-z0-9]{3,}", text.casefold()) for text in (title, _slug(url))]
    words = [word for word in (named[0] if len(named[0]) > 1 else named[1]) if not word.isdecimal()][:4]
    key = "-".join([re.sub(r"[^a-z0-9]+", "-", begin).strip("-"), *words])[:70].strip("-")
    number, made = 2, key
    while made in taken:
        number, made = number + 1, f"{key}-{number}"
    return made
