"""Starts the action inside its image; everything is in `diff_insight.action.step`."""

import os
import sys

from diff_insight.action.step import main

if __name__ == "__main__":
    sys.exit(main(os.environ))
