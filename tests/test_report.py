"""What is told is one line a problem, escaped for whoever reads it."""

import json
from typing import Any

import pytest

from ukraine_minerals import report
from ukraine_minerals.problem import Problem

FOUND = Problem(
    severity="error",
    code="foreign-key",
    constraint="",
    resource="events",
    path="data/events.csv",
    line=42,
    row=41,
    column=7,
    field="territory_id",
    value="kyrovohrad-oblast",
    message='"kyrovohrad-oblast" is not in territories',
    hint='did you mean "kirovohrad-oblast"?',
)


def found(**changed: Any) -> Problem:
    return FOUND._replace(**changed)


def write(name: str, *problems: Problem, tables: int = 24, rows: int = 1234) -> str:
    return report.writer(name)(report.Report("ours", tables, rows, problems))


def test_text_is_one_clickable_line() -> None:
    line, summary = write("text", FOUND).splitlines()
    assert line == (
        'data/events.csv:42:7: territory_id: foreign-key: "kyrovohrad-oblast" is not in territories'
        ' — did you mean "kirovohrad-oblast"?'
    )
    assert summary == "1 error in 24 tables, 1,234 rows"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("text", "data/events.csv: foreign-key: and 37 more\n"),
        ("markdown", "| data/events.csv |  | foreign-key | and 37 more |\n"),
    ],
)
def test_limit_counts_what_it_leaves_out(name: str, told: str) -> None:
    other = found(code="edtf", severity="warning")
    whole = report.Report("ours", 24, 1234, (other, *[FOUND] * 40, other))
    shown = report.limited(whole, 3)
    text = report.writer(name)(shown)
    assert told in text
    assert "40 errors, 2 warnings in 24 tables" in text
    assert text.count("kirovohrad-oblast") == 5
    assert (shown.errors, shown.warnings, len(shown.problems)) == (40, 2, 5)
    assert json.loads(report.writer("json")(shown))["left"] == [
        {"path": "data/events.csv", "code": "foreign-key", "severity": "error", "number": 37}
    ]
    assert "37 more are not annotated" in report.writer("github")(shown)


def test_text_of_a_whole_file() -> None:
    problem = found(
        line=None, row=None, column=None, field="", code="scheme-error", message="is gone", hint=""
    )
    assert write("text", problem).startswith("data/events.csv: scheme-error: is gone\n")


@pytest.mark.parametrize(
    ("problems", "size", "line"),
    [
        ((), (24, 1234), "sound: 24 tables, 1,234 rows"),
        ((), (1, 1), "sound: 1 table, 1 row"),
        ((found(severity="warning"),), (24, 1234), "sound, 1 warning: 24 tables, 1,234 rows"),
        (
            (FOUND,) * 3 + (found(severity="warning"),),
            (24, 1234),
            "3 errors, 1 warning in 24 tables, 1,234 rows",
        ),
    ],
)
def test_summary(problems: tuple[Problem, ...], size: tuple[int, int], line: str) -> None:
    assert write("text", *problems, tables=size[0], rows=size[1]).splitlines()[-1] == line


def test_warning_is_said_to_be_one() -> None:
    assert ": territory_id: warning: foreign-key: " in write("text", found(severity="warning"))


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("\x1b[31m", r"\x1b[31m"),
        ("a\nb\r", r"a\nb\r"),
        ("\u202eb", r"\u202eb"),
        ("\u200b", r"\u200b"),
        ("Київ", "Київ"),
    ],
)
@pytest.mark.parametrize("name", ["text", "github"])
def test_controls_are_neutralised(name: str, raw: str, plain: str) -> None:
    text = write(name, found(message=raw, hint=""))
    assert plain in text
    assert text.count("\n") == 2


def test_json_has_one_object_with_all_keys_in_order() -> None:
    document = json.loads(write("json", found(value="a\u202e\nb"), found(severity="warning", line=None)))
    assert list(document) == ["valid", "package", "tables", "rows", "problems", "left"]
    assert (document["valid"], document["package"], document["tables"], document["rows"]) == (
        False,
        "ours",
        24,
        1234,
    )
    assert list(document["problems"][0]) == [
        *("severity", "code", "constraint", "resource", "path", "line"),
        *("row", "column", "field", "value", "message", "hint"),
    ]
    assert document["problems"][0]["value"] == "a\u202e\nb"
    assert document["problems"][1]["line"] is None
    assert json.loads(write("json", found(severity="warning")))["valid"] is True


def test_github_escapes_and_puts_errors_first() -> None:
    lines = write("github", found(severity="warning"), found(path="a,b:c.csv", message="100%")).splitlines()
    assert lines[0] == (
        "::error file=a%2Cb%3Ac.csv,line=42,col=7,title=foreign-key::territory_id: 100%25"
        ' — did you mean "kirovohrad-oblast"?'
    )
    assert lines[1].startswith("::warning file=data/events.csv,line=42,col=7,title=foreign-key::")
    assert lines[2] == "1 error, 1 warning in 24 tables, 1,234 rows"


def test_github_gets_no_more_than_it_shows() -> None:
    problems = [found(severity=severity, line=n) for n in range(1, 14) for severity in ("warning", "error")]
    lines = write("github", *problems).splitlines()
    assert [line[: line.index(" ")] for line in lines[:-2]] == ["::error"] * 10 + ["::warning"] * 10
    assert ",line=10," in lines[9]
    assert lines[-2:] == [
        "6 more are not annotated; `validate` prints all",
        "13 errors, 13 warnings in 24 tables, 1,234 rows",
    ]


def test_github_obeys_nothing_of_the_data() -> None:
    problem = found(path="::error::x", value="##[add-mask]", message="a\r\n::stop-commands::x%0A\n", hint="")
    [line, _] = write("github", problem).splitlines()
    assert line.startswith("::error file=%3A%3Aerror%3A%3Ax,line=42,")
    assert line.endswith("::territory_id: a\\r\\n::stop-commands::x%250A\\n")


def test_github_leaves_out_what_is_not_known() -> None:
    text = write("github", found(line=None, column=None, field="", message="::stop::", hint=""))
    assert text.startswith("::error file=data/events.csv,title=foreign-key::::stop::\n")


def test_markdown_escapes() -> None:
    lines = write("markdown", found(message="a|b <b>`x`</b> *c* [d](e)\n", hint="")).splitlines()
    assert lines[0] == "**1 error in 24 tables, 1,234 rows**"
    assert lines[4] == (
        r"| data/events.csv:42:7 | territory\_id | foreign-key |"
        r" a\|b &lt;b&gt;\`x\`&lt;/b&gt; \*c\* \[d\](e)\\n |"
    )
    assert write("markdown") == "**sound: 24 tables, 1,234 rows**\n"


def test_markdown_calls_nobody_and_links_nothing() -> None:
    text = write("markdown", found(message="@all see #1, https://example.org, www.example.org", hint=""))
    assert "@<!-- -->all see #<!-- -->1, https:<!-- -->//example.org, www<!-- -->.example.org" in text
