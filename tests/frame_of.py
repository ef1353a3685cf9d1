"""A table as read -> a frame as Parquet would give it, but with every fault left in.

A column that holds what its dtype cannot is of the dtype that holds it: text, or objects.
"""

from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from ukraine_minerals import constraints, values
from ukraine_minerals.export import columns
from ukraine_minerals.model import Field, Table


def of(table: Table) -> pd.DataFrame:
    """Give the frame; its columns have the labels of the file, and its rows are numbered from 0."""
    labels = table.header or tuple(field.name for field in table.fields)
    found = {n: _column(table, n, field) for n, field in enumerate(table.fields)}
    return pd.DataFrame(found, index=range(len(table.lines))).set_axis(list(labels), axis="columns")


def _column(table: Table, number: int, field: Field) -> pd.Series:
    kind = columns.kind_of(field.descriptor)[0]
    read = values.reader(field) if kind not in ("string", "category") else str
    held = []
    for index, text in enumerate(table.columns[field.name]):
        there = number < len(table.ragged.get(index, table.fields))
        missing = not there or text in field.missing_values
        held.append(None if missing else _held(read, text))
    wanted = constraints.dtype(field)
    if kind == "category":
        fits = all(cell is None or cell in wanted.categories for cell in held)
        return pd.Series(held, dtype=wanted if fits else constraints.DTYPES["string"])
    fits = kind == "string" or not any(isinstance(cell, str) for cell in held)
    if kind == "list" or not fits:
        made = np.empty(len(held), dtype=object)
        made[:] = held
        return pd.Series(made, dtype=object)
    return pd.Series(held, dtype=wanted)


def _held(read: Any, text: str) -> Any:
    try:
        value = read(text)
    except ValueError:
        return text
    if isinstance(value, list):
        made = np.empty(len(value), dtype=object)
        made[:] = [float(item) if isinstance(item, Decimal) else item for item in value]
        return made
    return float(value) if isinstance(value, Decimal) else value
