"""Tells which entries of a changelog a range adds, and which it only moves, rewords or collects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from diff_insight.analysis.people.changelog_entry import ChangelogEntry
from diff_insight.analysis.people.cues import read_words
from diff_insight.analysis.people.lines import ITEM, first_sentence
from diff_insight.analysis.people.plain_marks import plain_marks
from diff_insight.analysis.people.references import LONGEST

#: Characters of an entry that can be known again elsewhere.
_LEAST_MOVED = 12
#: Words of an entry that is known again when some differ, the share that is the same, and lines held against one.
_LEAST_WORDS, _ALIKE, _MOST_LINES = 8, 0.75, 300
#: Words of a short entry that is known again where a date or a number within it is gone.
_LEAST_SHORTENED = 3
_CANDIDATE = re.compile(
    r"(?i)(\d[\d.]{2,20}?)[-.]?(?:a|b|c|rc|m|alpha|beta|pre|preview|canary|next|dev)[-.]?\d{0,4}$"
)
_NUMBER = re.compile(r"\d++")
#: A word of a script with spaces, or one character of another.
_WORD = re.compile(r"[A-Za-z0-9_]++|\S")


def new_entries(
    entries: Sequence[ChangelogEntry],
    added: frozenset[int],
    removed: str,
    *,
    known: frozenset[int] = frozenset(),
) -> list[ChangelogEntry]:
    """Return the entries that a range adds: those on added lines whose words it does not only move or reword.

    Args:
        entries: The entries of the head.
        added: Numbers of the lines that the range adds.
        removed: What the range removes from the file.
        known: Numbers of lines that say what stood there or elsewhere before, maybe in another language;
            where there are some, an entry with the number of one that is gone is that one.
    """
    gone = plain_marks(" ".join(removed.split()))
    lost = [line for line in removed.split("\n") if line.strip()][:_MOST_LINES]
    before = [read_words(first_sentence([ITEM.sub("", line, count=1)])[0]) for line in lost]
    old = [words.text for words in before]
    numbers = {words.number for words in before if words.number} if known else set()
    fresh = []
    for entry in entries:
        lines = range(entry.start, entry.end + 1)
        count = sum(line in added for line in lines)
        if entry.start not in added or not (entry.heading or 2 * count >= len(lines)):
            continue
        text = entry.words.text
        if entry.start in known or entry.words.number in numbers:
            continue
        if len(text) < _LEAST_MOVED or not (text in gone or _is_reworded(text, old)):
            fresh.append(entry)
    return fresh


def _is_reworded(text: str, old: Sequence[str]) -> bool:
    """Tell whether a line that is gone said nearly the same, with the same numbers."""
    words, numbers = _WORD.findall(text), set(_NUMBER.findall(text))
    if len(words) < _LEAST_WORDS:
        return any(_is_shortened(words, _WORD.findall(line[:LONGEST])) for line in old)
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(words)
    for line in old:
        if not numbers <= set(_NUMBER.findall(line)):
            continue
        matcher.set_seq1(_WORD.findall(line[:LONGEST]))
        bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
        if all(bound() >= _ALIKE for bound in bounds):
            return True
    return False


def _is_shortened(words: Sequence[str], line: Sequence[str]) -> bool:
    """Tell whether a line says all these words in this order, and between them no more than numbers and marks."""
    if len(words) < _LEAST_SHORTENED:
        return False
    rest = iter(words)
    wanted = next(rest, None)
    for word in line:
        if word == wanted:
            wanted = next(rest, None)
        elif word.isalpha():
            return False
    return wanted is None


def without_prereleases(entries: Sequence[ChangelogEntry]) -> list[ChangelogEntry]:
    """Return entries without those of candidates of a version whose own list is there: it has them all."""
    versions = {entry.version for entry in entries}
    return [
        entry
        for entry in entries
        if (candidate := _CANDIDATE.match(entry.version)) is None or candidate[1] not in versions
    ]
