"""SVG written by hand: elements with escaped attributes and text, and text that is wrapped by its width."""

import re
from collections.abc import Iterable
from html import escape

_BARRED = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2: Char

# The advances of DejaVu Sans from space to tilde, in hundredths of an em; others are reckoned a little wide.
_WIDTHS = """
32 40 46 84 64 95 78 27 39 39 50 84 32 36 32 34 64 64 64 64 64 64 64 64 64 64 34 34 84 84 84 53 100
68 69 70 77 63 58 77 75 29 29 66 56 86 75 79 60 79 69 63 61 73 68 99 69 61 69 39 34 39 84 50 50 61
63 55 63 62 35 63 63 28 28 58 28 97 63 61 63 63 41 52 39 63 59 82 59 59 52 64 34 64 84
"""
_ADVANCES = tuple(int(word) / 100 for word in _WIDTHS.split())

Attribute = str | float | None


def element(tag: str, *children: str, **attributes: Attribute) -> str:
    """Write an element; children are SVG already. `class_` is class, `data_site` data-site, None left out."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{_attribute(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    inside = "".join(children)
    return f"<{tag}{written}>{inside}</{tag}>" if inside else f"<{tag}{written}/>"


def text(words: str, x: float, y: float, class_: str | None = None, anchor: str | None = None) -> str:
    """Write one line of text whose base line is at y; `anchor` is middle or end, else it begins at x."""
    return element("text", content(words), x=x, y=y, class_=class_, text_anchor=anchor)


def titled(words: str) -> str:
    """Write the title of an element, which browsers show as its tip."""
    return element("title", content(words))


def content(words: str) -> str:
    """Escape text; what XML cannot hold at all is left out."""
    return escape(_BARRED.sub("", words), quote=False)


def number(value: float) -> str:
    """Write a coordinate to a tenth of a pixel."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def width(words: str, size: float = 13) -> float:
    """Reckon the width in pixels of a text in DejaVu Sans (Verdana is as wide, Arial narrower)."""
    return size * sum(map(_advance, words))


def wrap(words: str, room: float, size: float = 13) -> list[str]:
    """Break a text into lines no wider than `room` pixels; a single word may be wider."""
    lines: list[str] = []
    for word in words.split(" "):
        if lines and width(f"{lines[-1]} {word}", size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def cut(words: str, room: float, size: float = 13) -> str:
    """Shorten a text to a width, with an ellipsis where something is left out."""
    if width(words, size) <= room:
        return words
    while words and width(f"{words}…", size) > room:
        words = words[:-1].rstrip()
    return f"{words}…"


def fold(words: str, room: float, size: float, most: int) -> list[str]:
    """Break a text into at most so many lines; an ellipsis stands for what is left out."""
    found = wrap(words, room, size)
    if len(found) <= most:
        return found
    return [*found[: most - 1], cut(" ".join(found[most - 1 :]), room, size)]


def lines(found: Iterable[str], x: float, y: float, pitch: float, class_: str | None = None) -> str:
    """Write lines of text under each other."""
    return "".join(text(line, x, y + pitch * place, class_) for place, line in enumerate(found))


def _advance(letter: str) -> float:
    """Give the advance of a letter in ems."""
    place = ord(letter) - 32
    if 0 <= place < len(_ADVANCES):
        return _ADVANCES[place]
    return 0.8 if letter.isupper() else 0.68


def _attribute(value: Attribute) -> str:
    return (
        number(value) if isinstance(value, int | float) else escape(_BARRED.sub("", str(value)), quote=True)
    )
