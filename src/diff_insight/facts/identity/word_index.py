"""Tells whether a text holds one of many words, in time that grows with the text and not with the words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

#: Up to so many words are looked for one after the other.
_FEW = 40
#: What a word is split at, the rarest in texts first.
_ANCHORS = ("/", '"', "'", ":", ".", "-", "_", " ")
#: Characters on either side of an anchor by which words are told apart at first.
_REACH = 5


class WordIndex:
    """Fixed strings, wherever they stand in a text, also within longer words.

    A word is looked for where the text has the sign that the word has: what is on both sides of it
    tells the few words that it may be.

    Args:
        words: The strings; none of them is empty.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._plain: list[str] = []
        #: Anchor -> characters before and behind it -> those characters -> lengths of both sides of
        #: the words that have them.
        self._sides: dict[str, dict[tuple[int, int], dict[str, set[tuple[int, int]]]]] = {}
        self._words = frozenset(words)
        if len(self._words) <= _FEW:
            self._plain = list(self._words)
            return
        for word in self._words:
            anchor = next((sign for sign in _ANCHORS if sign in word), "")
            if not anchor:
                self._plain.append(word)
                continue
            before, _, behind = word.partition(anchor)
            reach = min(len(before), _REACH), min(len(behind), _REACH)
            near = before[len(before) - reach[0] :] + anchor + behind[: reach[1]]
            by_reach = self._sides.setdefault(anchor, defaultdict(lambda: defaultdict(set)))
            by_reach[reach][near].add((len(before), len(behind)))

    def is_in(self, text: str) -> bool:
        """Tell whether the text holds one of the words."""
        if any(word in text for word in self._plain):
            return True
        return any(self._is_at(anchor, text) for anchor in self._sides)

    def _is_at(self, anchor: str, text: str) -> bool:
        sides, words = self._sides[anchor], self._words
        at = text.find(anchor)
        while at >= 0:
            for (left, right), by_near in sides.items():
                if left > at:
                    continue
                lengths = by_near.get(text[at - left : at + 1 + right], ())
                for before, behind in lengths:
                    if before <= at and text[at - before : at + 1 + behind] in words:
                        return True
            at = text.find(anchor, at + 1)
        return False
