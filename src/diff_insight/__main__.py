"""Runs the command as `python -m diff_insight`."""

import sys

from diff_insight.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
