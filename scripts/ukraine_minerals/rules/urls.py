"""An address leads to the page itself, by the shortest safe way, and stands once.

A pattern can ask for https, but knows no trackers, no mirrors, and no two spellings of one address.
"""

# ruff: noqa: SIM905  # names in one text
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ukraine_minerals import problem, values
from ukraine_minerals.model import Field, Table, Tables
from ukraine_minerals.problem import Problem
from ukraine_minerals.rules import lookup

_URL = (
    r"(?P<scheme>https?)://(?P<host>(?:[\w-]+\.)+[^\W\d_][\w-]+)(?::(?P<port>\d{1,5}))?"
    r"(?P<path>/[^\s?#<>\"{}|\\^`]*)?(?:\?(?P<query>[^\s#<>\"{}|\\^`]*))?"
    r"(?P<fragment>#[^\s<>\"{}|\\^`]*)?"
)
_TRACKING = frozenset(
    (
        "fbclid gclid dclid gbraid wbraid msclkid yclid twclid ttclid igshid igsh mc_cid mc_eid _hsenc "
        "_hsmi mkt_tok vero_id oly_anon_id oly_enc_id s_cid cmpid ref_src ref_url smid sref wt_mc "
        "at_medium at_campaign _ga _gl"
    ).split()
)
_PROXIES = frozenset(
    (
        "archive.org archive.ph archive.today archive.is archive.fo archive.li archive.md archive.vn "
        "perma.cc ghostarchive.org freezepage.com webcache.googleusercontent.com translate.goog "
        "translate.google.com ampproject.org scribd.com r.jina.ai 12ft.io outline.com removepaywall.com "
        "wikiwand.com ipfs.io dweb.link wikipedia-on-ipfs.org newsbreak.com "
        "newszop.com t.co bit.ly tinyurl.com"
    ).split()
)

_COPIES = ("amp", "stg", "staging")


class Address(NamedTuple):
    """A web address in its parts; `query` has its pairs, without those that track."""

    is_safe: bool
    host: str
    port: str
    path: str
    query: tuple[str, ...]
    fragment: str
    tracks: bool


def check(tables: Tables) -> Iterator[Problem]:
    """Find addresses that are malformed, unsafe, tracked, second-hand or double."""
    for table in tables.by_name.values():
        for field in table.resource.fields:
            if field.format == "uri" or field.name in ("url", "archive_url", "text_url"):
                yield from _addresses(table, field)
        if table.resource.name == "sources":
            yield from _doubles(table)


def _addresses(table: Table, field: Field) -> Iterator[Problem]:
    for index, text in enumerate(lookup.column(table, field.name)):
        for code, message, hint in faults(text, is_archive=field.name == "archive_url") if text else ():
            # what is no URI at all has a type-error already
            if code != "url-form" or values.read(field, text) is not None:
                yield problem.at(table, index, field.name, code, message, hint)


@cache
def _read(text: str) -> Address | None:
    match = re.fullmatch(_URL, text)
    if match is None:
        return None
    scheme, host, port, path, query, fragment = match.groups("")
    pairs = [pair for pair in query.split("&") if pair] if query else []
    kept = tuple([pair for pair in pairs if not _is_tracking(pair.partition("=")[0].lower())])
    return Address(scheme == "https", host.lower(), port, path, kept, fragment, len(kept) < len(pairs))


def _is_tracking(name: str) -> bool:
    return name in _TRACKING or name.startswith("utm_")


@cache
def faults(text: str, *, is_archive: bool) -> tuple[tuple[str, str, str], ...]:
    """Give the faults of one address, each with code, message and hint."""
    url = _read(text)
    if url is None:
        return (("url-form", "this is no web address", "write https://host/path"),)
    if is_archive:
        return ()
    found = []
    if not url.is_safe:
        found.append(("url-https", "the address is not safe", "write https" + text.removeprefix("http")))
    if url.tracks:
        clean = text.partition("?")[0] + "?" * bool(url.query) + "&".join(url.query) + url.fragment
        found.append(("url-tracking", "the address tracks its reader", f"write {clean}"))
    if _is_proxy(url.host) or (url.host == "www.google.com" and url.path.startswith(("/amp/s/", "/url"))):
        message, hint = f"{url.host} is not the publisher", "give its own address; a copy goes to archive_url"
        inner = re.search(r".(https?(?:://|%3A%2F%2F)[^\s&]+)", text)
        if inner:
            from urllib.parse import unquote  # noqa: PLC0415  # only a run with faults pays for it

            hint = f"write {canonical(unquote(inner[1])) or unquote(inner[1])}; a copy goes to archive_url"
        found.append(("url-proxy", message, hint))
    return tuple(found)


@cache
def _is_proxy(host: str) -> bool:
    labels = host.split(".")
    return labels[0] in _COPIES or any(".".join(labels[start:]) in _PROXIES for start in range(len(labels)))


def _doubles(table: Table) -> Iterator[Problem]:
    keys = lookup.keys(table)
    first: dict[str, int] = {}
    for index, text in enumerate(lookup.column(table, "url")):
        address = normalise(text) if text else ""
        rival = first.setdefault(address, index)
        if address and rival != index:
            message = f"the same page as {keys[rival]} ({table.columns['url'][rival]})"
            hint = "keep one of the two rows"
            yield problem.at(table, index, "url", "url-duplicate", message, hint)


def canonical(text: str) -> str:
    """Give an address as a row should have it: safe, untracked, nothing marked; "" if it is no address."""
    url = _read(text)
    if url is None:
        return ""
    port = "" if url.port in ("", "80", "443") else f":{url.port}"
    fragment = "" if url.fragment.startswith("#:~:") or url.fragment == "#" else url.fragment
    return f"https://{url.host}{port}{url.path}" + "?" * bool(url.query) + "&".join(url.query) + fragment


def normalise(text: str) -> str:
    """Give what two addresses of one page have in common; "" if it is no address."""
    inner = re.search(r".(https?://\S+)", text)  # an archive's copy
    url = _read(inner[1] if inner and "archive" in text[: inner.start()] else text)
    if url is None:
        return ""
    first, _, rest = url.host.partition(".")
    host = rest if first in ("www", "m", "mobile", "amp") else url.host
    port = "" if url.port in ("", "80", "443") else f":{url.port}"
    path = url.path.rstrip("/").removesuffix("/amp")
    return f"{host}{port}{path}" + (f"?{'&'.join(url.query)}" if url.query else "")
