"""Reads the sentences of both versions out of the lines of a diff, joined where they run over lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from diff_insight.llm.grounding.anchors import Anchor
from diff_insight.llm.grounding.diff_lines import DiffLine
from diff_insight.llm.grounding.sentence_pieces import sentences
from diff_insight.llm.grounding.stems import stems
from diff_insight.llm.grounding.word_marks import pairs

#: What begins a line that goes on no sentence: a list item, a heading, a row, a fence, a key.
_BEGINS = re.compile(r"\s*(?:[-*+]\s|\d+[.)]\s|#{1,6}\s|\||```|~~~|:::|[\w.\"'-]+\s*[:=]\s)")
#: Marks of comments and quotations before the text of a line; a star before a small letter goes on a comment.
_MARKS = re.compile(r"^\s*(?:/{2,3}!?|/\*{1,2}|\*(?=\s[a-z])|#(?=\s[A-Z])|>|--(?=\s))\s?")
#: What parts a sentence into statements of their own.
_PARTS = re.compile(
    r"[;:,()]\s|\s(?:and|but|while|whereas|or|rather than|instead of)\s|。|、|，|；"
)
#: A sentence that tells what does not happen any more, by its first word.
_UNDOES = re.compile(r"^\W*(?:fix(?:es|ed)?|avoids?|prevents?|stops?)\b")


class VersionSentence(Struct, frozen=True, dict=True):
    """A sentence of one version, and whether a changed line has a part in it."""

    text: str
    changed: bool

    @cached_property
    def line(self) -> DiffLine:
        """The sentence as a line that can be asked for values."""
        return DiffLine(" ", self.text, 0)

    @cached_property
    def words(self) -> frozenset[str]:
        """The beginnings of its words."""
        return stems(self.text.lower())

    @cached_property
    def _pairs(self) -> frozenset[str]:
        return pairs(self.text)

    @property
    def marks(self) -> frozenset[str]:
        """The marks of its words, of whatever language."""
        return self.words | self._pairs

    def part(self, words: frozenset[str], anchors: Sequence[Anchor]) -> str:
        """Return the statement of this sentence that has the most of some words and values; all of it if several have."""
        parts = [
            VersionSentence(each, self.changed) for each in _PARTS.split(self.text) if each.strip()
        ]
        shares = [each.share(words, anchors) for each in parts]
        best = max(shares, default=0.0)
        return (
            parts[shares.index(best)].text.lower() if shares.count(best) == 1 else self.text.lower()
        )

    @property
    def undoes(self) -> bool:
        """Whether it tells of something that does not happen any more."""
        return _UNDOES.search(self.text.lower()) is not None

    def share(self, words: frozenset[str], anchors: Sequence[Anchor]) -> float:
        """Return the share of some words, as marks of whatever language, and values that stand in this sentence."""
        hits = len(words & self.marks) + sum(map(self.line.has, anchors))
        return hits / (len(words) + len(anchors) or 1)


def read_version_sentences(lines: Sequence[DiffLine], sign: str) -> tuple[VersionSentence, ...]:
    """Return the sentences of the new version (`+`) or of the old one (`-`), as far as the diff shows them."""
    return tuple(_read_side(lines, sign))


def _read_side(lines: Sequence[DiffLine], sign: str) -> Iterator[VersionSentence]:
    run: list[DiffLine] = []
    was_comment = False
    for line in lines:
        if line.sign not in (sign, " "):
            if line.sign == "@":
                yield from _cut(run, sign)
                run = []
            continue
        text = _MARKS.sub("", line.text)
        is_comment = text != line.text
        begins = not text.strip() or _BEGINS.match(text) or is_comment != was_comment
        if run and (begins or run[-1].hunk != line.hunk):
            yield from _cut(run, sign)
            run = []
        was_comment = is_comment
        if text.strip():
            run.append(DiffLine(line.sign, text, line.hunk))
    yield from _cut(run, sign)


def _cut(run: Sequence[DiffLine], sign: str) -> Iterator[VersionSentence]:
    """Yield the sentences of lines that stand together."""
    text, ends = "", []
    for line in run:
        text = f"{text} {line.text.strip()}" if text else line.text.strip()
        ends.append((len(text), line.sign == sign))
    start = 0
    for sentence in sentences(text):
        end = start + len(sentence)
        begin = 0
        changed = False
        for at, is_changed in ends:
            changed = changed or (is_changed and begin < end and at > start)
            begin = at
        yield VersionSentence(sentence.strip(), changed)
        start = end
