"""Pages from templates: one environment, one layout, relative addresses, everything from the data escaped."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from ukraine_minerals.metadata.about import About

HERE = Path(__file__).parent / "templates"
NAVIGATION = (
    ("", "Overview"),
    ("agreements/", "Agreements"),
    ("timeline/", "Events"),
    ("sites_latest/", "Deposits and sites"),
    ("disputes/", "Disputes"),
    ("sources/", "Sources"),
    ("charts/", "Charts"),
    ("method/", "Method"),
    ("downloads/", "Downloads"),
)
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


@dataclass(frozen=True, slots=True)
class Site:
    """Where pages go: the new folder, the words that stand on each page, and the files written so far."""

    folder: Path
    about: About
    templates: jinja2.Environment
    has: frozenset[str]
    written: dict[str, int] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)


def open_site(folder: Path, about: About, has: frozenset[str]) -> Site:
    """Compile the templates; `has` are the tables, views and pages that the navigation may name."""
    environment = jinja2.Environment(
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        loader=jinja2.FileSystemLoader(HERE),
        auto_reload=False,
    )
    environment.filters["thousands"] = lambda count: f"{count:,}"
    navigation = [(path, label) for path, label in NAVIGATION if not path or path.rstrip("/") in has]
    environment.globals.update(about=about, navigation=navigation, has=has)
    return Site(folder, about, environment, has)


def write(site: Site, path: str, template: str, **context: object) -> None:
    """Render a page to `path`, such as events/KEY/index.html; `up` leads from it to the site's root."""
    depth = path.count("/")
    here = path.removesuffix("index.html") if depth < 2 else ""
    head, foot = (_frame(site.templates, name, depth, here) for name in ("head.html", "foot.html"))
    render = _template(site.templates, template).render
    save(site, path, render(up="../" * depth, head=head, foot=foot, **context) + "\n")


@cache
def _frame(environment: jinja2.Environment, name: str, depth: int, here: str) -> Markup:
    """Render what frames every page of a depth; `here` is the page that the navigation marks."""
    at_front = depth == 0
    found = _template(environment, name).render(up="../" * depth, here=here, at_front=at_front)
    return Markup(found + "\n")  # noqa: S704  # from our own template


@cache
def _template(environment: jinja2.Environment, name: str) -> jinja2.Template:
    return environment.get_template(name)


def save(site: Site, path: str, text: str) -> None:
    """Write a text file into the new folder."""
    parent = path.rpartition("/")[0]
    if parent and parent not in site.folders:
        (site.folder / parent).mkdir(parents=True, exist_ok=True)
        site.folders.add(parent)
    content = text.encode("utf-8", "replace")
    with open(f"{site.folder}/{path}", "wb") as file:  # noqa: PTH123  # ten thousand times: Path costs
        file.write(content)
    site.written[path] = len(content)


def script_data(name: str, value: object) -> str:
    """Write data as a script that sets a global, which works from file:// where fetch does not."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return f"window.{name}={text};\n"


def json_ld(value: Mapping[str, object]) -> Markup:
    """Write JSON for a script element: no text of it can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for letter, code in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(letter, code)
    return Markup(text)  # noqa: S704  # escaped as JSON


def is_path(key: str) -> bool:
    """Say whether a key can be the name of a folder."""
    return bool(_SLUG.fullmatch(key))


def address(url: str) -> str:
    """Give a web address that may be a link, else nothing: no other scheme is followed."""
    return url if re.match(r"https?://[^\s\"<>]+\Z", url) else ""


def path_of(key: str) -> str:
    """Quote a key for an address."""
    return quote(key)


def digest(text: str) -> str:
    """Give the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
