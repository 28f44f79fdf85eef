"""Notices in words: counts with their nouns, whatever the values hold."""

from __future__ import annotations

import re

import pytest

from diff_insight.model.messages import Notice
from diff_insight.notices import WORDS, tell_notice


@pytest.mark.parametrize(("count", "words"), [(1, "told 1 file:"), (3, "told 3 files:")])
def test_a_count_agrees_with_its_noun(count: int, words: str) -> None:
    notice = Notice("model-silent", {"why": "it refuses connections", "count": count})
    assert words in tell_notice(notice)


def test_no_count_stands_before_a_noun_that_cannot_follow_it() -> None:
    plural = re.compile(r"\{\w+\} (?:[a-z]+ )?(?:files|runs|ranges|commits|declarations)\b")
    assert [key for key, words in WORDS.items() if plural.search(words)] == []


def test_a_value_with_braces_stays_one() -> None:
    assert "{x}" in tell_notice(Notice("model-silent", {"why": "{x}", "count": 1}))
