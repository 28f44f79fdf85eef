"""Words one file: its plain title and its explanation in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from diff_insight.localization.speaker import Speaker
from diff_insight.model.story import Relation, Role, StoryItem
from diff_insight.wording.places import Places
from diff_insight.wording.sentences import phrase, sentence

#: Sentences in the first paragraph of an explanation.
LEAD_SENTENCES = 4
#: Edits listed behind it; the rest is counted.
LISTED_EDITS = 6
#: A second phrase joins a title only up to this many characters.
LONGEST_TITLE = 160


def file_title(items: Sequence[StoryItem], speaker: Speaker, path: str) -> str:
    """Return a title of one or two phrases in plain text."""
    told = [item for item in items if item.relation is Relation.NONE]
    if not told:
        return ""
    first = phrase(told[0], speaker, path)
    worthy = [
        item for item in told[1:] if item.role is not Role.HOUSEKEEPING and item.salience >= 25
    ]
    if worthy:
        second = phrase(worthy[0], speaker, path)
        joined = speaker.fill("title.join", first=first, second=second)
        if len(joined) <= LONGEST_TITLE:
            return joined
    return first


def explanation(items: Sequence[StoryItem], speaker: Speaker, places: Places, path: str) -> str:
    """Return the explanation: what matters in prose, single edits as a list, the rest counted."""
    quotes = [item for item in items if item.relation is Relation.QUOTE]
    items = [item for item in items if item.relation is not Relation.QUOTE]
    prose_items = [item for item in items if not _is_edit(item)]
    edits = [item for item in items if _is_edit(item)]
    if not prose_items:
        prose_items, edits = edits[:2], edits[2:]
    told = [item for item in prose_items if item.relation is not Relation.DETAIL]
    details = [item for item in prose_items if item.relation is Relation.DETAIL]
    lead = told[: LEAD_SENTENCES + _relations(told)]
    listed = [*told[len(lead) :], *edits]
    rest = bool(edits) or len(told) > len(lead)
    paragraphs = [
        join(
            (
                _cited(
                    item,
                    speaker,
                    places,
                    path,
                    last=item is lead[-1] and not rest and len(lead) > 1,
                )
                for item in lead
            ),
            speaker,
        ),
        "\n".join(f"- {sentence(item, speaker, path)}" for item in details),
    ]
    if listed:
        bullets = [f"- {_cited(item, speaker, places, path)}" for item in listed[:LISTED_EDITS]]
        paragraphs.append(speaker.say("file.also"))
        paragraphs.append("\n".join(bullets))
    left = sum(item.count for item in listed[LISTED_EDITS:])
    if left:
        paragraphs.append(speaker.say("file.more-edits", {"count": left}))
    paragraphs += [sentence(item, speaker, path) for item in quotes]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def join(sentences: Iterable[str], speaker: Speaker) -> str:
    """Return sentences with the space between them that the locale's script has."""
    text = ""
    for following in sentences:
        text = speaker.fill("sentence.join", first=text, second=following) if text else following
    return text


def with_citation(text: str, links: str, speaker: Speaker) -> str:
    """Put links before the full stop of a sentence, or behind a quotation that ends it."""
    if not links:
        return text
    cited = speaker.fill("cite", links=links)
    if text.endswith((".", "。")) and not text.endswith(".."):
        return text[:-1] + cited + text[-1]
    return text + cited + speaker.say("sentence.end")


def _cited(
    item: StoryItem, speaker: Speaker, places: Places, path: str, *, last: bool = False
) -> str:
    text = sentence(item, speaker, path, last=last)
    if item.relation is not Relation.NONE:
        return text
    return with_citation(text, places.cite(item, speaker, with_name=False), speaker)


def _is_edit(item: StoryItem) -> bool:
    return item.kind.startswith(("text.", "code.line", "code-block.line"))


def _relations(items: Sequence[StoryItem]) -> int:
    """Return how many relation sentences stand among the first ones; they do not count as lead."""
    lead = [item for item in items[: 2 * LEAD_SENTENCES] if item.relation is not Relation.NONE]
    return len(lead)
