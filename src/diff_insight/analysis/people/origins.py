"""Ties facts to the commits that made them, by the lines that each commit changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from diff_insight.model.changes import FileChange, Hunk, Side
from diff_insight.model.facts import Evidence, Fact, FileAnalysis
from diff_insight.model.history import Commit, CommitLines

#: Lines of a fact that are asked for.
_MOST_LINES = 400
#: A line with fewer letters than three stands in too many places to say who wrote it.
_SPEAKING = re.compile(r"[^\W_][\W_]*+[^\W_][\W_]*+[^\W_]")


#: One line in so many of a commit has to be in the diff before the commit counts as a part of it.
_LEAST_KEPT = 5


def _says_something(line: bytes) -> bool:
    return _SPEAKING.search(line.decode("utf-8", "replace")) is not None


class LineAuthors:
    """Knows which commit of a range wrote or removed a line; the newest one where several did.

    Args:
        lines: What each commit did, the newest first.
    """

    def __init__(self, lines: Iterable[CommitLines]) -> None:
        self._who: dict[tuple[bytes, Side, str], str] = {}
        self._touched: dict[bytes, list[str]] = {}
        self._changes: dict[bytes, list[CommitLines]] = {}
        for change in lines:
            self._changes.setdefault(change.path, []).append(change)
            self._touched.setdefault(change.path, []).append(change.commit)
            for side, texts in ((Side.HEAD, change.added), (Side.BASE, change.removed)):
                for line in texts:
                    text = line.decode("utf-8", "replace")
                    self._who.setdefault((change.path, side, text), change.commit)

    def origins(self, analysis: FileAnalysis, hunks: Sequence[Hunk]) -> tuple[str, ...]:
        """Return the commit of each fact of a file; empty where no line says it."""
        change = analysis.change
        names = dict.fromkeys((change.path_bytes, change.previous_path_bytes or change.path_bytes))
        touched = list(
            dict.fromkeys(commit for name in names for commit in self._touched.get(name, ()))
        )
        if len(touched) <= 1:
            return tuple(touched * len(analysis.facts) or [""] * len(analysis.facts))
        texts = _texts(hunks)
        authors = {
            number: author
            for number, text in texts.items()
            if (author := self._author(names, number[0], text))
        }
        return tuple(_origin(fact, authors, texts) for fact in analysis.facts)

    def without_trace(
        self,
        among: frozenset[str],
        files: Sequence[FileAnalysis],
        hunks: Sequence[Sequence[Hunk]],
    ) -> frozenset[str]:
        """Return the commits of whose lines the diff has next to none: the other side of a merge had them, or took none."""
        kept: Counter[str] = Counter()
        wrote: Counter[str] = Counter()
        for file, read in zip(files, hunks, strict=True) if among else ():
            change = file.change
            texts: dict[Side, set[bytes]] = {side: set() for side in Side}
            for (side, _), text in _texts(read).items():
                texts[side].add(text.encode("utf-8", "replace"))
            for name in {change.path_bytes, change.previous_path_bytes or change.path_bytes}:
                for lines in self._changes.get(name, ()):
                    if lines.commit not in among:
                        continue
                    for side, own in ((Side.HEAD, lines.added), (Side.BASE, lines.removed)):
                        speaking = [line for line in own if _says_something(line)]
                        wrote[lines.commit] += len(speaking)
                        kept[lines.commit] += sum(
                            not read or line in texts[side] for line in speaking
                        )
        return frozenset(
            commit
            for commit, count in wrote.items()
            if count and kept[commit] * _LEAST_KEPT < count
        )

    def _author(self, names: Iterable[bytes], side: Side, text: str) -> str:
        """Return the commit of a line by its text, where the text says enough."""
        if _SPEAKING.search(text) is None:
            return ""
        return next(
            (self._who[key] for name in names if (key := (name, side, text)) in self._who), ""
        )


def _origin(
    fact: Fact,
    authors: Mapping[tuple[Side, int], str],
    texts: Mapping[tuple[Side, int], str],
) -> str:
    # What is about the whole file belongs to whoever wrote most of it.
    naming = _naming(fact, texts)
    known = {line: author for line, author in authors.items() if line in naming}
    lines = _lines(fact.evidence, known or authors) if fact.evidence else _every(authors)
    votes = Counter(lines)
    return max(votes, key=lambda commit: votes[commit]) if votes else ""


def _naming(fact: Fact, texts: Mapping[tuple[Side, int], str]) -> frozenset[tuple[Side, int]]:
    """Return the lines of a fact that name what came or went, where it is a part of what they declare.

    The other lines of a declaration may be of whoever changed something else about it.
    """
    parts = fact.params.get("parameters") or fact.params.get("members")
    if not isinstance(parts, tuple):
        return frozenset()
    words = re.compile("|".join(rf"\b{re.escape(str(part).strip('()*&'))}\b" for part in parts))
    return frozenset(
        (span.side, number)
        for span in fact.evidence
        for number in range(span.start, min(span.end, span.start + _MOST_LINES) + 1)
        if (span.side, number) in texts and words.search(texts[span.side, number])
    )


def single_origin(files: Sequence[FileAnalysis], commit: Commit) -> list[tuple[str, ...]]:
    """Return the one commit of a range as the origin of everything."""
    return [(commit.id,) * len(file.facts) for file in files]


def changed_paths(files: Iterable[FileChange]) -> list[bytes]:
    """Return the names that files have and had."""
    return list(
        dict.fromkeys(
            name
            for change in files
            for name in (change.path_bytes, change.previous_path_bytes)
            if name
        )
    )


def _texts(hunks: Sequence[Hunk]) -> dict[tuple[Side, int], str]:
    """Return the changed lines of both sides by number."""
    texts: dict[tuple[Side, int], str] = {}
    for hunk in hunks:
        for block in hunk.blocks:
            for number, line in enumerate(block.old_lines, block.old_start):
                texts[Side.BASE, number] = line.removesuffix("\r")
            for number, line in enumerate(block.new_lines, block.new_start):
                texts[Side.HEAD, number] = line.removesuffix("\r")
    return texts


def _every(authors: Mapping[tuple[Side, int], str]) -> Iterable[str]:
    """Yield who changed the first lines of a file."""
    return islice(authors.values(), _MOST_LINES)


def _lines(evidence: Sequence[Evidence], authors: Mapping[tuple[Side, int], str]) -> Iterable[str]:
    """Yield who changed the lines that prove a fact; nothing that it only stands beside."""
    left = _MOST_LINES
    for span in evidence:
        for number in range(span.start, min(span.end + 1, span.start + left)):
            author = authors.get((span.side, number))
            if author is not None:
                left -= 1
                yield author
