"""What a long run is doing, told to whoever waits at a terminal."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

Tell = Callable[[str], None]


def silent(_: str) -> None:
    """Tell nobody."""


@contextmanager
def shown(stream: TextIO, wait_s: float = 2, step_s: float = 0.2) -> Iterator[Tell]:
    """Give the function that says what is being done; from `wait_s` on a terminal shows it, and how long."""
    if not stream.isatty():
        yield silent
        return
    import threading  # noqa: PLC0415  # only a terminal pays for it

    doing = [""]
    ended = threading.Event()
    start = time.monotonic()

    def show() -> None:
        pause = wait_s
        while not ended.wait(pause):
            stream.write(f"\r\x1b[K{doing[0]} … {time.monotonic() - start:.0f} s")
            stream.flush()
            pause = step_s
        if pause != wait_s:
            stream.write("\r\x1b[K")
            stream.flush()

    thread = threading.Thread(target=show)
    thread.start()
    try:
        yield lambda stage: doing.__setitem__(0, stage)
    finally:
        ended.set()
        thread.join()
