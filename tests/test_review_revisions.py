"""Revisions are read without a checkout, and nothing in them is run or followed."""

import json
import subprocess
from pathlib import Path

import pytest
from reviewed_package import ROWS, codes, package

from ukraine_minerals import cli, descriptor, read, review
from ukraine_minerals.errors import PackageError
from ukraine_minerals.review import versions


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
