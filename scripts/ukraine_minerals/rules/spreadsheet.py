"""A spreadsheet has not been at the data: no formulas, no dates or codes made numbers, no broken letters.

A schema sees a number or a text and cannot know what stood there before.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache, partial

from ukraine_minerals import edtf, problem
from ukraine_minerals.model import Field, Table, Tables
from ukraine_minerals.problem import Problem
from ukraine_minerals.rules import lookup

_FORMULA_STARTS = frozenset("=@+-#\t\r")
_FORMULA = r"[=@\t\r]|#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)|[+-](?![0-9]|\.[0-9]|INF\b)"
_SCIENTIFIC = r"[+-]?[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]+"
# UTF-8 read as Windows-1252, and letters that no encoding could save
_MOJIBAKE = "Ã[\u0080-\u00bf]|â€|[ÐÑ][\u0080-\u00bf\u0152-\u0178\u2018-\u203a€™]|\ufffd"
_EPOCH = date(1899, 12, 30)
_DATES = (
    (r"(?P<serial>[1-6][0-9]{4})(?:\.[0-9]+)?", "serial-date"),
    (r"(?P<d>[0-9]{1,2})\.(?P<m>[0-9]{1,2})\.(?P<y>[0-9]{4})", "serial-date"),
    (r"(?P<a>[0-9]{1,2})/(?P<b>[0-9]{1,2})/(?P<y>[0-9]{4}|[0-9]{2})", "serial-date"),
    (r"(?P<d>[0-9]{1,2})-(?P<n>[A-Za-z]{3})-(?P<y>[0-9]{4}|[0-9]{2})", "serial-date"),
    (r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?", "serial-date"),
    (r"(?!.{10})(?P<y>[0-9]{4})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})", "lost-zeros"),
)
_BOUND = frozenset(("pattern", "enum"))
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LOST_ZEROS = {
    "iso_3166": r"(UA-)([0-9])",
    "katottg": r"(UA)?([0-9]{15,16})",
}

Damage = tuple[str, str, str] | None
"""Code, message and hint."""


def check(tables: Tables) -> Iterator[Problem]:
    """Find the traces that spreadsheets leave."""
    for table in tables.by_name.values():
        # to look for a rare character first is faster
        broken, shortened = (
            any(mark[-1] in table.text and mark in table.text for mark in marks)
            for marks in (("Ã", "â€", "Ð", "Ñ", "\ufffd"), ("E+",))
        )
        for field in table.resource.fields:
            texts = lookup.column(table, field.name)
            misread = (
                {text for text in set(texts) if not text.isascii() and re.search(_MOJIBAKE, text)}
                if broken
                else ()
            )
            for index, text in enumerate(texts) if misread else ():
                if text in misread:
                    message = f"{problem.quote(text, 40)} was read in the wrong encoding"
                    yield problem.at(table, index, field.name, "mojibake", message, _reread(text))
            yield from _column(table, field, shortened=shortened)


def _column(table: Table, field: Field, *, shortened: bool) -> Iterator[Problem]:
    """Look once at each distinct text; what a pattern or a list bounds is reported where it is checked."""
    texts = suspects = lookup.column(table, field.name)
    if field.type in ("integer", "number"):
        judge = _scientific
    elif field.type == "date" or field.descriptor.get("edtf"):
        judge = _date
    elif field.name in _LOST_ZEROS:
        judge = partial(_code, field.name)
    elif field.type in ("string", "list") and not _BOUND & field.constraints.keys():
        judge = _text
        if not shortened:
            suspects = [text for text in texts if text[:1] in _FORMULA_STARTS]
    else:
        return
    damaged = {text: found for text in set(suspects) if text and (found := judge(text))}
    for index, text in enumerate(texts) if damaged else ():
        if text in damaged:
            yield problem.at(table, index, field.name, *damaged[text])


@cache
def date_meant(text: str) -> tuple[str, str] | None:
    """Give the code of the damage and the ISO date that was meant; "" where day and month could be either."""
    if edtf.parse(text) is not None:
        return None
    for form, code in _DATES:
        match = re.fullmatch(form, text)
        if match is not None:
            return code, _iso(match.groupdict())
    return None


def code_meant(field: str, text: str) -> str:
    """Give the code that has lost its zeros; "" if the text is none."""
    match = re.fullmatch(_LOST_ZEROS[field], text) if field in _LOST_ZEROS else None
    if match is None:
        return ""
    return "UA" + match[2].zfill(17) if field == "katottg" else match[1] + match[2].zfill(2)


def _iso(parts: dict[str, str]) -> str:
    if "serial" in parts:
        return str(_EPOCH + timedelta(days=int(parts["serial"])))
    year = int(parts["y"]) + (2000 if len(parts["y"]) == 2 else 0)
    if "a" in parts:
        first, second = int(parts["a"]), int(parts["b"])
        if first <= 12 and second <= 12 and first != second:
            return ""
        day, month = (first, second) if first > 12 else (second, first)
    else:
        name = parts.get("n", "").lower()
        if name and name not in _MONTHS:
            return ""
        day, month = int(parts["d"]), _MONTHS.index(name) + 1 if name else int(parts["m"])
    try:
        return str(date(year, month, day))
    except ValueError:
        return ""


def _text(text: str) -> Damage:
    if text[0] in _FORMULA_STARTS and re.match(_FORMULA, text):
        message = f"a spreadsheet takes {problem.quote(text, 20)} for a formula"
        return "formula-cell", message, "begin with another character"
    return _scientific(text) if text[0].isdigit() and "E+" in text else None


def _scientific(text: str) -> Damage:
    if not ("E" in text or "e" in text) or not re.fullmatch(_SCIENTIFIC, text):
        return None
    hint = f"write {float(text):.0f}" if float(text).is_integer() else "write it out after the source"
    return (
        "scientific-notation",
        f"{text} is a number as a spreadsheet shortens it, and digits may be lost",
        hint,
    )


def _date(text: str) -> Damage:
    meant = date_meant(text)
    if meant is None:
        return None
    code, iso = meant
    what = "has lost its zeros" if code == "lost-zeros" else "is a date as a spreadsheet writes it"
    return code, f'"{text}" {what}', f"write {iso}" if iso else "write it as YYYY-MM-DD, after the source"


def _code(field: str, text: str) -> Damage:
    whole = code_meant(field, text)
    return ("lost-zeros", f"{text} has lost a zero", f"write {whole}") if whole else None


def _reread(text: str) -> str:
    try:
        return f"write {text.encode('cp1252').decode('utf-8')}"
    except UnicodeError:
        return "copy it again from the source"
