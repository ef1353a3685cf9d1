"""Chromium is found where it may be, or its lack is told."""

from pathlib import Path

from browser import chromium


def program(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text("#!/bin/sh\n", "utf-8")
    path.chmod(0o755)
    return path


def test_the_path_is_searched_in_order(tmp_path: Path) -> None:
    last = program(tmp_path, "google-chrome")
    assert chromium.find({"PATH": str(tmp_path)}) == last
    first = program(tmp_path, "chromium")
    assert chromium.find({"PATH": str(tmp_path)}) == first


def test_a_named_one_stands_first(tmp_path: Path) -> None:
    program(tmp_path, "chromium")
    named = program(tmp_path, "another")
    assert chromium.find({"PATH": str(tmp_path), chromium.PLACE: str(named)}) == named


def test_a_lack_is_told(tmp_path: Path) -> None:
    nowhere = {"PATH": str(tmp_path)}
    assert chromium.find(nowhere) is None
    assert chromium.PLACE in chromium.missing(nowhere)
    wrong = {**nowhere, chromium.PLACE: "/no/such"}
    assert chromium.find(wrong) is None
    assert "/no/such" in chromium.missing(wrong)


def test_only_the_word_requires_one() -> None:
    assert chromium.required({chromium.WANTED: "required"})
    assert not chromium.required({})
