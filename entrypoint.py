"""Starts the action inside its image; everything is in `diff_insight.action.main`."""

import os
import sys

from diff_insight.action.main import main

if __name__ == "__main__":
    sys.exit(main(os.environ))
