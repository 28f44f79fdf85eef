"""Words the insights of a category as an article: where and what it changes, then thread by thread, or area by area."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Proof, Trait
from diff_insight.localization.speaker import Speaker
from diff_insight.model.messages import Value
from diff_insight.model.story import Relation, Role, StoryItem
from diff_insight.story.joiners import names_of
from diff_insight.wording.areas import areas_of, opening
from diff_insight.wording.file_text import join
from diff_insight.wording.negative_findings import no_breaking
from diff_insight.wording.places import Places
from diff_insight.wording.range_facts import RangeFacts
from diff_insight.wording.range_text import SHOWN_PROOFS, SentenceSequence

SENTENCES_A_PARAGRAPH = 4
#: Paragraphs about what people say, and about the rest where they say something and where nobody does.
_MOST_THREADS = 4
_ABOUT, _ABOUT_ALONE = 1, 4
#: What facts say behind the words of people, beyond what their bullet shows.
_MOST_BEHIND = 3
#: What a cause weighs at least that is for readers.
_LEAST_SALIENCE = 40
_Block = list[StoryItem]


def insights(facts: RangeFacts, markdown: Speaker, places: Places) -> str:
    """Return the paragraphs of the article; the one with the most consequential item comes first."""
    blocks = _blocks(facts.items)
    breaking = [block for block in blocks if block[0].role is Role.BREAKING]
    elsewhere = [block for block in blocks if kind_of(block[0].kind).has(Trait.REFERENCE)]
    spoken = [block for block in blocks if _is_spoken(block[0])]
    about = [block for block in blocks if block not in (*breaking, *elsewhere, *spoken)]
    quoted = {
        item.params.get("quote")
        for block in breaking
        for item in block
        if item.relation is not Relation.NONE
    }
    spoken = [block for block in spoken if block[0].params.get("why") not in quoted]
    threads = list(_threads(spoken, facts, markdown, places))[:_MOST_THREADS]
    rest = _by_area(about, facts, markdown, places, _ABOUT if threads else _ABOUT_ALONE)
    lost = _tell(_paragraphs(breaking, 1), facts, markdown, places)
    first = bool(breaking) and blocks[0] is breaking[0]
    news = [*lost, *threads, *rest] if first or threads else [*rest[:1], *lost, *rest[1:]]
    begin = opening([file.change.path for file in facts.files], facts.items, markdown)
    if threads:
        begin = begin[:1]  # what it is about, people say
    apart = _tell(_paragraphs(elsewhere, 1), facts, markdown, places)
    if not (begin or news or apart):
        begin = [markdown.say("article.files", {"names": names_of(list(facts.names))})]
    paragraphs = [
        join(begin, markdown),
        *news,
        *apart,
        join(_closing(facts, markdown), markdown),
    ]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _is_spoken(item: StoryItem) -> bool:
    """Tell whether an item is in the words of people."""
    return kind_of(item.kind).has(Trait.VOICE) and bool(item.params.get("title"))


def _blocks(items: Sequence[StoryItem]) -> list[_Block]:
    """Cut items into blocks: each item with the relations behind it; housekeeping is head last."""
    blocks: list[_Block] = []
    kept = False
    for item in items:
        if item.relation is Relation.NONE:
            kept = item.role is not Role.HOUSEKEEPING
            if kept:
                blocks.append([item])
        elif item.relation is Relation.CONTRAST and blocks:
            blocks[0].append(item)
        elif kept:
            blocks[-1].append(item)
    return blocks


def _threads(
    blocks: Sequence[_Block], facts: RangeFacts, markdown: Speaker, places: Places
) -> Iterator[str]:
    """Yield a paragraph for each cause that people name: the reason they give, and what their bullet leaves out."""
    for block in blocks:
        item = block[0]
        shown = [(proof.kind, proof.params) for proof in item.proofs]
        behind = [
            proof
            for at, proof in enumerate(item.proofs)
            if at >= SHOWN_PROOFS and _says_more(proof) and shown[at] not in shown[:at]
        ]
        behind = behind[:_MOST_BEHIND]
        why = item.params.get("why")
        if item.salience < _LEAST_SALIENCE or not (why or behind):
            continue
        sentences = (
            [_reach(item, facts, markdown)] if behind and not (why and _count(item) == 1) else []
        )
        if why:
            params: dict[str, Value] = {"title": item.params["title"], "quote": why}
            sentences.insert(0, markdown.say("article.why", params))
        teller = SentenceSequence(facts, markdown, places)
        yield join([*sentences, *map(teller.tell, behind)], markdown)


def _says_more(proof: StoryItem) -> bool:
    """Tell whether a fact is worth a sentence of the article: no single edit, no loss of mere words."""
    row = kind_of(proof.kind)
    if row.has(Trait.EDIT) or proof.kind.startswith("code-block"):
        return False
    return (
        bool(row.proof & Proof.NEW) or bool(proof.params.get("cue")) or not row.has(Trait.PASSAGE)
    )


def _reach(item: StoryItem, facts: RangeFacts, markdown: Speaker) -> str:
    """Return how far a cause reaches; what it is called is said once."""
    count = _count(item)
    if item.params.get("why"):
        return markdown.say("article.reach", {"count": count})
    return markdown.say("article.thread", {"title": item.params["title"], "count": count})


def _count(item: StoryItem) -> int:
    count = item.params.get("count")
    return count if isinstance(count, int) else len(item.files)


def _by_area(
    blocks: Sequence[_Block], facts: RangeFacts, markdown: Speaker, places: Places, most: int
) -> list[str]:
    """Return paragraphs by the folders that the items speak of, where there are several of them."""
    areas = areas_of([file.change.path for file in facts.files])
    groups: dict[str, list[_Block]] = {}
    for block in blocks:
        own = {areas[index] for index in block[0].files}
        groups.setdefault(own.pop() if len(own) == 1 else "", []).append(block)
    if len(groups) < 2:
        return _tell(_paragraphs(blocks, most), facts, markdown, places)
    paragraphs = []
    for area, members in list(groups.items())[:most]:
        text = "".join(_tell(_paragraphs(members, 1), facts, markdown, places))
        if area:
            text = markdown.fill("article.in-area", area=markdown.forms.code(area), text=text)
        paragraphs.append(text)
    return paragraphs


def _tell(
    groups: Sequence[Sequence[StoryItem]], facts: RangeFacts, markdown: Speaker, places: Places
) -> list[str]:
    paragraphs = []
    for group in groups:
        teller = SentenceSequence(facts, markdown, places)
        paragraphs.append(join((teller.tell(item) for item in group), markdown))
    return paragraphs


def _paragraphs(blocks: Sequence[_Block], most: int) -> list[list[StoryItem]]:
    """Deal blocks into at most `most` paragraphs of four sentences; a block stays together."""
    groups: list[list[StoryItem]] = []
    for block in blocks:
        head = block[:SENTENCES_A_PARAGRAPH]
        if not groups or len(groups[-1]) + len(head) > SENTENCES_A_PARAGRAPH:
            if len(groups) == most:
                break
            groups.append([])
        groups[-1] += head
    return groups


def _closing(facts: RangeFacts, markdown: Speaker) -> list[str]:
    """Return the sentences that bound the report: what was only counted, what was not found; upkeep has bullets."""
    bounds: list[str] = []
    if facts.undetected:
        bounds.append(markdown.say("range.undetected", {"names": names_of(facts.undetected)}))
    if not any(item.role is Role.BREAKING for item in facts.items):
        # The last sentence of all: a layout that begins with it takes it off here.
        bounds.append(no_breaking(facts.files, markdown))
    return bounds
