"""Checks contrasts: of “this instead of that” the data may not say “that instead of this”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from diff_insight.llm.grounding.anchors import Anchor
from diff_insight.llm.grounding.evidence import DiffEvidence
from diff_insight.llm.grounding.fault import Fault, reading
from diff_insight.llm.grounding.standing_sides import without_quotes
from diff_insight.llm.grounding.states import state
from diff_insight.llm.grounding.version_sentences import VersionSentence
from diff_insight.llm.grounding.word_marks import word_marks

#: Words between what holds and what does not: first what holds, or first what does not.
_HOLDS_FIRST = re.compile(
    r"\b(?:instead of|rather than|in place of|but not|and not|as opposed to|unlike)\b|而不是|而非"
    r"|\b(?:statt|anstelle|anstatt|und nicht|au lieu de|plutôt que|et non|en lugar de|en vez de|y no|em vez de|ao invés de|e não)\b"
)
_HOLDS_LAST = re.compile(r"ではなく|でなく|代わりに|かわりに|\bbut rather\b|대신|아니라")


def contrast_faults(
    sentence: str, values: Sequence[Anchor], evidence: DiffEvidence, language: str
) -> Iterator[Fault]:
    """Yield a contrast that a sentence of the data draws the other way round."""
    bare = without_quotes(sentence).lower()
    spans = _spans(bare)
    if spans is None:
        return
    halves = [
        _Half(
            word_marks(bare[start:end], language),
            tuple(each for each in values if start <= each.start < end and evidence.places(each)),
        )
        for start, end in spans
    ]
    if _is_turned_by_sides(halves, bare, evidence, language):
        yield reading("of the contrast the old text has what holds, or the new one what does not")
        return
    is_turned = False
    for passage in evidence.new_sentences:
        text = passage.text.lower()
        shown = _spans(text)
        if shown is None:
            continue
        parts = [VersionSentence(text[start:end], changed=False) for start, end in shown]
        # What stands on both sides tells none of them.
        common = (halves[0].words & halves[1].words) | (parts[0].marks & parts[1].marks)
        kept = [half.count(part, common) for half, part in zip(halves, parts, strict=True)]
        turned = [half.count(part, common) for half, part in zip(halves, parts[::-1], strict=True)]
        # Before what holds stands the subject of both, so that what is denied tells the side.
        if kept[1]:
            return
        is_turned = is_turned or all(turned)
    if is_turned:
        yield reading("the data draws the contrast the other way round")


def _is_turned_by_sides(
    halves: Sequence[_Half], text: str, evidence: DiffEvidence, language: str
) -> bool:
    """Tell whether only the old text has what is told to hold now, or only the new text what is told not to."""
    if state("gone", language).search(text) or not state("now", language).search(text):
        return False
    holds, fails = (half.side(evidence, language) for half in halves)
    return (holds < 0 <= fails) or (fails > 0 >= holds)


class _Half(Struct, frozen=True):
    """What a contrast has hold, or what it denies: the marks of its words, and its values."""

    words: frozenset[str]
    values: tuple[Anchor, ...]

    def side(self, evidence: DiffEvidence, language: str) -> int:
        """Return on which side of the diff alone it stands: 1 for the new one, -1 for the old one, 0 for neither."""
        changes = [evidence.counts(each) for each in self.values]
        came, went, rest = evidence.side_words
        words = self.words if language == "en" else frozenset()
        is_new = any(on_new and not old and not both for on_new, old, both in changes)
        is_old = any(old and not on_new and not both for on_new, old, both in changes)
        is_new = is_new or bool(words & (came - went - rest))
        is_old = is_old or bool(words & (went - came - rest))
        return is_new - is_old

    def count(self, part: VersionSentence, common: frozenset[str]) -> int:
        """Return how many of them a part of another sentence has, without the words of both sides."""
        return len((self.words & part.marks) - common) + sum(map(part.line.has, self.values))


def _spans(text: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Return where a contrast says what holds, and where it says what does not; None where a text draws none."""
    first, last = _HOLDS_FIRST.search(text), _HOLDS_LAST.search(text)
    if first and not last:
        return (0, first.start()), (first.end(), len(text))
    if last and not first:
        return (last.end(), len(text)), (0, last.start())
    return None
