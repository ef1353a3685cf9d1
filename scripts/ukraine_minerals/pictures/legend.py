"""Legends: what each mark means, laid out in lines."""

from collections.abc import Sequence

from ukraine_minerals.pictures.marks import mark
from ukraine_minerals.pictures.page import MARGIN, WIDTH
from ukraine_minerals.pictures.svg import element, text, width

Entry = tuple[str, str, str]  # shape, classes, words

PITCH = 20


def legend(entries: Sequence[Entry], y: float, x: float = MARGIN) -> tuple[str, float]:
    """Draw a legend from the base line y on; give it and the height that it takes."""
    parts, left, top = [], x, y
    for shape, classes, words in entries:
        room = 16 + width(words, 11.5) + 14
        if left > x and left + room > WIDTH - MARGIN + 14:
            left, top = x, top + PITCH
        parts.append(
            element("g", mark(shape, left + 6, top - 4, classes), text(words, left + 17, top, "small"))
        )
        left += room
    return element("g", *parts, class_="legend", aria_hidden="true"), top - y + PITCH
