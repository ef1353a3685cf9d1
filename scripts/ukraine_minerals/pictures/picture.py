"""Picture, Plot, Sheet, About and Unit: what a picture is, as frozen data."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]
Rows = Sequence[Row]


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of the outline: its key in territories, its name, its rings of (longitude, latitude)."""

    territory_id: str
    name: str
    rings: Sequence[Sequence[tuple[float, float]]]


@dataclass(frozen=True, slots=True)
class About:
    """What every picture says of the package: the words of its source line, and the outline of its maps."""

    package: str
    version: str
    cutoff: str
    licence: str
    units: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """How wide a picture is drawn, in pixels, text included: `WIDE` for pages, `NARROW` for telephones."""

    width: float
    is_narrow: bool

    @property
    def right(self) -> float:
        """Where the right margin begins."""
        return self.width - MARGIN

    @property
    def room(self) -> float:
        """What lies between the margins."""
        return self.width - 2 * MARGIN


MARGIN = 16.0
WIDE = Sheet(720, is_narrow=False)
NARROW = Sheet(400, is_narrow=True)


@dataclass(frozen=True, slots=True)
class Plot:
    """The drawn part of a picture: SVG elements in a field `height` pixels high, and the notes beneath it."""

    body: str
    height: float
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """One picture: `query` gives its rows, `columns` say what each cell of them holds, `draw` draws them.

    The query is one SELECT over the exported database whose labels are the names of `columns`. Each row is
    one element of the class `datum`. `tell` puts into words, for those who do not see it, what is drawn.
    """

    name: str
    title: str
    subtitle: str
    columns: Mapping[str, str]
    query: str
    draw: Callable[[Rows, About, Sheet], Plot]
    tell: Callable[[Rows], str]
