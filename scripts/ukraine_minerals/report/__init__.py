"""Problems -> text, JSON, GitHub annotations, Markdown."""

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from ukraine_minerals.problem import Problem


class Left(NamedTuple):
    """How many problems of one code in one file a report leaves out."""

    path: str
    code: str
    severity: str
    number: int


class Report(NamedTuple):
    """What a validation found, sorted, and how much it read."""

    package: str
    tables: int
    rows: int
    problems: tuple[Problem, ...]
    left: tuple[Left, ...] = ()

    @property
    def errors(self) -> int:
        """Count the problems that make the package unsound; warnings do not."""
        return self._count("error")

    @property
    def warnings(self) -> int:
        """Count the others."""
        return self._count("warning")

    def _count(self, severity: str) -> int:
        shown = [problem.severity for problem in self.problems].count(severity)
        return shown + sum(left.number for left in self.left if left.severity == severity)


def limited(report: Report, limit: int) -> Report:
    """Keep the first problems of each code in each file, and count the others."""
    kept, counts = [], Counter[tuple[str, str, str]]()
    for problem in report.problems:
        key = (problem.path, problem.code, problem.severity)
        counts[key] += 1
        if counts[key] <= limit:
            kept.append(problem)
    left = (Left(*key, count - limit) for key, count in counts.items() if count > limit)
    return report._replace(problems=tuple(kept), left=tuple(left))


def writer(name: str) -> Callable[[Report], str]:
    """Give the function that writes a report in the named format, and import no other."""
    from importlib import import_module  # noqa: PLC0415

    write: Callable[[Report], str] = import_module(f"ukraine_minerals.report.{name}").write
    return write


def summary(report: Report) -> str:
    """Say in one line what was found in how much."""
    warnings = _count(report.warnings, "warning") if report.warnings else ""
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
    if problem.line is None:
        return problem.path
    place = f"{problem.path}:{problem.line}"
    return place if problem.column is None else f"{place}:{problem.column}"


def sentence(problem: Problem) -> str:
    """Give message and hint."""
    return f"{problem.message} — {problem.hint}" if problem.hint else problem.message


def more(left: Left) -> str:
    """Say how many problems are left out."""
    return f"and {left.number:,} more"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
