"""Documents with as many files as wanted, made by the pipeline."""

from __future__ import annotations

from functools import cache

from diff_insight.model.insight import Insight
from diff_insight.settings.settings import Settings
from support.hostile import modified
from support.insights import LOCALES, insight_of_diff

#: Digits as letters: sentences that differ in numbers alone are told as one.
_LETTERS = str.maketrans("0123456789", "abcdefghij")


@cache
def large_insight(files: int) -> Insight:
    """Return the document of a diff with a changed page in each of `files` files."""
    sections = [
        modified(
            b"docs/area%d/page-%04d.md" % (number % 40, number),
            [b"The limit is %d requests." % number, b"Sentence %d as it was." % number],
            [
                b"The limit is %d requests a minute." % (2 * number),
                b"New words: %s." % str(number).translate(_LETTERS).encode(),
            ],
            [b"# Page %d" % number, b"", b"Some text."],
        )
        for number in range(files)
    ]
    return insight_of_diff(b"".join(sections), Settings(locales=LOCALES))
