"""Do one thing with each of many items, on all processors where it lets go of the interpreter."""

import os
import threading
from collections.abc import Callable, Iterable
from typing import TypeVar

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


def each(make: Callable[[_Item], _Made], items: Iterable[_Item]) -> list[_Made]:
    """Give what is made of each item, in their order; the first exception ends the work and is raised."""
    if isinstance(items, list) and len(items) < 2:  # no other would have work
        return [make(item) for item in items]
    made: dict[int, _Made] = {}
    raised: list[BaseException] = []
    numbered = enumerate(items)
    lock = threading.Lock()

    def work() -> None:
        while not raised:
            try:
                with lock:
                    number, item = next(numbered, (-1, None))
                if item is None:
                    return
                made[number] = make(item)
            except BaseException as error:  # noqa: BLE001  # raised again below
                raised.append(error)

    workers = [threading.Thread(target=work) for _ in range(min(os.cpu_count() or 1, 8) - 1)]
    for worker in workers:
        worker.start()
    work()
    for worker in workers:
        worker.join()
    if raised:
        raise raised[0]
    return [made[number] for number in range(len(made))]
