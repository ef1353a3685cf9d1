"""The parts that pictures are made of: shapes, colours, swarms, words, dates."""

import re
import xml.etree.ElementTree as ET

import pytest

from ukraine_minerals.errors import PackageError
from ukraine_minerals.pictures import (
    agreements,
    amounts,
    disputes,
    five_hundred,
    marks,
    occupied,
    raster,
    scales,
    sites_map,
    style,
    timeline,
)
from ukraine_minerals.pictures import svg as writing


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("palette", [style.LIGHT, style.DARK], ids=["light", "dark"])
def test_colours_stand_out(palette: dict[str, str]) -> None:
    for ground in ("paper", "land"):
        for name in palette.keys() - {"paper", "land", "rule", "border"}:
            low, high = sorted((luminance(palette[name]), luminance(palette[ground])))
            least = 4.5 if name in ("ink", "muted") else 3
            assert (high + 0.05) / (low + 0.05) >= least, (name, ground)


def test_shape_says_what_colour_says() -> None:
    for kinds in (
        [lane[:2] for lane in timeline.LANES.values()],
        [voice[:2] for voice in occupied.VOICES.values()],
        [(shape, classes) for shape, (classes, *_) in agreements.STAGES.items()],
        [(shape, f"{colour} {form}") for shape, colour, form in amounts.STAGES.values()],
        [act[:2] for act in five_hundred.ACTS.values()],
        [verdict[:2] for verdict in disputes.VERDICTS.values()],
    ):
        forms = [(shape, "hollow" in classes or "ring" in classes) for shape, classes in kinds]
        assert len(set(forms)) == len(forms)


@pytest.mark.parametrize(
    ("control", "told", "old"),
    [
        ("government", "2016-09-09", True),
        ("occupied", "2022", True),
        ("occupied", "../2025-01-01", True),
        ("government", None, True),
        ("government", "2022-02-24", False),
        (None, None, False),
    ],
)
def test_what_was_told_long_ago_is_pale(control: str | None, told: str | None, old: bool) -> None:
    assert sites_map.is_old({"control": control, "control_as_of": told}) == old


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2025-02-12", "12 Feb 2025"),
        ("2025-02", "Feb 2025"),
        ("2025~", "about 2025"),
        ("2025-02-12?", "12 Feb 2025 (?)"),
        ("../2025-02-14", "by 14 Feb 2025"),
        ("2025-02-12/..", "since 12 Feb 2025"),
        ("2025-04-11/2025-04-12", "11–12 Apr 2025"),
        ("2024-12/2025-02", "Dec 2024 – Feb 2025"),
        (None, "no date"),
    ],
)
def test_dates_are_spoken(words: str | None, expected: str) -> None:
    assert marks.spoken(words) == expected
    assert marks.is_vague(words) == (words != "2025-02-12")


@pytest.mark.parametrize("shape", marks.SHAPES)
def test_shapes_are_about_as_large(shape: str) -> None:
    drawn = ET.fromstring(marks.mark(shape, 0, 0, "blue", 5))  # noqa: S314  # our own
    assert drawn.get("r") == "5" or re.fullmatch(r"M[-\d. LmlZ]+", drawn.get("d", ""))


def test_a_swarm_keeps_marks_apart() -> None:
    assert scales.swarm([0, 0, 5, 10, 30], 10) == [0, 1, 2, 0, 0]


def test_text_is_broken_and_cut() -> None:
    assert writing.wrap("one two three", 60) == ["one two", "three"]
    assert writing.cut("one two three", 50).endswith("…")
    assert writing.cut("one", 50) == "one"
    assert writing.fold("one two three four five six", 50, 13, 2)[1].endswith("…")
    assert writing.number(-0.04) == "0"


def test_a_missing_font_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster, "_UNIX", ())
    monkeypatch.setattr(raster, "_FOLDERS", {})
    with pytest.raises(PackageError, match="DejaVu Sans"):
        raster.fonts()
