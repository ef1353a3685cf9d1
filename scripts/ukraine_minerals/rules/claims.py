"""A claim has somebody who made it, and a verdict only where it asserts something.

A schema cannot ask for one of several cells, nor for none because of another.
"""

from collections.abc import Iterator

from ukraine_minerals import problem
from ukraine_minerals.model import Tables
from ukraine_minerals.problem import Problem
from ukraine_minerals.rules import lookup

_ASSERTS_NOTHING = ("asks", "demands", "offers", "proposes", "declines_to_comment")


def check(tables: Tables) -> Iterator[Problem]:
    """Find claims and participations of nobody, and verdicts on what asserts nothing."""
    claims = tables.by_name.get("claims")
    fields = lookup.columns(claims, "official_id", "organisation_id", "speaker", "act", "status", "checked")
    for index, (official, body, speaker, act, status, checked) in enumerate(zip(*fields, strict=True)):
        if claims is None:
            return
        if not (official or body or speaker):
            message = "nobody says this"
            hint = "give official_id, organisation_id, or the speaker as the source words it"
            yield problem.at(claims, index, "speaker", "nobody", message, hint)
        if checked and (status == "rejected" or act in _ASSERTS_NOTHING):
            reason = "the claim is rejected" if status == "rejected" else f"who {act} asserts nothing"
            message = f'"{checked}" is no answer here, for {reason}'
            hint = "empty the cell"
            yield problem.at(claims, index, "checked", "checked-idle", message, hint)
    table = tables.by_name.get("event_participants")
    for index, who in enumerate(zip(*lookup.columns(table, "official_id", "organisation_id"), strict=True)):
        if table is not None and not any(who):
            message = "nobody takes part here"
            hint = "give official_id, organisation_id or both"
            yield problem.at(table, index, "official_id", "nobody", message, hint)
