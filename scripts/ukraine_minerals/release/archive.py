"""Zip files that are the same whenever and wherever they are made: sorted, one date, plain permissions."""

import datetime as dt
import zipfile
from collections.abc import Mapping
from pathlib import Path


def write(path: Path, top: str, files: Mapping[str, bytes], day: dt.date) -> None:
    """Write a zip whose files lie in the folder `top` and bear the date `day`."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{top}/{name}", (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, whatever system it is made on
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, content, compresslevel=9)
