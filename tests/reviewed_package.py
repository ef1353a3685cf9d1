"""Two versions of a small package, and the review of the second against the first."""

from pathlib import Path
from typing import Any

import package_of

from ukraine_minerals import review
from ukraine_minerals.review.change import Review

SITES = package_of.schema(
    "site_id",
    "name",
    package_of.field("type", "string", constraints={"enum": ["mine", "port"]}),
    "territory_id",
    "note",
    primaryKey=["site_id"],
)


HEADER = "site_id,name,type,territory_id,note\n"


ROWS = "balka,Balka lithium deposit,mine,east,\nkerch,Kerch bridge port,port,south,old\n"


REDIRECTS = package_of.schema(
    *("table_name", "old_key", "new_key", "reason", "version"), primaryKey=["table_name", "old_key"]
)


EVIDENCE = package_of.schema("evidence_id", "table_name", "row_key", primaryKey=["evidence_id"])


def package(
    folder: Path,
    rows: str = ROWS,
    redirects: str = "",
    evidence: str = "",
    schema: dict[str, Any] | None = None,
    header: str = HEADER,
    **properties: Any,
) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return package_of.write(
        folder,
        {"name": "sites", "schema": schema or SITES, "text": header + rows},
        {
            "name": "redirects",
            "schema": REDIRECTS,
            "text": f"table_name,old_key,new_key,reason,version\n{redirects}",
        },
        {"name": "evidence", "schema": EVIDENCE, "text": f"evidence_id,table_name,row_key\n{evidence}"},
        **{"version": "1.2.3", **properties},
    )


def compared(tmp_path: Path, *, is_release: bool = False, **new: Any) -> Review:
    old = new.pop("old", {})
    base, head = package(tmp_path / "base", **old), package(tmp_path / "head", **new)
    return review.run(str(base.parent), "", head, is_release=is_release)


def codes(found: Review) -> list[str]:
    return [problem.code for problem in found.problems]


def told(found: Review) -> list[tuple[str, str, str]]:
    return [(row.kind, row.old_key, row.key) for row in found.rows]
