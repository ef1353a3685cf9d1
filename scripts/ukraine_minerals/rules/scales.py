"""A figure is not a thousand or a million times what its evidence prints, nor a share a hundredth of it.

A schema cannot read the words of an anchor: "million" there and too few zeros here.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from ukraine_minerals import problem
from ukraine_minerals.model import Table, Tables
from ukraine_minerals.problem import Problem
from ukraine_minerals.rules import lookup, numerals
from ukraine_minerals.rules.figures import FIGURES, number

_STEPS = tuple(Decimal(10) ** step for step in (3, 6, 9, 12, -3, -6, -9, -12))
_SHARE_STEPS = (Decimal(100), Decimal(1) / 100)


def check(tables: Tables) -> Iterator[Problem]:
    """Compare the figures that are stated with the anchors that support them."""
    printed = _printed(tables)
    for name, figures in FIGURES.items():
        table = tables.by_name.get(name)
        if table is not None:
            for field, *_ in figures:
                yield from _column(table, field, printed)


def _printed(tables: Tables) -> Mapping[tuple[str, str], Sequence[str]]:
    """Give the anchors by row; none where one of them says that the figure was worked out."""
    found, computed = defaultdict(list), set()
    fields = ("table_name", "row_key", "as_printed", "stance", "reading")
    for name, key, anchor, stance, reading in zip(
        *lookup.columns(tables.by_name.get("evidence"), *fields), strict=True
    ):
        if name not in FIGURES or stance != "supports":
            continue
        found[name, key].append(anchor)
        if reading == "computed":
            computed.add((name, key))
    return {row: anchors for row, anchors in found.items() if row not in computed}


def _column(table: Table, field: str, printed: Mapping[tuple[str, str], Sequence[str]]) -> Iterator[Problem]:
    units = lookup.column(table, "unit")
    for index, (key, text) in enumerate(zip(lookup.keys(table), lookup.column(table, field), strict=True)):
        value = number(text) if text else None
        anchors = printed.get((table.resource.name, key), ())
        if not value or not anchors:
            continue
        is_share = "percent" in field or units[index] == "percent"
        steps = _SHARE_STEPS if is_share else _STEPS
        stated = frozenset[Decimal]().union(*map(numerals.wholes, anchors))
        if value in stated or any(_is_cut(anchor, value) for anchor in anchors):
            continue
        meant = next((value * step for step in steps if value * step in stated), None)
        if meant is not None:
            shown = next(anchor for anchor in anchors if meant in numerals.wholes(anchor))
            message = f"{text} is not what its evidence prints: {problem.quote(shown)}"
            hint = f"write {meant.normalize():f}, or correct the evidence"
            yield problem.at(table, index, field, "anchor-scale", message, hint)


def _is_cut(anchor: str, value: Decimal) -> bool:
    """Say whether an anchor ends with the digits of the figure, so that its scale may follow."""
    words = anchor.rstrip(" .,)").split()
    if not words or not words[-1][-1].isdigit():
        return False
    return any(
        value == ending * step for ending in numerals.wholes(" ".join(words[-2:])) for step in _STEPS[:4]
    )
