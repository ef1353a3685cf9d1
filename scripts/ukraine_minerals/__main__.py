"""Let `python -m ukraine_minerals` be the command line."""

import sys

from ukraine_minerals.cli import main

if __name__ == "__main__":
    sys.exit(main())
