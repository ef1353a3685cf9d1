"""Columns -> one Parquet file: true types, and metadata that give pandas its nullable dtypes."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ukraine_minerals.errors import PackageError
from ukraine_minerals.export.columns import KINDS, Column

ARROW: dict[str, pa.DataType] = {
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "string": pa.string(),
}
# What `pandas.read_parquet` makes of a kind: entries of the "pandas" metadata. An Arrow dtype for lists there
# makes it crash, so lists stay objects.
PANDAS = {
    "boolean": {"pandas_type": "bool", "numpy_type": "boolean"},
    "category": {"pandas_type": "categorical", "numpy_type": "int8"},
    "date": {"pandas_type": "date", "numpy_type": "date32[day][pyarrow]"},
    "integer": {"pandas_type": "int64", "numpy_type": "Int64"},
    "list": {"pandas_type": "list", "numpy_type": "object"},
    "number": {"pandas_type": "float64", "numpy_type": "float64"},
    "string": {"pandas_type": "unicode", "numpy_type": "str"},
}


def write(columns: Sequence[Column], about: Mapping[str, str], path: Path) -> None:
    """Write a table as Parquet; `about` goes into the metadata of the file."""
    arrays = [_array(column) for column in columns]
    fields = [
        pa.field(column.name, array.type, metadata=_text(column.descriptor))
        for column, array in zip(columns, arrays, strict=True)
    ]
    told = {**about, "pandas": json.dumps(_pandas(columns))}
    schema = pa.schema(fields, metadata={key.encode(): word.encode() for key, word in told.items()})
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), path)


def _array(column: Column) -> "pa.Array[Any]":
    try:
        if column.kind == "category":
            places = {word: number for number, word in enumerate(column.vocabulary)}
            codes = pa.array(
                [None if word is None else places[str(word)] for word in column.values], pa.int32()
            )
            words = pa.array(column.vocabulary, pa.string())
            return pa.DictionaryArray.from_arrays(codes, words, ordered=_ordered(column))
        if column.kind == "list":
            item = KINDS.get(column.descriptor.get("itemType", "string"), "string")
            return pa.array(column.values, pa.list_(ARROW[item]))
        return pa.array(column.values, ARROW[column.kind])
    except OverflowError as error:
        raise PackageError(f"{column.name}: a number does not fit into 64 bits") from error


def _ordered(column: Column) -> bool:
    return bool(column.descriptor.get("categoriesOrdered"))


def _text(descriptor: Mapping[str, object]) -> dict[str, str]:
    return {key: str(descriptor[key]) for key in ("title", "description", "unit") if key in descriptor}


def _pandas(columns: Sequence[Column]) -> dict[str, object]:
    """Build the "pandas" metadata; pandas makes a plain 0, 1, 2 index."""
    entries = []
    for column in columns:
        size = {"num_categories": len(column.vocabulary), "ordered": _ordered(column)}
        entry = {"name": column.name, "field_name": column.name, **PANDAS[column.kind]}
        entries.append({**entry, "metadata": size if column.kind == "category" else None})
    return {"index_columns": [], "column_indexes": [], "columns": entries, "pandas_version": "2.2.0"}
