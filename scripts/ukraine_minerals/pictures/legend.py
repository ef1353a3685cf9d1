"""Legends: what each mark means, laid out in lines."""

from collections.abc import Sequence

from ukraine_minerals.pictures.marks import mark
from ukraine_minerals.pictures.picture import MARGIN, Sheet
from ukraine_minerals.pictures.svg import element, text, width

Entry = tuple[str, str, str]  # shape, classes, words

PITCH = 20


def legend(entries: Sequence[Entry], y: float, sheet: Sheet) -> tuple[str, float]:
    """Draw a legend from the base line y on; give it and the height that it takes."""
    parts, left, top = [], MARGIN, y
    for shape, classes, words in entries:
        room = 16 + width(words, 11.5) + 14
        if left > MARGIN and left + room > sheet.right + 14:
            left, top = MARGIN, top + PITCH
        parts.append(
            element("g", mark(shape, left + 6, top - 4, classes), text(words, left + 17, top, "small"))
        )
        left += room
    return element("g", *parts, class_="legend", aria_hidden="true"), top - y + PITCH
