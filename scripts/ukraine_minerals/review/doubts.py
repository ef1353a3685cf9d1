"""What breaks nobody and may yet be wrong: facts that moved while their evidence did not, rows told twice."""

# ruff: noqa: SIM905  # names in one text
import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ukraine_minerals import edtf, meant, problem
from ukraine_minerals.model import Table, Tables
from ukraine_minerals.problem import Problem
from ukraine_minerals.review.change import Cell, Row
from ukraine_minerals.review.rows import redirects
from ukraine_minerals.rules import figures, lookup, numerals

CODES: dict[str, tuple[str, str]] = {
    "fact-changed": ("warning", "A fact changed, and no evidence of it is new nor prints what it says now."),
    "status-changed": ("error", "A row is accepted now, and neither its evidence nor its dispute changed."),
    "figure-unprinted": ("warning", "A new row has a figure that no anchor of its evidence prints."),
    "known-already": ("warning", "A new row tells nearly what another one tells."),
}
# Words of our own, and what tells nothing about the world.
_OURS = frozenset(
    "note summary aliases reason version because title basis item place author archive_url".split()
)
# What a page itself prints, so that no row of evidence speaks of it.
_PRINTED = {
    "sources": frozenset("url published language text_sha256 paragraphs publisher_id".split()),
    "evidence": frozenset("table_name row_key field_name source_id as_printed stance reading via".split()),
}
_TOLD_ONCE = (
    "events agreements commitments claims positions territory_control mineral_presence site_status sites "
    "site_minerals disputes errata"
)
# What a row said twice may say otherwise, besides our own words.
_SAID = frozenset("status dispute_id checked quote wikidata_id name name_uk".split())
_FIGURES = ("value", "amount", "quantity", "occupied_percent", "occupied_km2", "share_percent")
_WORD = re.compile(r"[^\W_]{3,}")
_NEAR_DAYS = 3
_DATED = ("_date", "as_of", "period")

Key = tuple[str, str]
Places = Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Ground:
    """On what a version rests: rows with new evidence, the anchors by row, the disputes that changed."""

    fresh: frozenset[Key]
    anchors: Mapping[Key, Sequence[str]]
    settled: frozenset[str]


def check(base: Tables, head: Tables, rows: Sequence[Row]) -> Iterator[Problem]:
    """Find changed cells that nothing bears out, and new rows that seem to be there already."""
    disputes = frozenset(row.key for row in rows if row.table == "disputes")
    ground = Ground(_fresh(head, rows), _anchors(head), disputes)
    gone = redirects(head)
    stood: dict[str, Mapping[str, Places]] = {}
    lines = {
        name: {line: n for n, line in enumerate(head.by_name[name].lines)}
        for name in {row.table for row in rows} & head.by_name.keys()
    }
    for row in rows:
        table = head.by_name.get(row.table)
        if table is None:
            continue
        if row.table == "evidence" and any(cell.field == "row_key" for cell in row.cells):
            name = lookup.column(table, "table_name")[lines[row.table][row.line]]
            if any(cell.field == "row_key" and (name, cell.old) in gone for cell in row.cells):
                continue  # it follows a redirect
        if row.kind in ("changed", "renamed"):
            yield from _moved(table, lines[row.table][row.line], row, ground)
        if row.kind == "added" and (row.table, row.key) in ground.anchors:
            yield from _unprinted(table, lines[row.table][row.line], row, ground.anchors[row.table, row.key])
        if row.kind == "added" and row.table in _TOLD_ONCE.split() and row.table in base.by_name:
            old = base.by_name[row.table]
            if row.table not in stood:
                stood[row.table] = {field: _places(old, field) for field in old.columns}
            yield from _known(old, table, lines[row.table][row.line], row, stood[row.table])


def _fresh(head: Tables, rows: Sequence[Row]) -> frozenset[Key]:
    """Give the rows whose evidence is new or changed."""
    evidence = head.by_name.get("evidence")
    places = dict(
        zip(
            lookup.keys(evidence),
            zip(*lookup.columns(evidence, "table_name", "row_key"), strict=True),
            strict=True,
        )
    )
    moved = [row for row in rows if row.kind in ("added", "changed")]
    told = {places[row.key] for row in moved if row.table == "evidence" and row.key in places}
    return frozenset(told)


def _anchors(head: Tables) -> Mapping[Key, Sequence[str]]:
    found = defaultdict(list)
    fields = lookup.columns(head.by_name.get("evidence"), "table_name", "row_key", "as_printed", "stance")
    for name, key, printed, stance in zip(*fields, strict=True):
        if stance == "supports":
            found[name, key].append(printed)
    return found


def _moved(table: Table, index: int, row: Row, ground: Ground) -> Iterator[Problem]:
    schema = table.resource.schema
    is_printed = row.table in _PRINTED
    if not is_printed and schema.get("evidence", "none") == "none":
        return
    above = [(parent, table.columns[field][index]) for field, parent in lookup.parents(table)]
    dispute = lookup.column(table, "dispute_id")[index]
    is_borne_out = not ground.fresh.isdisjoint([(row.table, row.key), *above])
    printed = [anchor for key in ((row.table, row.key), *above) for anchor in ground.anchors.get(key, ())]
    links = {name for key in table.resource.foreign_keys for name in key.fields}
    coded = links | {field.name for field in table.fields if "enum" in field.constraints}
    for cell in row.cells:
        shown_by = () if cell.field in coded else printed  # a code is never what an anchor prints
        if cell.field == "status" and cell.new == "accepted" and cell.old:
            if (
                not is_borne_out
                and dispute not in ground.settled
                and ("disputes", dispute) not in ground.fresh
            ):
                message = f"{row.key} was {cell.old} and is accepted, "
                message += "but neither its evidence nor its dispute changed"
                hint = f'add the evidence that settles it, or write "{cell.old}" again'
                yield _at(table, index, row, cell.field, "status-changed", message, hint)
        elif _is_fact(cell, is_printed, row.table) and not is_borne_out and not _prints(shown_by, cell):
            message = (
                f"{row.key}: {cell.field} was {problem.quote(cell.old)} and is {problem.quote(cell.new)}"
            )
            if is_printed:
                hint = f"read it at the page again; if it was right, write {problem.quote(cell.old)}"
            else:
                shown = next((anchor for anchor in printed if _prints([anchor], Cell("", "", cell.old))), "")
                message += (
                    f"; its evidence prints {problem.quote(shown)}" if shown else "; no evidence of it is new"
                )
                hint = f"add evidence that prints it, or write {problem.quote(cell.old)} again"
            yield _at(table, index, row, cell.field, "fact-changed", message, hint)


def _unprinted(table: Table, index: int, row: Row, anchors: Sequence[str]) -> Iterator[Problem]:
    """Look for the figures of a new row in the anchors of its own evidence."""
    for cell in row.cells:
        if cell.field in _FIGURES and not _prints(anchors, cell):
            message = f"{row.key}: no anchor of its evidence prints {cell.field} {cell.new}"
            hint = "cite the words that hold the figure, or read the figure again"
            yield _at(table, index, row, cell.field, "figure-unprinted", message, hint)


def _is_fact(cell: Cell, is_printed: bool, table: str) -> bool:  # noqa: FBT001
    return cell.field in _PRINTED[table] and bool(cell.old) if is_printed else cell.field not in _OURS


def _prints(anchors: Sequence[str], cell: Cell) -> bool:
    """Say whether an anchor holds what a cell says: its text, its figure, or what is new in its date."""
    figure = figures.number(cell.new) if cell.new else None
    for anchor in anchors if cell.new else ():
        if figure is not None:
            is_printed = figure in numerals.wholes(anchor)
        else:
            # a word that is declined begins alike; a short code is a word of its own
            end = r"(?!\w)" if len(cell.new) < 5 else ""
            said = re.search(rf"(?<!\w){re.escape(cell.new)}{end}", anchor, re.IGNORECASE)
            is_printed = said is not None or _prints_day(anchor, cell.new)
        if is_printed:
            return True
    return False


def _prints_day(anchor: str, date: str) -> bool:
    """Say whether an anchor prints the day and the month of a date, and no other year."""
    parts = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)[~?]?", date)
    if parts is None:
        return False
    words = re.findall(r"[^\W\d_]+|\d+", anchor.casefold())
    months = {meant.MONTHS.get(word) for word in words}
    years = {word for word in words if re.fullmatch(r"(?:19|20)\d\d", word)}
    is_day = any(word.isdecimal() and int(word) == int(parts[3]) for word in words)
    return is_day and int(parts[2]) in months and years <= {parts[1]}


def _at(  # noqa: PLR0913, PLR0917  # what a reader is told
    table: Table, index: int, row: Row, field: str, code: str, message: str, hint: str
) -> Problem:
    number = next((n for n, other in enumerate(table.fields, 1) if other.name == field), None)
    value = table.columns[field][index] if field in table.columns else row.key
    path = str(table.resource.file)
    line = row.line
    return Problem(CODES[code][0], code, "", row.table, path, line, None, number, field, value, message, hint)


def _known(old: Table, table: Table, index: int, row: Row, stood: Mapping[str, Places]) -> Iterator[Problem]:
    """Compare a new row with those that stood; near days are alike, and words that mostly agree."""
    cells = {
        cell.field: cell.new
        for cell in row.cells
        if cell.field not in _OURS - {"title"} and cell.field not in _SAID
    }
    told = next((cell.new for cell in row.cells if cell.field in ("summary", "title", "name")), "")
    name = next((cell.new for cell in row.cells if cell.field in ("title", "name")), told)
    said = next((cell.new for cell in row.cells if cell.field == "summary"), "")
    twins = stood.get("summary", {}).get(said, ()) if len(said) > 30 else ()
    if twins and row.table == "disputes":
        yield _twin(old, table, index, row, twins[0])
    if len(cells) < 3:
        return
    cells.pop("title", None)
    rivals: Counter[int] = Counter()
    for field, text in cells.items():
        places = stood.get(field, {}).get(text, ())
        rivals.update(places if len(places) <= 150 else ())
    for rival, _ in rivals.most_common(20):
        same = {
            field for field, text in cells.items() if _is_alike(lookup.column(old, field)[rival], text, field)
        }
        alike = len(same)
        if any(field.endswith(_DATED) and field not in same for field in cells):
            continue
        words = any(
            _overlap(said, lookup.column(old, field)[rival])
            for field, said in (("summary", told), ("title", name), ("name", name))
        )
        is_said = words or any(
            field in cells and lookup.column(old, field)[rival] == cells[field] for field in _FIGURES
        )
        if alike + is_said < len(cells) or (row.table == "claims" and not is_said) or alike < 3:
            continue
        yield _twin(old, table, index, row, rival)
        return


def _twin(old: Table, table: Table, index: int, row: Row, rival: int) -> Problem:
    key = lookup.keys(old)[rival]
    message = f"{row.key} tells nearly what {key} tells (line {old.lines[rival]})"
    hint = f"if it is the same, add your evidence to {key} and delete this row"
    return _at(table, index, row, table.resource.primary_key[0], "known-already", message, hint)


def _places(table: Table, field: str) -> Places:
    found = defaultdict(list)
    for index, text in enumerate(lookup.column(table, field)):
        found[text].append(index)
    return found


def _is_alike(was: str, now: str, field: str) -> bool:
    if was == now:
        return True
    if not field.endswith(_DATED):
        return False
    spans = [edtf.parse(text) if text else None for text in (was, now)]
    days = [dt.date.fromisoformat(span.earliest) for span in spans if span is not None and span.earliest]
    return len(days) == 2 and abs((days[0] - days[1]).days) <= _NEAR_DAYS


def _overlap(one: str, other: str) -> bool:
    words, others = (frozenset(_WORD.findall(text.casefold())) for text in (one, other))
    return bool(words and others) and 2 * len(words & others) >= min(len(words), len(others))
