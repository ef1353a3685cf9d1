"""Every cell is of its field's type and keeps the field's constraints; every row has all its cells."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from operator import ge, gt, le, lt
from typing import Any, NamedTuple

from ukraine_minerals import problem, values
from ukraine_minerals.checks import doubts, kinds, patience
from ukraine_minerals.errors import PackageError
from ukraine_minerals.model import Descriptor, Field, Table, Tables
from ukraine_minerals.problem import Problem

_BOUNDS: dict[str, tuple[Callable[[Any, Any], bool], str]] = {
    "minimum": (ge, "is less than"),
    "maximum": (le, "is more than"),
    "exclusiveMinimum": (gt, "is not more than"),
    "exclusiveMaximum": (lt, "is not less than"),
}


_MOST = 200  # texts of a field that get a hint; where more are wrong, one cause is behind them
_MADE = "leave the cell empty and run tidy, which makes the key"


class Fault(NamedTuple):
    """What is wrong with one text of a field, wherever it stands."""

    code: str
    message: str
    hint: str = ""
    constraint: str = ""


_Test = Callable[[str, Any], Fault | None]


def check(tables: Tables) -> Iterator[Problem]:
    """Check all cells, column by column, each distinct text once."""
    for table in tables.by_name.values():
        blank = set(doubts.blank(table))
        for index in sorted(blank):
            yield problem.at(table, index, "", "blank-row", "the row is empty", "delete it")
        yield from _ragged(table, blank)
        texts = doubts.texts(table)
        widths = {index: len(cells) for index, cells in table.ragged.items() if index not in blank}
        for number, field in enumerate(table.fields):
            short = {index for index, width in widths.items() if width <= number}
            try:
                yield from _column(table, number, blank, short, texts[field.name])
            except PackageError as error:
                raise PackageError(f"{table.resource.name}: {error}") from None


def _ragged(table: Table, blank: set[int]) -> Iterator[Problem]:
    width = len(table.fields)
    fields = enumerate(table.fields, 1) if table.ragged else ()
    tellers = [problem.teller(table, field.name, number) for number, field in fields]
    for index, cells in table.ragged.items():
        if index in blank:
            continue
        for tell in tellers[len(cells) :]:
            message = f"the row has {len(cells)} of {width} cells"
            hint = "a row has as many cells as the header; put the commas back"
            yield tell(index, "missing-cell", message, hint, value="")
        for number, cell in enumerate(cells[width:], width + 1):
            yield problem.of(
                table,
                "extra-cell",
                f"the row has {len(cells)} cells for {width} columns; {problem.quote(cell)} is too many",
                "a value that holds the delimiter needs quotation marks",
                line=table.lines[index],
                row=table.rows[index],
                column=number,
                value=cell,
            )


def _column(
    table: Table, number: int, blank: set[int], short: set[int], texts: Collection[str]
) -> Iterator[Problem]:
    """Tell of all faults in a column; `short` rows lack it, `texts` are those of it that may have one."""
    field = table.fields[number]
    required = field.constraints.get("required") is True
    made = table.resource.primary_key if "generatedKey" in table.resource.schema else ()
    hint = _MADE if field.name in made else "fill it in"
    absent = [Fault("constraint-error", "a value is required", hint, "required")] if required else []
    with patience.bounded(field, texts):
        by_text = dict(faults(field, texts))
    if by_text and field.name in made:
        by_text = {text: [one._replace(hint=_MADE) for one in found] for text, found in by_text.items()}
    if required:
        by_text.update((text, absent) for text in field.missing_values if text in texts)
    found = dict.fromkeys(short, "")
    if by_text:
        found = {**dict(doubts.where(table, field.name, by_text)), **found}
    tell = problem.teller(table, field.name, number + 1)
    for index in sorted(found.keys() - blank):
        text = found[index]
        for fault in absent if index in short else by_text[text]:
            yield tell(index, *fault, text)


def faults(field: Field, texts: Iterable[str]) -> Iterator[tuple[str, list[Fault]]]:
    """Read each text and try it on all constraints, unless it cannot be read; give those with faults."""
    present = set(texts).difference(field.missing_values)
    if _surely_sound(field, present):
        return
    tests = _tests(field)
    read = values.reader(field)
    if _surely_within(field, present, read):
        return
    advised = 0
    for text in sorted(present):  # so that two runs give the same hints
        try:
            value = read(text)
        except ValueError:
            found = [Fault("type-error", f"{problem.quote(text)} is not {kinds.of(field)}")]
        else:
            found = [fault for test in tests if (fault := test(text, value))]
        if found:
            advised += 1
            yield (
                text,
                [_advised(field, text, fault, tests) for fault in found] if advised <= _MOST else found,
            )


def _surely_sound(field: Field, texts: set[str]) -> bool:
    """Accept texts at a glance, which need no reading; what is not accepted here is tried one by one."""
    if field.type not in ("string", "any") or field.format != "default":
        return False
    rules = field.constraints
    try:
        return (
            rules.keys() <= {"required", "unique", "pattern", "enum", "maxLength"}
            and (field.type == "string" or rules.keys() <= {"required", "unique"})
            and ("categories" not in field.descriptor or "enum" in rules)
            and ("enum" not in rules or texts <= {raw for raw in rules["enum"] if isinstance(raw, str)})
            and max(map(len, texts), default=0) <= rules.get("maxLength", float("inf"))
            and ("pattern" not in rules or all(map(values.expression(rules["pattern"]).fullmatch, texts)))
        )
    except (re.error, RecursionError, OverflowError):
        return False


def _surely_within(field: Field, texts: set[str], read: values.Reader) -> bool:
    """Accept texts that can all be read, if the least and the greatest keep all constraints there are."""
    if not field.constraints.keys() <= {"required", "unique", *_BOUNDS} or "categories" in field.descriptor:
        return False
    try:
        found = list(map(read, texts))
        bounds = [
            (name, values.constant(field, field.constraints[name]))
            for name in _BOUNDS & field.constraints.keys()
        ]
        return not found or all(
            _BOUNDS[name][0](min(found) if name.endswith("inimum") else max(found), bound)
            for name, bound in bounds
        )
    except (ValueError, ArithmeticError, TypeError):  # not read, or without an order, such as NaN
        return False


def _advised(field: Field, text: str, fault: Fault, tests: Sequence[_Test]) -> Fault:
    """Say what to write instead, where the fault itself does not."""
    if fault.hint:
        return fault
    from ukraine_minerals import meant  # noqa: PLC0415  # only a run with faults pays for it

    def accepts(candidate: str) -> bool:
        try:
            value = values.reader(field)(candidate)
        except ValueError:
            return False
        return not any(test(candidate, value) for test in tests)

    hint = meant.advice(field.type, text, accepts, field.descriptor, fault.constraint)
    return fault._replace(hint=hint)


def _tests(field: Field) -> list[_Test]:
    tests: list[_Test] = []
    for name, raw in field.constraints.items():
        if name in _BOUNDS:
            tests.append(_bound(field, name, raw))
        elif name in ("minLength", "maxLength"):
            tests.append(_length(name, raw))
        elif name == "pattern":
            tests.append(_pattern(field, raw))
        elif name == "enum":
            tests.append(_members(field, raw, "constraint-error", "enum"))
        elif name == "jsonSchema":
            tests.append(_json_schema(field, raw))
    if "categories" in field.descriptor and "enum" not in field.constraints:
        raws = [
            item.get("value") if isinstance(item, dict) else item for item in field.descriptor["categories"]
        ]
        tests.append(_members(field, raws, "category-error", ""))
    return tests


def _bound(field: Field, name: str, raw: Any) -> _Test:  # noqa: ANN401  # what JSON holds
    try:
        bound = values.constant(field, raw)
    except ValueError:
        raise PackageError(f"field {field.name}: constraint {name} is not {kinds.of(field)}") from None
    keeps, words = _BOUNDS[name]

    def test(text: str, value: Any) -> Fault | None:  # noqa: ANN401
        # NaN has no order (IEEE 754), so it keeps no bound.
        if value == value and bound == bound and keeps(value, bound):  # noqa: PLR0124
            return None
        return Fault("constraint-error", f"{problem.quote(text)} {words} the {name} {raw}", constraint=name)

    return test


def _length(name: str, size: int) -> _Test:
    def test(text: str, value: Any) -> Fault | None:  # noqa: ANN401
        if len(value) >= size if name == "minLength" else len(value) <= size:
            return None
        words = "shorter" if name == "minLength" else "longer"
        message = f"{problem.quote(text)} is {words} than {size:,}; its length is {len(value):,}"
        return Fault("constraint-error", message, constraint=name)

    return test


def _pattern(field: Field, raw: str) -> _Test:
    """Match the whole value, as XML Schema's expressions do; ^ and $ at the ends do no harm."""
    try:
        pattern = values.expression(raw)
    except (re.error, RecursionError, OverflowError) as error:
        raise PackageError(
            f"field {field.name}: pattern {problem.quote(raw)} is not supported: {error}"
        ) from None

    def test(text: str, _: Any) -> Fault | None:  # noqa: ANN401
        if pattern.fullmatch(text):
            return None
        message = f"{problem.quote(text)} does not match the pattern {raw}"
        return Fault("constraint-error", message, constraint="pattern")

    return test


def _json_schema(field: Field, raw: Descriptor) -> _Test:
    from ukraine_minerals.checks import json_schema  # noqa: PLC0415  # few packages pay for the library

    faults_of = json_schema.judge(field.name, raw)

    def test(text: str, value: Any) -> Fault | None:  # noqa: ANN401
        found = faults_of(value)
        message = f"{problem.quote(text)} breaks its JSON Schema: {found}"
        return Fault("constraint-error", message, constraint="jsonSchema") if found else None

    return test


def _members(field: Field, raws: list[Any], code: str, constraint: str) -> _Test:
    members = []
    for raw in raws:
        try:
            members.append(values.constant(field, raw))
        except ValueError:  # nothing can equal it
            continue
    shown = [str(raw) for raw in raws[:12]] + [f"and {len(raws) - 12} more"] * (len(raws) > 12)

    hint = problem.hinter(map(str, raws))

    def test(text: str, value: Any) -> Fault | None:  # noqa: ANN401
        if value in members:
            return None
        message = f"{problem.quote(text)} is not one of {', '.join(shown)}"
        return Fault(code, message, hint(text), constraint)

    return test
