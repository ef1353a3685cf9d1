"""The codebook as one accessible HTML page that needs no other file and no script."""

import re
from collections.abc import Sequence
from pathlib import Path

import jinja2
from markupsafe import Markup, escape

from ukraine_minerals.export.codebook import Entry


def write(entries: Sequence[Entry], title: str, lead: Sequence[str], points: Sequence[str]) -> str:
    """Write the whole codebook; `lead` (lines) and `points` (to mind) stand before the tables."""
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    environment.filters["code"] = _code
    template = environment.from_string(Path(__file__).with_name("page.html.j2").read_text(encoding="utf-8"))
    return template.render(entries=entries, title=title, lead=lead, points=points) + "\n"


def _code(text: str) -> Markup:
    """Escape a text, and set what stands between backticks as code, between double stars as strong."""
    marked = re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text)))
    return Markup(re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", marked))  # noqa: S704  # escaped
