"""The downloads: every artefact that stands beside the site, taken into it, with size, digest and snippet."""

import json
from pathlib import Path
from typing import Any

from ukraine_minerals.export import swap
from ukraine_minerals.site import pages
from ukraine_minerals.site.pages import Site

SNIPPETS = {
    ".csv": 'import pandas as pd\ndf = pd.read_csv("{name}")',
    ".parquet": 'import pandas as pd\ndf = pd.read_parquet("{name}")',
    ".sqlite": "sqlite3 {name} '.tables'",
    ".xlsx": 'import pandas as pd\ndf = pd.read_excel("{name}", sheet_name=None)',
    ".geojson": 'import json\nfeatures = json.load(open("{name}"))["features"]',
    ".zip": "unzip {name}",
}
FIRST = (".xlsx", ".zip", ".sqlite", ".geojson", ".csv", ".parquet")  # what most people come for


def write(site: Site, beside: Path) -> frozenset[str]:
    """Take over what the manifests of `beside` and `beside`/release list; give the paths in the site."""
    groups = []
    taken: set[str] = set()
    for folder, title in ((beside / "release", "Release"), (beside, "Export")):
        found = [entry for entry in _listed(folder) if _take(site, folder, entry, taken)]
        if found:
            groups.append((title, sorted(found, key=_place)))
    pages.write(site, "downloads/index.html", "downloads.html", groups=groups)
    return frozenset(taken)


def _listed(folder: Path) -> list[dict[str, Any]]:
    try:
        files = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError):
        return []
    return [entry for entry in files if "same_as" not in entry]


def _place(entry: dict[str, Any]) -> tuple[int, str]:
    suffix = Path(entry["path"]).suffix
    return FIRST.index(suffix) if suffix in FIRST else len(FIRST), str(entry["path"])


def _take(site: Site, folder: Path, entry: dict[str, Any], taken: set[str]) -> bool:
    """Link a file into the site under files/, if it is there as listed and no other has its name."""
    path = str(entry["path"])
    source, target = folder / path, f"files/{path}"
    if target in taken or not source.is_file() or source.stat().st_size != entry["bytes"]:
        return False
    (site.folder / target).parent.mkdir(parents=True, exist_ok=True)
    swap.link(source, site.folder / target)
    taken.add(target)
    name = Path(path).name
    entry["snippet"] = SNIPPETS.get(Path(path).suffix, "").format(name=name)
    return True


def described(site: Site, beside: Path) -> list[dict[str, Any]]:
    """Give the resources of the export that the site holds, at their addresses in it."""
    try:
        found = json.loads((beside / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    except (OSError, ValueError, KeyError):
        return []
    held = site.templates.globals["files"]
    return [
        {**resource, "path": f"files/{resource['path']}"}
        for resource in found
        if isinstance(held, frozenset) and f"files/{resource.get('path')}" in held
    ]
