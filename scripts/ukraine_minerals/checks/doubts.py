"""What of a table needs the exact reader: all of a small one; of a large one what is not surely sound.

Only a large table pays for the import of Arrow.
"""

from collections.abc import Collection, Mapping, Sequence

from ukraine_minerals.model import ForeignKey, Table


def texts(table: Table) -> Mapping[str, Collection[str]]:
    """Give, by field, the distinct texts that may have a fault."""
    if table.is_large:
        from ukraine_minerals.checks import vectors  # noqa: PLC0415

        return vectors.doubtful(table)
    return {field.name: set(table.columns[field.name]) for field in table.fields}


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


def blank(table: Table) -> list[int]:
    """Give the rows in which every cell is missing or not there at all."""
    if table.is_large:
        from ukraine_minerals.checks import vectors  # noqa: PLC0415

        rows = vectors.missing(table)
    else:
        rows = list(range(len(table.lines)))
        for field in table.fields:
            column, texts = table.columns[field.name], set(field.missing_values)
            rows = [index for index in rows if column[index] in texts]
    short = [index for index, cells in table.ragged.items() if _is_blank(table, cells)]
    return [*short, *(index for index in rows if index not in table.ragged)]


def _is_blank(table: Table, cells: Sequence[str]) -> bool:
    return all(cell in field.missing_values for cell, field in zip(cells, table.fields, strict=False))


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
