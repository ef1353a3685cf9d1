"""The files of a package: read by the standard library or by Arrow; their size and digest as declared."""

import stat
from collections.abc import Iterable, Iterator
from types import ModuleType

from ukraine_minerals import problem
from ukraine_minerals.errors import PackageError
from ukraine_minerals.model import Package, Resource, Table, Tables
from ukraine_minerals.problem import Problem
from ukraine_minerals.progress import Tell, silent
from ukraine_minerals.read import text

# To import Arrow takes as long as to read and check so many bytes without it, measured on two cores.
ARROW_BYTES = 1_500_000


def tables(package: Package, *, fast: bool = False, tell: Tell = silent) -> tuple[Tables, list[Problem]]:
    """Read all tables that can be read, and tell why the others cannot; `fast` lets Arrow hold large ones.

    Raises:
        PackageError: a resource names a digest that Python does not know.
    """
    by_name: dict[str, Table] = {}
    problems: list[Problem] = []
    arrow = _arrow(package) if fast else None
    for resource in (*package.files, *package.resources):
        tell(f"reading {resource.path}")
        if arrow and resource.dialect and _size(resource) and (held := arrow.table(resource)):
            by_name[resource.name] = held
            problems += _integrity(resource, _size(resource), _blocks(resource))
            continue
        data = _bytes(resource)
        if isinstance(data, Problem):
            problems.append(data)
            continue
        problems += _integrity(resource, len(data), [data])
        if resource.dialect:
            decoded = text.decode(resource, data)
            table = decoded if isinstance(decoded, Problem) else text.parse(resource, decoded)
            if isinstance(table, Problem):
                problems.append(table)
            else:
                by_name[resource.name] = table
    return Tables(package, by_name), problems


def _arrow(package: Package) -> ModuleType | None:
    """Give the reader of large files, where the package has enough for it and pyarrow is installed."""
    if sum(map(_size, package.resources)) < ARROW_BYTES:
        return None
    try:
        from ukraine_minerals.read import arrow  # noqa: PLC0415  # takes longer than to read a small package
    except (ImportError, AttributeError):  # none, or one too old
        return None
    return arrow


def _size(resource: Resource) -> int:
    """Give the bytes of a file, 0 where it is none."""
    try:
        status = resource.file.stat()
    except OSError:
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0


def _bytes(resource: Resource) -> bytes | Problem:
    try:
        if not stat.S_ISREG(resource.file.stat().st_mode):
            return problem.of(resource, "scheme-error", "is not a file")
        return resource.file.read_bytes()
    except OSError as error:
        hint = f"put {resource.path} back, or take it out of the descriptor"
        return problem.of(resource, "scheme-error", f"cannot be read: {error.strerror}", hint)


def _integrity(resource: Resource, size: int, blocks: Iterable[bytes]) -> Iterator[Problem]:
    """Compare a file's size and digest with the descriptor's (Data Resource 2.0, bytes and hash)."""
    declared = resource.descriptor.get("bytes", size)
    if declared != size:
        message = f"has {size:,} bytes, not {declared:,} as the descriptor says"
        yield problem.of(resource, "byte-count", message, value=str(size))
    expected = resource.descriptor.get("hash", "").lower()
    if expected and (actual := _digest(resource, blocks, expected)) != expected.rpartition(":")[2]:
        message = f"has the digest {actual}, not {expected} as the descriptor says"
        yield problem.of(resource, "hash-count", message, value=actual)


def _blocks(resource: Resource) -> Iterator[bytes]:
    with resource.file.open("rb") as file:
        while block := file.read(1 << 20):
            yield block


def _digest(resource: Resource, blocks: Iterable[bytes], expected: str) -> str:
    import hashlib  # noqa: PLC0415  # few packages declare digests

    algorithm = expected.rpartition(":")[0] or "md5"
    try:
        digest = hashlib.new(algorithm, usedforsecurity=False)
        for block in blocks:
            digest.update(block)
        return digest.hexdigest()
    except (ValueError, TypeError):  # not known, or of no fixed length
        raise PackageError(f'{resource.file}: hash: algorithm "{algorithm}" is not supported') from None
