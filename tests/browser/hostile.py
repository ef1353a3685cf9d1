"""Texts that would do harm where they are not shown as text, put wherever a schema allows any text."""

import json
from pathlib import Path
from typing import Any

from browser.site_of import Row

# `probe` is an element, `onprobe` an attribute and `probed` a variable that no page of ours has.
TEXTS = (
    "<probe>m</probe><script>window.probed=1</script><img src=x onerror=window.probed=1>",
    "\"onprobe='1' ' onprobe=\"1\" autofocus onfocus=window.probed=1 x=\"><probe>q</probe>",
    "</title></style></script></textarea></svg>--><probe>e</probe><svg onload=window.probed=1>",
    '=HYPERLINK("http://probe.invalid/","&lt;probe&gt;") {{7*7}} ${probed=1} `probe` \\u003cprobe\\u003e]]>',
    '[probe](javascript:window.probed=1) <a href=javascript:window.probed=1>probe</a> &amp;lt; \\"+probe+\\"',
)  # fmt: skip
NAMES_A_ROW = {
    "row_key",
    "table_name",
    "field_name",
    "old_key",
    "new_key",
}  # though no foreign key can say so


def schemas(root: Path) -> dict[str, dict[str, Any]]:
    """Read the schemas of a package."""
    return {
        path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (root / "schemas").glob("*.json")
    }


def free(schema: dict[str, Any]) -> set[str]:
    """Give the columns that take any text: no key, no list of values, no pattern, no form of its own."""
    bound = set(schema.get("primaryKey", ()))
    for key in schema.get("foreignKeys", ()):
        bound.update([key["fields"]] if isinstance(key["fields"], str) else key["fields"])
    return {
        field["name"]
        for field in schema["fields"]
        if field["type"] in {"string", "list"}
        and field["name"] not in bound
        and not field.get("edtf")
        and field.get("format", "default") == "default"
        and not {"enum", "pattern"} & set(field.get("constraints", ()))
    }


def text(number: int) -> str:
    """Give a hostile text, one after the other."""
    return TEXTS[number % len(TEXTS)]


def row(schema: dict[str, Any], given: Row, number: int) -> Row:
    """Put a hostile text after the first word of every free cell that is not empty."""
    bare = free(schema) - NAMES_A_ROW
    made = dict(given)
    for place, (name, value) in enumerate(given.items()):
        if name in bare and value:
            made[name] = f"{value.split()[0]} {text(number + place)} {number}"
        elif name in {"url", "text_url", "archive_url"} and value:
            made[name] = f"{value}\"onprobe='1'><probe>"
    return made
