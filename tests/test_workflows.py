"""The workflows, forms and hooks of `.github` hold what GitHub, zizmor and our own house ask of them."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS = sorted(FOLDER.glob("*.yml"))
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))


def run(tool: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    path = shutil.which(tool, path=Path(sys.executable).parent)
    assert path, f"{tool} is not installed"
    return subprocess.run([path, *arguments], capture_output=True, text=True, check=False)


def test_zizmor_finds_nothing() -> None:
    done = run("zizmor", "--offline", "--no-progress", "--persona", "auditor", ROOT / ".github")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("custom.github-workflows-require-timeout", WORKFLOWS),
        ("vendor.github-issue-forms", [path for path in FORMS if path.stem != "config"]),
        ("vendor.github-issue-config", [path for path in FORMS if path.stem == "config"]),
    ],
)
def test_files_have_their_form(schema: str, files: list[Path]) -> None:
    assert files
    done = run("check-jsonschema", "--builtin-schema", schema, *files)
    assert done.returncode == 0, done.stdout + done.stderr


def test_each_action_is_one_commit_with_its_tag_beside_it() -> None:
    pins: dict[str, str] = {}
    for path in WORKFLOWS:
        for line in path.read_text(encoding="utf-8").splitlines():
            if "uses:" in line:
                found = re.fullmatch(
                    r"\s+(?:- )?uses: (actions/[\w-]+)@([0-9a-f]{40} # v\d+\.\d+\.\d+)", line
                )
                assert found, line
                assert pins.setdefault(found[1], found[2]) == found[2], line


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_what_is_run_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    scripts = set(re.findall(r"scripts/(\w+\.py)", text))
    assert all((ROOT / "scripts" / script).is_file() for script in scripts)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"run: make (\w+)", text):
        assert f"\n{target}:" in makefile


def test_nothing_of_a_fork_runs_with_a_right_to_write() -> None:
    for path in WORKFLOWS:
        workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
        events = workflow[True]  # YAML 1.1 reads `on` as true
        assert "pull_request_target" not in events
        assert workflow["permissions"] == {}
        for job in workflow["jobs"].values():
            rights = set(job.get("permissions", {}).values())
            if "pull_request" in events:
                assert rights <= {"read"}
                assert "secrets." not in str(job)
            if "write" in rights:  # it takes what another job made, and checks nothing out
                assert not any("checkout" in step.get("uses", "") for step in job["steps"])


def test_hooks_run_our_verbs() -> None:
    ours = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"]
    others = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in ours] == [hook["id"] for hook in others] == ["tidy", "validate"]
    for hook in (*ours, *others):
        assert re.search(hook["files"], "data/events.csv")
        assert not hook["pass_filenames"]
    assert [hook["entry"] for hook in ours] == ["python scripts/tidy.py", "python scripts/validate.py"]
    assert [hook["entry"] for hook in others] == ["ukraine-minerals tidy", "ukraine-minerals validate"]
