"""Words a category as a whole: headline, highlights, insights and summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from diff_insight.localization.forms import MOST_LEFT_OUT
from diff_insight.localization.speaker import Speaker
from diff_insight.model.facts import FileAnalysis
from diff_insight.model.insight import Coverage, Highlights
from diff_insight.model.messages import Notice, Value
from diff_insight.model.story import Relation, Role, StoryItem
from diff_insight.wording.file_text import join, with_citation
from diff_insight.wording.places import Places
from diff_insight.wording.sentences import names_its_subject, phrase, sentence

MOST_BULLETS = 8
SENTENCES_A_PARAGRAPH = 4
PARAGRAPHS = 3
#: A headline joins a second phrase only when it matters at least this much.
_SECOND_HEADLINE = 45
_LONGEST_HEADLINE = 160
_SUMMARY_SENTENCES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeFacts:
    """What the texts about a category are made from."""

    items: Sequence[StoryItem]
    files: Sequence[FileAnalysis]
    coverage: Coverage
    names: Sequence[str]
    undetected: int
    notices: Sequence[Notice]


def headline(facts: RangeFacts, plain: Speaker) -> str:
    """Return one plain line: the most consequential item, and a second one from another file."""
    told = _main(facts.items)
    if not told:
        return plain.say("range.housekeeping-only")
    first = _named_phrase(told[0], facts, plain)
    others = [
        item
        for item in told[1:]
        if item.salience >= _SECOND_HEADLINE and not set(item.files) & set(told[0].files)
    ]
    if others:
        second = _named_phrase(others[0], facts, plain)
        joined = plain.fill("headline.join", first=first, second=second)
        if len(joined) <= _LONGEST_HEADLINE:
            return joined
    return first


def highlights(facts: RangeFacts, markdown: Speaker, places: Places) -> Highlights:
    """Return the bullets of the three sections."""
    told = [item for item in facts.items if item.relation is Relation.NONE]
    new = [item for item in told if item.role is Role.NEW]
    breaking = [item for item in told if item.role is Role.BREAKING]
    other = [item for item in told if item.role in (Role.DEADLINE, Role.CHANGE)]
    housekeeping = [item for item in told if item.role is Role.HOUSEKEEPING]
    closing = [_named_phrase(item, facts, markdown) for item in housekeeping[:2]]
    losses = _losses(facts, markdown)
    return Highlights(
        new_features=tuple(_bullets(new, facts, markdown, places)),
        # Breaking findings are never folded: each one is named.
        breaking_changes=tuple(_bullets(breaking, facts, markdown, places, most=None)),
        other_updates=(
            *_bullets(other, facts, markdown, places),
            *closing,
            *losses,
        ),
        losses=len(losses),
    )


def insights(facts: RangeFacts, markdown: Speaker, places: Places) -> str:
    """Return two to five paragraphs: what matters first, then the rest, then the bounds."""
    told = [item for item in facts.items if item.role is not Role.HOUSEKEEPING]
    groups = _paragraphs(told)
    paragraphs = []
    for group in groups:
        teller = _Teller(facts, markdown, places)
        paragraphs.append(join((teller.tell(item) for item in group), markdown))
    mentioned = {file for group in groups for item in group for file in item.files}
    paragraphs.append(join(_closing(facts, markdown, mentioned), markdown))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def summary(facts: RangeFacts, plain: Speaker) -> str:
    """Return one plain paragraph of the most consequential sentences."""
    told = _main(facts.items)[:_SUMMARY_SENTENCES]
    if not told:
        return plain.say("range.housekeeping-only")
    teller = _Teller(facts, plain, None)
    return join((teller.tell(item) for item in told), plain)


def _main(items: Sequence[StoryItem]) -> list[StoryItem]:
    return [
        item
        for item in items
        if item.relation is Relation.NONE and item.role is not Role.HOUSEKEEPING
    ]


def _path(item: StoryItem, facts: RangeFacts) -> str:
    return facts.names[item.files[0]] if len(item.files) == 1 else ""


def _bullets(
    items: Sequence[StoryItem],
    facts: RangeFacts,
    markdown: Speaker,
    places: Places,
    most: int | None = MOST_BULLETS,
) -> list[str]:
    """Return bullets with their places, at most `most`; the rest is counted in a last one."""
    shown = items if most is None else items[:most]
    bullets = []
    for item in shown:
        text = phrase(item, markdown, _path(item, facts))
        links = places.cite(item, markdown, with_name=True)
        bullets.append(markdown.fill("bullet", phrase=text, links=links) if links else text)
    rest = {file for item in items[len(shown) :] for file in item.files}
    rest -= {file for item in shown for file in item.files}
    if rest:
        bullets.append(markdown.say("range.more", {"count": len(rest)}))
    return bullets


def _paragraphs(items: Sequence[StoryItem]) -> list[list[StoryItem]]:
    """Deal items into paragraphs; a relation stays behind the item it belongs to."""
    groups: list[list[StoryItem]] = []
    room = 0
    for item in items:
        loose = item.relation in (Relation.NONE, Relation.CONTRAST)
        if loose and room <= 0:
            if len(groups) == PARAGRAPHS:
                break
            groups.append([])
            room = SENTENCES_A_PARAGRAPH
        groups[-1].append(item)
        room -= 1
    return groups


class _Teller:
    """Tells sentences one after the other; a page is named once, when the talk turns to it."""

    def __init__(self, facts: RangeFacts, speaker: Speaker, places: Places | None) -> None:
        self._facts = facts
        self._speaker = speaker
        self._places = places
        self._page: int | None = None

    def tell(self, item: StoryItem) -> str:
        """Return the sentence of an item with its place."""
        text = sentence(item, self._speaker, _path(item, self._facts))
        if item.relation is not Relation.NONE:
            return text
        page = item.files[0] if len(item.files) == 1 else None
        new_page = page != self._page
        named = names_its_subject(item)
        self._page = page
        if self._places is not None:
            links = self._places.cite(item, self._speaker, with_name=named and new_page)
            text = with_citation(text, links, self._speaker)
        if page is None or named or not new_page:
            return text
        name = self._speaker.forms.code(self._facts.names[page])
        return self._speaker.fill("in-page", page=name, text=text)


def _named_phrase(item: StoryItem, facts: RangeFacts, speaker: Speaker) -> str:
    """Return a phrase with the name of its file, where its words do not say it."""
    text = phrase(item, speaker, _path(item, facts))
    if names_its_subject(item) or len(item.files) != 1:
        return text
    name = speaker.forms.code(facts.names[item.files[0]])
    return speaker.fill("in-page", page=name, text=text)


def _closing(facts: RangeFacts, markdown: Speaker, mentioned: set[int]) -> list[str]:
    """Return the sentences that bound the report: the rest, housekeeping, what was not found."""
    main = {file for item in _main(facts.items) for file in item.files}
    rest = len(main - mentioned)
    said = [markdown.say("range.rest", {"count": rest})] if rest else []
    housekeeping = [item for item in facts.items if item.role is Role.HOUSEKEEPING]
    teller = _Teller(facts, markdown, None)
    said += [teller.tell(item) for item in housekeeping[:2]]
    if not any(item.role is Role.BREAKING for item in facts.items):
        said.append(markdown.say("range.no-breaking"))
    if facts.undetected:
        said.append(markdown.say("range.undetected", {"count": facts.undetected}))
    return said


def _losses(facts: RangeFacts, markdown: Speaker) -> list[str]:
    """Return what a reader has to know about what is not in the report; left-out files last."""
    coverage = facts.coverage
    said = [markdown.say(f"notice.{notice.key}", notice.params) for notice in facts.notices]
    if coverage.patches_linked:
        said.append(markdown.say("range.patches-linked", {"count": len(coverage.patches_linked)}))
    left_out = [path for path, _ in coverage.excluded]
    left_out += [*coverage.unmatched, *(path for path, _ in coverage.unreadable)]
    if left_out:
        names: Value = {"items": tuple(left_out[:MOST_LEFT_OUT]), "total": len(left_out)}
        said.append(markdown.say("range.left-out", {"count": len(left_out), "names": names}))
    return said
