"""How to read the data, in plain text: the section of README.md that says so, and whose borders are meant."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ukraine_minerals.errors import PackageError
from ukraine_minerals.export.codebook import Entry
from ukraine_minerals.metadata.about import About

SECTION = "Read it rightly"
_LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")


@dataclass(frozen=True, slots=True)
class Guide:
    """What every download says of itself: the head lines, and the points to mind, in Markdown."""

    about: About
    points: tuple[str, ...]

    @property
    def head(self) -> tuple[str, ...]:
        """Give version, cut-off day, licence and citation, a line each."""
        about = self.about
        licence = f"{about.licence}{f', {about.licence_url}' if about.licence_url else ''}"
        return (
            f"Version {about.version}. Cut-off day: {about.cutoff}; nothing read later is in it.",
            f"Licence of the data: {licence}. Credits that are due with it stand in the file LICENSE.",
            f"Please cite as: {about.citation}",
            *(f"{label}: {address}" for label, address in self._addresses() if address),
        )

    def _addresses(self) -> Sequence[tuple[str, str]]:
        doi = f"https://doi.org/{self.about.doi}" if self.about.doi else ""
        return (("Home", self.about.homepage), ("Repository", self.about.repository), ("DOI", doi))


def read(about: About, readme: Path) -> Guide:
    """Take the points from README.md: each item and paragraph of its section is one.

    Raises:
        PackageError: there is no such file or section.
    """
    try:
        text = readme.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise PackageError(f"{readme}: cannot be read: {error}") from None
    section = re.search(rf"^## {SECTION}\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    if not section:
        raise PackageError(f'{readme}: has no section "{SECTION}", which the downloads repeat')
    lines = (line.strip() for line in section[1].splitlines())
    points = (line.removeprefix("- ") for line in lines if line and not line.startswith("#"))
    return Guide(about, tuple(_LINK.sub(r"\1", point) for point in points))


def text(guide: Guide, entries: Sequence[Entry]) -> str:
    """Write README.txt: head, points, and what a row of each table is."""
    lines = [guide.about.title, "=" * len(guide.about.title), "", *guide.head, "", "HOW TO READ IT", ""]
    lines += [f"- {plain(point)}" for point in guide.points]
    lines += ["", "TABLES: ONE ROW FOR EACH", ""]
    lines += [f"- {entry.name} ({entry.size:,} rows): {plain(entry.what)}" for entry in entries]
    return "\n".join([*lines, "", "Each column is explained in codebook.html.", ""])


def plain(text: str) -> str:
    """Take the marks of Markdown away."""
    return text.replace("**", "").replace("`", "")
