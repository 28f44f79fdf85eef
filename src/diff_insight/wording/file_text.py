"""Words one file: its plain title and its explanation in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from msgspec import Struct

from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.localization.speaker import Speaker
from diff_insight.model.story import Relation, Role, StoryItem
from diff_insight.wording.citing import cited_sentence
from diff_insight.wording.places import Citations, Places, render_links
from diff_insight.wording.sentences import MessageChoice, in_words, phrase_message

#: Sentences in the first paragraph of an explanation.
LEAD_SENTENCES = 4
#: Edits listed behind it; the rest is counted.
LISTED_EDITS = 6
#: A second phrase joins a title only up to this many characters.
LONGEST_TITLE = 160
#: A sentence and the places that back it.
_Told = tuple[MessageChoice, Citations]


class TextOutline(Struct, frozen=True, kw_only=True):
    """What is said of one file, in whatever locale: found once for all of them.

    Attributes:
        title: One phrase or two.
        lead: Sentences of the first paragraph, each with its places.
        details: Sentences of a list behind it.
        listed: Single edits, each with its places.
        left: How many edits are counted only.
        quotes: Sentences at the end that quote people.
    """

    title: Sequence[MessageChoice]
    lead: Sequence[_Told]
    details: Sequence[MessageChoice]
    listed: Sequence[_Told]
    left: int
    quotes: Sequence[MessageChoice]


def outline_file(items: Sequence[StoryItem], places: Places, path: str) -> TextOutline:
    """Return what is said of a file: what matters in prose, single edits as a list, the rest counted."""
    title = _title_choices(items, path.rpartition("/")[2])
    sentences: list[StoryItem] = []
    edits: list[StoryItem] = []
    details: list[StoryItem] = []
    quotes: list[StoryItem] = []
    apart = {Relation.DETAIL: details, Relation.QUOTE: quotes}
    for item in items:
        apart.get(item.relation, edits if _is_edit(item) else sentences).append(item)
    if not sentences and not details:
        sentences, edits = edits[:2], edits[2:]
    lead = sentences[: LEAD_SENTENCES + _relations(sentences)]
    listed = [*sentences[len(lead) :], *edits]
    alone = len(lead) < 2 or bool(edits) or len(sentences) > len(lead)
    return TextOutline(
        title=title,
        lead=[_tell_item(item, places, path, last=not alone and item is lead[-1]) for item in lead],
        details=[in_words(item, path) for item in details],
        listed=[_tell_item(item, places, path) for item in listed[:LISTED_EDITS]],
        left=sum(item.count for item in listed[LISTED_EDITS:]),
        quotes=[in_words(item, path) for item in quotes],
    )


def _title_choices(items: Sequence[StoryItem], name: str) -> list[MessageChoice]:
    main = [item for item in items if item.relation is Relation.NONE]
    worthy = (
        item for item in main[1:] if item.role is not Role.HOUSEKEEPING and item.salience >= 25
    )
    return [phrase_message(item, name) for item in (*main[:1], *islice(worthy, 1))]


def _tell_item(item: StoryItem, places: Places, path: str, *, last: bool = False) -> _Told:
    cited = (
        Citations() if item.relation is not Relation.NONE else places.find(item, with_name=False)
    )
    return in_words(item, path, last=last), cited


def file_title(outline: TextOutline, speaker: Speaker) -> str:
    """Return a title of one or two phrases in plain text."""
    phrases = [speaker.say(*message) for message in outline.title]
    if len(phrases) < 2:
        return "".join(phrases)
    joined = speaker.fill("title.join", first=phrases[0], second=phrases[1])
    return joined if len(joined) <= LONGEST_TITLE else phrases[0]


def explanation(outline: TextOutline, speaker: Speaker) -> str:
    """Return the explanation of a file in Markdown."""
    paragraphs = [
        join([_cite(lead, speaker) for lead in outline.lead], speaker),
        "\n".join([f"- {speaker.say(*message)}" for message in outline.details]),
    ]
    if outline.listed:
        paragraphs.append(speaker.say("file.also"))
        paragraphs.append("\n".join([f"- {_cite(lead, speaker)}" for lead in outline.listed]))
    if outline.left:
        paragraphs.append(speaker.say("file.more-edits", {"count": outline.left}))
    paragraphs += [speaker.say(*message) for message in outline.quotes]
    return "\n\n".join(filter(None, paragraphs))


def join(sentences: Iterable[str], speaker: Speaker) -> str:
    """Return sentences with the space between them that the locale's script has."""
    text = ""
    for following in sentences:
        text = speaker.fill("sentence.join", first=text, second=following) if text else following
    return text


def _cite(sentence: _Told, speaker: Speaker) -> str:
    message, cited = sentence
    return cited_sentence(speaker.say(*message), render_links(cited, speaker), speaker)


def _is_edit(item: StoryItem) -> bool:
    return kind_of(item.kind).has(Trait.EDIT)


def _relations(items: Sequence[StoryItem]) -> int:
    """Return how many relation sentences stand among the first ones; they do not count as lead."""
    lead = [item for item in items[: 2 * LEAD_SENTENCES] if item.relation is not Relation.NONE]
    return len(lead)
