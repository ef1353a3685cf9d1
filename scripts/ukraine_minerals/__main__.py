"""Let `python -m ukraine_minerals` and the command ukraine-minerals be the command line."""

import gc
import os
import sys
from collections.abc import Sequence

from ukraine_minerals import cli


def main(argv: Sequence[str] | None = None) -> None:
    """Run a verb in a process of its own, and leave with its exit status.

    A check of a small package takes less time than to look for garbage, and to clear away at the end; one of
    a large package starts sooner where numpy is not there, which pyarrow can do without.
    """
    argv = sys.argv[1:] if argv is None else list(argv)
    if argv[:1] != ["validate"]:
        sys.exit(cli.main(argv))
    gc.disable()
    sys.modules.setdefault("numpy", None)  # type: ignore[arg-type]  # importlib: it cannot be imported
    status = cli.main(argv)
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    main()
