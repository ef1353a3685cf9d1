"""Put the exported tables into the wheel and the source archive, where they exist."""

import json
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DESCRIPTOR = "datapackage.json"


class ExportHook(BuildHookInterface):  # type: ignore[type-arg]  # generic only in its source
    """Add `dist/parquet` and the descriptor of the export; without them the package holds the code alone."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the files to add; an export of another version than the data's ends the build."""
        root = Path(self.root)
        dist = root / "dist"
        tables = sorted(dist.glob("parquet/*.parquet"))
        if version == "editable" or not tables:
            return
        ours, exported = (
            json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8")).get("version")
            for folder in (root, dist)
        )
        if ours != exported:
            raise ValueError(f"dist/ holds version {exported}, the data is {ours}: run make first")
        home = "ukraine_minerals/dist" if self.target_name == "wheel" else "dist"
        for path in [dist / DESCRIPTOR, *tables]:
            build_data["force_include"][str(path)] = f"{home}/{path.relative_to(dist).as_posix()}"
