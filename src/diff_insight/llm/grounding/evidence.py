"""What was compared, line by line: which side has a value, and what else stands on its line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from msgspec import Struct

from diff_insight.llm.grounding.anchors import Anchor
from diff_insight.llm.grounding.diff_lines import DiffLine
from diff_insight.llm.grounding.folding import literal, lower
from diff_insight.llm.grounding.replacements import Replacement, read_replacements
from diff_insight.llm.grounding.stems import stems
from diff_insight.llm.grounding.version_sentences import VersionSentence, read_version_sentences
from diff_insight.llm.grounding.word_marks import pairs
from diff_insight.model.facts import FileAnalysis

#: Lines around a value that its subject may stand on.
_NEAR = 3


class DiffEvidence(Struct, frozen=True, dict=True):
    """What a text may rest on.

    Attributes:
        lines: All lines of the diff that it is about.
        said: What else is believed: facts, titles, what people said.
        analyses: The files.
    """

    lines: tuple[DiffLine, ...] = ()
    said: tuple[str, ...] = ()
    analyses: tuple[FileAnalysis, ...] = ()

    def counts(self, anchor: Anchor) -> tuple[int, int, int]:
        """Return on how many added, removed and unchanged lines a value stands."""
        signs = [self.lines[at].sign for at in self.places(anchor)]
        return signs.count("+"), signs.count("-"), len(signs) - signs.count("+") - signs.count("-")

    def changes(self, anchor: Anchor) -> tuple[bool, bool]:
        """Return whether a value came with a block of changed lines that had less of it, and whether it went with one."""
        blocks: dict[int, int] = {}
        for at in self.places(anchor):
            sign = self.lines[at].sign
            if sign in "+-":
                block = self._blocks[at]
                times = self.lines[at].count(anchor)
                blocks[block] = blocks.get(block, 0) + (times if sign == "+" else -times)
        gained = any(count > 0 for count in blocks.values())
        lost = any(count < 0 for count in blocks.values())
        return gained, lost

    def places(self, anchor: Anchor) -> list[int]:
        """Return the indexes of the lines on which a value stands."""
        key = (anchor.kind, anchor.comparable, anchor.readings)
        if key not in self._known_places:
            lines = enumerate(self.lines)
            self._known_places[key] = [at for at, line in lines if line.has(anchor)]
        return self._known_places[key]

    def near(self, at: int, anchor: Anchor) -> bool:
        """Tell whether a value stands on a line, close to it, or in the header of its hunk."""
        hunk = self.lines[at].hunk
        around = range(max(0, at - _NEAR), min(len(self.lines), at + _NEAR + 1))
        if any(self.lines[each].hunk == hunk and self.lines[each].has(anchor) for each in around):
            return True
        return any(
            line.sign == "@" and line.hunk == hunk and line.has(anchor) for line in self.lines
        )

    def is_unchanged(self, anchor: Anchor) -> bool:
        """Tell whether each + line with a value is, but for spaces, a - line or one that did not change."""
        came, went, rest = self._texts(anchor)
        return bool(came) and came <= went | rest

    def is_moved(self, anchor: Anchor) -> bool:
        """Tell whether each - line with a value is, but for spaces, a + line too."""
        came, went, _ = self._texts(anchor)
        return bool(went) and went <= came

    def heads(self, anchor: Anchor) -> bool:
        """Tell whether a value stands in headings alone, as far as lines changed."""
        lines = [self.lines[at] for at in self.places(anchor)]
        return all(line.text.lstrip().startswith("#") for line in lines if line.sign in "+-")

    def _texts(self, anchor: Anchor) -> tuple[set[str], ...]:
        """Return the lines with a value, without spaces: added, removed and the others."""
        texts: dict[str, set[str]] = {"+": set(), "-": set(), " ": set()}
        for at in self.places(anchor):
            line = self.lines[at]
            sign = line.sign if line.sign in "+-" else " "
            texts[sign].add("".join(line.comparable.split()))
        return texts["+"], texts["-"], texts[" "]

    def has_said(self, anchor: Anchor) -> bool:
        """Tell whether a value stands in what is believed besides the diff."""
        return any(line.has(anchor) for line in self.said_lines)

    def has_said_together(self, value: Anchor, names: Sequence[Anchor]) -> bool:
        """Tell whether what is believed besides has a value and one of some names on one line."""
        return any(
            line.has(value) and any(line.has(name) for name in names) for line in self.said_lines
        )

    @cached_property
    def _blocks(self) -> tuple[int, ...]:
        """The number of the run of changed lines that each line belongs to."""
        numbers: list[int] = []
        block, inside = 0, False
        for line in self.lines:
            changed = line.sign in "+-"
            block += changed and not inside
            inside = changed
            numbers.append(block)
        return tuple(numbers)

    @cached_property
    def side_words(self) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """The beginnings of the words of the lines that came, that went, and of all others."""
        words: dict[str, set[str]] = {"+": set(), "-": set(), " ": set()}
        for line in self.lines:
            words[line.sign if line.sign in "+-" else " "] |= stems(line.comparable)
        return frozenset(words["+"]), frozenset(words["-"]), frozenset(words[" "])

    @cached_property
    def new_sentences(self) -> tuple[VersionSentence, ...]:
        """The sentences of the new version, as far as the diff shows them."""
        return read_version_sentences(self.lines, "+")

    @cached_property
    def old_sentences(self) -> tuple[VersionSentence, ...]:
        """The sentences of the old version, as far as the diff shows them."""
        return read_version_sentences(self.lines, "-")

    @cached_property
    def replacements(self) -> tuple[Replacement, ...]:
        """What was put in place of something else."""
        return read_replacements(self.lines)

    @cached_property
    def replacement_pairs(self) -> frozenset[tuple[str, str]]:
        """Old and new values of the replacements."""
        return frozenset((each.old, each.new) for each in self.replacements)

    @cached_property
    def moves(self) -> frozenset[tuple[str, str]]:
        """Old and new values that facts state."""
        pairs = (
            (fact.params.get("old"), fact.params.get("new"))
            for file in self.analyses
            for fact in file.facts
        )
        return frozenset(
            (_plain(old), _plain(new))
            for old, new in pairs
            if isinstance(old, str) and isinstance(new, str) and old != new
        )

    @cached_property
    def changed_lines(self) -> tuple[DiffLine, ...]:
        """The lines that came and went."""
        return tuple(line for line in self.lines if line.sign in "+-")

    @cached_property
    def told_lines(self) -> tuple[DiffLine, ...]:
        """What came, what went, and what is believed besides."""
        return (*self.changed_lines, *self.said_lines)

    @cached_property
    def all_lines(self) -> tuple[DiffLine, ...]:
        """All lines, and what is believed besides."""
        return (*self.lines, *self.said_lines)

    @cached_property
    def text(self) -> str:
        """All of it in small letters."""
        return "\n".join(line.comparable for line in self.all_lines)

    @cached_property
    def words(self) -> frozenset[str]:
        """The beginnings of all its words."""
        return frozenset(each for line in self.all_lines for each in stems(line.comparable))

    @cached_property
    def pairs(self) -> frozenset[str]:
        """The pairs of characters of its words in Chinese and Japanese."""
        return frozenset(each for line in self.all_lines for each in pairs(line.comparable))

    @cached_property
    def _known_places(self) -> dict[tuple[str, str, tuple[str, ...]], list[int]]:
        return {}

    @cached_property
    def said_lines(self) -> tuple[DiffLine, ...]:
        """What is believed besides the diff, as lines."""
        return tuple(DiffLine(" ", text, -1) for text in self.said)


def evidence_of(
    patches: Iterable[str], said: Iterable[str] = (), analyses: Sequence[FileAnalysis] = ()
) -> DiffEvidence:
    """Return the lines of some patches with what else is believed."""
    lines: list[DiffLine] = []
    hunk = 0
    for patch in patches:
        for line in patch.split("\n"):
            if line.startswith("@@ "):
                hunk += 1
                lines.append(DiffLine("@", line.split("@@", 2)[-1], hunk))
            elif line[:1] in ("+", "-", " "):
                lines.append(DiffLine(line[0], line[1:], hunk))
        hunk += 1
    return DiffEvidence(tuple(lines), tuple(said), tuple(analyses))


def _plain(value: str) -> str:
    return lower(literal(value)).strip()
