"""Read CSV files with the standard library: every cell's text, every row's number and physical line."""

import csv
import io
import stat
from collections.abc import Iterator, Sequence
from typing import Any

from ukraine_minerals import problem
from ukraine_minerals.errors import PackageError
from ukraine_minerals.model import Descriptor, Field, Package, Resource, Table, Tables
from ukraine_minerals.problem import Problem

csv.field_size_limit(2**31 - 2)  # the csv module's own limit, 128 KiB, is no fault of the data
_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def tables(package: Package) -> tuple[Tables, list[Problem]]:
    """Read all tables that can be read, and tell why the others cannot.

    Raises:
        PackageError: a resource names a digest that Python does not know.
    """
    by_name: dict[str, Table] = {}
    problems: list[Problem] = []
    for resource in (*package.files, *package.resources):
        data = _bytes(resource)
        if isinstance(data, Problem):
            problems.append(data)
            continue
        problems += _integrity(resource, data)
        if resource.dialect:
            text = decode(resource, data)
            table = text if isinstance(text, Problem) else parse(resource, text)
            if isinstance(table, Problem):
                problems.append(table)
            else:
                by_name[resource.name] = table
    return Tables(package, by_name), problems


def _bytes(resource: Resource) -> bytes | Problem:
    try:
        if not stat.S_ISREG(resource.file.stat().st_mode):
            return problem.of(resource, "scheme-error", "is not a file")
        return resource.file.read_bytes()
    except OSError as error:
        hint = f"put {resource.path} back, or take it out of the descriptor"
        return problem.of(resource, "scheme-error", f"cannot be read: {error.strerror}", hint)


def _integrity(resource: Resource, data: bytes) -> Iterator[Problem]:
    """Compare a file's size and digest with the descriptor's (Data Resource 2.0, bytes and hash)."""
    size = resource.descriptor.get("bytes", len(data))
    if size != len(data):
        message = f"has {len(data):,} bytes, not {size:,} as the descriptor says"
        yield problem.of(resource, "byte-count", message, value=str(len(data)))
    expected = resource.descriptor.get("hash", "").lower()
    if expected and (actual := _digest(resource, data, expected)) != expected.rpartition(":")[2]:
        message = f"has the digest {actual}, not {expected} as the descriptor says"
        yield problem.of(resource, "hash-count", message, value=actual)


def _digest(resource: Resource, data: bytes, expected: str) -> str:
    import hashlib  # noqa: PLC0415  # few packages declare digests

    algorithm = expected.rpartition(":")[0] or "md5"
    try:
        return hashlib.new(algorithm, data, usedforsecurity=False).hexdigest()
    except (ValueError, TypeError):  # not known, or of no fixed length
        raise PackageError(f'{resource.file}: hash: algorithm "{algorithm}" is not supported') from None


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
    options = _options(resource.dialect)
    reader = csv.reader(io.StringIO(text, newline=""), **options)
    try:
        records = list(reader)
    except csv.Error as error:
        return problem.of(resource, "source-error", f"is not CSV: {error}", line=reader.line_num)
    numbers: Sequence[int] = range(1, len(records) + 1)
    lines = numbers if reader.line_num == len(records) else _lines(text, options)
    header, kept = _content(resource.dialect, records)
    if not header and not kept:
        return problem.of(resource, "source-error", "is empty")
    if isinstance(kept, range):
        content, lines, numbers = records[kept.start :], lines[kept.start :], numbers[kept.start :]
    else:
        content, lines, numbers = [records[n] for n in kept], [lines[n] for n in kept], [n + 1 for n in kept]
    fields = _match(resource, header, max(map(len, content), default=0))
    width = len(fields)
    ragged: dict[int, tuple[str, ...]] = {}
    if set(map(len, content)) - {width}:
        for index, row in enumerate(content):
            if len(row) != width:
                ragged[index] = tuple(row)
                content[index] = (row + [""] * width)[:width]
    columns = list(zip(*content, strict=True)) if content else [()] * width
    by_field = {field.name: column for field, column in zip(fields, columns, strict=True)}
    return Table(resource, header, fields, by_field, lines, numbers, ragged, text)


def _options(dialect: Descriptor) -> dict[str, Any]:
    """Say a Table Dialect in the words of the csv module."""
    return {
        "delimiter": dialect["delimiter"],
        "quotechar": dialect["quoteChar"] or None,
        "quoting": csv.QUOTE_MINIMAL if dialect["quoteChar"] else csv.QUOTE_NONE,
        "doublequote": dialect["doubleQuote"],
        "escapechar": dialect["escapeChar"] or None,
        "skipinitialspace": dialect["skipInitialSpace"],
    }


def _lines(text: str, options: dict[str, Any]) -> list[int]:
    """Give the physical line on which each record begins; a quoted cell may hold several."""
    reader = csv.reader(io.StringIO(text, newline=""), **options)
    lines, begin = [], 1
    for _ in reader:
        lines.append(begin)
        begin = reader.line_num + 1
    return lines


def _content(dialect: Descriptor, records: list[list[str]]) -> tuple[tuple[str, ...], Sequence[int]]:
    """Part the labels from the indices of the records that are data."""
    char, rows = dialect["commentChar"], set(dialect["commentRows"])
    kept: Sequence[int] = range(len(records))
    if char or rows:
        kept = [
            n for n in kept if n + 1 not in rows and not (char and "".join(records[n][:1]).startswith(char))
        ]
    if not dialect["header"] or not kept:
        return (), kept
    first = dialect["headerRows"][0] - 1 if dialect["headerRows"] else kept[0]
    labels = tuple(label.strip() for label in records[first]) if first < len(records) else ()
    return labels, kept[first + 1 :] if isinstance(kept, range) else [n for n in kept if n > first]


def _match(resource: Resource, labels: tuple[str, ...], width: int) -> tuple[Field, ...]:
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
    for field, label in zip(matched, labels, strict=True):
        name, suffix = label, 2
        while not field and name in taken:
            name, suffix = f"{label}{suffix}", suffix + 1
        taken.add(name)
        fields.append(field or _unknown(name))
    return tuple(fields)


def _unknown(name: str) -> Field:
    return Field(name, "any", "default", {}, ("",), {"name": name, "type": "any"})
