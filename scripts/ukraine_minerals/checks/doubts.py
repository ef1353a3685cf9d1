"""What of a table needs the exact reader: all of a small one; of a large one what is not surely sound.

Only a large table pays for the import of Arrow.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from ukraine_minerals.model import ForeignKey, Table


def texts(table: Table) -> Mapping[str, Collection[str]]:
    """Give, by field, the distinct texts that may have a fault, in the order of their first rows.

    The order makes two runs give the same hints.
    """
    if table.is_large:
        from ukraine_minerals.checks import vectors  # noqa: PLC0415

        return vectors.doubtful(table)
    return {field.name: dict.fromkeys(table.columns[field.name]) for field in table.fields}


def where(table: Table, name: str, sought: Collection[str]) -> list[tuple[int, str]]:
    """Give the cells of a column that hold one of some texts, by index."""
    column = table.columns[name]
    if table.is_large:
        from ukraine_minerals.checks import vectors  # noqa: PLC0415

        places = vectors.where(column, sought)
        return list(zip(places, cells(table, name, places), strict=True))
    return [(index, text) for index, text in enumerate(column) if text in sought]


def cells(table: Table, name: str, indices: Sequence[int]) -> Sequence[str]:
    """Give the texts of some rows, whose indices ascend."""
    column = table.columns[name]
    if len(indices) == len(column):
        return column
    if table.is_large:
        from ukraine_minerals.checks import vectors  # noqa: PLC0415

        return vectors.at(column, indices)
    return [column[index] for index in indices]


def blank(table: Table) -> Iterable[int]:
    """Give the rows, in order, that may hold no value at all."""
    if table.is_large:
        from ukraine_minerals.checks import vectors  # noqa: PLC0415

        return vectors.blank(table)
    first = table.fields[0]
    if not table.ragged and set(table.columns[first.name]).isdisjoint(first.missing_values):
        return ()
    return range(len(table.lines))


def keys(table: Table, names: Sequence[str]) -> Sequence[int]:
    """Give the rows, in order, whose key may have a null in it or stand twice."""
    if table.is_large:
        from ukraine_minerals.checks import vectors  # noqa: PLC0415

        return vectors.repeated(table, names)
    return range(len(table.lines))


def links(table: Table, key: ForeignKey, target: Table) -> tuple[Sequence[int], Sequence[int]]:
    """Give the rows whose key may lead nowhere, and all rows of the target that it may lead to."""
    if table.is_large or target.is_large:
        from ukraine_minerals.checks import vectors  # noqa: PLC0415

        return vectors.strays(table, key, target)
    return range(len(table.lines)), range(len(target.lines))
