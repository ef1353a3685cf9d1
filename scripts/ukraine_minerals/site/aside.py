"""Work in a second process, where the system can fork one: half of the pages cost no time of their own."""

import gc
import multiprocessing
import warnings
from collections.abc import Callable

from ukraine_minerals.errors import PackageError


def start(work: Callable[[], int]) -> Callable[[], int]:
    """Begin work that gives a number; what is given back waits for it.

    Raises:
        PackageError: from what is given back, if the second process failed.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        return work
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)

    def send() -> None:
        gc.disable()  # it ends soon, and a collection would touch, and so copy, all that the two share
        sender.send(work())

    process = context.Process(target=send, daemon=True)
    with warnings.catch_warnings():  # of threads, which the work does not use
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    sender.close()

    def wait() -> int:
        try:
            count = int(receiver.recv())
        except EOFError:
            raise PackageError("the pages of the records could not be written; see above") from None
        finally:
            process.join()
        return count

    return wait
