"""SVG -> PNG with resvg, in DejaVu Sans alone, so that the same picture gives the same bytes."""

import sys
from pathlib import Path

from ukraine_minerals.errors import PackageError
from ukraine_minerals.pictures import style

FAMILY = "DejaVu Sans"
FILES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
_FOLDERS = {
    "darwin": ("~/Library/Fonts", "/Library/Fonts"),
    "win32": ("~/AppData/Local/Microsoft/Windows/Fonts", "C:/Windows/Fonts"),
}
_UNIX = ("~/.local/share/fonts", "~/.fonts", "/usr/share/fonts", "/usr/local/share/fonts")
ZOOM = 2


def fonts() -> list[str]:
    """Find the two fonts that pictures are set in.

    Raises:
        PackageError: one is not installed: another would change the width of each text, and every byte.
    """
    folders = [Path(folder).expanduser() for folder in _FOLDERS.get(sys.platform, _UNIX)]
    found = []
    for name in FILES:
        paths = sorted(path for folder in folders if folder.is_dir() for path in folder.rglob(name))
        if not paths:
            raise PackageError(
                f"PNG needs the font {FAMILY} ({name}): install it, as by fonts-dejavu-core, or say --no-png"
            )
        found.append(str(paths[0]))
    return found


def png(svg: str, found: list[str]) -> bytes:
    """Paint a picture in its light colours, twice as large as it says."""
    try:
        import resvg_py  # noqa: PLC0415  # an extra
    except ModuleNotFoundError:
        raise PackageError(
            "PNG needs resvg_py: install the libraries of requirements.lock, or say --no-png"
        ) from None
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=style.flat(svg),
            zoom=ZOOM,
            skip_system_fonts=True,
            font_files=found,
            font_family=FAMILY,
            sans_serif_family=FAMILY,
        )
    )
