"""A page for every record: its facts with their evidence, what disputes it, what links to it, its JSON."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ukraine_minerals.model import Field
from ukraine_minerals.pictures.marks import spoken
from ukraine_minerals.site import markup, pages
from ukraine_minerals.site.book import NAMES, Book, Link, Place, Row
from ukraine_minerals.site.markup import Line, Piece
from ukraine_minerals.site.pages import Site

SHORT = 12  # rows that point to a record, shown without unfolding them
_SAID = ("control", "activity", "role")  # what an observation says, in a word each


def write(site: Site, book: Book, sketches: Callable[[str, Row], object]) -> int:
    """Write the pages of all records; `sketches` draws a small map of a row, or nothing. Give their count."""
    count = 0
    for name in book.tables.by_name:
        if name not in book.paged:
            continue
        fields = book.tables.by_name[name].fields
        table_title = str(book.tables.by_name[name].resource.schema.get("title", name))
        for key, row in book.rows[name].items():
            if not pages.is_path(key):
                continue
            evidence, inherited = _evidence(book, name, key)
            marks = defaultdict(list)
            for entry in evidence if not inherited else ():
                marks[entry["field"]].append(entry["number"])
            titled = next((column for column in NAMES if row.get(column)), "")
            said_above = {
                column for column in (titled, "summary") if column not in marks or column == "summary"
            }
            facts = [
                (
                    field.descriptor.get("title", field.name),
                    _value(book, name, field, row),
                    marks.get(field.name, ()),
                    field.name,
                )
                for field in (*fields[1:], fields[0])  # the key is for whoever cites it
                if row[field.name] and field.name not in said_above
            ]
            pages.write(
                site,
                f"{name}/{key}/index.html",
                "record.html",
                table=name,
                table_title=table_title,
                key=key,
                title=book.labels[name, key],
                status=row.get("status", ""),
                status_word=book.words[name].get("status", {}).get(row.get("status", ""), ""),
                note=row.get("note", ""),
                summary=row.get("summary", "") if titled != "summary" else "",
                summary_marks=markup.references(marks.get("summary", ())),
                facts=markup.facts(facts),
                evidence=evidence,
                inherited=inherited,
                whole=markup.references(marks.get("", ())),
                dispute=_dispute(book, row),
                groups=_groups(book, (name, key)),
                stages=_stages(book, name, key, row),
                sketch=sketches(name, row),
            )
            pages.save(site, f"{name}/{key}/record.json", _json(site, book, name, key, row))
            count += 1
    return count


def _value(book: Book, table: str, field: Field, row: Row) -> Piece:
    column, text = field.name, row[field.name]
    target = book.targets[table].get(column)
    if target:
        return book.labels.get((target, text), text), _home(book, target, text), False
    if column == "row_key" and "table_name" in row:
        return book.labels.get((row["table_name"], text), text), _home(book, row["table_name"], text), False
    word = book.words[table][column].get(text)
    if word:
        return word, "", False
    if column in book.dates[table]:
        return spoken(text), "", False
    if field.type == "list":
        return "; ".join(text.split(str(field.descriptor.get("delimiter", ",")))), "", False
    return text, pages.address(text), True


def _home(book: Book, table: str, key: str) -> str:
    """Give the address of a record's page from another record's, or of the row it belongs to."""
    if table in book.paged and pages.is_path(key) and key in book.rows[table]:
        return f"../../{table}/{key}/"
    return ""


def _evidence(book: Book, table: str, key: str) -> tuple[list[dict[str, Any]], str]:
    """Give the evidence of a row, or that of the row it inherits from with that row's label."""
    found, inherited = book.evidence.get((table, key), ()), ""
    parent = str(book.tables.by_name[table].resource.schema.get("evidenceFrom", ""))
    if not found and parent in book.targets[table]:
        place = book.targets[table][parent], book.rows[table][key][parent]
        found, inherited = book.evidence.get(place, ()), book.labels.get(place, "")
    titles = book.titles[table]
    shown = []
    for number, (_, row) in enumerate(found, 1):
        source = book.rows["sources"].get(row["source_id"], {})
        words = book.words["evidence"]
        shown.append(
            {
                "number": number,
                "field": row["field_name"],
                "field_title": titles.get(row["field_name"], row["field_name"]),
                "source": book.labels.get(("sources", row["source_id"]), row["source_id"]),
                "home": _home(book, "sources", row["source_id"]),
                "language": source.get("language", ""),
                "publisher": book.labels.get(("organisations", source.get("publisher_id", "")), ""),
                "published": spoken(source["published"]) if source.get("published") else "",
                "address": pages.address(source.get("url", ""))
                or pages.address(source.get("archive_url", "")),
                "accessed": source.get("accessed", ""),
                "paragraph": row["paragraph"],
                "as_printed": row["as_printed"],
                "stance": row["stance"],
                "stance_word": words["stance"].get(row["stance"], row["stance"]),
                "read_as": words["read_as"].get(row["read_as"], row["read_as"]),
                "reading": words["reading"].get(row["reading"], row["reading"]),
                "via": book.labels.get(("organisations", row["via"]), row["via"]),
                "note": row["note"],
            }
        )
    return shown, inherited


def _dispute(book: Book, row: Row) -> dict[str, Any] | None:
    key = row.get("dispute_id", "")
    dispute = book.rows.get("disputes", {}).get(key)
    if dispute is None or "verdict" in row:
        return None
    words = book.words["disputes"]
    sides = book.back.get(("disputes", key), ())
    return {
        "title": dispute["title"],
        "home": _home(book, "disputes", key),
        "kind": words["kind"].get(dispute["kind"], dispute["kind"]),
        "verdict": words["verdict"].get(dispute["verdict"], dispute["verdict"]),
        "summary": dispute["summary"],
        "sides": markup.lines(
            _line(book, link) for link in sides if book.rows[link.table][link.key] is not row
        ),
    }


def _groups(book: Book, place: Place) -> list[tuple[str, str, int, object]]:
    """Group what points to a record by table and column: heading, column, lines in the order of days."""
    grouped: dict[tuple[str, str], list[Link]] = defaultdict(list)
    own = f"{book.labels[place]}, "
    for link in book.back.get(place, ()):
        grouped[link.table, link.column].append(link)
    found: list[tuple[str, str, int, object]] = []
    key = book.tables.by_name[place[0]].resource.primary_key[0]
    if place[0] == "agreements":
        grouped.pop(("events", key), None)  # they stand among its days
    # First what is about the record, then what only names it; of each, what is short.
    ordered = sorted(grouped.items(), key=lambda entry: (entry[0][1] != key, len(entry[1]) > SHORT))
    for (table, column), links in ordered:
        title = str(book.tables.by_name[table].resource.schema.get("title", table))
        told = (_line(book, link) for link in links)
        short = ((text.removeprefix(own), *rest) for text, *rest in told)
        lines: list[Line] = sorted(
            map(Line._make, short), key=lambda line: (line.day.removeprefix("../"), line.text)
        )
        found.append((title, book.titles[table][column], len(lines), markup.lines(lines)))
    if place[0] == "sources":
        family = book.rows["sources"][place[1]].get("family", "")
        others = [key for key in book.families[family] if key != place[1]] if family else []
        if others:
            lines = [_line(book, Link("sources", key, "family")) for key in others]
            found.append(("Other tellings of this story", family, len(lines), markup.lines(lines)))
    return found


def _line(book: Book, link: Link) -> Line:
    """Put a row that links here on one line: text, address, what else it says, day to sort by."""
    table, row = link.table, book.rows[link.table][link.key]
    if table == "evidence":
        place = row["table_name"], row["row_key"]
        field = book.titles.get(place[0], {}).get(row["field_name"], row["field_name"])
        told = [
            str(book.tables.by_name[place[0]].resource.schema.get("title", place[0]))
            if place[0] in book.rows
            else place[0]
        ]
        told += [field] if field else []
        told += [book.words["evidence"]["stance"].get(row["stance"], row["stance"])]
        told += [f"paragraph {row['paragraph']}"] if row["paragraph"] else []
        told += [f"“{row['as_printed']}”"] if row["as_printed"] else []
        return Line(book.labels.get(place, "/".join(place)), row_home(book, *place), ", ".join(told), "")
    day = next((row[column] for column in book.dates[table] if row[column]), "")
    if table in book.paged:
        said = [spoken(day)] if day and spoken(day) not in book.labels[table, link.key] else []
        said += [
            book.words[table][name][row[name]]
            for name in _SAID
            if row.get(name) in book.words[table].get(name, ())
        ]
        said += (
            [book.words[table]["status"].get(row["status"], "")]
            if row.get("status") not in ("accepted", None)
            else []
        )
        return Line(book.labels[table, link.key], _home(book, table, link.key), ", ".join(said), day)
    head, home, said = "", "", []
    for column, target in book.targets[table].items():
        if column == link.column or not row[column] or target == "disputes":
            continue
        label = book.labels.get((target, row[column]), row[column])
        if not head:
            head, home = label, _home(book, target, row[column])
        else:
            said.append(f"{book.titles[table][column].lower()}: {label}")
    for column in ("role", "as_printed", "note"):
        if row.get(column):
            said.insert(
                0 if column == "role" else len(said), book.words[table][column].get(row[column], row[column])
            )
    if row.get("status") not in ("accepted", None):
        said.append(book.words[table]["status"].get(row["status"], ""))
    return Line(head or link.key, home, ", ".join(said), day)


def row_home(book: Book, table: str, key: str) -> str:
    """Give the page of a row, or that of the first row it points to where it has none itself."""
    if table in book.paged:
        return _home(book, table, key)
    row = book.rows.get(table, {}).get(key)
    if row is None:
        return ""
    return next((_home(book, t, row[c]) for c, t in book.targets[table].items() if row[c]), "")


def _stages(book: Book, table: str, key: str, row: Row) -> list[tuple[str, str, str, str]]:
    """Give the days of an agreement with those of its events, in order: day, words, address, what."""
    if table != "agreements":
        return []
    days = [(row[c], book.titles[table][c], "", "stage") for c in book.dates[table] if row[c]]
    events = (link.key for link in book.back.get((table, key), ()) if link.table == "events")
    for event in events:
        told, words = book.rows["events"][event], book.labels["events", event]
        if told["status"] != "accepted":
            words += f" ({book.words['events']['status'].get(told['status'], told['status']).lower()})"
        days.append((told["event_date"], words, _home(book, "events", event), "event"))
    days.sort(key=lambda entry: (not entry[0], entry[0].removeprefix("../"), entry[3] == "event"))
    return [(spoken(day) if day else "no date", words, home, what) for day, words, home, what in days]


def _json(site: Site, book: Book, table: str, key: str, row: Row) -> str:
    links: dict[str, list[str]] = defaultdict(list)
    for link in book.back.get((table, key), ()):
        links[f"{link.table}.{link.column}"].append(link.key)
    found: Mapping[str, object] = {
        "package": site.about.name,
        "version": site.about.version,
        "cutoff": site.about.cutoff,
        "table": table,
        "key": key,
        "label": book.labels[table, key],
        "row": {column: text for column, text in row.items() if text},
        "evidence": [_full(entry) for _, entry in book.evidence.get((table, key), ())],
        "linked_from": links,
    }
    return json.dumps(found, ensure_ascii=False) + "\n"


def _full(row: Row) -> dict[str, str]:
    return {column: text for column, text in row.items() if text}


def redirects(site: Site, book: Book) -> Sequence[str]:
    """Write a page for each retired key that leads to the key in its place."""
    found = []
    for row in book.rows.get("redirects", {}).values():
        table, old, new = row["table_name"], row["old_key"], row["new_key"]
        if table in book.paged and pages.is_path(old) and old not in book.rows[table]:
            target = f"../{new}/" if new in book.rows[table] and pages.is_path(new) else "../"
            path = f"{table}/{old}/index.html"
            pages.write(
                site, path, "redirect.html", table=table, old=old, new=new, target=target, why=row["reason"]
            )
            found.append(path)
    return found
