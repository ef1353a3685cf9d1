"""Review tells what changed between two versions, row by row, and refuses what would break users."""

import html.parser
import json
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import package_of
import pytest

from ukraine_minerals import cli, descriptor, read, review
from ukraine_minerals.errors import PackageError
from ukraine_minerals.review import markdown, refusals, version, versions
from ukraine_minerals.review.change import Review, Row

ROOT = Path(__file__).parents[1]
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


def test_the_same_is_no_change(tmp_path: Path) -> None:
    found = compared(tmp_path)
    assert (found.rows, found.schemas, found.supports, found.problems) == ((), (), (), ())
    assert found.demanded == "patch"


def test_cells_old_and_new_on_the_physical_line(tmp_path: Path) -> None:
    rows = 'balka,Balka lithium deposit,mine,east,"two\nlines"\nkerch,Kerch bridge port,port,south,new\n'
    [balka, kerch] = compared(tmp_path, rows=rows).rows
    assert [(c.field, c.old, c.new) for c in kerch.cells] == [("note", "old", "new")]
    assert (balka.line, kerch.line) == (2, 4)
    assert kerch.reason == "new"


def test_a_vanished_key_needs_a_redirect(tmp_path: Path) -> None:
    rows = "balka,Balka lithium deposit,mine,east,\nkerch-port,Kerch bridge port,port,south,old\n"
    found = compared(tmp_path, rows=rows)
    assert told(found) == [("removed", "kerch", "kerch"), ("added", "kerch-port", "kerch-port")]
    [problem] = found.problems
    assert problem.code == "key-vanished"
    assert problem.hint == 'if it is "kerch-port" now, add to redirects: sites,kerch,kerch-port,why,version'
    assert not problem.path.endswith("base/sites.csv")
    found = compared(tmp_path, rows=rows, redirects="sites,kerch,kerch-port,Wrong name.,1.3.0\n")
    assert ("renamed", "kerch", "kerch-port") in told(found)
    assert not found.problems


def test_a_row_that_is_merged_or_withdrawn(tmp_path: Path) -> None:
    rows = "balka,Balka lithium deposit,mine,east,\n"
    merged = compared(tmp_path, rows=rows, redirects="sites,kerch,balka,The same.,1.3.0\n")
    assert told(merged)[0] == ("merged", "balka", "kerch")
    assert not merged.problems
    assert merged.demanded == "minor"
    withdrawn = compared(tmp_path, rows=rows, redirects="sites,kerch,,Not so.,1.3.0\n")
    assert (told(withdrawn)[0][0], withdrawn.rows[0].reason, withdrawn.demanded) == (
        "removed",
        "Not so.",
        "major",
    )
    assert not withdrawn.problems


def test_a_redirect_stays(tmp_path: Path) -> None:
    found = compared(tmp_path, old={"redirects": "sites,a,balka,Why.,1.0.0\n"})
    assert codes(found) == ["key-vanished"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("kerch,Shebelynka gas field,mine,north,new\n", ["key-reused"]),
        ("kerch,Kerch Strait bridge,port,south,\n", []),
        ("kerch,Порт Крим,port,south,\n", []),
        ("kerch,Kerch bridge port,mine,north,new\n", []),
    ],
)
def test_a_key_that_means_another_thing(tmp_path: Path, row: str, expected: list[str]) -> None:
    assert codes(compared(tmp_path, rows=ROWS.partition("kerch")[0] + row)) == expected


def test_a_retired_key_that_is_back(tmp_path: Path) -> None:
    retired = "sites,olden,balka,Why.,1.0.0\n"
    found = compared(
        tmp_path,
        old={"redirects": retired},
        rows=f"{ROWS}olden,Olden mine,mine,east,\n",
        redirects=retired,
    )
    assert codes(found) == ["key-reused"]


def changed_schema(**changed: Any) -> dict[str, Any]:
    fields = [dict(field) for field in SITES["fields"]]
    for number, change in changed.items():
        fields[int(number[1:])].update(change)
    return {**SITES, "fields": fields}


@pytest.mark.parametrize(
    ("changed", "header", "code", "hint"),
    [
        ({"_4": {"name": "remark"}}, HEADER.replace("note", "remark"), "column-dropped", '"remark"'),
        ({"_2": {"constraints": {"enum": ["mine", "port", "well"]}}}, HEADER, "", ""),
        ({"_2": {"constraints": {"enum": ["mine", "harbour"]}}}, HEADER, "value-dropped", "allow it again"),
        ({"_4": {"type": "any"}}, HEADER, "type-changed", "leave it"),
        ({"_4": {"title": "Remark"}}, HEADER, "", ""),
    ],
)
def test_schemas(tmp_path: Path, changed: dict[str, Any], header: str, code: str, hint: str) -> None:
    found = compared(tmp_path, schema=changed_schema(**changed), header=header)
    assert codes(found) == ([code] if code else [])
    assert found.schemas
    assert not code or (found.demanded == "major" and hint in found.problems[0].hint)


def test_a_dropped_table_and_another_key(tmp_path: Path) -> None:
    base = package(tmp_path / "base")
    (tmp_path / "head").mkdir()
    schema = {**SITES, "primaryKey": ["name"]}
    head = package_of.write(tmp_path / "head", {"name": "sites", "schema": schema, "text": HEADER + ROWS})
    found = review.run(str(base.parent), "", head)
    assert {"table-dropped", "type-changed"} <= set(codes(found))
    assert [count.after for count in found.counts] == [2, None, None]


def test_evidence_lost_and_gained(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        old={"evidence": "ev-1,sites,balka\nev-2,sites,kerch\n"},
        rows=ROWS.replace("kerch,", "port,"),
        redirects="sites,kerch,port,Why.,1.3.0\n",
        evidence="ev-2,sites,port\nev-3,sites,port\n",
    )
    assert [(s.key, s.before, s.after) for s in found.supports] == [("balka", 1, 0), ("port", 1, 2)]
    text = review.write(found, "text")
    assert text.index("none is left") < text.index("Rows renamed") < text.index("1 -> 2 rows of evidence")


@pytest.mark.parametrize(
    ("old", "step", "needed"),
    [
        ("1.2.3", "patch", "1.2.4"),
        ("1.2.3", "minor", "1.3.0"),
        ("0.9.3", "major", "1.0.0"),
        ("today", "major", ""),
    ],
)
def test_the_version_that_is_called_for(old: str, step: str, needed: str) -> None:
    assert version.demanded(old, step) == needed


@pytest.mark.parametrize(
    ("number", "changelog", "expected"),
    [
        ("1.2.3", "", ["changelog-missing", "version-low"]),
        ("1.2.4", "## 1.2.4\n\n- More.\n", ["version-low"]),
        ("1.3.0", "## 1.3.0\n\n## 1.2.4\n- More.\n", ["changelog-missing"]),
        ("1.3.0", "# What\n\n## 1.3.0\n\n- More.\n", []),
        ("2.0.0", "## 2.0.0 (a great one)\n\n- More.\n", []),
        ("1.3", "## 1.3\n\n- More.\n", ["version-low"]),
    ],
)
def test_release_demands_version_and_changelog(
    tmp_path: Path, number: str, changelog: str, expected: list[str]
) -> None:
    (tmp_path / "head").mkdir()
    (tmp_path / "head" / "CHANGELOG.md").write_text(changelog, encoding="utf-8")
    rows = f"{ROWS}new,New mine,mine,east,\n"
    assert sorted(codes(compared(tmp_path, rows=rows, version=number, is_release=True))) == expected
    assert not codes(compared(tmp_path, rows=rows, version=number))


def test_a_major_version_may_drop_a_value_but_no_key(tmp_path: Path) -> None:
    (tmp_path / "head").mkdir()
    (tmp_path / "head" / "CHANGELOG.md").write_text("## 2.0.0\n\n- Less.\n", encoding="utf-8")
    schema = changed_schema(_2={"constraints": {"enum": ["mine"]}})
    rows = ROWS.partition("kerch")[0]
    found = compared(tmp_path, rows=rows, schema=schema, version="2.0.0", is_release=True)
    assert codes(found) == ["key-vanished"]


@pytest.mark.parametrize(("field", "step"), [("note", "patch"), ("name", "minor"), ("territory_id", "minor")])
def test_wording_is_a_patch(tmp_path: Path, field: str, step: str) -> None:
    old = {"note": ",old", "name": "Kerch bridge port", "territory_id": "south"}[field]
    assert compared(tmp_path, rows=ROWS.replace(old, f"{old} too")).demanded == step


def git(folder: Path, *arguments: str) -> None:
    named = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *named, *arguments], cwd=folder, check=True, capture_output=True)


def test_revisions_without_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = package(tmp_path / "sub")
    git(tmp_path, "init")
    (tmp_path / "sub" / ".gitattributes").write_text("sites.csv export-ignore\n", encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "one")
    package(tmp_path / "sub", rows=ROWS.replace(",old", ",new"))
    monkeypatch.chdir(tmp_path / "sub")
    assert cli.main(["review", "HEAD"]) == 0
    assert 'note: "old" -> "new"' in capsys.readouterr().out
    git(tmp_path, "commit", "-a", "-m", "two")
    assert cli.main(["review", "HEAD~1", "HEAD", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["rows"][0]["cells"] == [{"field": "note", "old": "old", "new": "new"}]
    assert document["sound"] is True
    package(tmp_path / "sub", rows="")
    assert cli.main(["review", "HEAD"]) == 1
    assert "sites.csv: key-vanished" in capsys.readouterr().out
    for place in ("--upload-pack=x", "nowhere", "HEAD:sub"):
        with pytest.raises(PackageError, match="neither a folder"):
            review.run(place, "", path)


def test_what_a_revision_may_not_do(tmp_path: Path) -> None:
    """Links and paths that climb out are not followed, and change nothing outside."""
    outside = tmp_path / "outside.csv"
    outside.write_text("secret\n", encoding="utf-8")
    path = package(tmp_path / "repo")
    git(tmp_path / "repo", "init")
    (path.parent / "sites.csv").unlink()
    (path.parent / "sites.csv").symlink_to(outside)
    git(path.parent, "add", ".")
    git(path.parent, "commit", "-m", "link")
    with pytest.raises(PackageError, match=r"sites\.csv: cannot be read"):
        review.run("HEAD", "", path)
    text = path.read_text(encoding="utf-8").replace('"sites.csv"', '"../outside.csv"')
    path.write_text(text, encoding="utf-8")
    git(path.parent, "commit", "-a", "-m", "climb")
    with pytest.raises(PackageError, match="climbs out"):
        review.run("HEAD", "", path)
    assert outside.read_text(encoding="utf-8") == "secret\n"


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, '{"resources": ' + "[" * 1000 + "]" * 1000 + "}", '{"a": ' + "9" * 5000 + "}", "\0"],
)
def test_a_hostile_descriptor_ends_the_run_in_a_sentence(
    tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    base, head = package(tmp_path / "base"), package(tmp_path / "head")
    git(head.parent, "init")
    head.write_text(text, encoding="utf-8")
    git(head.parent, "add", ".")
    git(head.parent, "commit", "-m", "hostile")
    for arguments in ([str(base)], [str(base), "HEAD"]):
        assert cli.main(["review", *arguments, "--package", str(head)]) == 2
        shown = capsys.readouterr()
        assert not shown.out
        assert shown.err.count("\n") == 1
        assert "review-" not in shown.err


def test_a_broken_head_is_told(tmp_path: Path) -> None:
    base, head = package(tmp_path / "base"), package(tmp_path / "head")
    (head.parent / "sites.csv").write_bytes(b"\xff\xfe\xff")
    found = review.run(str(base), "", head)
    assert "encoding-error" in codes(found)
    assert "key-vanished" not in codes(found)
    with pytest.raises(PackageError, match=r"head.*sites\.csv"):
        review.run(str(head.parent), "", base)


HOSTILE = [
    "<script>alert(1)</script>",
    "</code></td></table><img src=x onerror=alert(1)>",
    "@everyone see #1 and https://example.org www.example.org [a](b) `c` ~~d~~",
    "::error file=x::y",
    "##[add-mask]x",
    "=HYPERLINK(1)",
    "\x1b[31m\u202e\x00",
    "a\n\n<h1>b</h1>\n\n::stop-commands::x",
    "x" * 10_000_000,
]


class Tags(html.parser.HTMLParser):
    """Collect the tags of a page, and the text that stands outside of `<code>`."""

    def __init__(self) -> None:  # noqa: D107
        super().__init__()
        self.tags: set[str] = set()
        self.bare = ""
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: D102
        self.tags.add(tag)
        assert not attrs or attrs == [("open", None)]
        self.depth += tag == "code"

    def handle_endtag(self, tag: str) -> None:  # noqa: D102
        self.depth -= tag == "code"

    def handle_data(self, data: str) -> None:  # noqa: D102
        if not self.depth:
            self.bare += data


@pytest.mark.parametrize("cell", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_cells_are_plain_text(tmp_path: Path, cell: str) -> None:
    quoted = cell.replace('"', '""')
    found = compared(tmp_path, rows=ROWS.replace(",old", f',"{quoted}"') + f'"{quoted}",n,mine,e,\n')
    shown = review.write(found, "markdown")
    assert len(shown.encode()) < 65_536
    page = Tags()
    page.feed(shown)
    assert page.tags <= {"p", "details", "summary", "table", "tr", "th", "td", "code"}
    assert not set(page.bare) & set("@#:=`\x1b")
    blocks = [block for block in shown.split("\n\n") if block]
    assert all(block.lstrip().startswith(("<!--", "<p>", "<details", "<table")) for block in blocks)
    lines = review.write(found, "text").splitlines()
    assert not any(line.startswith(("::", "##", "\x1b")) for line in lines)
    assert json.loads(review.write(found, "json"))["rows"]


@pytest.fixture
def thousand(tmp_path: Path) -> Path:
    """Give a folder with our package in which a thousand rows are changed."""
    for entry in ("data", "schemas"):
        shutil.copytree(ROOT / entry, tmp_path / entry)
    shutil.copy(ROOT / "datapackage.json", tmp_path)
    evidence = tmp_path / "data" / "evidence.csv"
    lines = evidence.read_text(encoding="utf-8").splitlines(keepends=True)
    changed = [line.replace(",supports,", ",mentions,") for line in lines]
    differing = [number for number, line in enumerate(lines) if changed[number] != line][:1000]
    lines = [changed[n] if n in set(differing) else line for n, line in enumerate(lines)]
    evidence.write_text("".join(lines), encoding="utf-8")
    return tmp_path


def test_a_thousand_changed_rows(thousand: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begin = time.perf_counter()
    found = review.run(str(ROOT), "", thousand / "datapackage.json")
    shown = review.write(found, "markdown")
    took_s = time.perf_counter() - begin
    with capsys.disabled():
        line = f"\nreview of {len(found.rows):,} changed rows: {took_s:.2f} s, {len(shown):,} characters"
        print(line)  # noqa: T201  # the figure, for whoever watches
    assert len(found.rows) == 1000
    assert len(shown.encode()) < 65_536
    kept = shown.count("<td><code>stance</code></td>")
    assert f"Left out, because a comment has an end: {1000 - kept:,} of rows changed." in shown


def test_markdown_keeps_what_is_lost_and_says_what_it_leaves_out() -> None:
    rows = tuple(Row("t", kind, f"k{n}", f"k{n}", n) for kind in ("removed", "added") for n in range(1000))
    found = Review("a", "b", ("", ""), "major", rows, (), (), (), ())
    for longest in (2_000, 20_000, markdown.LONGEST):
        shown = markdown.write(found, longest)
        assert len(shown.encode()) <= longest
        removed = shown.count("<td></td><td></td>")
        assert (f"{1000 - removed:,} of rows removed" in shown) == (removed < 1000)
        assert "of rows added" in shown or longest == markdown.LONGEST


def test_our_own_package_against_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["review", str(ROOT), "--package", str(ROOT / "datapackage.json")]) == 0
    assert "no row changed" in capsys.readouterr().out


def test_each_code_of_a_refusal_is_tested() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    assert all(f'"{code}"' in text for code in refusals.CODES)


def test_tags_by_version(tmp_path: Path) -> None:
    path = package(tmp_path)
    assert versions.tags(path) == []
    git(tmp_path, "init")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "one")
    for tag in ("v0.10.0", "0.9.0", "v1", "draft-1.0.0"):
        git(tmp_path, "tag", tag)
    assert [name for name, _ in versions.tags(path)] == ["0.9.0", "v0.10.0"]
    assert read.tables(descriptor.load(path))[0].by_name
