"""Run `ukraine-minerals release` from a clone, nothing installed but the libraries of requirements.lock."""

import sys

from ukraine_minerals.cli import main

if __name__ == "__main__":
    sys.exit(main(["release", *sys.argv[1:]]))
