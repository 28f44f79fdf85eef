"""The generic family for text: terms replaced, sentences added, removed or reworded, quoted.

It runs last and tells only lines that no other family has told. Text that only moved within the
file is not called removed and added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from diff_insight.facts.deadlines import moved_date
from diff_insight.facts.edits import has_words, word_edits
from diff_insight.facts.markdown import structure
from diff_insight.facts.protocol import base_line, head_line
from diff_insight.facts.versions import FileView
from diff_insight.facts.versions_moved import moved_version
from diff_insight.markup.plain import clip, first_sentence, words_of
from diff_insight.model.changes import Side, Status
from diff_insight.model.facts import Evidence, Fact
from diff_insight.model.messages import Value

_BOTH_SIDES = (Status.MODIFIED, Status.RENAMED, Status.COPIED)
#: A replaced piece is quoted whole up to this many characters.
LONGEST_TERM = 80
LONGEST_QUOTE = 140
#: Facts of this family in one file; what is beyond is counted in one more fact.
MOST = 40
_LONGEST_PAIR = 2000
_SHORTEST_MOVED = 6
_Pair = tuple[int, str, int, str]
_Lines = list[tuple[int, str]]


def applies(view: FileView) -> bool:
    """Markdown and other prose with two versions."""
    return view.prose and view.change.status in _BOTH_SIDES


def facts(view: FileView) -> Iterator[Fact]:
    """Yield up to `MOST` facts in the order of the blocks, then how many more changes there are."""
    told = left = 0
    for change in _changes(view):
        if told >= MOST:
            left += 1
            continue
        for fact in change():
            told += 1
            yield fact
    if left:
        yield Fact("text.more", {"count": left})


def _changes(view: FileView) -> Iterator[Callable[[], Iterable[Fact]]]:
    """Yield what tells each change; telling takes time and is not done for all of a large file."""
    blocks = [
        (
            _open(view, Side.BASE, block.old_start, block.old_lines),
            _open(view, Side.HEAD, block.new_start, block.new_lines),
        )
        for block in view.blocks
    ]
    moved = _moved_lines(blocks)
    if moved:
        yield lambda: (Fact("text.moved", {"lines": len(moved)}),)
    for lines in blocks:
        removed, added = (
            [entry for entry in side if words_of(entry[1]) not in moved] for side in lines
        )
        pairs, removed, added = _pair(removed, added)
        yield from (partial(_reworded, view, pair) for pair in pairs if _differ(pair))
        yield from (partial(_one_sided, view, Side.BASE, run) for run in _runs(removed))
        yield from (partial(_one_sided, view, Side.HEAD, run) for run in _runs(added))


def _open(view: FileView, side: Side, start: int, lines: tuple[str, ...]) -> _Lines:
    """Return the lines that are still to be told, without blanks and code."""
    if not any(lines):
        return []
    found = structure(view, side) if view.markdown else None
    return [
        (number, line)
        for number, line in enumerate(lines, start)
        if line.strip()
        and (side, number) not in view.claimed
        and (found is None or found.code_at(number) is None)
    ]


def _moved_lines(blocks: Iterable[tuple[_Lines, _Lines]]) -> set[str]:
    """Return the words of lines that were removed in one place and added in another.

    Lines with the same words in one block are not moved: their markup was changed.
    """
    removed: set[str] = set()
    added: set[str] = set()
    for sides in blocks:
        old, new = ([words_of(line) for _, line in lines] for lines in sides)
        if old and new:
            both = Counter(old) & Counter(new)
            old, new = ([words for words in lines if words not in both] for lines in (old, new))
        removed.update(old)
        added.update(new)
    return {words for words in removed & added if len(words) >= _SHORTEST_MOVED}


def _pair(removed: _Lines, added: _Lines) -> tuple[list[_Pair], _Lines, _Lines]:
    """Match removed and added lines of a block that are versions of each other."""
    pairs: list[_Pair] = []
    if len(removed) * len(added) > 400:
        return pairs, removed, added
    rest_removed: _Lines = []
    rest_added = dict(added)
    words = {number: Counter(line.split()) for number, line in added}
    for old_number, old in removed:
        first = Counter(old.split()) if rest_added else Counter()
        scored = ((_alike(first, words[number]), number) for number in rest_added)
        best = max(scored, key=lambda entry: entry[0], default=(0.0, 0))
        if best[0] >= 0.5:
            pairs.append((old_number, old, best[1], rest_added.pop(best[1])))
        else:
            rest_removed.append((old_number, old))
    return pairs, rest_removed, list(rest_added.items())


def _alike(first: Counter[str], second: Counter[str]) -> float:
    """Return the share of words that two lines have in common, 0 to 1."""
    total = first.total() + second.total()
    few, many = (first, second) if len(first) < len(second) else (second, first)
    common = sum(min(count, many[word]) for word, count in few.items() if word in many)
    if not common:
        return 0.9 if total == 2 else 0.0
    return 2 * common / total


def _differ(pair: _Pair) -> bool:
    """Tell whether more than white space differs."""
    return pair[1].split() != pair[3].split()


def _reworded(view: FileView, pair: _Pair) -> Iterator[Fact]:
    """Yield what changed within one line: a date, a version, terms, or the sentence."""
    old_number, old, new_number, new = pair
    evidence = (base_line(old_number), head_line(new_number))
    section = _section(view, Side.HEAD, new_number)
    specific = moved_date(old, new, context=f"{section} {new}", subject=section)
    specific = specific or moved_version(old, new, subject=section)
    if specific is not None:
        yield Fact(specific.kind, specific.params, evidence)
        return
    if max(len(old), len(new)) > _LONGEST_PAIR:
        yield Fact("text.reworded", {"section": section, "quote": _quote(new)}, evidence)
        return
    yield from _in_words(view, pair, section, evidence)


def _in_words(
    view: FileView, pair: _Pair, section: str, evidence: tuple[Evidence, ...]
) -> Iterator[Fact]:
    """Yield up to three terms that changed, or the new sentence, or that only markup did."""
    _, old, new_number, new = pair
    changes = list(word_edits(words_of(old), words_of(new)))
    if not any(has_words(before) or has_words(after) for before, after in changes):
        # Links and pictures have been told; what is left is markup or punctuation.
        if changes or (Side.HEAD, new_number) not in view.linked:
            yield Fact("text.markup", {"section": section}, evidence)
    elif len(changes) <= 3 and all(max(map(len, change)) <= LONGEST_TERM for change in changes):
        for before, after in changes:
            yield _term(*_without_common_end(before, after), section, evidence)
    else:
        yield Fact("text.reworded", {"section": section, "quote": _quote(new)}, evidence)


def _without_common_end(before: str, after: str) -> tuple[str, str]:
    """Take a word off that only lost or got its capital, because other words came before it."""
    short, long = sorted((before, after), key=len)
    rest = long[: len(long) - len(short)]
    cased = short and short != long and long[len(rest) :].casefold() == short.casefold()
    if not cased or not rest.endswith(" ") or " " in short:
        return before, after
    return ("", rest.rstrip()) if long is after else (rest.rstrip(), "")


def _term(before: str, after: str, section: str, evidence: tuple[Evidence, ...]) -> Fact:
    params = {"section": section, "old": before, "new": after}
    if before and after:
        return Fact("text.replaced", params, evidence)
    kind = "text.words-added" if after else "text.words-removed"
    return Fact(kind, {"section": section, "quote": after or before}, evidence)


def _one_sided(view: FileView, side: Side, run: _Lines) -> Iterator[Fact]:
    """Yield one fact for a run of neighbouring lines, quoting its first sentence."""
    kind = "text.removed" if side is Side.BASE else "text.added"
    make = base_line if side is Side.BASE else head_line
    start, end = run[0][0], run[-1][0]
    quote = next((words for _, line in run if len(words := words_of(line)) > 2), "")
    if quote:
        params: dict[str, Value] = {
            "section": _section(view, side, start),
            "quote": first_sentence(quote, LONGEST_QUOTE),
            "lines": len(run),
        }
        yield Fact(kind, params, (make(start, end - start + 1),))


def _runs(lines: _Lines) -> Iterator[_Lines]:
    """Yield runs of neighbouring lines that hold words."""
    run: _Lines = []
    for number, line in lines:
        if run and number > run[-1][0] + 2:
            yield from _worded(run)
            run = []
        run.append((number, line))
    yield from _worded(run)


def _worded(run: _Lines) -> Iterator[_Lines]:
    if any(has_words(line) for _, line in run):
        yield run


def _section(view: FileView, side: Side, line: int) -> str:
    return structure(view, side).section_at(line) if view.markdown else ""


def _quote(line: str) -> str:
    return clip(first_sentence(words_of(line), LONGEST_QUOTE), LONGEST_QUOTE)
