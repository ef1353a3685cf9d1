"""Problems -> text, JSON, GitHub annotations, Markdown."""

from collections.abc import Callable
from typing import NamedTuple

from ukraine_minerals.problem import Problem


class Report(NamedTuple):
    """What a validation found, sorted, and how much it read."""

    package: str
    tables: int
    rows: int
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> int:
        """Count the problems that make the package unsound; warnings do not."""
        return sum(problem.severity == "error" for problem in self.problems)


def writer(name: str) -> Callable[[Report], str]:
    """Give the function that writes a report in the named format, and import no other."""
    from importlib import import_module  # noqa: PLC0415

    write: Callable[[Report], str] = import_module(f"ukraine_minerals.report.{name}").write
    return write


def summary(report: Report) -> str:
    """Say in one line what was found in how much."""
    warnings = (
        _count(len(report.problems) - report.errors, "warning")
        if len(report.problems) > report.errors
        else ""
    )
    size = f"{_count(report.tables, 'table')}, {_count(report.rows, 'row')}"
    if report.errors:
        return f"{', '.join(filter(None, [_count(report.errors, 'error'), warnings]))} in {size}"
    return f"sound: {size}" if not warnings else f"sound, {warnings}: {size}"


def plain(text: str) -> str:
    """Write what a terminal would obey or hide (controls, line ends, marks of direction) as an escape."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def place(problem: Problem) -> str:
    """Give path, line and field number as one clickable word."""
    parts = (problem.path, problem.line, problem.column if problem.line else None)
    return ":".join(str(part) for part in parts if part is not None)


def sentence(problem: Problem) -> str:
    """Give message and hint."""
    return f"{problem.message} — {problem.hint}" if problem.hint else problem.message


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
