"""Table Dialect -> the dialect with all defaults filled in; what is not supported ends the run by name."""

from typing import Any

from ukraine_minerals import jsonvalue
from ukraine_minerals.errors import PackageError
from ukraine_minerals.model import Descriptor

# Table Dialect 2.0, Delimited; lineTerminator is ignored, since every reader takes all three ends of line.
_DIALECT: dict[str, tuple[str, Any]] = {
    "header": ("true or false", True),
    "headerRows": ("an array", []),
    "headerJoin": ("a string", " "),
    "commentRows": ("an array", []),
    "commentChar": ("a string", ""),
    "delimiter": ("a string", ","),
    "quoteChar": ("a string", '"'),
    "doubleQuote": ("true or false", True),
    "escapeChar": ("a string", ""),
    "skipInitialSpace": ("true or false", False),
}
_UNSUPPORTED_DIALECT = ("nullSequence", "skipBlankRows")


def read(descriptor: Descriptor, format_: str, where: str) -> Descriptor:
    """Fill in the defaults of the format, "csv" or "tsv".

    Raises:
        PackageError: a property is malformed or not supported.
    """
    given = {**descriptor, **jsonvalue.get(descriptor, "csv", "an object", where, {})}
    for key in _UNSUPPORTED_DIALECT:
        if given.get(key):
            raise PackageError(f"{where}: {key} is not supported")
    dialect = {
        key: jsonvalue.get(given, key, kind, where, default) for key, (kind, default) in _DIALECT.items()
    }
    if format_ == "tsv" and "delimiter" not in given:
        dialect["delimiter"] = "\t"
    for key, lengths in (("delimiter", (1,)), ("quoteChar", (0, 1)), ("escapeChar", (0, 1))):
        if len(dialect[key]) not in lengths or dialect[key] in ("\r", "\n"):
            raise PackageError(f"{where}: {key} of other than one character is not supported")
    marks = [dialect[key] for key in ("delimiter", "quoteChar", "escapeChar") if dialect[key]]
    if len(set(marks)) < len(marks) or (dialect["skipInitialSpace"] and dialect["delimiter"] == " "):
        raise PackageError(f"{where}: delimiter, quoteChar and escapeChar cannot be told apart")
    for key in ("headerRows", "commentRows"):
        if not all(type(n) is int and n > 0 for n in dialect[key]):
            raise PackageError(f"{where}: {key} must be an array of row numbers, from 1")
    return dialect
