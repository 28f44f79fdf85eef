"""Prints the paths of reports on standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import PurePath


def print_paths(paths: Iterable[PurePath]) -> None:
    """Print the bytes that the files are called by, whatever the terminal's encoding is."""
    for path in paths:
        sys.stdout.buffer.write(os.fsencode(path) + b"\n")
    sys.stdout.flush()
