"""The generic family for text: terms replaced, sentences added, removed or reworded, quoted.

It runs last and tells only lines that no other family has told. Text that only moved within the
file, or that stands on other lines of its paragraph, is not called removed and added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from diff_insight.facts.file_view import BOTH_SIDES, FileView
from diff_insight.facts.identity.same_content import same_content
from diff_insight.facts.news.sentence import News, choose
from diff_insight.facts.news.terms import clip_apart, counterpart, sentence_around, stands_alone
from diff_insight.facts.pages.deadlines import moved_date, moved_deadline
from diff_insight.facts.pages.page_scanner import structure
from diff_insight.facts.pages.passage_matching import (
    Pair,
    Passages,
    match_passages,
    moved_words,
    unclaimed_passages,
)
from diff_insight.facts.pages.passages import LONGEST, Passage
from diff_insight.facts.pages.shown_marks import says_other, shown_otherwise
from diff_insight.facts.pages.standing_sentences import bare_words, stands_elsewhere
from diff_insight.facts.pages.term_facts import term_fact, without_common_end
from diff_insight.facts.pages.versions_moved import moved_version
from diff_insight.facts.pages.whole_sentences import beginnings_of, with_beginning
from diff_insight.facts.pages.whole_terms import in_full, says_something
from diff_insight.facts.pages.word_diff import has_words, word_edits
from diff_insight.facts.protocol import base_line, head_line
from diff_insight.markup.plain import clip, first_sentence, sentences_of, words_of
from diff_insight.model.changes import Side
from diff_insight.model.facts import Evidence, Fact
from diff_insight.model.messages import Value

#: A replaced piece is quoted whole up to this many characters.
LONGEST_TERM = 80
LONGEST_QUOTE = 180
#: Words of a term before and after, together.
MOST_WORDS = 8
#: Spaces that a sentence has at least, and what it ends with.
_LEAST_OF_STATEMENT = 5
_NO_BRACKETS = str.maketrans("", "", "[]")
_FULL_STOPS = (".", "!", "?", "。", "！", "？")
#: Facts of this family in one file; the lines of what is beyond are counted.
MOST = 40


def applies(view: FileView) -> bool:
    """Markdown and other prose with two versions."""
    return view.prose and view.change.status in BOTH_SIDES


def facts(view: FileView) -> Iterator[Fact]:
    """Yield up to `MOST` facts in the order of the blocks."""
    count = 0
    for change in _changes(view):
        for fact in change():
            count += 1
            yield fact
        if count >= MOST:
            return


def _changes(view: FileView) -> Iterator[Callable[[], Iterable[Fact]]]:
    """Yield what tells each change; telling takes time and is not done for all of a large file."""
    blocks = list(unclaimed_passages(view))
    moved = moved_words(blocks)
    if moved:
        yield partial(_moves, blocks, moved)
    for sides in blocks:
        pairs, removed, added = match_passages(*(_without_moved(side, moved) for side in sides))
        yield from (partial(_rewording_facts, view, pair) for pair in pairs)
        yield from (partial(_one_sided, view, Side.BASE, run) for run in _runs(removed))
        yield from (partial(_one_sided, view, Side.HEAD, run) for run in _runs(added))


def _moves(blocks: Sequence[tuple[Passages, Passages]], moved: set[str]) -> Iterator[Fact]:
    """Yield one fact about all passages that stand elsewhere now."""
    gone, come = (
        [passage for sides in blocks for passage in sides[side] if words_of(passage.text) in moved]
        for side in (0, 1)
    )
    evidence = [head_line(passage.start, passage.lines) for passage in come]
    evidence += [base_line(passage.start, passage.lines) for passage in gone]
    yield Fact("text.moved", {"lines": sum(passage.lines for passage in come)}, tuple(evidence))


def _without_moved(side: Passages, moved: set[str]) -> Passages:
    """Return the passages that did not move; in most files none did."""
    return [passage for passage in side if words_of(passage.text) not in moved] if moved else side


def _rewording_facts(view: FileView, pair: Pair) -> Iterator[Fact]:
    """Yield what changed within a passage: a date, a version, sentences, terms, or the wording."""
    old, new = pair
    evidence = (base_line(old.start, old.lines), head_line(new.start, new.lines))
    section = _section(view, Side.HEAD, new.start)
    specific = _step_of(old.text, new.text, section)
    if specific is not None:
        yield Fact(specific.kind, specific.params, evidence)
        return
    deadline = moved_deadline(old.text, new.text, subject=section)
    if deadline is not None:
        yield Fact(deadline[0].kind, deadline[0].params, evidence)
        old = replace(old, text=deadline[1])
        if old.text.split() == new.text.split():
            return
    old, new = beginnings_of(view, old, new)
    gone, come = _changed_sentences(old.text, new.text)
    left = [sentence for sentence in gone if not stands_elsewhere(view, Side.BASE, sentence)]
    arrived = [sentence for sentence in come if not stands_elsewhere(view, Side.HEAD, sentence)]
    # In its own place a sentence with other marks only is no other one.
    stays = {bare_words(sentence) for sentence in gone} == {
        bare_words(sentence) for sentence in come
    }
    if not stays and not left and not arrived:
        yield Fact("text.moved", {"lines": new.lines}, evidence)
        return
    if bool(gone) != bool(come):
        gone, come = left, arrived
        kind = "text.sentence-added" if come else "text.sentence-removed"
        sides = sentences_of(words_of(new.text)), sentences_of(words_of(old.text))
        news = _news(come or gone, sides[1] if come else sides[0])
        yield Fact(kind, {"section": section, **news, "count": len(come or gone)}, evidence)
    elif max(len(old.text), len(new.text)) > LONGEST:
        yield _rewording(section, come, gone, new, evidence)
    else:
        yield from _in_words(view, (old, new), section, evidence)


def _step_of(old: str, new: str, section: str) -> Fact | None:
    """Return the fact that only a date or a version moved."""
    date = moved_date(old, new, context=f"{section} {new}", subject=section)
    if date is not None or _is_statement(new):
        return date
    return moved_version(old, new, subject=section)


def _is_statement(text: str) -> bool:
    """Tell whether a passage is a sentence, in which a version is a word and no step of anything."""
    words = words_of(text)
    return words.rstrip(")]\"'”").endswith(_FULL_STOPS) and words.count(" ") >= _LEAST_OF_STATEMENT


def _changed_sentences(old: str, new: str) -> tuple[list[str], list[str]]:
    """Return the sentences with words that are only in one of two texts."""
    first, second = sentences_of(words_of(old)), sentences_of(words_of(new))
    gone = [sentence for sentence in first if sentence not in second and has_words(sentence)]
    return gone, [text for text in second if text not in first and has_words(text)]


def _in_words(
    view: FileView, pair: Pair, section: str, evidence: tuple[Evidence, ...]
) -> Iterator[Fact]:
    """Yield up to three terms that changed, or the new sentence, or that only markup did."""
    old, new = pair
    edits = list(word_edits(words_of(old.text), words_of(new.text)))
    # The Unicode form of a word, and what has no width in it, is nothing that a reader sees.
    # Brackets are a link by name, or a placeholder: form either way.
    changes = [
        edit
        for edit in edits
        if not same_content(*(text.translate(_NO_BRACKETS) for text in edit), markup=False)
    ]
    worded = any(has_words(before) or has_words(after) for before, after in changes)
    if not worded and edits and says_other(old.text, new.text):
        parts = clip_apart(words_of(old.text), words_of(new.text), LONGEST_QUOTE)
        yield Fact(
            "text.reworded", {"section": section, "quote": parts[1], "old": parts[0]}, evidence
        )
    elif not worded:
        yield from _of_marks(view, pair, section, evidence, edited=bool(edits))
    elif len(changes) <= 3 and all(map(_is_term, changes)) and not _has_moved_words(changes):
        words = words_of(old.text), words_of(new.text)
        whole: set[tuple[str, str]] = set()
        full = [in_full(*change, *words) for change in changes]
        if not all(says_something(*without_common_end(*terms)) for terms in full):
            gone, come = _changed_sentences(old.text, new.text)
            yield _rewording(section, come, gone, new, evidence)
            return
        for change, terms in zip(changes, full, strict=True):
            if terms not in whole:  # another part of the same date has told it
                before, after = without_common_end(*terms)
                around = sentence_around(after, words[1]) or sentence_around(before, words[0])
                yield term_fact(before, after, section, around, evidence)
            if terms != change:
                whole.add(terms)
    else:
        gone, come = _changed_sentences(old.text, new.text)
        yield _rewording(section, come, gone, new, evidence)


def _of_marks(
    view: FileView, pair: Pair, section: str, evidence: tuple[Evidence, ...], *, edited: bool
) -> Iterator[Fact]:
    """Yield what became of a passage whose words are the same; links and pictures have been told."""
    old, new = pair
    shown = next(shown_otherwise(old.text, new.text), None)
    lines = range(new.start, new.end + 1)
    if shown is not None:
        yield Fact(
            "text.replaced", {"section": section, "old": shown[0], "new": shown[1]}, evidence
        )
    elif edited or not any((Side.HEAD, line) in view.linked for line in lines):
        yield Fact("text.markup", {"section": section}, evidence)


def _has_moved_words(changes: Sequence[tuple[str, str]]) -> bool:
    """Tell whether what is gone at one place stands at another one: nothing took its place."""
    return any(
        has_words(words) and words in other
        for at, change in enumerate(changes)
        for side, words in enumerate(change)
        for other in (each[1 - side] for index, each in enumerate(changes) if index != at)
    )


def _is_term(change: tuple[str, str]) -> bool:
    """Tell whether an edit is one of terms; of longer words the sentence says more than they do."""
    if max(map(len, change)) > LONGEST_TERM:
        return False
    words = sum(len(part.split()) for part in change)
    return words <= MOST_WORDS or not all(change) or all(map(stands_alone, change))


def _rewording(
    section: str,
    come: Sequence[str],
    gone: Sequence[str],
    new: Passage,
    evidence: tuple[Evidence, ...],
) -> Fact:
    """Return the fact of a reworded passage: the sentence that carries the news, and what it was."""
    news = choose(come, gone)
    if news is None:
        quote = first_sentence(words_of(new.text), LONGEST_QUOTE)
        return Fact("text.reworded", {"section": section, "quote": quote}, evidence)
    params: dict[str, Value] = {"section": section, **_quote(news)}
    before = counterpart(news.sentence, gone)
    if before:
        params["quote"], params["old"] = clip_apart(news.sentence, before, LONGEST_QUOTE)
    return Fact("text.reworded", params, evidence)


def _news(sentences: Sequence[str], other: Sequence[str]) -> dict[str, Value]:
    """Return the parameters of the sentence that carries the news."""
    news = choose(sentences, other)
    return _quote(news) if news is not None else {"quote": clip(sentences[0], LONGEST_QUOTE)}


def _quote(news: News) -> dict[str, Value]:
    quote: dict[str, Value] = {"quote": clip(news.sentence, LONGEST_QUOTE)}
    return {**quote, "cue": news.cue} if news.cue else quote


def _one_sided(view: FileView, side: Side, run: Passages) -> Iterator[Fact]:
    """Yield one fact for a run of neighbouring passages, quoting its first sentence."""
    kind = "text.removed" if side is Side.BASE else "text.added"
    make = base_line if side is Side.BASE else head_line
    start, end = run[0].start, run[-1].end
    said = [(each, sentences_of(words)) for each in run if len(words := words_of(each.text)) > 2]
    sentences = [text for each, texts in said for text in _fresh(view, side, each, texts)]
    if any(texts for _, texts in said) and not sentences:
        lines = sum(passage.lines for passage in run)
        yield Fact("text.moved", {"lines": lines}, (make(start, end - start + 1),))
    if sentences:
        params: dict[str, Value] = {
            "section": _section(view, side, start),
            **_news(sentences, ()),
            "lines": sum(passage.lines for passage in run),
        }
        yield Fact(kind, params, (make(start, end - start + 1),))


def _fresh(view: FileView, side: Side, passage: Passage, said: Sequence[str]) -> list[str]:
    """Return the sentences of a passage that the other side has not, the first one whole."""
    fresh = [sentence for sentence in said if not stands_elsewhere(view, side, sentence)]
    if fresh and fresh[0] == said[0] and view.has_page_structure:
        whole = sentences_of(words_of(with_beginning(view.version(side), passage).text))
        fresh[:1] = whole[:1] or fresh[:1]
    return fresh


def _runs(passages: Passages) -> Iterator[Passages]:
    """Yield runs of neighbouring passages that hold words."""
    run: Passages = []
    for passage in passages:
        if run and passage.start > run[-1].end + 2:
            yield from _runs_with_words(run)
            run = []
        run.append(passage)
    yield from _runs_with_words(run)


def _runs_with_words(run: Passages) -> Iterator[Passages]:
    if any(has_words(passage.text) for passage in run):
        yield run


def _section(view: FileView, side: Side, line: int) -> str:
    return structure(view, side).section_at(line) if view.has_page_structure else ""
