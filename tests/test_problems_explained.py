"""Each problem code is explained for people who do not program: meaning, example, how to mend it."""

import re
from pathlib import Path

import pytest

from ukraine_minerals.problem import CODES
from ukraine_minerals.review import doubts, refusals

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / ".github" / "PROBLEMS.md").read_text(encoding="utf-8")
SECTIONS = {m[1]: m[2] for m in re.finditer(r"^### (\S+)\n\n(.*?)(?=^##|\Z)", TEXT, re.DOTALL | re.MULTILINE)}
ALL = {**CODES, **refusals.CODES, **doubts.CODES}


def test_all_codes_and_no_others_in_their_order() -> None:
    assert list(SECTIONS) == list(ALL)


@pytest.mark.parametrize("code", ALL)
def test_a_section_says_what_the_program_says(code: str) -> None:
    severity, sentence = ALL[code]
    found = re.fullmatch(r"([^\n]+)\n\n```\n([^\n]+)\n```\n\n([^\n]+)\n\n?", SECTIONS[code])
    assert found
    warns = " This is a warning." if severity == "warning" else ""
    assert found[1] == sentence + warns
    assert f": {code}" in found[2]
    if code in CODES:
        expected = ROOT / "tests" / "packages" / code / "expected.txt"
        assert found[2] in expected.read_text(encoding="utf-8").splitlines()
    assert len(found[3].split()) >= 6, "say how to mend it"
