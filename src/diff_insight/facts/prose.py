"""The generic family for text: terms replaced, sentences added, removed or reworded, quoted.

It runs last and tells only lines that no other family has told. Text that only moved within the
file, or that stands on other lines of its paragraph, is not called removed and added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from operator import itemgetter

from diff_insight.facts.changed import code_lines, lines_of
from diff_insight.facts.deadlines import moved_date
from diff_insight.facts.edits import has_words, word_edits
from diff_insight.facts.passages import LONGEST, Passage, joined, passages
from diff_insight.facts.protocol import base_line, head_line
from diff_insight.facts.structure import structure
from diff_insight.facts.versions import BOTH_SIDES, FileView
from diff_insight.facts.versions_moved import moved_version
from diff_insight.markup.plain import clip, first_sentence, sentences_of, words_of
from diff_insight.model.changes import Block, Side
from diff_insight.model.facts import Evidence, Fact
from diff_insight.model.messages import Value
from diff_insight.selection.kinds import extension

#: A replaced piece is quoted whole up to this many characters.
LONGEST_TERM = 80
LONGEST_QUOTE = 140
#: Facts of this family in one file; what is beyond is counted in one more fact.
MOST = 40
_SHORTEST_MOVED = 6
#: Passages compared with each other in one block.
_MOST_COMPARED = 400
#: Passages with at least this share of words in common are versions of each other.
_ALIKE = 0.5
_Pair = tuple[Passage, Passage]
_Passages = list[Passage]


def applies(view: FileView) -> bool:
    """Markdown and other prose with two versions."""
    return view.prose and view.change.status in BOTH_SIDES


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
    top = structure(view, Side.HEAD).front_end if view.structured and view.blocks else 0
    flows = _flows(view)
    blocks = [
        (_open(view, Side.BASE, block, flows=flows), _open(view, Side.HEAD, block, flows=flows))
        for hunk in view.hunks
        for block in (joined(hunk, top) if flows else hunk.blocks)
    ]
    moved = _moved_lines(blocks)
    if moved:
        count = sum(
            passage.lines for _, new in blocks for passage in new if words_of(passage.text) in moved
        )
        yield lambda: (Fact("text.moved", {"lines": count}),)
    for removed, added in blocks:
        pairs, removed, added = _pair(_stayed(removed, moved), _stayed(added, moved))
        yield from (partial(_reworded, view, pair) for pair in pairs)
        yield from (partial(_one_sided, view, Side.BASE, run) for run in _runs(removed))
        yield from (partial(_one_sided, view, Side.HEAD, run) for run in _runs(added))


def _open(view: FileView, side: Side, block: Block, *, flows: bool) -> _Passages:
    """Return the passages that are still to be told, without blanks and code."""
    start, lines = lines_of(block, side)
    if not any(lines):
        return []
    code, claimed = code_lines(view, side), view.claimed
    told = [
        (number, line)
        for number, line in enumerate(lines, start)
        if line.strip() and number not in code and (side, number) not in claimed
    ]
    return passages(told) if flows else [Passage(at, at, line) for at, line in told]


def _flows(view: FileView) -> bool:
    """Tell whether lines of a file are paragraphs: a `.txt` may as well be a list."""
    return extension(view.change.path) != "txt"


def _moved_lines(blocks: Sequence[tuple[_Passages, _Passages]]) -> set[str]:
    """Return the words of passages that were removed in one place and added in another.

    Passages with the same words in one block are not moved: their markup was changed.
    """
    removed: set[str] = set()
    added: set[str] = set()
    for sides in blocks if len(blocks) > 1 else ():
        old, new = ({words_of(passage.text) for passage in side} for side in sides)
        removed |= old - new
        added |= new - old
    return {words for words in removed & added if len(words) >= _SHORTEST_MOVED}


def _stayed(side: _Passages, moved: set[str]) -> _Passages:
    """Return the passages that did not move; in most files none did."""
    return [one for one in side if words_of(one.text) not in moved] if moved else side


def _pair(removed: _Passages, added: _Passages) -> tuple[list[_Pair], _Passages, _Passages]:
    """Match removed and added passages of a block that are versions of each other.

    Pairs in which only white space differs are in none of the results.
    """
    pairs: list[_Pair] = []
    if not removed or not added or len(removed) * len(added) > _MOST_COMPARED:
        return pairs, removed, added
    if len(removed) == len(added) == 1 and _share_most(removed[0], added[0]):
        return _differing(removed[0], added[0]), [], []
    rest_removed: _Passages = []
    rest_added = {passage.start: passage for passage in added}
    words = {passage.start: Counter(passage.text.split()) for passage in added}
    for old in removed:
        first = Counter(old.text.split()) if rest_added else Counter()
        scored = ((_alike(first, words[start]), start) for start in rest_added)
        best = max(scored, key=itemgetter(0), default=(0.0, 0))
        if best[0] >= _ALIKE:
            pairs += _differing(old, rest_added.pop(best[1]))
        else:
            rest_removed.append(old)
    return pairs, rest_removed, list(rest_added.values())


def _share_most(old: Passage, new: Passage) -> bool:
    """Tell whether two passages are alike by different words alone, which most versions are."""
    first, second = old.text.split(), new.text.split()
    common = len(set(first).intersection(second))
    return common > 0 and 2 * common >= _ALIKE * (len(first) + len(second))


def _differing(old: Passage, new: Passage) -> list[_Pair]:
    """Return the pair of two passages, or nothing when only white space differs."""
    return [(old, new)] if old.text.split() != new.text.split() else []


def _alike(first: Counter[str], second: Counter[str]) -> float:
    """Return the share of words that two lines have in common, 0 to 1."""
    total = first.total() + second.total()
    few, many = (first, second) if len(first) < len(second) else (second, first)
    common = sum([min(count, many[word]) for word, count in few.items() if word in many])
    if not common:
        return 0.9 if total == 2 else 0.0
    return 2 * common / total


def _reworded(view: FileView, pair: _Pair) -> Iterator[Fact]:
    """Yield what changed within a passage: a date, a version, sentences, terms, or the wording."""
    old, new = pair
    evidence = (base_line(old.start, old.lines), head_line(new.start, new.lines))
    section = _section(view, Side.HEAD, new.start)
    specific = moved_date(old.text, new.text, context=f"{section} {new.text}", subject=section)
    specific = specific or moved_version(old.text, new.text, subject=section)
    if specific is not None:
        yield Fact(specific.kind, specific.params, evidence)
        return
    gone, come = _changed_sentences(old.text, new.text)
    if bool(gone) != bool(come):
        kind = "text.sentence-added" if come else "text.sentence-removed"
        params = {"section": section, "quote": clip((come or gone)[0], LONGEST_QUOTE)}
        yield Fact(kind, {**params, "count": len(come or gone)}, evidence)
    elif max(len(old.text), len(new.text)) > LONGEST:
        yield Fact("text.reworded", {"section": section, "quote": _quote(come, new)}, evidence)
    else:
        yield from _in_words(view, pair, section, evidence)


def _changed_sentences(old: str, new: str) -> tuple[list[str], list[str]]:
    """Return the sentences with words that are only in one of two texts."""
    first, second = sentences_of(words_of(old)), sentences_of(words_of(new))
    gone = [sentence for sentence in first if sentence not in second and has_words(sentence)]
    return gone, [text for text in second if text not in first and has_words(text)]


def _in_words(
    view: FileView, pair: _Pair, section: str, evidence: tuple[Evidence, ...]
) -> Iterator[Fact]:
    """Yield up to three terms that changed, or the new sentence, or that only markup did."""
    old, new = pair
    changes = list(word_edits(words_of(old.text), words_of(new.text)))
    if not any(has_words(before) or has_words(after) for before, after in changes):
        # Links and pictures have been told; what is left is markup or punctuation.
        lines = range(new.start, new.end + 1)
        if changes or not any((Side.HEAD, line) in view.linked for line in lines):
            yield Fact("text.markup", {"section": section}, evidence)
    elif len(changes) <= 3 and all(max(map(len, change)) <= LONGEST_TERM for change in changes):
        for before, after in changes:
            yield _term(*_without_common_end(before, after), section, evidence)
    else:
        _, come = _changed_sentences(old.text, new.text)
        yield Fact("text.reworded", {"section": section, "quote": _quote(come, new)}, evidence)


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


def _one_sided(view: FileView, side: Side, run: _Passages) -> Iterator[Fact]:
    """Yield one fact for a run of neighbouring passages, quoting its first sentence."""
    kind = "text.removed" if side is Side.BASE else "text.added"
    make = base_line if side is Side.BASE else head_line
    start, end = run[0].start, run[-1].end
    quote = next((words for each in run if len(words := words_of(each.text)) > 2), "")
    if quote:
        params: dict[str, Value] = {
            "section": _section(view, side, start),
            "quote": first_sentence(quote, LONGEST_QUOTE),
            "lines": sum(passage.lines for passage in run),
        }
        yield Fact(kind, params, (make(start, end - start + 1),))


def _runs(found: _Passages) -> Iterator[_Passages]:
    """Yield runs of neighbouring passages that hold words."""
    run: _Passages = []
    for passage in found:
        if run and passage.start > run[-1].end + 2:
            yield from _worded(run)
            run = []
        run.append(passage)
    yield from _worded(run)


def _worded(run: _Passages) -> Iterator[_Passages]:
    if any(has_words(passage.text) for passage in run):
        yield run


def _section(view: FileView, side: Side, line: int) -> str:
    return structure(view, side).section_at(line) if view.structured else ""


def _quote(come: list[str], new: Passage) -> str:
    """Quote the first sentence that is new, else the first one."""
    return clip(
        come[0] if come else first_sentence(words_of(new.text), LONGEST_QUOTE), LONGEST_QUOTE
    )
