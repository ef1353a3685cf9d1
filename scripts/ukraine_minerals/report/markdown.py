"""A table, for a comment or a job's summary."""

import re

from ukraine_minerals.report import Report, more, place, plain, sentence, summary


def write(report: Report) -> str:
    """Write the summary, then a row for each problem."""
    lines = [f"**{_cell(summary(report))}**"]
    if report.problems:
        lines += ["", "| place | field | code | what |", "| --- | --- | --- | --- |"]
    for problem in report.problems:
        code = problem.code if problem.severity == "error" else f"{problem.code} (warning)"
        lines.append(
            f"| {' | '.join(map(_cell, (place(problem), problem.field, code, sentence(problem))))} |"
        )
    for left in report.left:
        lines.append(f"| {_cell(left.path)} |  | {_cell(left.code)} | {more(left)} |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    """Escape whatever Markdown or HTML would read as its own, and part what GitHub would link or call."""
    text = plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = "".join(f"\\{c}" if c in "\\`*_{}[]|~" else c for c in text)
    return re.sub(r"[@#]|:(?=//)|www(?=\.)", r"\g<0><!-- -->", text)
