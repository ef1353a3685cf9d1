"""A folder or a git revision -> the tables of one version; a revision's files go to a temporary folder."""

import json
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from ukraine_minerals import descriptor, read
from ukraine_minerals.errors import PackageError
from ukraine_minerals.model import Tables
from ukraine_minerals.problem import Problem

CHANGELOG = "CHANGELOG.md"
_REGULAR = ("100644", "100755")  # no symbolic link, no submodule


@contextmanager
def opened(place: str, package: Path) -> Iterator[tuple[Tables, list[Problem]]]:
    """Read the version at `place`: a folder, a datapackage.json, or a revision of the git repository.

    The revision is looked up where `package`, the path of a datapackage.json, lies. Nothing is checked out.

    Raises:
        PackageError: there is no such version, or its package cannot be read.
    """
    path = Path(place)
    if path.is_file() or (path / package.name).is_file():
        yield read.tables(descriptor.load(path if path.is_file() else path / package.name))
        return
    with tempfile.TemporaryDirectory(prefix="review-") as folder:
        _take_out(place, package, Path(folder))
        try:
            yield read.tables(descriptor.load(Path(folder, package.name)))
        except PackageError as error:
            raise PackageError(f"{place}: {str(error).replace(f'{folder}/', '')}") from None


def tags(package: Path) -> list[tuple[str, int]]:
    """Give the tags `v1.2.3` or `1.2.3`, by version, each with its time (Unix seconds); none without git."""
    try:
        listed = _git(
            package.parent, "for-each-ref", "--format=%(refname:strip=2) %(creatordate:unix)", "refs/tags"
        )
    except PackageError:
        return []
    found = [line.rsplit(" ", 1) for line in listed.decode("utf-8", "replace").splitlines()]
    dated = [(name, int(time)) for name, time in found if number(name) and time.isdecimal()]
    return sorted(dated, key=lambda tag: (number(tag[0]), tag[0]))


def number(version: str) -> tuple[int, ...]:
    """Give the three numbers of a version, or none where it is not of the form 1.2.3 or v1.2.3."""
    parts = version.removeprefix("v").split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdecimal() and len(part) < 10 for part in parts):
        return ()
    return tuple(map(int, parts))


def _take_out(revision: str, package: Path, folder: Path) -> None:
    """Write the files that a revision's package is made of."""
    root = package.parent
    try:
        name = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except PackageError as error:
        if "git is not" in str(error):
            raise
        raise PackageError(
            f'"{revision}" is neither a folder with a {package.name} nor a git revision'
        ) from None
    listed = _git(root, "ls-tree", "-r", "-z", name.decode().strip())  # what lies under the package's folder
    blobs = {}
    for entry in listed.decode("utf-8", "surrogateescape").split("\0")[:-1]:
        (mode, _, blob), path = entry.partition("\t")[0].split(), entry.partition("\t")[2]
        if mode in _REGULAR and ".." not in PurePosixPath(path).parts:
            blobs[path] = blob
    if package.name not in blobs:
        raise PackageError(f"{revision}: has no {package.name}")
    described = _contents(root, {package.name: blobs[package.name]})[package.name]
    wanted = {*_paths(described), CHANGELOG}
    files = {package.name: described}
    files |= _contents(root, {path: blob for path, blob in blobs.items() if path in wanted})
    for path, data in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def _paths(described: bytes) -> Iterator[str]:
    """Give all that a descriptor could mean as a path; what is no path of the revision is never written."""
    try:
        left: list[Any] = [json.loads(described.decode("utf-8-sig"))]
    except (ValueError, RecursionError):
        return  # descriptor.load says so
    while left:
        value = left.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, (list, dict)):
            left += value.values() if isinstance(value, dict) else value


def _contents(root: Path, blobs: dict[str, str]) -> dict[str, bytes]:
    """Read files from the object store: no attribute, filter or hook of the repository applies."""
    out = _git(root, "cat-file", "--batch", told="".join(f"{blob}\n" for blob in blobs.values()))
    contents, start = {}, 0
    for path in blobs:
        end = out.index(b"\n", start)
        size_bytes = int(out[start:end].split()[2])
        contents[path] = out[end + 1 : end + 1 + size_bytes]
        start = end + 1 + size_bytes + 1
    return contents


def _git(root: Path, *arguments: str, told: str = "") -> bytes:
    command = ["git", "-C", str(root), *arguments]
    try:
        return subprocess.run(command, input=told.encode(), capture_output=True, check=True).stdout  # noqa: S603
    except FileNotFoundError:
        raise PackageError("git is not installed; compare two folders instead") from None
    except subprocess.CalledProcessError as error:
        reason = error.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise PackageError(f"git {arguments[0]}: {reason or 'failed'}") from None
