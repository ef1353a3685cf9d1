"""What held on a day: the latest observations, offices held, stages of agreements, what had happened.

The columns are named here: no schema says which of a table's dates tells when a row holds.
"""

import datetime as dt

import pandas as pd

from ukraine_minerals import edtf, values
from ukraine_minerals.errors import PackageError
from ukraine_minerals.model import Field

# What is observed; the observer is asserted_by or, where nobody is named, the source's own words.
_OBSERVED = {
    "territory_control": ["territory_id"],
    "site_status": ["site_id"],
    "mineral_presence": ["mineral_id", "territory_id"],
}
_HELD = {"positions": ("start_date", "end_date")}
# The stages that have a date, from first to last.
_STAGES = {
    "agreements": {
        "proposed": "proposed_date",
        "signed": "signed_date",
        "ratified": "ratified_date",
        "in_force": "in_force_date",
        "ended": "ended_date",
    }
}
_HAPPENED = {
    "events": "event_date",
    "claims": "said_date",
    "commitments": "announced_date",
    "sources": "published",
    "mineral_lists": "published",
}
_CALLED_OFF = ("cancelled", "rejected", "withdrawn")  # their ended_date is the day on which they were
_DATE = Field("as_of", "date", "default", {}, (), {})


def on(table: str, frame: pd.DataFrame, day: str | dt.date) -> pd.DataFrame:
    """Keep what surely held on a day; `frames.load` says what that means for each table.

    Raises:
        PackageError: The day is none, or the table does not tell what held on a day.
    """
    if not isinstance(day, dt.date) and values.read(_DATE, day) is None:
        raise PackageError(f'as_of "{day}" is not a day such as 2025-03-01')
    iso = f"{day:%Y-%m-%d}" if isinstance(day, dt.date) else day
    if "status" in frame:
        frame = frame[frame["status"] != "rejected"]
    if table in _OBSERVED:
        frame = _observed(frame, _OBSERVED[table], iso)
    elif table in _HELD:
        start, end = _HELD[table]
        frame = frame[(_since(frame[start]) <= iso) & ~_may_be_past(frame[end], iso)]
    elif table in _STAGES:
        frame = _staged(frame, _STAGES[table], iso)
    elif table in _HAPPENED:
        frame = frame[_since(frame[_HAPPENED[table]]) <= iso]
    else:
        known = ", ".join([*_OBSERVED, *_HELD, *_STAGES, *_HAPPENED])
        raise PackageError(f"{table} has no dates that tell what held on a day; as_of is for {known}")
    return frame.reset_index(drop=True)


def _observed(frame: pd.DataFrame, things: list[str], day: str) -> pd.DataFrame:
    since = _since(frame["as_of"])
    frame, since = frame[since <= day], since[since <= day]
    observer = frame["asserted_by"].fillna(frame["asserter"])
    by = [*(frame[thing] for thing in things), observer]
    return frame[since == since.groupby(by, dropna=False).transform("max")]


def _staged(frame: pd.DataFrame, dates: dict[str, str], day: str) -> pd.DataFrame:
    stage = pd.Series(None, index=frame.index, dtype=frame["stage"].dtype)
    for name, column in dates.items():
        stage[_since(frame[column]) <= day] = name
    called_off = (stage == "ended") & frame["stage"].isin(_CALLED_OFF)
    return frame.assign(stage=stage.mask(called_off, frame["stage"]))[stage.notna()]


def _since(dates: "pd.Series[str]") -> "pd.Series[str]":
    """Give the day (ISO) from which each date has surely come; missing where there is none."""
    spans = [edtf.parse(text.removesuffix("/..")) if isinstance(text, str) else None for text in dates]
    return pd.Series([span and span.latest for span in spans], index=dates.index, dtype="str")


def _may_be_past(dates: "pd.Series[str]", day: str) -> "pd.Series[bool]":
    """Say of each end whether a day may lie behind it; an empty end is still open."""
    spans = [edtf.parse(text) if isinstance(text, str) else None for text in dates]
    return pd.Series(
        [span is not None and (span.earliest or "") < day for span in spans], index=dates.index, dtype=bool
    )
