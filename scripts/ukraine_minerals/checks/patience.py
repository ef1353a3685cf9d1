"""A bound on the time that the expressions of a schema may take: some are tried without end."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from ukraine_minerals.errors import PackageError
from ukraine_minerals.model import Field

_LEAST_S = 3
_CHARACTERS_PER_S = 200_000  # a sound expression reads some millions


@contextmanager
def bounded(field: Field, texts: Collection[str]) -> Iterator[None]:
    """Leave off after three seconds of processor time, or more where the texts are long.

    Without effect where the system has no such timer (Windows) or the thread is not the main one.

    Raises:
        PackageError: the time is over.
    """
    if _surely_soon(field, texts):
        yield
        return
    import signal  # noqa: PLC0415  # a small package does without

    def stop(*_: Any) -> None:  # noqa: ANN401
        raise PackageError(
            f"field {field.name}: its pattern or jsonSchema takes too long to try; "
            "let no part that repeats hold another that matches the same"
        )

    try:
        before = signal.signal(signal.SIGVTALRM, stop)
    except (AttributeError, ValueError):  # there is no such signal here, or only the main thread may set it
        yield
        return
    signal.setitimer(signal.ITIMER_VIRTUAL, _LEAST_S + sum(map(len, texts)) / _CHARACTERS_PER_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _surely_soon(field: Field, texts: Collection[str]) -> bool:
    """Accept what cannot take long: no expression, or few short texts for as many trials as they allow."""
    rules = field.constraints
    if "jsonSchema" in rules or "pattern" not in rules:
        return "jsonSchema" not in rules
    longest = 16 if ")" in rules["pattern"] else 40
    return len(texts) <= 1_000 and max(map(len, texts), default=0) <= longest
