"""Read CSV text with the standard library: every cell's text, every row's number and physical line."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from ukraine_minerals import problem
from ukraine_minerals.model import Descriptor, Field, Resource, Table
from ukraine_minerals.problem import Problem

csv.field_size_limit(2**31 - 2)  # the csv module's own limit, 128 KiB, is no fault of the data
_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def decode(resource: Resource, data: bytes) -> str | Problem:
    """Turn a file's bytes into text, without the byte order mark, or tell where the first wrong byte lies."""
    encoding = resource.encoding
    if "encoding" not in resource.descriptor or encoding.lower().startswith("utf-16"):
        encoding = _BOMS.get(data[:2], encoding)
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeError as error:
        start = error.start if isinstance(error, UnicodeDecodeError) else 0  # a few codecs do not say where
        line = data.count(b"\n", 0, start) + 1
        found = f"0x{data[start]:02x}" if start < len(data) else "the end"
        within = start - data.rfind(b"\n", 0, start)
        message = f"is not {encoding}: {found} at byte {start:,} (line {line}, its byte {within})"
        hint = f"save the file again as {encoding.upper()}"
        return problem.of(resource, "encoding-error", message, hint, line=line, value=found)


def parse(resource: Resource, text: str) -> Table | Problem:
    """Cut a file's text into header and columns."""
    said = options(resource.dialect)
    reader = csv.reader(io.StringIO(text, newline=""), **said)
    try:
        records = list(reader)
    except csv.Error as error:
        return problem.of(resource, "source-error", f"is not CSV: {error}", line=reader.line_num)
    numbers: Sequence[int] = range(1, len(records) + 1)
    lines = ends = numbers
    is_folded = reader.line_num > len(records)
    if is_folded:
        ends = _ends(text, said)
        lines = [1, *(end + 1 for end in ends[:-1])]
    header, kept = _content(resource.dialect, records)
    if not header and not kept:
        return problem.of(resource, "source-error", "is empty")
    if isinstance(kept, range):
        content, lines, numbers = records[kept.start :], lines[kept.start :], numbers[kept.start :]
    else:
        content, lines, numbers = [records[n] for n in kept], [lines[n] for n in kept], [n + 1 for n in kept]
    folded = {index for index, n in enumerate(kept) if ends[n] > lines[index]} if is_folded else ()
    fields = match(resource, header, max(map(len, content), default=0))
    width = len(fields)
    ragged: dict[int, tuple[str, ...]] = {}
    if set(map(len, content)) - {width}:
        for index, row in enumerate(content):
            if len(row) != width:
                ragged[index] = tuple(row)
                content[index] = (row + [""] * width)[:width]
    columns = list(zip(*content, strict=True)) if content else [()] * width
    by_field = {field.name: column for field, column in zip(fields, columns, strict=True)}
    return Table(resource, header, fields, by_field, lines, numbers, ragged, frozenset(folded), text)


def options(dialect: Descriptor) -> dict[str, Any]:
    """Say a Table Dialect in the words of the csv module."""
    return {
        "delimiter": dialect["delimiter"],
        "quotechar": dialect["quoteChar"] or None,
        "quoting": csv.QUOTE_MINIMAL if dialect["quoteChar"] else csv.QUOTE_NONE,
        "doublequote": dialect["doubleQuote"],
        "escapechar": dialect["escapeChar"] or None,
        "skipinitialspace": dialect["skipInitialSpace"],
    }


def _ends(text: str, said: dict[str, Any]) -> list[int]:
    """Give the physical line on which each record ends; a quoted cell may hold several."""
    reader = csv.reader(io.StringIO(text, newline=""), **said)
    return [reader.line_num for _ in reader]


def _content(dialect: Descriptor, records: list[list[str]]) -> tuple[tuple[str, ...], Sequence[int]]:
    """Part the labels from the indices of the records that are data."""
    char, comments = dialect["commentChar"], set(dialect["commentRows"])
    kept: Sequence[int] = range(len(records))
    if char or comments:
        kept = [
            n
            for n in kept
            if n + 1 not in comments and not (char and "".join(records[n][:1]).startswith(char))
        ]
    if not dialect["header"] or not kept:
        return (), kept
    rows = [n - 1 for n in sorted(dialect["headerRows"])] or [kept[0]]
    labels = _labels([records[n] for n in rows if n < len(records)], dialect["headerJoin"])
    return labels, kept[rows[-1] + 1 :] if isinstance(kept, range) else [n for n in kept if n > rows[-1]]


def _labels(rows: list[list[str]], join: str) -> tuple[str, ...]:
    """Join the labels of several rows (Table Dialect 2.0, headerJoin); one that spans rows stands once."""
    labels: list[str] = []
    above: list[str] = []
    for row in rows:
        cells = [label.strip() for label in row]
        for number, cell in enumerate(cells):
            if number >= len(labels):
                labels.append(cell)
            elif number >= len(above) or cell != above[number]:
                labels[number] += join + cell
        above = cells + above[len(cells) :]
    return tuple(labels)


def match(resource: Resource, labels: tuple[str, ...], width: int) -> tuple[Field, ...]:
    """Give the field of each column (Table Schema 2.0, fieldsMatch); an unknown label is of type any."""
    known = list(resource.fields)
    if not labels:
        return resource.fields or tuple(_unknown(f"field{n}") for n in range(1, width + 1))
    if resource.fields_match == "exact":
        matched: list[Field | None] = [*known[: len(labels)], *[None] * (len(labels) - len(known))]
    else:
        by_label = {field.name: field for field in known}
        matched = [by_label.pop(label, None) for label in labels]
    taken = {field.name for field in matched if field}
    fields = []
    suffixes: dict[str, int] = {}
    for field, label in zip(matched, labels, strict=True):
        name = label
        while not field and name in taken:
            suffixes[label] = suffixes.get(label, 1) + 1
            name = f"{label}{suffixes[label]}"
        taken.add(name)
        fields.append(field or _unknown(name))
    return tuple(fields)


def _unknown(name: str) -> Field:
    return Field(name, "any", "default", {}, ("",), {"name": name, "type": "any"})
