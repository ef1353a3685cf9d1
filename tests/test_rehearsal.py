"""A contribution from branch to feed, in a scratch git repository: what people do, step by step."""

import csv
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import released_package
import yaml

from ukraine_minerals import cli

ROOT = Path(__file__).parents[1]
ATOM = "{http://www.w3.org/2005/Atom}"
Git = Callable[..., subprocess.CompletedProcess[str]]


def git_in(folder: Path) -> Git:
    """Give git for one folder, with a name and a clock of its own that goes on by a day at each call."""
    days = iter(range(1, 100))

    def git(*arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        day = f"2026-01-{next(days):02d}T12:00:00Z"
        names = {
            f"GIT_{who}_{what}": value
            for who in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", "A"), ("EMAIL", "a@example.org"), ("DATE", day))
        }
        return subprocess.run(
            ["git", *arguments],
            cwd=folder,
            env={**os.environ, **names, "GIT_CONFIG_GLOBAL": os.devnull},
            check=check,
            capture_output=True,
            text=True,
        )

    return git


def install_hook(folder: Path) -> None:
    """Let git run the hooks of .pre-commit-config.yaml before each commit."""
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    entries = [hook["entry"].split() for hook in config["repos"][0]["hooks"]]
    assert [entry[1] for entry in entries] == ["scripts/tidy.py", "scripts/validate.py"]
    lines = [shlex.join([sys.executable, str(ROOT / entry[1])]) for entry in entries]
    hook = folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("\n".join(["#!/bin/sh", "set -e", *lines, "git diff --quiet"]) + "\n", encoding="utf-8")
    hook.chmod(0o755)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_from_branch_to_feed(  # noqa: PLR0915  # one story
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "clone"
    folder.mkdir()
    released_package.write(folder)
    monkeypatch.chdir(folder)
    git = git_in(folder)
    git("init", "--initial-branch=main")
    assert cli.main(["tidy"]) == 0  # the one form, once
    git("add", ".")
    git("commit", "-m", "The package")
    git("tag", "v1.2.3")
    install_hook(folder)

    # a branch, and a mistake that the hook stops
    git("switch", "-c", "mend")
    edit(folder / "visits.csv", "b,2024-01-01,", "zz,2024-01-01,")
    refused = git("commit", "-a", "-m", "Mend", check=False)
    assert refused.returncode == 1
    assert re.search(r"visits\.csv:4:1: place_id: foreign-key: ", refused.stdout + refused.stderr)
    edit(folder / "visits.csv", "zz,2024-01-01,", "b,2024-01-01,bob")
    edit(folder / "places.csv", "d,0,", "d,Dnipro,")
    edit(folder / "places.csv", "g,,,", "h,Halych,,")
    git("commit", "-a", "-m", "Mend")

    # the pull request: a key that vanishes is refused, until a redirect stands for it
    capsys.readouterr()
    assert cli.main(["review", "main", "mend", "--format", "markdown"]) == 1
    assert "<code>key-vanished</code>" in capsys.readouterr().out
    edit(folder / "places.csv", "h,Halych,,", "g,Halych,,")
    git("commit", "-a", "-m", "Keep the key")
    assert cli.main(["review", "main", "mend", "--format", "markdown"]) == 0
    shown = capsys.readouterr().out
    assert "<td><code>name</code></td><td><code>0</code></td><td><code>Dnipro</code></td>" in shown
    git("switch", "main")
    git("merge", "--no-ff", "mend", "-m", "Merge the mending")

    # the release: first the right version and what changed, then the tag
    assert cli.main(["review", "v1.2.3", "--release"]) == 1
    told = capsys.readouterr().out
    assert "write 1.3.0 or higher" in told
    edit(folder / "datapackage.json", '"version": "1.2.3"', '"version": "1.3.0"')
    edit(folder / "CHANGELOG.md", "# C\n", "# C\n\n## 1.3.0\n\n- Dnipro has its name.\n")
    assert cli.main(["review", "v1.2.3", "--release"]) == 0
    git("commit", "-a", "-m", "Version 1.3.0")
    git("tag", "-a", "v1.3.0", "-m", "Version 1.3.0")
    out = tmp_path / "out"
    assert cli.main(["release", "--out", str(out)]) == 0

    notes = (out / "RELEASE_NOTES.md").read_text(encoding="utf-8")
    assert "- Dnipro has its name." in notes
    assert "| changes.csv |" in notes
    rows = list(csv.DictReader(io.StringIO((out / "changes.csv").read_text(encoding="utf-8"))))
    changed = {(row["table"], row["row"], row["field"]): row for row in rows if row["kind"] == "changed"}
    assert list(changed) == [
        ("places", "d", "name"),
        ("places", "g", "name"),
        ("visits", "b/2024-01-01", "guide"),
    ]
    assert changed["places", "d", "name"] == {
        "version": "1.3.0",
        "date": rows[0]["date"],
        "table": "places",
        "row": "d",
        "field": "name",
        "old": "0",
        "new": "Dnipro",
        "kind": "changed",
        "reason": "",
    }
    feed = ET.parse(out / "changes.atom").getroot()  # noqa: S314  # our own
    assert [title.text for title in feed.iter(f"{ATOM}title")][1:] == ["Version 1.3.0", "Version 1.2.3"]
    ids = [found.text or "" for found in feed.iter(f"{ATOM}id")]
    assert len(set(ids)) == 3
    assert all(found.startswith("urn:uuid:") for found in ids)
    newest, first = feed.findall(f"{ATOM}entry")
    assert "3 rows changed" in (newest.findtext(f"{ATOM}content") or "")
    assert "Dnipro has its name." in (newest.findtext(f"{ATOM}content") or "")
    assert "First version: " in (first.findtext(f"{ATOM}content") or "")
    assert feed.findtext(f"{ATOM}updated") == newest.findtext(f"{ATOM}updated")
    assert rows[0]["date"] == (newest.findtext(f"{ATOM}updated") or "")[:10]

    # the same again is the same, byte for byte
    before = (out / "SHA256SUMS").read_bytes()
    assert cli.main(["release", "--out", str(out)]) == 0
    assert (out / "SHA256SUMS").read_bytes() == before
