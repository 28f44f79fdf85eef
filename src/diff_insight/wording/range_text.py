"""Words a category as a whole: headline, highlights, insights and summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from diff_insight.localization.speaker import Speaker
from diff_insight.model.facts import FileAnalysis
from diff_insight.model.insight import Coverage, Highlights
from diff_insight.model.messages import Notice
from diff_insight.model.story import Relation, Role, StoryItem
from diff_insight.wording.file_text import join, with_citation
from diff_insight.wording.places import Places
from diff_insight.wording.sentences import phrase, sentence

MOST_BULLETS = 8
SENTENCES_A_PARAGRAPH = 4
PARAGRAPHS = 3
#: Names of left-out files that the report lists.
LEFT_OUT_NAMES = 20
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
    undetected: int
    notices: Sequence[Notice]


def headline(facts: RangeFacts, plain: Speaker) -> str:
    """Return one plain line: the most consequential item, and a second one from another file."""
    told = _main(facts.items)
    if not told:
        return plain.say("range.housekeeping-only")
    first = phrase(told[0], plain, _path(told[0], facts))
    others = [
        item
        for item in told[1:]
        if item.salience >= _SECOND_HEADLINE and not set(item.files) & set(told[0].files)
    ]
    if others:
        second = phrase(others[0], plain, _path(others[0], facts))
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
    closing = [phrase(item, markdown, _path(item, facts)) for item in housekeeping[:2]]
    return Highlights(
        new_features=tuple(_bullets(new, facts, markdown, places)),
        # Breaking findings are never folded: each one is named.
        breaking_changes=tuple(_bullets(breaking, facts, markdown, places, most=None)),
        other_updates=(
            *_bullets(other, facts, markdown, places),
            *closing,
            *_losses(facts, markdown),
        ),
    )


def insights(facts: RangeFacts, markdown: Speaker, places: Places) -> str:
    """Return two to five paragraphs: what matters first, then the rest, then the bounds."""
    told = [item for item in facts.items if item.role is not Role.HOUSEKEEPING]
    groups = _paragraphs(told)
    paragraphs = [
        join((_cited(item, facts, markdown, places) for item in group), markdown)
        for group in groups
    ]
    mentioned = {file for group in groups for item in group for file in item.files}
    paragraphs.append(join(_closing(facts, markdown, mentioned), markdown))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def summary(facts: RangeFacts, plain: Speaker) -> str:
    """Return one plain paragraph of the most consequential sentences."""
    told = _main(facts.items)[:_SUMMARY_SENTENCES]
    if not told:
        return plain.say("range.housekeeping-only")
    return join((sentence(item, plain, _path(item, facts)) for item in told), plain)


def _main(items: Sequence[StoryItem]) -> list[StoryItem]:
    return [
        item
        for item in items
        if item.relation is Relation.NONE and item.role is not Role.HOUSEKEEPING
    ]


def _path(item: StoryItem, facts: RangeFacts) -> str:
    return facts.files[item.files[0]].change.path if len(item.files) == 1 else ""


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


def _cited(item: StoryItem, facts: RangeFacts, markdown: Speaker, places: Places) -> str:
    text = sentence(item, markdown, _path(item, facts))
    if item.relation is not Relation.NONE:
        return text
    return with_citation(text, places.cite(item, markdown, with_name=True), markdown)


def _closing(facts: RangeFacts, markdown: Speaker, mentioned: set[int]) -> list[str]:
    """Return the sentences that bound the report: the rest, housekeeping, what was not found."""
    main = {file for item in _main(facts.items) for file in item.files}
    rest = len(main - mentioned)
    said = [markdown.say("range.rest", {"count": rest})] if rest else []
    housekeeping = [item for item in facts.items if item.role is Role.HOUSEKEEPING]
    said += [sentence(item, markdown, _path(item, facts)) for item in housekeeping[:2]]
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
        names = ", ".join(markdown.forms.code(path) for path in left_out[:LEFT_OUT_NAMES])
        more = len(left_out) - LEFT_OUT_NAMES
        if more > 0:
            names += f", {markdown.say('list.more', {'count': more})}"
        count = markdown.forms.counted("files", len(left_out))
        said.append(markdown.fill("range.left-out", count=count, names=names))
    return said
