"""What the accelerators call surely sound has no fault, whatever the field and the text."""

from datetime import date
from typing import Any

import pytest
from hard_cells import FIELDS, NASTY
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ukraine_minerals import schema
from ukraine_minerals.checks import cells, vectors
from ukraine_minerals.errors import PackageError
from ukraine_minerals.read import kernels


@pytest.mark.parametrize("field", FIELDS, ids=str)
def test_what_is_surely_sound_has_no_fault(field: dict[str, Any]) -> None:
    (one,) = schema.fields({"fields": [{"name": "f", **field}]}, "test")
    faults = dict(cells.faults(one, NASTY))
    refuses = vectors.refuses(one)
    refused = refuses(kernels.strings(NASTY)).to_pylist() if refuses else [False] * len(NASTY)
    required = one.constraints.get("required") is True
    for text, doubtful in zip(NASTY, refused, strict=True):
        assert doubtful or text not in faults, text
        assert doubtful or not (required and text in one.missing_values), text


ATOMS = [*"ab.é^$ \n", "[a-c]", "[^a]", r"\.", r"\-", r"\d", r"\w", "[.é]", "[]a]", "[[:alpha:]]"]
QUANTIFIERS = st.sampled_from(["", "", "", "*", "+", "?", "{2}", "{1,2}", "{,2}", "{0,}", "*?", "++"])
TERMS = st.builds("{}{}".format, st.sampled_from(ATOMS), QUANTIFIERS)
BRANCHES = st.lists(TERMS, max_size=3).map("".join)
GROUPS = st.builds(
    "({}{}|{}){}".format,
    st.sampled_from(["", "", "?:", "?i:", "?=", "?!", "?P<a>"]),
    BRANCHES,
    BRANCHES,
    QUANTIFIERS,
)
EXPRESSIONS = st.lists(st.one_of(TERMS, GROUPS), min_size=1, max_size=3).map("".join)
BOUNDS = st.one_of(
    st.none(),
    st.integers(-2100, 2100),
    st.decimals(-200, 200, places=1).map(str),
    st.sampled_from(["1e3", "0", "-0.5", "NaN"]),
)
FIGURES = st.one_of(
    st.integers(-2200, 2200).map(str),
    st.decimals(-210, 210, places=2).map(str),
    st.sampled_from([*NASTY, "-0", "+0.0", "007", "1_0"]),
)
DAYS = st.one_of(
    st.dates().map(str),
    st.dates(min_value=date(1999, 12, 25), max_value=date(2001, 1, 5)).map(str),
    st.sampled_from(NASTY),
)
LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


def accepted(field: dict[str, Any], texts: list[str]) -> None:
    """Require that no text is accepted at a glance in which the exact reader finds a fault."""
    one = schema.fields({"fields": [{"name": "f", **field}]}, "test")[0]
    try:
        faults = dict(cells.faults(one, texts))
    except PackageError:  # the exact reader refuses the field itself, whatever the glance says
        return
    refuses = vectors.refuses(one)
    refused = refuses(kernels.strings(texts)).to_pylist() if refuses else [False] * len(texts)
    for text, doubtful in zip(texts, refused, strict=True):
        assert doubtful or text not in faults, (field, text)


PROPERTY = settings(
    max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@given(EXPRESSIONS, st.lists(st.text("ab.cé- \n1_A]:lph", max_size=5), min_size=1, max_size=30))
@PROPERTY
def test_patterns_mean_the_same_to_both(expression: str, texts: list[str]) -> None:
    accepted({"type": "string", "constraints": {"pattern": expression}}, texts)


@given(
    st.sampled_from(["integer", "number", "year"]),
    st.dictionaries(st.sampled_from(LIMITS), BOUNDS),
    st.lists(FIGURES, min_size=20),
)
@PROPERTY
def test_figures_within_their_limits(kind: str, limits: dict[str, Any], texts: list[str]) -> None:
    given_limits = {name: raw for name, raw in limits.items() if raw is not None}
    accepted({"type": kind, "constraints": given_limits}, texts)


@given(
    st.sampled_from(["date", "datetime", "yearmonth"]),
    st.dictionaries(st.sampled_from(LIMITS), DAYS),
    st.lists(DAYS, min_size=20),
)
@PROPERTY
def test_days_within_their_limits(kind: str, limits: dict[str, str], texts: list[str]) -> None:
    accepted({"type": kind, "constraints": limits}, texts)


@given(st.lists(st.sampled_from([*NASTY, "a.b", "a|b", "(", "\\", "é"]), max_size=6), st.booleans())
@PROPERTY
def test_members_are_taken_as_they_are(members: list[str], is_required: bool) -> None:
    for extra in ({"constraints": {"enum": members, "required": is_required}}, {"categories": members}):
        accepted({"type": "string", "missingValues": ["", "a", "-"], **extra}, NASTY)
    accepted({"type": "boolean", "trueValues": members, "falseValues": ["no"]}, NASTY)
