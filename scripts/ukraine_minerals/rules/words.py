"""Of other people's words no more is printed than is needed to find the place.

A schema counts characters; the law, and this rule, count words.
"""

from collections.abc import Iterator

from ukraine_minerals import problem
from ukraine_minerals.model import Tables
from ukraine_minerals.problem import Problem

_LIMITS = (("as_printed", 8, "anchor-length"), ("quote", 25, "quote-length"))


def check(tables: Tables) -> Iterator[Problem]:
    """Find anchors of more than 8 words and quotes of more than 25."""
    for table in tables.by_name.values():
        for field, limit, code in _LIMITS:
            for index, text in enumerate(table.columns.get(field, ())):
                # n words have n - 1 gaps, and a printable gap is a space: cheaper to see than a split
                may_be_more = text.count(" ") >= limit or not text.isprintable()
                if may_be_more and len(text.split()) > limit:
                    message = f"{len(text.split())} words, {limit} at most"
                    hint = "keep those that say it"
                    yield problem.at(table, index, field, code, message, hint)
