"""Passages that stand in another language now: a page that was translated where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from diff_insight.facts.file_view import BOTH_SIDES, FileView
from diff_insight.facts.news.common_words import sure_language
from diff_insight.facts.pages.passage_matching import Passages, unclaimed_passages
from diff_insight.facts.pages.passages import Passage
from diff_insight.facts.protocol import base_line, head_line
from diff_insight.markup.plain import first_sentence, words_of
from diff_insight.model.changes import Side
from diff_insight.model.facts import Fact

_LONGEST_QUOTE = 120
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
#: Letters beyond Latin: Greek, Cyrillic, Hebrew, Arabic, the scripts of Asia.
_OTHER = re.compile(r"[\u0370-\u1fff\u3040-\ud7ff\uf900-\ufaff]")
_CODE = re.compile(r"`[^`\n]*`|https?://\S+")
#: Letters of a text in Latin script, of which so many may be others, and letters of one that is not.
_LEAST_LATIN, _FEW_OTHERS, _LEAST_OTHER = 6, 20, 4
#: Of so many blocks that changed at least one is translated, if a page is.
_FEWEST = 5
#: Names keep their letters: so many Latin ones stand beside each of another script at the most.
_NAMES = 3


def applies(view: FileView) -> bool:
    """Pages with two versions."""
    return view.has_page_structure and view.change.status in BOTH_SIDES


def facts(view: FileView) -> Iterator[Fact]:
    """Yield one fact about all blocks whose text is in another script on the other side."""
    letters = _OTHER.search("".join(line for block in view.blocks for line in block.new_lines))
    sides_of_blocks = list(unclaimed_passages(view))
    if letters is not None:
        translated = [sides for sides in sides_of_blocks if _is_translated(*sides)]
        if len(translated) * _FEWEST < sum(all(sides) for sides in sides_of_blocks):
            return  # a list that names people in their own letters
    else:
        translated = _in_other_words(sides_of_blocks)
    if not translated:
        return
    old = [passage for sides in translated for passage in sides[0]]
    new = [passage for sides in translated for passage in sides[1]]
    for side, passages in ((Side.BASE, old), (Side.HEAD, new)):
        view.claimed.update(
            (side, line) for each in passages for line in range(each.start, each.end + 1)
        )
    yield Fact(
        "text.translated",
        {"old": _first_words(translated[0][0]), "new": _first_words(translated[0][1]), "lines": sum(passage.lines for passage in new)},
        (*(head_line(passage.start, passage.lines) for passage in new),
         *(base_line(passage.start, passage.lines) for passage in old)),
    )  # fmt: skip


def with_translated_headings(facts: Sequence[Fact]) -> Sequence[Fact]:
    """Return the facts of a page that was translated with its headings under other names, not gone and come.

    As many came as went, of the same levels in their order: nothing else is taken for a translation.
    """
    if not any(fact.kind == "text.translated" for fact in facts):
        return facts
    gone, come = (
        [fact for fact in facts if fact.kind == f"outline.section-{end}"] for end in ("removed", "added")
    )  # fmt: skip
    if not gone or [_level(fact) for fact in gone] != [_level(fact) for fact in come]:
        return facts
    renamed = {
        id(new): Fact(
            "outline.section-renamed",
            {"old": old.params["heading"], "new": new.params["heading"]},
            (*old.evidence, *new.evidence),
        )
        for old, new in zip(gone, come, strict=True)
    }
    left = {id(fact) for fact in gone}
    return [renamed.get(id(fact), fact) for fact in facts if id(fact) not in left]


def _level(fact: Fact) -> object:
    return fact.params.get("level")


def _in_other_words(blocks: Sequence[tuple[Passages, Passages]]) -> list[tuple[Passages, Passages]]:
    """Return the blocks of a page whose words are of another language than they were, if it is so as a whole."""
    both = [sides for sides in blocks if all(sides)]
    before, after = (_text(passage for sides in both for passage in sides[at]) for at in (0, 1))
    old = sure_language(before)
    new = sure_language(after) if old else ""
    if not new or new == old:
        return []
    return [sides for sides in both if sure_language(_text(sides[1])) != old]


def _text(passages: Iterable[Passage]) -> str:
    return _CODE.sub(" ", " ".join(passage.text for passage in passages))


def _is_translated(old: Sequence[Passage], new: Sequence[Passage]) -> bool:
    before, after = map(_text, (old, new))
    latin, others = len(_LATIN.findall(before)), len(_OTHER.findall(before))
    if latin < _LEAST_LATIN or others * _FEW_OTHERS > latin:
        return False
    come = len(_OTHER.findall(after))
    return come >= _LEAST_OTHER and len(_LATIN.findall(after)) <= _NAMES * come


def _first_words(side: Sequence[Passage]) -> str:
    """Return the first sentence of the first passage that has words."""
    texts = (words_of(passage.text) for passage in side)
    return first_sentence(next(filter(None, texts), ""), _LONGEST_QUOTE)
