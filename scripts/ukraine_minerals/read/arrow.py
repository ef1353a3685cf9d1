"""Read a large CSV file with Arrow, slice by slice: the same cells, rows and lines as the standard library's.

Slices end where a record does and are read on all processors at once, each in one piece by Arrow's serial
reader, which alone gives the numbers of ragged records. Where that would not surely give what the standard
library gives, `table` gives None and leaves the file to it.
"""

import csv
import io
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any, BinaryIO, Literal

import pyarrow as pa
from pyarrow import csv as arrow_csv

from ukraine_minerals.model import Resource, Table
from ukraine_minerals.problem import Problem, line_ends
from ukraine_minerals.read import kernels, text, threads
from ukraine_minerals.read.kernels import Texts

SLICE_BYTES = 1 << 22
COLUMN_BYTES = 8_000  # of a file for each of its columns; where there are fewer, Arrow's calls take longer
_HEADER_BYTES = 1 << 20
_BLANK = (b"\n\n", b"\n\r", b"\r\r")
_END = "\x00end\x00"  # a row of these after each slice: what the reader makes of it shows how the slice ends


class Column(Sequence[str]):
    """A column as Arrow holds it, in chunks of texts or of dictionaries of texts; each cell reads as str."""

    __slots__ = ("_starts", "chunks")

    def __init__(self, chunks: Sequence[Texts]) -> None:
        """Take the chunks in the order of their rows."""
        self.chunks = chunks
        self._starts = array("q", [0])
        for chunk in chunks:
            self._starts.append(self._starts[-1] + len(chunk))

    def __len__(self) -> int:
        """Count the rows."""
        return self._starts[-1]

    def __getitem__(self, index: Any) -> Any:  # noqa: ANN401
        """Give a cell, or those of a slice."""
        if isinstance(index, slice):
            return [self[n] for n in range(*index.indices(len(self)))]
        if index < 0:
            index += len(self)
        number = bisect_right(self._starts, index) - 1
        return self.chunks[number][index - self._starts[number]].as_py()

    def at(self, indices: Sequence[int]) -> list[str]:
        """Give the cells of some rows, whose indices ascend."""
        found: list[str] = []
        start = 0
        for chunk, first in zip(self.chunks, self._starts, strict=False):
            end = bisect_left(indices, first + len(chunk), start)
            if end > start:
                places = kernels.indices([index - first for index in indices[start:end]])
                taken = kernels.taken(chunk, places)
                found += kernels.plain(taken).to_pylist()
            start = end
        return found

    def __contains__(self, text: object) -> bool:
        """Look for a text without reading each cell."""
        sought = kernels.is_in(kernels.strings([str(text)]))
        return isinstance(text, str) and any(kernels.places(chunk, sought) for chunk in self.chunks)

    def __iter__(self) -> Iterator[str]:
        """Give the cells in the order of their rows."""
        chunk: Any
        for chunk in self.chunks:
            if isinstance(chunk, pa.DictionaryArray):
                texts: Any = chunk.dictionary.to_pylist()
                yield from [texts[code] for code in chunk.indices.to_pylist()]
            else:
                yield from chunk.to_pylist()


def table(resource: Resource) -> Table | None:
    """Read a file, or give None where only the standard library surely reads it right."""
    if not _is_plain(resource):
        return None
    try:
        with _opened(resource) as file:
            header, size = _header(resource, file), resource.file.stat().st_size
            if not header or size < COLUMN_BYTES * len(header):
                return None
            fields = text.match(resource, header, len(header))
            end = (resource.dialect["delimiter"].join([_END] * len(header)) + "\n").encode()
            eighth = max(1 << 18, size // 8)  # so that no processor waits long
            quote = resource.dialect["quoteChar"].encode()
            slices = _slices(file, quote, min(SLICE_BYTES, eighth), end)
            parts = threads.each(_reader(resource, len(header)), slices)
    except (pa.ArrowException, _UnlikeError, csv.Error, ValueError, OSError):
        return None
    filled = [part.columns for part in parts if part.size]
    columns = {field.name: Column([held[n] for held in filled]) for n, field in enumerate(fields)}
    starts = [0, *accumulate(part.size for part in parts)]
    ragged = {
        start + n: cells for start, part in zip(starts, parts, strict=False) for n, cells in part.ragged
    }
    folded = frozenset(start + n for start, part in zip(starts, parts, strict=False) for n in part.breaks)
    rows = range(2, starts[-1] + 2)
    lines = _lines(parts) if folded else rows
    return Table(resource, header, fields, columns, lines, rows, ragged, folded, "", is_large=True)


class _UnlikeError(Exception):
    """The standard library may read this file otherwise."""


class _Part:
    """A slice as read: its columns, its ragged rows by index, and the lines that its rows take beyond one."""

    __slots__ = ("breaks", "columns", "ragged", "size")

    def __init__(
        self, columns: list[Texts], ragged: list[tuple[int, tuple[str, ...]]], breaks: dict[int, int]
    ) -> None:
        self.columns, self.ragged, self.breaks = columns, ragged, breaks
        self.size = len(columns[0])


def _is_plain(resource: Resource) -> bool:
    """Accept what Arrow reads as the standard library does; a lone column hides which rows are blank."""
    dialect = resource.dialect
    return (
        dialect["header"]
        and dialect["headerRows"] in ([], [1])
        and not (dialect["commentChar"] or dialect["commentRows"] or dialect["skipInitialSpace"])
        and dialect["doubleQuote"]
        and not dialect["escapeChar"]
        and (dialect["delimiter"] + dialect["quoteChar"]).isascii()
    )


def _opened(resource: Resource) -> BinaryIO:
    """Open a file as UTF-8, which it may be already."""
    if resource.encoding.lower().replace("-", "").replace("_", "") == "utf8":
        return resource.file.open("rb")
    decoded = text.decode(resource, resource.file.read_bytes())
    if isinstance(decoded, Problem):
        raise _UnlikeError
    return io.BytesIO(decoded.encode())


def _header(resource: Resource, file: BinaryIO) -> tuple[str, ...]:
    """Read the labels from the first line, which must hold them all; two or more, as rows have cells."""
    data = file.readline(_HEADER_BYTES)
    if not data.endswith(b"\n"):
        return ()
    line = data.decode().removeprefix("\ufeff")
    records = list(csv.reader(io.StringIO(line, newline=""), **text.options(resource.dialect), strict=True))
    if len(records) != 1 or len(records[0]) < 2:
        return ()
    return tuple(label.strip() for label in records[0])


def _slices(file: BinaryIO, quote: bytes, size: int, end: bytes) -> Iterator[bytearray]:
    """Cut a file where lines end, not within quotes as far as their number tells; put `end` after each."""
    rest = bytearray()
    while True:
        data = bytearray(len(rest) + size + 1 + len(end))
        data[: len(rest)] = rest
        with memoryview(data) as view:
            filled = len(rest) + file.readinto(view[len(rest) : len(rest) + size])  # type: ignore[attr-defined]
        if filled < len(rest) + size:
            data[filled:] = b"" if data.endswith((b"\n", b"\r"), 0, filled) else b"\n"
            if filled:
                yield data + end
            return
        cut = data.rfind(b"\n", 0, filled) + 1
        odd = quote and kernels.count(memoryview(data)[:cut], quote) % 2
        while odd and cut:
            before = data.rfind(b"\n", 0, cut - 1) + 1
            odd ^= data.count(quote, before, cut) % 2
            cut = before
        rest = data[cut:filled]
        if cut:
            data[cut:] = end
            yield data
        else:
            size *= 2


def _reader(resource: Resource, width: int) -> Callable[[bytearray], _Part]:
    """Give the function that reads one slice."""
    dialect = resource.dialect
    names = [str(n) for n in range(width)]
    quote = dialect["quoteChar"]
    various: set[int] = set()  # the columns whose texts hardly repeat
    blank_is_missing = all("" in field.missing_values for field in resource.fields)

    def read(data: bytearray) -> _Part:
        if not blank_is_missing and (data[:1] in b"\r\n" or any(two in data for two in _BLANK)):
            raise _UnlikeError  # Arrow reads a blank line as empty cells
        kernels.check_utf8(data)  # or the reader would stumble where it tells of a ragged row
        records: list[tuple[int, str]] = []

        def keep(row: Any) -> Literal["skip"]:  # noqa: ANN401  # numbered from 1
            records.append((row.number - 1, row.text))
            return "skip"

        parse = arrow_csv.ParseOptions(
            delimiter=dialect["delimiter"],
            quote_char=quote or False,
            ignore_empty_lines=False,
            invalid_row_handler=keep,
        )
        options = arrow_csv.ReadOptions(use_threads=False, block_size=len(data) + 1, column_names=names)
        convert = arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            strings_can_be_null=False,
            check_utf8=False,
        )
        source: Any = pa.BufferReader(pa.py_buffer(data))
        found = arrow_csv.read_csv(source, options, parse, convert)
        columns: list[Any] = [column.combine_chunks() for column in found.columns]
        columns = [column.chunk(0) if isinstance(column, pa.ChunkedArray) else column for column in columns]
        size = len(columns[0]) - 1
        if size < 0 or any(column[size].as_py() != _END for column in columns):
            raise _UnlikeError  # the slice ends within a record
        columns = [column.slice(0, size) for column in columns]
        parsed = csv.reader([record for _, record in records], **text.options(dialect))
        ragged = [(number, tuple(cells)) for (number, _), cells in zip(records, parsed, strict=True)]
        if ragged:
            columns = _with_rows(columns, ragged)
        for number, column in enumerate(columns):
            if number not in various:
                encoded = kernels.encoded(column)
                if 2 * len(encoded.dictionary) <= len(column):
                    columns[number] = encoded
                else:
                    various.add(number)
        if ragged:
            order = kernels.indices(_order(size, [number for number, _ in ragged]))
            columns = [kernels.taken(column, order) for column in columns]
        several = b"\r" in data or kernels.count(data, b"\n") != len(columns[0]) + 1
        return _Part(columns, ragged, _breaks(columns, ragged) if quote and several else {})

    return read


def _with_rows(columns: list[Texts], ragged: list[tuple[int, tuple[str, ...]]]) -> list[Texts]:
    """Put the ragged rows after the others, cut or filled up with "" to the width of the table."""
    width = len(columns)
    rows = [(*cells, *[""] * width)[:width] for _, cells in ragged]
    added = [kernels.strings(cells) for cells in zip(*rows, strict=True)]
    return [pa.concat_arrays(both) for both in zip(columns, added, strict=True)]


def _order(size: int, places: list[int]) -> "array[int]":
    """Give the order in which the rows after the first `size` stand in their places."""
    rising = _rising(size.bit_length())
    order, done = array("i"), 0
    for number, place in enumerate(places):
        order += rising[done : place - number]
        order.append(size + number)
        done = place - number
    return order + rising[done:size]


@lru_cache(maxsize=4)
def _rising(bits: int) -> "array[int]":
    """Give 0, 1, 2 and on, all of so many bits; other threads use them too, so nobody changes them."""
    return array("i", range(1 << bits))


def _breaks(columns: list[Texts], ragged: list[tuple[int, tuple[str, ...]]]) -> dict[int, int]:
    """Count the line breaks within the cells of each row that has any."""
    found: dict[int, int] = {}
    for column in columns:
        for index in kernels.places(column, kernels.matches("[\r\n]")):
            found[index] = found.get(index, 0) + line_ends(column[index].as_py())
    for index, cells in ragged:
        if beyond := sum(map(line_ends, cells[len(columns) :])):
            found[index] = found.get(index, 0) + beyond
    return found


def _lines(parts: Sequence[_Part]) -> Sequence[int]:
    """Give the physical line on which each row begins."""
    lines, line = array("q"), 2
    for part in parts:
        done = 0
        for index in sorted(part.breaks):
            lines.extend(range(line, line + index + 1 - done))
            line += index + 1 - done + part.breaks[index]
            done = index + 1
        lines.extend(range(line, line + part.size - done))
        line += part.size - done
    return lines
