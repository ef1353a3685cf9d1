"""Run `ukraine-minerals validate` from a clone, nothing installed."""

import sys

from ukraine_minerals.__main__ import main

if __name__ == "__main__":
    main(["validate", *sys.argv[1:]])
