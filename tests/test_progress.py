"""Progress is for a terminal alone, and leaves nothing there."""

import io
import threading

from ukraine_minerals import progress


class _Terminal(io.StringIO):
    def __init__(self) -> None:
        super().__init__()
        self.was_written = threading.Event()

    def isatty(self) -> bool:
        return True

    def flush(self) -> None:
        self.was_written.set()


def test_a_terminal_is_told_and_left_clean() -> None:
    stream = _Terminal()
    with progress.shown(stream, wait_s=0.001) as tell:
        tell("reading events")
        stream.was_written.clear()
        assert stream.was_written.wait(60)
    told = stream.getvalue()
    assert "\r\x1b[Kreading events … " in told
    assert told.endswith("\r\x1b[K")


def test_a_short_run_shows_nothing() -> None:
    stream = _Terminal()
    with progress.shown(stream, wait_s=3600) as tell:
        tell("reading events")
    assert not stream.getvalue()


def test_a_file_is_told_nothing() -> None:
    stream = io.StringIO()
    with progress.shown(stream, wait_s=0) as tell:
        tell("reading events")
        assert tell is progress.silent
    assert not stream.getvalue()
