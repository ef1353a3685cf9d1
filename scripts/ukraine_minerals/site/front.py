"""The front page: map, timeline and one table of sites, events and agreements that filter each other."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from ukraine_minerals import edtf
from ukraine_minerals.export.columns import Column
from ukraine_minerals.metadata import schema_org
from ukraine_minerals.model import Descriptor
from ukraine_minerals.pictures.marks import spoken
from ukraine_minerals.pictures.picture import About, Rows
from ukraine_minerals.site import drawings, listings, pages
from ukraine_minerals.site.book import Book
from ukraine_minerals.site.listings import Listing
from ukraine_minerals.site.pages import Site

Records = Sequence[Mapping[str, Any]]
OPEN = 8  # open disputes that the front page names
_UNITS = ("oblast", "autonomous_republic", "special_city")
_COLUMNS = (
    ("what", "What", "text", "Name of the record; it leads to its page."),
    ("kind", "Kind", "choice", "Site, event, or agreement."),
    ("date", "Date", "date", "Day of the event, of the signing, or that the control of the site speaks of."),
    ("unit", "Where", "choice", "Oblast, or unit of its rank; for others the country."),
    ("minerals", "Minerals", "text", "Minerals that the site holds."),
    ("state", "State", "choice", "Who holds a site; the stage of an event or agreement."),
    ("says", "Who says so", "text", "Who asserts the control of a site."),
    ("deal", "Minerals deal", "choice", "Whether it belongs to the minerals deal."),
)


def write(  # noqa: PLR0913, PLR0917  # the front page draws on everything
    site: Site,
    book: Book,
    views: Mapping[str, tuple[Descriptor, Sequence[Column]]],
    drawn: Mapping[str, Rows],
    about: About,
    resources: Sequence[Descriptor],
) -> None:
    """Write index.html with its data; `drawn` are the rows of the pictures by name."""
    sites, deal = drawn["sites-map"], drawn["deal-timeline"]
    shares = _shares(book, records(views["control_by_oblast"]))
    latest = {unit: found[-1] for unit, found in shares.items() if found}
    listing = _listing(book, sites, deal)
    disputes = [
        (key, row, book.words["disputes"]["kind"].get(row["kind"], row["kind"]))
        for key, row in book.rows["disputes"].items()
        if row["verdict"] == "open"
    ]
    disputes.sort(key=lambda entry: (-len(book.back.get(("disputes", entry[0]), ())), entry[0]))
    dated = [
        (next((row[c] for c in ("signed_date", "proposed_date") if row[c]), ""), key, row)
        for key, row in book.rows["agreements"].items()
    ]
    dated.sort(key=lambda entry: (entry[0].removeprefix("../"), entry[1]), reverse=True)
    pages.write(
        site,
        "index.html",
        "front.html",
        map=Markup(drawings.country(about, sites, {u: _mean(entry) for u, entry in latest.items()})),  # noqa: S704  # our own drawing
        timeline=Markup(drawings.deal(deal)),  # noqa: S704  # our own drawing
        listing=listing,
        rows=listings.rows(book, listing, 0, len(listing.keys)),
        units=[
            (key, row["name"], latest.get(key))
            for key, row in book.rows["territories"].items()
            if row["type"] in _UNITS and row["parent_id"] == "ukraine"
        ],
        agreements=[
            (spoken(day) if day else "no date", key, row, book.words["agreements"]) for day, key, row in dated
        ],
        disputes=disputes[:OPEN],
        disputes_count=len(disputes),
        tables=[
            (name, str(t.resource.schema.get("title", name)), len(t.lines))
            for name, t in book.tables.by_name.items()
        ],
        views=[
            (name, str(schema.get("title", name)), len(found[0].texts))
            for name, (schema, found) in views.items()
        ],
        rows_total=sum(len(table.lines) for table in book.tables.by_name.values()),
        newest=_newest(book),
        preview=_preview(site),
        json_ld=pages.json_ld(schema_org.write(site.about, resources)),
    )
    found = {**listings.data(book, listing), "shares": shares}
    pages.save(site, "front.js", pages.script_data("TABLE", found))


def _newest(book: Book) -> str:
    """Give the day (ISO) by which the newest source was out, "" where none says its day."""
    spans = [edtf.parse(row["published"]) for row in book.rows.get("sources", {}).values()]
    return max((span.earliest for span in spans if span and span.earliest), default="")


def _preview(site: Site) -> str:
    """Give the address of the picture that other sites show of this one, if its PNG was drawn."""
    path = "charts/sites-map/sites-map.png"
    home = site.about.homepage
    return "" if not (site.folder / path).is_file() else f"{home.rstrip('/')}/{path}" if home else path


def records(view: tuple[Descriptor, Sequence[Column]]) -> list[dict[str, Any]]:
    """Give the rows of a view as dictionaries of texts."""
    _, columns = view
    names = [column.name for column in columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*(c.texts for c in columns), strict=True)]


def _shares(book: Book, rows: Records) -> dict[str, list[dict[str, Any]]]:
    """Give for each unit what was told of its occupied share, in the order of days."""
    units = {
        k for k, r in book.rows["territories"].items() if r["type"] in _UNITS and r["parent_id"] == "ukraine"
    }
    found: dict[str, list[dict[str, Any]]] = {unit: [] for unit in sorted(units)}
    for row in rows:
        told = row["occupied_percent"] or {"government": "0", "occupied": "100"}.get(row["control"], "")
        if row["territory_id"] not in units or not told or row["status"] == "rejected":
            continue
        span = edtf.parse(row["as_of"]) if row["as_of"] else None
        day = (span.latest or span.earliest or "") if span else ""
        found[row["territory_id"]].append(
            {
                "day": day,
                "as_of": spoken(row["as_of"]),
                "low": float(told),
                "high": float(row["occupied_percent_max"] or told),
                "text": _percent(row, told),
                "who": row["asserted_by"] or row["asserted_by_official"] or "not named",
                "key": row["territory_control_id"],
            }
        )
    return {unit: sorted(entries, key=lambda e: (e["day"], e["key"])) for unit, entries in found.items()}


def _percent(row: Mapping[str, str], told: str) -> str:
    most = row["occupied_percent_max"]
    figure = f"{float(told):g}–{float(most):g}" if most else f"{float(told):g}"
    return f"{row['qualifier'].replace('_', ' ')} {figure} %".strip()


def _mean(entry: Mapping[str, Any]) -> float:
    return (float(entry["low"]) + float(entry["high"])) / 2


def _listing(book: Book, sites: Rows, deal: Rows) -> Listing:
    """Put sites, events and agreements into one table: what the map and the timeline show, in words."""
    of_deal = {f"{'events' if row['kind'] == 'event' else 'agreements'}/{row['id']}" for row in deal}
    found: list[tuple[str, tuple[str, ...]]] = []
    words = book.words
    for key, row in book.rows["events"].items():
        place = f"events/{key}"
        cells = (
            row["title"],
            "event",
            row["event_date"],
            _unit(book, row["territory_id"]),
            "",
            row["stage"],
            "",
        )
        found.append((place, (*cells, "yes" if place in of_deal else "")))
    for key, row in book.rows["agreements"].items():
        place = f"agreements/{key}"
        day = row["signed_date"] or row["proposed_date"]
        cells = (row["title"], "agreement", day, _unit(book, row["territory_id"]), "", row["stage"], "")
        found.append((place, (*cells, "yes" if place in of_deal or row["type"] == "minerals" else "")))
    found.sort(key=lambda entry: (entry[1][2].removeprefix("../"), entry[0]), reverse=True)
    for entry in sorted(sites, key=lambda entry: (entry["name"], entry["site_id"])):
        row = book.rows["sites"][entry["site_id"]]
        told = (entry["control_as_of"] or "", _unit(book, row["territory_id"]), entry["minerals"] or "")
        cells = (
            entry["name"],
            "site",
            *told,
            entry["control"] or "unspecified",
            entry["control_asserted_by"] or "",
        )
        found.append((f"sites/{entry['site_id']}", (*cells, "")))
    states = {**words["site_status"]["control"], **words["events"]["stage"], **words["agreements"]["stage"]}
    states["unspecified"] = "Holder not told"
    named: dict[str, dict[str, str]] = {
        "kind": {"site": "Site", "event": "Event", "agreement": "Agreement"},
        "state": states,
        "deal": {"yes": "Yes"},
    }
    columns: list[dict[str, object]] = []
    for number, (name, title, kind, meaning) in enumerate(_COLUMNS):
        field: dict[str, Any] = {"name": name, "title": title, "description": meaning, "edtf": kind == "date"}
        field["categories"] = [{"value": v, "label": label} for v, label in named.get(name, {}).items()]
        targets = {"unit": "territories"} if name == "unit" else {}
        column = listings.column_of(field, targets, [cells[number] for _, cells in found], book)
        column["kind"] = kind
        if name == "unit":
            column["choices"] = _choices(book, [cells[number] for _, cells in found])
        columns.append(column)
    keys = [key for key, _ in found]
    return Listing(
        "",
        "",
        "",
        columns,
        [cells for _, cells in found],
        keys,
        list(range(len(columns))),
        [f"{k}/" for k in keys],
        [],
    )


def _choices(book: Book, texts: Sequence[str]) -> list[tuple[str, str, int]]:
    counts = {text: texts.count(text) for text in sorted(set(texts)) if text}
    rows = book.rows["territories"]
    return sorted(
        ((key, book.labels["territories", key], n) for key, n in counts.items()),
        key=lambda entry: (rows[entry[0]]["type"] not in _UNITS, entry[1]),
    )


def _unit(book: Book, territory: str) -> str:
    """Give the unit that a place lies in, else the highest place above it that is no unit."""
    rows, seen = book.rows["territories"], territory
    while territory in rows:
        if rows[territory]["type"] in _UNITS:
            return territory
        seen, territory = territory, rows[territory]["parent_id"]
    return seen
