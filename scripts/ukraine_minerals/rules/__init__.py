"""What no schema can say about this subject: one module a rule, in the order of the report's reading."""

from collections.abc import Callable, Iterator
from pathlib import Path

from ukraine_minerals import problem
from ukraine_minerals.model import Tables
from ukraine_minerals.problem import Problem
from ukraine_minerals.rules import (
    chronology,
    claims,
    codes,
    disputes,
    evidence,
    exemptions,
    figures,
    geography,
    lists,
    names,
    prose,
    redirects,
    scales,
    shares,
    spreadsheet,
    sums,
    tenure,
    trees,
    urls,
    words,
)

RULES: tuple[Callable[[Tables], Iterator[Problem]], ...] = (
    evidence.check,
    disputes.check,
    claims.check,
    chronology.check,
    tenure.check,
    trees.check,
    geography.check,
    figures.check,
    shares.check,
    sums.check,
    codes.check,
    names.check,
    lists.check,
    redirects.check,
    spreadsheet.check,
    words.check,
    prose.check,
    scales.check,
    urls.check,
)

TEXT_CODES = frozenset(
    ("text-digest", "text-paragraphs", "anchor-absent", "anchor-figure", "anchor-words", "copied-text")
)


def run(tables: Tables) -> list[Problem]:
    """Find what breaks a rule of the subject and is not exempt."""
    problems = [found for rule in RULES for found in rule(tables)]
    return exemptions.apply(tables, problems, frozenset(problem.CODES) - TEXT_CODES)


def run_texts(tables: Tables, folder: Path) -> list[Problem]:
    """Find what disagrees with the sources' texts, one file `<source_id>.txt` each, and is not exempt."""
    from ukraine_minerals.rules import texts  # noqa: PLC0415  # only a run with texts pays for it

    return exemptions.apply(tables, list(texts.check(tables, folder)), TEXT_CODES)


def anchored(tables: Tables, folder: Path) -> tuple[int, int]:
    """Count the evidence whose anchor holds, and all evidence whose source has a text."""
    from ukraine_minerals.rules import texts  # noqa: PLC0415

    return texts.anchored(tables, folder)
