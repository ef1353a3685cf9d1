"""The one form of CSV and JSON: tidy writes it, checks/form.py compares with it."""

import csv
import json
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from json.encoder import encode_basestring as encode
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ukraine_minerals.errors import PackageError
from ukraine_minerals.model import Descriptor, Package, Resource, Table


def csv_text(table: Table) -> str:
    """Write a table: header in schema order, rows by primary key, NFC, no edge spaces, generated keys.

    Raises:
        ValueError: the table was not read exactly, so that writing it would lose something.
    """
    resource = table.resource
    if table.ragged:
        raise ValueError(f"line {table.lines[min(table.ragged)]} has too few or too many cells")
    if len(set(table.header)) < len(table.header):
        raise ValueError("two columns have one name")
    if resource.encoding.lower().replace("-", "") not in ("utf8", "utf8sig"):
        raise ValueError(f"it is declared as {resource.encoding}, and the one form is UTF-8")
    dialect = resource.dialect
    if dialect["commentChar"] or dialect["commentRows"] or dialect["headerRows"] not in ([], [1]):
        raise ValueError("comments and rows above the header have no place in the one form")
    if dialect["escapeChar"] or not dialect["quoteChar"] or not dialect["doubleQuote"]:
        raise ValueError("its dialect does not double quotation marks, as the one form does")
    if dialect["header"] and not table.header:
        raise ValueError("its header is empty")
    names = table.header or tuple(table.columns)
    is_plain = _is_plain(table.text)
    if is_plain and _stands(table):
        return table.text
    tidy = str.strip if is_plain else tidy_cell
    columns = {
        name: _tidy_column(column, tidy) for name, column in zip(names, table.columns.values(), strict=True)
    }
    _fill_keys(resource, columns)
    known = [field.name for field in resource.fields if field.name in columns]
    order = known + [name for name in columns if name not in known]
    rows = list(zip(*(columns[name] for name in order), strict=True))
    if resource.primary_key and set(resource.primary_key) <= set(columns):
        places = [order.index(name) for name in resource.primary_key]
        rows.sort(key=lambda row: [row[place] for place in places])
    return _written([order, *rows] if table.header else rows, dialect["delimiter"], dialect["quoteChar"])


def _is_plain(text: str) -> bool:
    """Say whether a text holds no CR, and no letter apart from its accent."""
    return "\r" not in text and all(
        unicodedata.is_normalized("NFC", line) for line in text.split("\n") if not line.isascii()
    )


def _stands(table: Table) -> bool:
    """Say at a glance whether a plain table surely is in its one form; what is not sure is written anew."""
    resource, dialect = table.resource, table.resource.dialect
    delimiter, quote = re.escape(dialect["delimiter"]), re.escape(dialect["quoteChar"])
    # a cell in quotation marks that needs them, from one delimiter to the next
    needed = (
        f"{quote}(?<![^{delimiter}\n]{quote})(?=[^{delimiter}{quote}\n]*(?:[{delimiter}\n]|{quote}{quote}))"
        f"[^{quote}]*(?:{quote}{quote}[^{quote}]*)*{quote}(?![^{delimiter}\n])"
    )
    keys = [table.columns[name] for name in resource.primary_key if name in table.columns]
    rows = list(zip(*keys, strict=True))
    return (
        table.header == tuple(field.name for field in resource.fields)
        and table.text.startswith(dialect["delimiter"].join(table.header) + "\n")
        and table.text.endswith("\n")
        and not dialect["skipInitialSpace"]
        and not any("" in key for key in keys)
        and rows == sorted(rows)
        and all(tuple(map(str.strip, column)) == tuple(column) for column in table.columns.values())
        and dialect["quoteChar"] not in re.sub(needed, "", table.text)
    )


def _written(rows: Iterable[Sequence[str]], delimiter: str, quote: str) -> str:
    """Write rows with the csv module; those in which nothing needs a quotation mark are only joined."""
    out: list[str] = []
    writer = csv.writer(
        SimpleNamespace(write=out.append), delimiter=delimiter, quotechar=quote, lineterminator="\n"
    )
    for row in rows:
        line = delimiter.join(row)
        if line and quote not in line and "\n" not in line and line.count(delimiter) == len(row) - 1:
            out.append(f"{line}\n")
        else:
            writer.writerow(row)
    return "".join(out)


def _tidy_column(column: Sequence[str], tidy: Callable[[str], str]) -> list[str]:
    changed = {text: made for text in set(column) if (made := tidy(text)) != text}
    return [changed.get(text, text) for text in column] if changed else list(column)


def tidy_cell(text: str) -> str:
    """Give a cell without edge spaces, in NFC, its line ends as LF."""
    return unicodedata.normalize("NFC", text.strip().replace("\r\n", "\n").replace("\r", "\n"))


def _fill_keys(resource: Resource, columns: Mapping[str, list[str]]) -> None:
    """Make the keys that nobody invents: prefix and 8 hex digits of what identifies the row."""
    rule = resource.schema.get("generatedKey")
    if not rule or len(resource.primary_key) != 1:
        return
    for name in (*resource.primary_key, *rule["fields"]):
        if name not in columns:
            raise ValueError(f"it has no column {name}, which its keys need")
    keys = columns[resource.primary_key[0]]
    taken = set(keys)
    for index, key in enumerate(keys):
        if not key:
            keys[index] = made = _key(rule, [columns[name][index] for name in rule["fields"]], taken)
            taken.add(made)


def _key(rule: Descriptor, parts: list[str], taken: set[str]) -> str:
    from hashlib import sha256  # noqa: PLC0415  # only a row without a key needs it

    text, number = "|".join(parts), 1
    while True:
        again = f"|{number}" if number > 1 else ""
        key = f"{rule['prefix']}-{sha256((text + again).encode()).hexdigest()[:8]}"
        if key not in taken:
            return key
        number += 1


def json_text(text: str) -> str:
    """Write a JSON document indented by two, its keys in their order.

    Raises:
        ValueError: it is not JSON, or Python would write it otherwise (a key twice, too many digits).
    """
    try:
        value = json.loads(text, parse_float=_float, parse_constant=_float, object_pairs_hook=_object)
        return _indented(value, "\n") + "\n"
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _indented(value: Any, newline: str) -> str:  # noqa: ANN401  # what JSON holds
    """Do what json.dumps(value, ensure_ascii=False, indent=2) does, in a quarter of its time."""
    inner = newline + "  "
    if isinstance(value, dict) and value:
        items = [
            f"{inner}{encode(key)}: {encode(item) if isinstance(item, str) else _indented(item, inner)}"
            for key, item in value.items()
        ]
        return f"{{{','.join(items)}{newline}}}"
    if isinstance(value, list) and value:
        return f"[{','.join([inner + _indented(item, inner) for item in value])}{newline}]"
    return encode(value) if isinstance(value, str) else json.dumps(value)


def _float(text: str) -> float:
    number = float(text)
    if text.strip("-").isalpha() or Decimal(repr(number)) != Decimal(text):
        raise ValueError(f"the number {text} cannot be written back as it is")
    return number


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return value


def json_files(package: Package) -> Iterator[Path]:
    """Give the descriptor and the files of schemas and dialects that it names."""
    yield Path(package.path)
    seen = set()
    for resource in package.resources:
        for key in ("schema", "dialect"):
            path = resource.descriptor.get(key)
            if isinstance(path, str) and path not in seen:
                seen.add(path)
                yield package.root / path


def write(texts: Mapping[Path, str]) -> None:
    """Write all files or none: each beside its place, and renamed once all are written.

    Raises:
        PackageError: a file could not be written; all stand as before.
    """
    targets = {Path(os.path.realpath(path)): text for path, text in texts.items()}
    parts = {path: path.with_name(path.name + ".part") for path in targets}
    changed = 0
    try:
        for path, part in parts.items():
            part.write_bytes(targets[path].encode())
            part.chmod(path.stat().st_mode & 0o7777)
        for path, part in parts.items():
            part.replace(path)
            changed += 1
    except OSError as error:
        told = f"{changed} other files were" if changed else "nothing was"
        raise PackageError(f"{error.filename}: cannot be written: {error.strerror}; {told} changed") from None
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
