"""A bound on the time that the expressions of a schema may take: some are tried without end."""

import signal
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from types import FrameType

from ukraine_minerals.errors import PackageError

_LEAST_S = 3
_CHARACTERS_PER_S = 200_000  # a sound expression reads some millions


@contextmanager
def bounded(field: str, texts: Collection[str]) -> Iterator[None]:
    """Leave off after three seconds of processor time, or more where the texts are long.

    Without effect where the system has no such timer (Windows) or the thread is not the main one.

    Raises:
        PackageError: the time is over.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise PackageError(
            f"field {field}: its pattern or jsonSchema takes too long to try; "
            "let no part that repeats hold another that matches the same"
        )

    try:
        before = signal.signal(signal.SIGVTALRM, stop)
    except ValueError:  # only the main thread may
        yield
        return
    signal.setitimer(signal.ITIMER_VIRTUAL, _LEAST_S + sum(map(len, texts)) / _CHARACTERS_PER_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
