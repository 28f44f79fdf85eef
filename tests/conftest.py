"""Settings of the whole suite: where CI decides, hypothesis draws the same examples every time."""

from __future__ import annotations

import os

from hypothesis import settings

# How long an example takes says more of the machine than of the code.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
