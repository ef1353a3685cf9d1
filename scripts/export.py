"""Run `ukraine-minerals export` from a clone, nothing installed but the libraries of requirements.lock."""

import sys

from ukraine_minerals.cli import main

if __name__ == "__main__":
    sys.exit(main(["export", *sys.argv[1:]]))
