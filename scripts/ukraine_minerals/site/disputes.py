"""Disputes side by side: who says what, when, on which evidence, and what came of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from ukraine_minerals.export.columns import Column
from ukraine_minerals.model import Descriptor
from ukraine_minerals.pictures.marks import spoken
from ukraine_minerals.site.book import Book
from ukraine_minerals.site.front import records
from ukraine_minerals.site.records import row_home

VIEW = "disputes_side_by_side"


def sides(
    book: Book, views: Mapping[str, tuple[Descriptor, Sequence[Column]]]
) -> list[tuple[str, Mapping[str, str], list[dict[str, Any]]]]:
    """Give each dispute with its sides, from the ready view; open ones first."""
    found: dict[str, list[dict[str, Any]]] = {key: [] for key in book.rows["disputes"]}
    for row in records(views[VIEW]) if VIEW in views else ():
        place = row["table_name"], row["row_key"]
        evidence = book.evidence.get(place, ())
        found[row["dispute_id"]].append(
            {
                **row,
                "day": _day(row["day"]),
                "home": row_home(book, *place).removeprefix("../"),
                "status_word": book.words.get(row["table_name"], {}).get("status", {}).get(row["status"], ""),
                "evidence": dict.fromkeys(
                    (
                        book.labels.get(("sources", entry["source_id"]), entry["source_id"]),
                        f"../sources/{entry['source_id']}/",
                        entry["paragraph"],
                        book.words["evidence"]["stance"].get(entry["stance"], entry["stance"]),
                    )
                    for _, entry in evidence
                ),
            }
        )
    order = ["open", "resolved", "only_apparent"]
    rows = book.rows["disputes"]
    keys = sorted(
        rows, key=lambda key: (order.index(rows[key]["verdict"]) if rows[key]["verdict"] in order else 9, key)
    )
    return [(key, rows[key], found[key]) for key in keys]


def _day(text: str) -> str:
    return spoken(text) if text and " – " not in text else text
