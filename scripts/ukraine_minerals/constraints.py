"""Field of a Table Schema -> the Pandera checks of its cells, each named by the code of our own engine."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from operator import ge, gt, le, lt
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pyarrow import date32

from ukraine_minerals import edtf, frames, values
from ukraine_minerals.checks import json_schema
from ukraine_minerals.errors import PackageError
from ukraine_minerals.export import columns
from ukraine_minerals.model import Field

Keeps = Callable[[Any], bool]

# The dtype in which each kind of column comes out of Parquet.
DTYPES: dict[str, Any] = {
    "boolean": pd.BooleanDtype(),
    "date": pd.ArrowDtype(date32()),
    "integer": pd.Int64Dtype(),
    "list": np.dtype("object"),
    "number": np.dtype("float64"),
    "string": pd.StringDtype(na_value=np.nan),
}
_PYTHON: dict[str, tuple[type, ...]] = {
    "boolean": (bool, np.bool_),
    "date": (dt.date,),
    "integer": (int, np.integer),
    "number": (int, float, np.integer, np.floating),
    "string": (str,),
}
_BOUNDS: dict[str, tuple[Callable[[Any, Any], bool], str]] = {
    "minimum": (ge, "at least"),
    "maximum": (le, "at most"),
    "exclusiveMinimum": (gt, "more than"),
    "exclusiveMaximum": (lt, "less than"),
}


def column(field: Field, *, present: bool) -> pa.Column:
    """Compile a field; `present` says whether a frame must have the column."""
    checks = [_check(field, "type-error", _kind(field), lambda _: True)]
    checks += [_check(field, code, words, keeps) for code, words, keeps in _constraints(field)]
    return pa.Column(
        dtype(field),
        checks=checks,
        nullable=field.constraints.get("required") is not True,
        required=present,
        title=field.descriptor.get("title"),
        description=field.descriptor.get("description"),
    )


def dtype(field: Field) -> Any:  # noqa: ANN401  # a dtype of pandas, of NumPy or of Arrow
    """Give the dtype in which a field comes out of Parquet."""
    return frames.category(field) or DTYPES[columns.kind_of(field.descriptor)[0]]


def value(field: Field, cell: Any) -> Any:  # noqa: ANN401
    """Give the value that a cell of a frame stands for, also where a frame holds it as text.

    Raises:
        ValueError: it is none of the field's type.
    """
    kind = columns.kind_of(field.descriptor)[0]
    if kind == "list":
        if not isinstance(cell, list | tuple | np.ndarray):
            raise ValueError(cell)
        item = columns.KINDS.get(field.descriptor.get("itemType", "string"), "string")
        return [_plain(item, part) for part in cell]
    found = _plain("string" if kind == "category" else kind, cell)
    return values.reader(field)(found) if isinstance(found, str) else found


def _plain(kind: str, cell: Any) -> Any:  # noqa: ANN401
    """Take a cell as Python's own type; what only looks alike (true for 1, a moment for a day) is not."""
    moment = isinstance(cell, dt.datetime)
    if not isinstance(cell, _PYTHON[kind]) or moment or (isinstance(cell, bool) and kind != "boolean"):
        raise ValueError(cell)
    return cell.item() if isinstance(cell, np.generic) else cell


def _check(field: Field, code: str, words: str, keeps: Keeps) -> pa.Check:
    """Make a check of each cell that is not missing; what is not of the type is told once, as such."""
    is_type = code == "type-error"
    plain_text = field.type in ("string", "any") and field.format == "default"

    def holds(series: "pd.Series[Any]") -> "pd.Series[bool]":
        # only text and objects hold a cell of another type; other dtypes are right or wrong as a whole
        mixed = series.dtype == object or (isinstance(series.dtype, pd.StringDtype) and not plain_text)
        if is_type and not mixed:
            return pd.Series(data=True, index=series.index)
        return pd.Series([one(cell) for cell in series], index=series.index, dtype=bool)

    def one(cell: Any) -> bool:  # noqa: ANN401
        try:
            found = value(field, cell)
        except ValueError:
            return not is_type
        return keeps(found)

    return pa.Check(holds, name=code, error=f"{code}: {words}", title=field.name)


def _constraints(field: Field) -> Iterator[tuple[str, str, Keeps]]:
    """Give code, words and test of each constraint (Table Schema 2.0, Field Constraints)."""
    for name, raw in field.constraints.items():
        code = f"constraint-error ({name})"
        if name in _BOUNDS:
            keeps, words = _BOUNDS[name]
            yield code, f"{words} {raw}", _bound(keeps, _constant(field, raw))
        elif name in ("minLength", "maxLength"):
            keeps, words = (ge, "at least") if name == "minLength" else (le, "at most")
            yield code, f"{words} {raw} long", _sized(keeps, raw)
        elif name == "pattern":
            yield code, f"matches {raw}", _matching(field)
        elif name == "enum":
            yield code, f"one of {raw}", _members(field, raw)
        elif name == "jsonSchema":
            yield code, "keeps its JSON Schema", _judged(field, raw)
    if "categories" in field.descriptor and "enum" not in field.constraints:
        entries = field.descriptor["categories"]
        raws = [entry.get("value") if isinstance(entry, dict) else entry for entry in entries]
        yield "category-error", f"one of {raws}", _members(field, raws)
    if field.descriptor.get("edtf"):
        yield "edtf", "an EDTF date of the data model", _dated(field)


def _constant(field: Field, raw: Any) -> Any:  # noqa: ANN401
    try:
        found = values.constant(field, raw)
    except ValueError:
        raise PackageError(f"field {field.name}: {raw!r} is not {_kind(field)}") from None
    return float(found) if isinstance(found, Decimal) else found  # as a frame holds numbers


def _bound(keeps: Callable[[Any, Any], bool], bound: Any) -> Keeps:  # noqa: ANN401
    return lambda found: bool(keeps(found, bound))


def _sized(keeps: Callable[[Any, Any], bool], size: int) -> Keeps:
    return lambda found: keeps(len(found), size)


def _matching(field: Field) -> Keeps:
    form = _pattern(field)
    return lambda found: form.fullmatch(found) is not None


def _judged(field: Field, raw: Any) -> Keeps:  # noqa: ANN401
    faults_of = json_schema.judge(field.name, raw)
    return lambda found: not faults_of(found)


def _members(field: Field, raws: list[Any]) -> Keeps:
    members = []
    for raw in raws:
        try:
            members.append(_constant(field, raw))
        except PackageError:  # nothing can equal it
            continue
    return lambda found: found in members


def _pattern(field: Field) -> re.Pattern[str]:
    try:
        return re.compile(field.constraints["pattern"])
    except (re.error, RecursionError, OverflowError) as error:
        raise PackageError(f"field {field.name}: pattern is not supported: {error}") from None


def _dated(field: Field) -> Keeps:
    """Accept also what breaks the field's pattern, which is told already."""
    form = _pattern(field) if "pattern" in field.constraints else None
    return lambda found: edtf.parse(found) is not None or bool(form and not form.fullmatch(found))


def _kind(field: Field) -> str:
    return f"of type {field.type}" + (f", format {field.format}" if field.format != "default" else "")
