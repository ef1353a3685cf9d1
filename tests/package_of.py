"""Write a tiny Data Package of CSV tables into a folder."""

import json
from pathlib import Path
from typing import Any

# Ours spells all defaults out: frictionless guesses what a descriptor leaves open.
DIALECT = json.loads((Path(__file__).parents[1] / "data" / "dialect.json").read_text(encoding="utf-8"))


def write(folder: Path, *resources: dict[str, Any], **properties: Any) -> Path:
    """Write the descriptor, and the `text` (str or bytes) of each resource; a key that is None is no key."""
    descriptor = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "tiny",
        **properties,
    }
    descriptor["resources"] = []
    for given in resources:
        resource = {"name": "t", "type": "table", "encoding": "utf-8", "dialect": DIALECT, **given}
        resource.setdefault("path", f"{resource['name']}.csv")
        text = resource.pop("text", None)
        if text is not None:
            (folder / resource["path"]).write_bytes(text if isinstance(text, bytes) else text.encode())
        descriptor["resources"].append({key: value for key, value in resource.items() if value is not None})
    path = folder / "datapackage.json"
    path.write_text(json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path


def schema(*fields: str | dict[str, Any], **properties: Any) -> dict[str, Any]:
    """Give a schema; a field that is only a name is a string."""
    return {
        "fields": [{"name": f, "type": "string"} if isinstance(f, str) else f for f in fields],
        **properties,
    }


def field(name: str, kind: str, **properties: Any) -> dict[str, Any]:
    """Give a field."""
    return {"name": name, "type": kind, **properties}
