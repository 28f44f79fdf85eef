"""Words the insights of a category as an article: what it is about, what breaks, what to look at."""

from __future__ import annotations

from collections.abc import Sequence

from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.localization.speaker import Speaker
from diff_insight.model.story import Relation, Role, StoryItem
from diff_insight.story.joiners import names_of
from diff_insight.story.listed import files_without_bullet
from diff_insight.wording.file_text import join
from diff_insight.wording.negative_findings import no_breaking
from diff_insight.wording.places import Places
from diff_insight.wording.range_text import RangeFacts, SentenceSequence

SENTENCES_A_PARAGRAPH = 4
#: Paragraphs about what changed: with one about what breaks or what to look at, and without.
_ABOUT, _ABOUT_ALONE = 2, 3
_Block = list[StoryItem]


def insights(facts: RangeFacts, markdown: Speaker, places: Places) -> str:
    """Return two to five paragraphs; the one with the most consequential item comes first."""
    blocks = _blocks(facts.items)
    breaking = [block for block in blocks if block[0].role is Role.BREAKING]
    elsewhere = [block for block in blocks if kind_of(block[0].kind).has(Trait.REFERENCE)]
    about = [block for block in blocks if block not in breaking and block not in elsewhere]
    groups = _paragraphs(about, _ABOUT if breaking or elsewhere else _ABOUT_ALONE)
    at = 0 if breaking and blocks[0] is breaking[0] else min(1, len(groups))
    groups[at:at] = _paragraphs(breaking, 1)
    groups += _paragraphs(elsewhere, 1)
    paragraphs = []
    for group in groups:
        teller = SentenceSequence(facts, markdown, places)
        paragraphs.append(join((teller.tell(item) for item in group), markdown))
    paragraphs.append(join(_closing(facts, markdown), markdown))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _blocks(items: Sequence[StoryItem]) -> list[_Block]:
    """Cut items into blocks: each item with the relations behind it; housekeeping is told last."""
    blocks: list[_Block] = []
    kept = False
    for item in items:
        if item.relation is Relation.NONE:
            kept = item.role is not Role.HOUSEKEEPING and not _is_said(item)
            if kept:
                blocks.append([item])
        elif item.relation is Relation.CONTRAST and blocks:
            blocks[0].append(item)
        elif kept:
            blocks[-1].append(item)
    return blocks


def _is_said(item: StoryItem) -> bool:
    """Tell whether headline or highlights have said all of an item: words of people without a reason."""
    return kind_of(item.kind).has(Trait.VOICE) and not item.params.get("why")


def _paragraphs(blocks: Sequence[_Block], most: int) -> list[list[StoryItem]]:
    """Deal blocks into at most `most` paragraphs of four sentences; a block stays together."""
    groups: list[list[StoryItem]] = []
    for block in blocks:
        sentences = block[:SENTENCES_A_PARAGRAPH]
        if not groups or len(groups[-1]) + len(sentences) > SENTENCES_A_PARAGRAPH:
            if len(groups) == most:
                break
            groups.append([])
        groups[-1] += sentences
    return groups


def _closing(facts: RangeFacts, markdown: Speaker) -> list[str]:
    """Return the sentences that bound the report: the rest, housekeeping, what was not found."""
    rest = len(files_without_bullet(facts.items))
    said = [markdown.say("range.rest", {"count": rest})] if rest else []
    housekeeping = [
        item
        for item in facts.items
        if item.role is Role.HOUSEKEEPING and item.relation is Relation.NONE
    ]
    bounds: list[str] = []
    if facts.undetected:
        bounds.append(markdown.say("range.undetected", {"names": names_of(facts.undetected)}))
    if not any(item.role is Role.BREAKING for item in facts.items):
        # The last sentence of all: a layout that begins with it takes it off here.
        bounds.append(no_breaking(facts.files, markdown))
    teller = SentenceSequence(facts, markdown, None)
    room = min(2, SENTENCES_A_PARAGRAPH - len(said) - len(bounds))
    said += [teller.tell(item) for item in housekeeping[:room]]
    return said + bounds
