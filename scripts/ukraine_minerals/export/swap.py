"""Put a folder in place whole: built beside, then exchanged in one step."""

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path

from ukraine_minerals.errors import PackageError

AT_FDCWD, RENAME_EXCHANGE = -100, 2  # from Linux's fcntl.h and fs.h


@contextmanager
def into(out: Path, *, carry: bool = True) -> Iterator[Path]:
    """Yield an empty folder beside `out` that takes its place once the block ends well.

    What `out` holds and the new folder does not (the site, a release) is carried over, if `carry`. A run
    that is killed leaves the whole old folder or the whole new one: Linux exchanges the two names in one
    step. Elsewhere `out` is absent between two renames; a run killed just there leaves the old folder as
    `<out>.old.part`, and the next run puts it back.

    Raises:
        PackageError: if a folder cannot be written, or `out` holds files of somebody else's.
    """
    out = Path(os.path.realpath(out))
    new, old = out.with_name(f"{out.name}.{os.getpid()}.part"), out.with_name(f"{out.name}.old.part")
    try:
        if old.exists() and not out.exists():
            old.rename(out)
        for left in out.parent.glob(f"{escape(out.name)}.*.part"):
            shutil.rmtree(left)
        new.mkdir(parents=True)
        try:
            yield new
            if out.exists():
                _carry(out, new, carry=carry)
            _replace(out, new, old)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    except OSError as error:
        raise PackageError(f"cannot write {out}: {error}") from error


def _carry(out: Path, new: Path, *, carry: bool) -> None:
    """Take over what the new folder does not make; hard links cost neither time nor space."""
    ours = sorted(entry.name for entry in out.iterdir() if not carry or (new / entry.name).exists())
    if ours and not (out / "manifest.json").exists():
        raise PackageError(f"{out} holds {ours[0]}, which no export made; choose another folder")
    for entry in sorted(out.iterdir()) if carry else ():
        if (new / entry.name).exists():
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.copytree(entry, new / entry.name, symlinks=True, copy_function=link)
        else:
            link(entry, new / entry.name)


def link(source: str | Path, target: str | Path) -> None:
    """Give a file a second name, as a hard link where the file system can."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:  # a file system without hard links
        shutil.copy2(source, target, follow_symlinks=False)


def _replace(out: Path, new: Path, old: Path) -> None:
    if not out.exists():
        new.rename(out)
    elif not _exchange(new, out):
        out.rename(old)
        try:
            new.rename(out)
        except BaseException:
            old.rename(out)
            raise
        shutil.rmtree(old)


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two names in one step; False where the system cannot."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None), "renameat2", None)  # glibc 2.28, musl 1.2.5
    if rename is None:
        return False
    return bool(rename(AT_FDCWD, os.fsencode(first), AT_FDCWD, os.fsencode(second), RENAME_EXCHANGE) == 0)
