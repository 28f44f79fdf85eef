"""What rules are known to miss: said of every rule, and by the pages with the same words.

Set UPDATE_MISSES=1 to write the paragraphs of the pages anew.
"""

from __future__ import annotations

import os
import re
import textwrap
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

import diff_insight
from diff_insight.kinds.catalogue import ROWS
from diff_insight.kinds.kind import Trait
from diff_insight.kinds.known_misses import misses_of, paragraphs, sections

DOCS = Path(diff_insight.__file__).parents[2] / "docs"
NAMES = [row.name for row in ROWS if not row.has(Trait.ITEM)]
PARAGRAPH = re.compile(r"^\*Known misses\*:(?:.|\n(?!\n))*+", re.MULTILINE)


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_says_what_it_misses_or_that_nothing_is_known(name: str) -> None:
    assert misses_of(name) is not None


def test_a_rule_has_misses_or_none() -> None:
    without = [pattern for section in sections().values() for pattern in section.none]
    told = [name for name in NAMES if any(fnmatchcase(name, pattern) for pattern in without)]
    assert [name for name in told if misses_of(name)] == []


def test_misses_are_of_kinds_that_exist() -> None:
    patterns = [
        pattern
        for section in sections().values()
        for pattern in (*section.none, *(of for miss in section.misses for of in miss.of))
    ]
    assert [p for p in patterns if not any(fnmatchcase(name, p) for name in NAMES)] == []


@pytest.mark.parametrize(("heading", "words"), list(paragraphs()))
def test_the_pages_say_the_same(heading: str, words: str) -> None:
    page, start, end = _section(heading)
    text = page.read_text("utf-8")
    paragraph = PARAGRAPH.search(text, start, end)
    if os.environ.get("UPDATE_MISSES"):
        wrapped = "\n".join(
            textwrap.wrap(words, 120, break_long_words=False, break_on_hyphens=False)
        )
        if paragraph is not None:
            text = text[: paragraph.start()] + wrapped + text[paragraph.end() :]
        else:
            text = f"{text[:end].rstrip()}\n\n{wrapped}\n\n{text[end:]}".rstrip() + "\n"
        page.write_text(text, "utf-8")
        return
    assert paragraph is not None
    assert " ".join(paragraph[0].split()) == words


def _section(heading: str) -> tuple[Path, int, int]:
    """Return the page that has a section, and where the section begins and ends."""
    for name in ("facts.md", "why.md"):
        page = DOCS / name
        text = page.read_text("utf-8")
        found = re.search(rf"^#+ {re.escape(heading)}(?: \(`.*)?$", text, re.MULTILINE)
        if found:
            end = re.compile(r"^#", re.MULTILINE).search(text, found.end())
            return page, found.end(), end.start() if end else len(text)
    pytest.fail(f"no page has the section {heading}")
