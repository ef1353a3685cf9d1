"""Field -> expressions, read alike by Python and RE2: a text that matches them all surely has no fault.

They may refuse what is sound, since the exact reader decides on all that they refuse; never the reverse.
"""

import re
from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from ukraine_minerals import values
from ukraine_minerals.model import Field

# Expressions that mean the same to both: neither class escapes, flags and look-arounds, nor "{,n}".
_PORTABLE = re.compile(
    r"(?:[^\\\[\](){}*+?|]|\\[^A-Za-z0-9_]|\[\^?(?:[^\\\[\]^]|\\[^A-Za-z0-9_])+\]"
    r"|\((?:\?:|(?!\?))|[)|]|(?:[*+?]|\{[0-9]{1,3}(?:,[0-9]{0,3})?\})\??)*"
)
_DAY = r"(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
_YEARS = r"(?:000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-8][0-9]{3}|9[0-8][0-9]{2})"
_UNBOUNDED = {
    "date": rf"{_YEARS}-{_DAY}",
    "time": _CLOCK,
    "datetime": rf"{_YEARS}-{_DAY}T{_CLOCK}Z?",
    "year": r"[0-9]{4}",
    "yearmonth": r"[0-9]{4}-(?:0[1-9]|1[0-2])",
}
_STRINGS = {
    "uuid": r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
    "uri": r"https?://[A-Za-z0-9.-]+(?:/[A-Za-z0-9._~/-]*)?",
    "email": r"[a-z0-9]{1,30}(?:[._-][a-z0-9]{1,9}){0,2}@(?:[a-z0-9]{1,40}\.){1,3}[a-z]{2,20}",
}
_SIZES: dict[str, Callable[[int], str]] = {
    "minLength": (lambda size: f"(?s:.{{{size},}})"),
    "maxLength": (lambda size: f"(?s:.{{0,{size}}})"),
}
_BOUNDS = frozenset(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"))
_MOST = 1000  # RE2 repeats no more often; longer lists of members are found faster by the exact reader


def patterns(field: Field) -> tuple[str, ...] | None:
    """Give the expressions for a text that is not missing; None where there are none for such a field."""
    rules = {name: raw for name, raw in field.constraints.items() if name not in ("required", "unique")}
    if "categories" in field.descriptor and "enum" not in rules:
        rules["enum"] = [i.get("value") if isinstance(i, dict) else i for i in field.descriptor["categories"]]
    if field.type in ("string", "any"):
        return _text(field, rules)
    if not rules.keys() <= _BOUNDS:
        return None
    if field.type in ("integer", "number"):
        return _figure(field, rules)
    if field.type == "list" and field.descriptor.get("itemType", "string") == "string":
        return ()
    if field.type == "boolean":
        members = [*field.descriptor.get("trueValues", ["true", "True", "TRUE", "1"])]
        return _members([*members, *field.descriptor.get("falseValues", ["false", "False", "FALSE", "0"])])
    if field.format != "default" or field.type not in _UNBOUNDED:
        return None
    if not rules:
        return (_UNBOUNDED[field.type],)
    return _calendar(field, rules)


def _text(field: Field, rules: dict[str, Any]) -> tuple[str, ...] | None:
    found = [_STRINGS.get(field.format)] if field.format != "default" else []
    for name, raw in rules.items():
        if name in _SIZES:
            found.append(_SIZES[name](raw) if 0 <= raw <= _MOST else None)
        elif name == "pattern":
            found.append(raw if _is_portable(raw) else None)
        else:
            members = _members(raw) if name == "enum" and field.type == "string" else None
            found += members or [None]
    known = [f"(?:{expression})" for expression in found if expression is not None]
    return tuple(known) if len(known) == len(found) else None


def _is_portable(expression: str) -> bool:
    try:
        values.expression(expression)
    except (re.error, RecursionError, OverflowError):
        return False
    return "[:" not in expression and bool(_PORTABLE.fullmatch(expression))


def _members(raws: list[Any]) -> tuple[str, ...] | None:
    texts = [raw for raw in raws if isinstance(raw, str)]
    return ("|".join(map(re.escape, texts)),) if texts and sum(map(len, texts)) <= _MOST else None


def _figure(field: Field, rules: dict[str, Any]) -> tuple[str, ...] | None:
    if field.descriptor.keys() & {"decimalChar", "groupChar", "bareNumber"}:
        return None
    limits = _limits(field, rules)
    if limits is None:
        return None
    low, high = (Decimal(limit) if limit is not None else None for limit in limits)
    beyond = int(field.type == "number")  # a fraction may come on top
    open_low, open_high = "exclusiveMinimum" in rules, "exclusiveMaximum" in rules
    parts = []
    for sign, least, most, above, below in (
        (r"\+?", low, high, open_low, open_high),
        ("-", _minus(high), _minus(low), open_high, open_low),
    ):
        first = 0 if least is None else max(0, _whole(least, ROUND_FLOOR) + 1 if above else _whole(least))
        last = None if most is None else _whole(most, ROUND_FLOOR) - max(beyond, int(below))
        if last is None or first <= last:
            parts.append(sign + _span(first, last))
    fraction = r"(?:\.[0-9]*)?" if beyond else ""
    return (f"(?:{'|'.join(parts)}){fraction}",) if parts else None


def _minus(limit: Decimal | None) -> Decimal | None:
    return None if limit is None else -limit


def _whole(limit: Decimal, rounding: str = ROUND_CEILING) -> int:
    return int(limit.to_integral_value(rounding))


def _limits(field: Field, rules: dict[str, Any]) -> tuple[Any, Any] | None:
    """Read the lowest and the highest value, None where there is none; None alone where they are unusual."""
    if {"minimum", "exclusiveMinimum"} <= rules.keys() or {"maximum", "exclusiveMaximum"} <= rules.keys():
        return None
    limits: dict[str, Any] = {}
    for name, raw in rules.items():
        try:
            limit: Any = values.constant(field, raw)
        except ValueError:
            return None
        if field.type in ("integer", "number") and not (
            Decimal(limit).is_finite() and -(10**17) < limit < 10**17
        ):
            return None
        limits[name.lower()[-7:]] = limit
    return limits.get("minimum"), limits.get("maximum")


def _span(first: int, last: int | None) -> str:
    """Write the whole numbers from first (0 or more) to last, or without end, as an expression."""
    if last is None and first == 0:
        return "[0-9]{1,18}"
    last = 10**18 - 1 if last is None else last
    if first == 0 and set(str(last)) == {"9"}:
        return f"[0-9]{{1,{len(str(last))}}}"
    parts = []
    while first <= last:
        step = 1
        while first and first % (step * 10) == 0 and first + step * 10 - 1 <= last:
            step *= 10
        digit = first // step % 10
        more = min(9 - digit, (last - first + 1) // step - 1)
        lead = str(first // step // 10) if first // step >= 10 else ""
        parts.append(f"{lead}[{digit}-{digit + more}]" + "[0-9]" * (len(str(step)) - 1))
        first += (more + 1) * step
    return f"(?:{'|'.join(parts)})"


def _calendar(field: Field, rules: dict[str, Any]) -> tuple[str, ...] | None:
    """Accept the years that lie wholly within the limits."""
    limits = _limits(field, rules)
    if limits is None or field.type not in ("date", "year"):
        return None
    low, high = limits
    open_low, open_high = int("exclusiveMinimum" in rules), int("exclusiveMaximum" in rules)
    if field.type == "date":
        open_low |= low is not None and (low.month, low.day) > (1, 1)
        open_high |= high is not None and (high.month, high.day) < (12, 31)
        low, high = low and low.year, high and high.year
    first = max(1000, 0 if low is None else low + open_low)
    last = min(9998, 9998 if high is None else high - open_high)
    if first > last:
        return None
    return (_span(first, last) + (f"-{_DAY}" if field.type == "date" else ""),)
