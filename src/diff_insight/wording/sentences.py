"""Words one story item: as a phrase (title, bullet, headline) or as a sentence (prose)."""

from __future__ import annotations

from typing import NamedTuple

from diff_insight.kinds.catalogue import REPEATED, kind_of
from diff_insight.kinds.kind import Form, Trait
from diff_insight.localization.speaker import Speaker
from diff_insight.model.messages import Params, Value
from diff_insight.model.story import Relation, StoryItem


class MessageChoice(NamedTuple):
    """What a speaker of any locale can say: the key of a message and its parameters."""

    key: str
    params: Params


#: What a whole file is; it is called by its path.
_WHOLE_FILES = ("openapi-description", "json-schema", "graphql-schema", "proto-file", "action")


def phrase(item: StoryItem, speaker: Speaker, path: str) -> str:
    """Return an item as a phrase without a full stop.

    Args:
        item: What to say.
        speaker: Locale and style.
        path: The file it speaks of, or an empty string for several.
    """
    return speaker.say(*phrase_message(item, path))


def sentence(item: StoryItem, speaker: Speaker, path: str) -> str:
    """Return an item as a full sentence; arguments as for `phrase`."""
    return speaker.say(*in_words(item, path))


def phrase_message(item: StoryItem, path: str) -> MessageChoice:
    """Return the message that says an item as a phrase in any locale."""
    return MessageChoice(_key("phrase", item, Form.PHRASE), _fill(item, path))


def in_words(item: StoryItem, path: str, *, last: bool = False) -> MessageChoice:
    """Return the message that says an item as a sentence in any locale.

    `last` says that nothing else is left to tell of the file, so that housekeeping can say so.
    """
    if last and kind_of(item.kind).has(Trait.REST):
        return MessageChoice(f"sentence.{item.kind}.rest", _fill(item, path))
    if item.relation is not Relation.NONE:
        return MessageChoice(item.kind, _fill(item, path))
    return MessageChoice(_key("sentence", item, Form.SENTENCE), _fill(item, path))


def names_its_subject(item: StoryItem) -> bool:
    """Tell whether the words of an item say by themselves what they speak of."""
    if len(item.files) > 1 or item.relation is not Relation.NONE:
        return True
    return is_whole_file(item) or kind_of(item.kind).has(Trait.SELF_NAMED)


def is_whole_file(item: StoryItem) -> bool:
    """Tell whether an item speaks of a file that describes an interface, by its path."""
    return item.kind.startswith("member.") and item.params.get("what") in _WHOLE_FILES


def _key(prefix: str, item: StoryItem, form: Form) -> str:
    """Return the key of the message, with the first variant that applies."""
    shared = item.kind.endswith(REPEATED)
    for variant in kind_of(item.kind).variants:
        fits = form in variant.form and (variant.repeated or not shared)
        if fits and variant.applies(item.params):
            return f"{prefix}.{item.kind}{variant.suffix}"
    return f"{prefix}.{item.kind}"


def _fill(item: StoryItem, path: str) -> Params:
    """Fill in what a fact may leave open: the page itself stands for a missing name."""
    params: dict[str, Value] = {**item.params, "page": path}
    row = kind_of(item.kind)
    if row.has(Trait.MOVES_FILE) and _name(item, "old") == _name(item, "new"):
        params["page"] = item.params["new"]  # the folder is what changed
    for name in ("title", "subject", "row"):
        if name in params and not params[name]:
            params[name] = path.rsplit("/", 1)[-1]
    if "what" in params and "name" in params:
        params["subject"] = {name: params.get(name, "") for name in ("what", "name", "within")}
    if row.counts:
        params["steps"] = {noun: params[name] for noun, name in row.counts}
    return params


def _name(item: StoryItem, param: str) -> str:
    return str(item.params.get(param, "")).rpartition("/")[2]
