"""Tagged versions -> an Atom feed (RFC 4287), one entry each; it names no address, only URNs."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as ET

from ukraine_minerals.report import plain
from ukraine_minerals.review.change import Step
from ukraine_minerals.review.text import TITLES

_ATOM = "http://www.w3.org/2005/Atom"  # the name of a vocabulary
_NAMESPACE = uuid.UUID(
    "b6a1c0c2-6f0e-5c3b-9d52-1c6a5d3f7e41"
)  # of all feeds of this program; never to change


def write(steps: Sequence[Step]) -> str:
    """Write the feed, the newest version first."""
    ET.register_namespace("", _ATOM)
    descriptor = steps[-1].package.descriptor
    name = str(descriptor.get("name", "package"))
    root = ET.Element(f"{{{_ATOM}}}feed")
    _add(root, "id", _urn(name))
    _add(root, "title", f"{descriptor.get('title', name)}: changes of the data")
    _add(root, "updated", _time(max(step.time for step in steps)))
    authors: list[Any] = descriptor.get("contributors", [])
    for title in [str(author.get("title", name)) for author in authors] or [name]:
        _add(_add(root, "author"), "name", title)
    for step in reversed(steps):
        entry = _add(root, "entry")
        _add(entry, "id", _urn(f"{name} {step.version}"))
        _add(entry, "title", f"Version {step.version}")
        _add(entry, "updated", _time(step.time))
        _add(entry, "content", "\n".join([_told(step), *step.notes.splitlines()])).set("type", "text")
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _told(step: Step) -> str:
    if step.review is None:
        return f"First version: {step.rows:,} rows in {step.tables} tables."
    kinds = {kind: sum(row.kind == kind for row in step.review.rows) for kind in TITLES}
    words = [f"{count:,} rows {kind}" for kind, count in kinds.items() if count]
    words += [f"{len(step.review.schemas):,} changes of schemas"] * bool(step.review.schemas)
    return (", ".join(words) or "No row changed") + f"; {step.rows:,} rows in {step.tables} tables."


def _add(parent: ET.Element, tag: str, text: str = "") -> ET.Element:
    child = ET.SubElement(parent, f"{{{_ATOM}}}{tag}")
    if text:
        child.text = "\n".join(plain(line) for line in text.split("\n"))
    return child


def _urn(name: str) -> str:
    return uuid.uuid5(_NAMESPACE, name).urn


def _time(time: dt.datetime) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")
