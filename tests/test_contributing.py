"""What .github/CONTRIBUTING.md tells strangers to do can be done."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from ukraine_minerals import options
from ukraine_minerals.review.version import WORDING

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
COMMANDS = sorted(set(re.findall(r"python3 scripts/(\w+)\.py(.*?)[`\n]", TEXT)))


def test_paths_and_links() -> None:
    for path in re.findall(r"`((?:data|scripts)/[\w.]+)`", TEXT):
        assert (ROOT / path).is_file(), path
    anchors = {re.sub(r"\W+", "-", title.lower()) for title in re.findall(r"^#+ (.*)$", TEXT, re.MULTILINE)}
    for target in re.findall(r"\]\(([^)]+)\)", TEXT):
        assert target.removeprefix("#") in anchors or (ROOT / ".github" / target).is_file(), target
    assert "http" not in TEXT


@pytest.mark.parametrize(("verb", "arguments"), COMMANDS, ids=[verb + rest for verb, rest in COMMANDS])
def test_commands_are_understood(verb: str, arguments: str) -> None:
    assert (ROOT / "scripts" / f"{verb}.py").is_file()
    words = [word.strip('"') for word in arguments.split()]
    runs: defaultdict[str, options.Run] = defaultdict(lambda: lambda _: 0)
    options.parser(runs).parse_args([verb, *words])  # it ends the run where it does not understand


def test_it_names_the_fields_of_wording() -> None:
    [told] = re.findall(r"only wording changed \(([^;]+);", TEXT)
    assert set(re.findall(r"\w+", told)) == WORDING
