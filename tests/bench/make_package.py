"""Write a seeded Data Package of six tables, one of them large: make_package.py FOLDER ROWS [BAD_SHARE].

The large table, `visits`, has ROWS rows of 12 columns and 19 constraints; ten foreign keys hold the package
together. BAD_SHARE of its rows are damaged, each in one of fourteen ways. `one.json` describes that table
alone, without foreign keys. Same arguments, same bytes.
"""

import csv
import json
import random
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from package_of import DIALECT

Row = list[str]
LARGE = "visits"
CHUNK = 50_000
KINDS = ["embargo", "quota", "licence", "treaty", "visit", "auction", "strike", "seizure"]
NOTES = ["routine notice", "talks on transit went on", "no comment from either party", "see annex"]
NOTES += ["exports, suspended until further notice", 'the minister said: "not now"', "Угоду підписано", ""]
DAYS = [(date(1990, 1, 1) + timedelta(days=n)).isoformat() for n in range(13_000)]


def _set(column: int, text: str) -> Callable[[Row, Row], Row]:
    return lambda row, _: [*row[:column], text, *row[column + 1 :]]


# What is done to a row, given the row before it.
DAMAGES: tuple[Callable[[Row, Row], Row], ...] = (
    *(_set(8, "12x"), _set(5, "2020-13-45"), _set(1, "Place_1"), _set(7, "bogus"), _set(8, "-5")),
    *(_set(9, "150.5"), _set(7, ""), _set(2, "ore-999"), _set(10, "maybe"), _set(11, "ab")),
    *(lambda row, _: [*row, "surplus"], lambda row, _: row[:11], lambda _row, _: []),
    lambda row, before: [before[0], *row[1:]],
)


def write(folder: Path, rows: int, bad_share: float = 0) -> Path:
    """Write the package; give the path of its descriptor."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(7)  # noqa: S311  # no secret, only a choice
    descriptor = json.loads(Path(__file__).with_name("package.json").read_text(encoding="utf-8"))
    tables = _small_tables(chance, rows)
    ids = {name: [row[0] for row in table] for name, table in tables.items()}
    written: dict[str, Iterable[Row]] = {**tables, LARGE: _visits(chance, ids, rows, bad_share)}
    written["papers"] = _papers(chance, rows)
    for resource in descriptor["resources"]:
        resource["dialect"] = DIALECT
        header = [field["name"] for field in resource["schema"]["fields"]]
        with (folder / resource["path"]).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(written[resource["name"]])
    path = folder / "datapackage.json"
    path.write_text(json.dumps(descriptor, indent=1), encoding="utf-8")
    [large] = [resource for resource in descriptor["resources"] if resource["name"] == LARGE]
    del large["schema"]["foreignKeys"]
    path.with_name("one.json").write_text(json.dumps({**descriptor, "resources": [large]}), encoding="utf-8")
    return path


def _small_tables(chance: random.Random, rows: int) -> dict[str, list[Row]]:
    ores, places, treaties, people = (
        50,
        100 if rows < 5_000 else 250,
        max(100, rows // 50),
        max(50, rows // 100),
    )
    ids = {
        name: [f"{name[:3]}-{n:06}" for n in range(count)]
        for name, count in (("ores", ores), ("places", places), ("treaties", treaties), ("people", people))
    }

    def pick(of: list[str], empty_share: float = 0) -> str:
        return "" if chance.random() < empty_share else chance.choice(of)

    def point() -> Row:
        return [f"{chance.uniform(-90, 90):.2f}", f"{chance.uniform(-180, 180):.2f}"]

    def dated() -> Row:
        return [pick(DAYS), pick(stages), f"{chance.uniform(0, 1e8):.2f}"]

    def left() -> Row:
        return [pick(DAYS, 0.5), str(chance.randint(1920, 2000))]

    classes, stages = ["metal", "nonmetal", "rare-earth", "fuel"], ["draft", "signed", "in-force", "ended"]
    roles, kinds = ["minister", "envoy", "director", "governor"], ["state", "region", "sea"]
    codes = [f"{chr(65 + n // 676)}{chr(65 + n // 26 % 26)}{chr(65 + n % 26)}" for n in range(places)]
    return {
        "ores": [
            [
                key,
                f"Ore {key}",
                pick(["Li", "Co", "W"]),
                pick(classes),
                pick(["true", "false"]),
                pick(["a;b", "c"]),
                "2.5",
            ]
            for key in ids["ores"]
        ],
        "places": [
            [
                key,
                f"Place {key}",
                code,
                pick(ids["places"], 0.5),
                pick(kinds),
                str(chance.randrange(10**9)),
                *point(),
            ]
            for key, code in zip(ids["places"], codes, strict=True)
        ],
        "treaties": [
            [key, f"Treaty {key}", pick(ids["places"]), pick(ids["places"]), pick(ids["ores"]), *dated()]
            for key in ids["treaties"]
        ],
        "people": [
            [key, f"Person {key}", pick(ids["places"]), pick(roles), pick(DAYS), *left()]
            for key in ids["people"]
        ],
    }


def _visits(chance: random.Random, ids: dict[str, list[str]], rows: int, bad_share: float) -> Iterator[Row]:
    bad = set(chance.sample(range(1, rows), round(rows * bad_share) or bool(bad_share)))
    before: Row = []
    for start in range(0, rows, CHUNK):
        count = min(CHUNK, rows - start)

        def pick(of: list[str], empty_share: float = 0, count: int = count) -> list[str]:
            chosen = chance.choices(of, k=count)
            return (
                [text if chance.random() >= empty_share else "" for text in chosen] if empty_share else chosen
            )

        days = pick(DAYS)
        amounts = [f"{chance.uniform(0, 1e7):.2f}" if chance.random() < 0.8 else "" for _ in range(count)]
        shares = [f"{chance.uniform(0, 100):.2f}" if chance.random() < 0.7 else "NA" for _ in range(count)]
        columns = (
            *([f"v-{n:08}" for n in range(start, start + count)], pick(ids["places"]), pick(ids["ores"])),
            *(
                pick(ids["treaties"], 0.6),
                pick(ids["people"], 0.7),
                days,
                [day[:4] for day in days],
                pick(KINDS),
            ),
            *(amounts, shares, pick(["true", "false"]), pick(NOTES)),
        )
        for number, cells in enumerate(zip(*columns, strict=True), start):
            row = list(cells)
            if number in bad:
                yield DAMAGES[chance.randrange(len(DAMAGES))](row, before)
            else:
                yield row
            before = row


def _papers(chance: random.Random, rows: int) -> Iterator[Row]:
    for n in range(300 if rows < 5_000 else rows // 4):
        read = f"{chance.choice(DAYS)}T12:30:00Z" if chance.random() < 0.8 else ""
        source = chance.choice(["gazette", "press", "registry", "court"])
        paper = f"https://example.org/paper/{n}"
        yield [f"v-{n * 3 % rows:08}", str(n * 3 // rows + 1), paper, source, read, str(chance.randint(1, 5))]


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]) if len(sys.argv) > 3 else 0)
