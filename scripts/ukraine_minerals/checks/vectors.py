"""Accelerators of the checks, with Arrow: they may doubt what is sound, and doubt all that is not."""

from collections.abc import Collection, Sequence

import pyarrow as pa

from ukraine_minerals import values
from ukraine_minerals.checks import surely
from ukraine_minerals.model import Field, ForeignKey, Table
from ukraine_minerals.read import kernels, threads
from ukraine_minerals.read.arrow import Column
from ukraine_minerals.read.kernels import Mask, Test, Texts

_FEW = 10_000  # rows that are soon looked at one by one
_PIECE = 8192  # texts whose hashes stay near the processor
_CANONICAL = {"integer": "^(?:0|-?[1-9][0-9]{0,17})$"}  # one text a value, so that texts can be compared


def doubtful(table: Table) -> dict[str, list[str]]:
    """Give, by field, the distinct texts that are not surely sound."""
    tests = [refuses(field) for field in table.fields]

    def of_slice(chunks: tuple[Texts, ...]) -> list[Texts]:
        return [_passing(chunk, test) for chunk, test in zip(chunks, tests, strict=True)]

    found = threads.each(of_slice, _slices(table, [field.name for field in table.fields]))
    return {field.name: _unique([parts[n] for parts in found]) for n, field in enumerate(table.fields)}


def refuses(field: Field) -> Test | None:
    """Give the test that only texts surely sound do not pass; None where every text is sound."""
    required = field.constraints.get("required") is True
    patterns = surely.patterns(field)
    if patterns is None:
        return kernels.matches("")
    missing = kernels.is_in(kernels.strings(field.missing_values)) if required else None
    if not patterns:
        return missing
    others = "" if required else "".join(f"|{_escaped(text)}" for text in field.missing_values)
    forms = [kernels.matches(f"^(?:{pattern}{others})$") for pattern in patterns]
    try:
        for form in forms:
            form(kernels.strings([""]))
    except pa.ArrowInvalid:  # RE2 cannot read it
        return kernels.matches("")

    def refused(texts: Texts) -> Mask:
        masks = [kernels.refused(form(texts)) for form in forms]
        mask = missing(texts) if missing else masks.pop()
        for more in masks:
            mask = kernels.either(mask, more)
        return mask

    return refused


def _escaped(text: str) -> str:
    return "".join(char if char.isalnum() or not char.isascii() else f"\\x{ord(char):02x}" for char in text)


def _passing(chunk: Texts, test: Test | None) -> Texts:
    """Give the texts of a chunk that pass a test, each once where they are held as a dictionary."""
    distinct = chunk.dictionary if isinstance(chunk, pa.DictionaryArray) else chunk
    return kernels.kept(distinct, test(distinct)) if test else distinct[:0]


def _unique(chunks: Sequence[Texts]) -> list[str]:
    found: list[str] = kernels.unique([chunk for chunk in chunks if len(chunk)]).to_pylist()
    return found


def _slices(table: Table, names: Sequence[str]) -> list[tuple[Texts, ...]]:
    """Give some columns slice by slice."""
    return list(zip(*(_chunks(table.columns[name]) for name in names), strict=True))


def _chunks(column: Sequence[str]) -> Sequence[Texts]:
    return column.chunks if isinstance(column, Column) else [kernels.strings([*dict.fromkeys(column)])]


def where(column: Sequence[str], texts: Collection[str]) -> list[int]:
    """Give the indices of the cells of a column that hold one of some texts."""
    if not texts:
        return []
    if not isinstance(column, Column):
        return [index for index, text in enumerate(column) if text in texts]
    return _where([(chunk,) for chunk in column.chunks], kernels.is_in(kernels.strings([*texts])))


def at(column: Sequence[str], indices: Sequence[int]) -> list[str]:
    """Give the texts of some rows, whose indices ascend."""
    return column.at(indices) if isinstance(column, Column) else [column[index] for index in indices]


def _where(slices: Sequence[tuple[Texts, ...]], test: Test) -> list[int]:
    places = threads.each(lambda chunks: kernels.places(kernels.joined(chunks), test), slices)
    start, found = 0, []
    for chunks, held in zip(slices, places, strict=True):
        found += [start + place for place in held]
        start += len(chunks[0])
    return found


def missing(table: Table) -> list[int]:
    """Give the rows in which every field holds a text that is missing."""
    found: list[int] | None = None
    for field in table.fields:
        column = table.columns[field.name]
        if found is None or len(found) > _FEW:
            held = where(column, field.missing_values)
            found = sorted(set(held).intersection(found)) if found is not None else held
        else:
            cells = zip(found, at(column, found), strict=True)
            found = [index for index, text in cells if text in field.missing_values]
    return found or []


def repeated(table: Table, names: Sequence[str]) -> Sequence[int]:
    """Give the rows, in order, that may have a null in a key or the key of another row; all where unsure."""
    found = set(table.ragged)
    for name in names:
        field, column = _field(table, name), table.columns[name]
        found.update(where(column, field.missing_values))
        if not _is_text(field):
            odd = _odd(field, column)
            if odd is None:
                return range(len(table.lines))
            found.update(where(column, odd))
    slices = _slices(table, names)
    if not any(_rises([chunks[n] for chunks in slices]) for n in range(len(names))):
        joined = [kernels.plain(kernels.joined(chunks)) for chunks in slices]
        behind = _behind(joined)
        texts = kernels.twice(joined) if behind is None else kernels.strings(behind)
        if len(texts):
            found.update(_where([(chunk,) for chunk in joined], kernels.is_in(texts)))
    return sorted(found)


def _field(table: Table, name: str) -> Field:
    return next(field for field in table.fields if field.name == name)


def _is_text(field: Field) -> bool:
    """Tell whether two texts of a field are one value only where they are the same."""
    return field.type in ("string", "any") and field.format == "default"


def _odd(field: Field, column: Sequence[str]) -> list[str] | None:
    """Give the texts that are no value in its one usual form, and that form of those that are a value."""
    if field.type not in _CANONICAL or field.descriptor.keys() & {"groupChar", "bareNumber"}:
        return None
    usual = kernels.matches(_CANONICAL[field.type])
    texts = _unique([_passing(chunk, lambda some: kernels.refused(usual(some))) for chunk in _chunks(column)])
    return [*texts, *(str(value) for text in texts if (value := values.read(field, text)) is not None)]


def _rises(chunks: Sequence[Texts]) -> bool:
    """Tell whether each text comes after the one before, so that none stands twice."""
    last = None
    for chunk in chunks:
        first = chunk[0].as_py()
        if isinstance(chunk, pa.DictionaryArray) or (last is not None and not last < first):
            return False
        if len(kernels.nonzero(kernels.refused(kernels.rising(chunk)))):
            return False
        last = chunk[-1].as_py()
    return True


def _behind(chunks: Sequence[Texts]) -> list[str] | None:
    """Give the texts that come not after all those before, which alone can stand twice; None if many do."""
    found: list[str] = []
    most, latest = sum(map(len, chunks)) // 20 + 100, ""
    for chunk in chunks:
        falls = kernels.nonzero(kernels.refused(kernels.rising(chunk))).to_pylist()
        starts = [0, *(index + 1 for index in falls)]
        if len(starts) + len(found) > most:
            return None
        for start, end in zip(starts, [*starts[1:], len(chunk)], strict=True):
            for place in range(start, end):
                text = chunk[place].as_py()
                if text > latest:
                    break
                found.append(text)
            latest = max(latest, chunk[end - 1].as_py())
    return found if len(found) <= most else None


def strays(table: Table, key: ForeignKey, target: Table) -> tuple[Sequence[int], Sequence[int]]:
    """Give the rows whose key may not stand in the other table, and those there that may have such a key."""
    own, other = _field(table, key.fields[0]), _field(target, key.reference_fields[0])
    if len(key.fields) > 1 or not (_is_text(own) and _is_text(other)):
        return range(len(table.lines)), range(len(target.lines))
    column, there = table.columns[own.name], target.columns[other.name]
    unsure = {*other.missing_values, ""}  # "" may be that of a cell that is not there
    try:
        absent = _absent(_distinct(column), _distinct(there))
    except pa.ArrowInvalid:  # more text than an array holds
        return range(len(table.lines)), range(len(target.lines))
    texts = unsure.union(absent).difference(own.missing_values)
    return where(column, texts), where(there, texts)


def _distinct(column: Sequence[str]) -> Sequence[Texts]:
    """Give the texts of a column, those of dictionaries once for all slices."""
    chunks = _chunks(column)
    if any(isinstance(chunk, pa.DictionaryArray) for chunk in chunks):
        return [kernels.unique([getattr(chunk, "dictionary", chunk) for chunk in chunks])]
    return chunks


def _absent(chunks: Sequence[Texts], known: Sequence[Texts]) -> list[str]:
    """Give the texts of some chunks, but for "", that none of those known has.

    Both are compared piece by piece; where they are in one order, a piece meets few of the others.
    """
    others = _pieces(known)
    pairs = [
        (piece, [other for least, most, other in others if least <= last and first <= most])
        for first, last, piece in _pieces(chunks)
    ]
    if sum(len(near) for _, near in pairs) > 2 * (len(others) + len(pairs)):
        pairs = [(pa.concat_arrays(chunks), list(known))]

    def absent(pair: tuple[Texts, Sequence[Texts]]) -> Texts:
        piece, near = pair
        if not near:
            return piece
        return kernels.kept(piece, kernels.refused(kernels.is_in(pa.concat_arrays(near))(piece)))

    return _unique(threads.each(absent, pairs))


def _pieces(chunks: Sequence[Texts]) -> list[tuple[str, str, Texts]]:
    """Cut chunks into pieces without "", each with its first and its last text in alphabetical order."""
    size = max(_PIECE, sum(map(len, chunks)) // 256)
    found = []
    for chunk in chunks:
        for start in range(0, len(chunk), size):
            piece = chunk[start : start + size]
            first, last = kernels.extremes(piece)
            if not first and last:
                piece = kernels.written(piece)
                first, last = kernels.extremes(piece)
            if last:
                found.append((first, last, piece))
    return found
