"""The functions of Arrow that the engine calls; pyarrow.compute would first wrap three hundred others."""

from array import array
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from itertools import accumulate
from typing import Any

import pyarrow as pa

Texts = Any  # an array of texts, or of dictionary codes for texts
Indices = Any  # an array of whole numbers from 0
Mask = Any  # an array of truth values
Test = Callable[[Texts], Mask]

_arrow = import_module("pyarrow._compute")  # untyped, and private: what is missing in it raises at import
_call: Callable[..., Any] = _arrow.call_function
_pattern, _lookup = _arrow.MatchSubstringOptions, _arrow.SetLookupOptions
_aggregate, _join = _arrow.ScalarAggregateOptions(), _arrow.JoinOptions()


def strings(texts: Sequence[str]) -> Texts:
    """Make an array without pa.array, which imports pandas wherever that is installed."""
    data = "".join(texts).encode()
    sizes: Iterable[int] = map(len, texts)
    if sum(map(len, texts)) < len(data):  # not all is ASCII
        sizes = (len(text.encode()) for text in texts)
    offsets = pa.py_buffer(array("i", accumulate(sizes, initial=0)))
    return pa.Array.from_buffers(pa.string(), len(texts), [None, offsets, pa.py_buffer(data)])


def check_utf8(data: bytes | bytearray) -> None:
    """Accept what is UTF-8, as one text, ten times as fast as Python decodes it.

    Raises:
        pyarrow.ArrowInvalid: it is not.
    """
    offsets = pa.py_buffer(array("q", [0, len(data)]))
    pa.Array.from_buffers(pa.large_string(), 1, [None, offsets, pa.py_buffer(data)]).validate(full=True)


def count(data: bytes | bytearray | memoryview, byte: bytes) -> int:
    """Count one byte in many, while other threads go on."""
    held = pa.Array.from_buffers(pa.uint8(), len(data), [None, pa.py_buffer(data)])
    sought = pa.Array.from_buffers(pa.uint8(), 1, [None, pa.py_buffer(byte)])[0]
    found: int = _call("equal", [held, sought]).true_count
    return found


def matches(expression: str) -> Test:
    """Make the test whether an RE2 expression is found in a text."""
    options = _pattern(expression)
    return lambda texts: _call("match_substring_regex", [texts], options)


def is_in(known: Texts) -> Test:
    """Make the test whether a text is one of those known."""
    if len(known) == 1:
        alone = known[0]
        return lambda texts: _call("equal", [texts, alone])
    options = _lookup(value_set=known)
    return lambda texts: _call("is_in", [texts], options)


def refused(mask: Mask) -> Mask:
    """Turn truth round."""
    return _call("invert", [mask])


def either(one: Mask, other: Mask) -> Mask:
    """Join two masks by or."""
    return _call("or", [one, other])


def rising(texts: Texts) -> Mask:
    """Tell of each text but the first whether it comes after the one before."""
    return _call("less", [texts[:-1], texts[1:]])


def plain(texts: Texts) -> Texts:
    """Give texts without a dictionary."""
    return _cast(texts, pa.string()) if isinstance(texts, pa.DictionaryArray) else texts


def nonzero(mask: Mask) -> Texts:
    """Give the indices of what is true."""
    return _call("indices_nonzero", [mask])


def written(texts: Texts) -> Texts:
    """Give the texts that are not ""."""
    return kept(texts, _call("not_equal", [texts, strings([""])[0]]))


def places(chunk: Texts, test: Test) -> list[int]:
    """Give the indices of the cells whose text passes a test, which sees each text of a dictionary once."""
    if isinstance(chunk, pa.DictionaryArray):
        mask = test(chunk.dictionary)
        mask = _call("array_take", [mask, chunk.indices]) if len(nonzero(mask)) else mask[:0]
    else:
        mask = test(chunk)
    found: list[int] = nonzero(mask).to_pylist()
    return found


def kept(texts: Texts, mask: Mask) -> Texts:
    """Give the texts whose mask is true."""
    return _call("array_filter", [texts, mask])


def indices(numbers: Sequence[int]) -> Indices:
    """Make an array of indices."""
    held = numbers if isinstance(numbers, array) else array("i", numbers)
    return pa.Array.from_buffers(pa.int32(), len(numbers), [None, pa.py_buffer(held)])


def taken(texts: Texts, order: Indices) -> Texts:
    """Give the texts in the order of some indices."""
    return _call("array_take", [texts, order])


def unique(chunks: Sequence[Texts]) -> Texts:
    """Give each text of some arrays once, in the order of their first places."""
    return _call("unique", [pa.chunked_array(chunks)]) if chunks else strings([])


def encoded(texts: Texts) -> Texts:
    """Hold texts as codes of a dictionary, which has them in the order of their first places."""
    return _call("dictionary_encode", [texts])


def twice(chunks: Sequence[Texts]) -> Texts:
    """Give the texts that stand more than once in some arrays."""
    counted = _call("value_counts", [pa.chunked_array(chunks)])
    once = pa.Array.from_buffers(pa.int64(), 1, [None, pa.py_buffer(array("q", [1]))])[0]
    return kept(counted.field("values"), _call("not_equal", [counted.field("counts"), once]))


def extremes(texts: Texts) -> tuple[str, str]:
    """Give the first and the last of one text or more, in the order of their characters."""
    found = _call("min_max", [texts], _aggregate)
    return found["min"].as_py(), found["max"].as_py()


def joined(columns: Sequence[Texts]) -> Texts:
    """Write the texts of a key as one; two that are the same may come of different keys."""
    if len(columns) == 1:
        return columns[0]
    return _call("binary_join_element_wise", [*map(plain, columns), strings(["\t"])[0]], _join)


def _cast(texts: Texts, kind: pa.DataType) -> Texts:
    return _call("cast", [texts], _arrow.CastOptions(target_type=kind))
