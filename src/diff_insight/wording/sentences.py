"""Words one story item: as a phrase (title, bullet, headline) or as a sentence (prose)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from diff_insight.localization.speaker import Speaker
from diff_insight.model.messages import Params, Value
from diff_insight.model.story import StoryItem

_Variant = Callable[[Params], bool]


class Message(NamedTuple):
    """What a speaker of any locale can say: the key of a message and its parameters."""

    key: str
    params: Params


def _has_dimensions(params: Params) -> bool:
    return "new_width" in params


def _within(params: Params) -> bool:
    return bool(params.get("within"))


def _open_ended(params: Params) -> bool:
    return not params.get("old") or not params.get("new")


def _one(*names: str) -> _Variant:
    return lambda params: all(params.get(name) == 1 for name in names)


#: A single section is named, not the first of a few.
_ONE: tuple[tuple[str, _Variant], ...] = (
    (".one-to-one", _one("removed_count", "added_count")),
    (".one-to-many", _one("removed_count")),
    (".many-to-one", _one("added_count")),
)
_IN: tuple[tuple[str, _Variant], ...] = ((".in", _within),)
_WITH: tuple[tuple[str, _Variant], ...] = ((".with", lambda params: "names" in params),)
#: Kinds of structured files whose phrase and sentence vary alike.
_BOTH: Mapping[str, tuple[tuple[str, _Variant], ...]] = {
    "key.added": ((".short", lambda params: not params.get("value")),),
    "key.changed": ((".long", _open_ended),),
    "key.changed.repeated": ((".long", _open_ended),),
    **dict.fromkeys(("file.added", "file.removed"), _WITH),
    "dependency.added": ((".bare", lambda params: not params.get("new")),),
    "dependency.moved": ((".bare", _open_ended),),
    "dependency.moved.repeated": ((".bare", _open_ended),),
    **dict.fromkeys(
        ("member.added", "member.removed", "member.changed", "member.optional", "member.renamed"),
        _IN,
    ),
    **dict.fromkeys(
        ("setup.added", "setup.removed", "setup.changed"),
        _IN,
    ),
    **dict.fromkeys(("permission.widened", "permission.narrowed"), _IN),
    "member.required": (
        (".new.in", lambda params: bool(params.get("new")) and _within(params)),
        (".new", lambda params: bool(params.get("new"))),
        *_IN,
    ),
}
_RETURNED: tuple[tuple[str, _Variant], ...] = (
    (".long", lambda params: not params.get("old") and not params.get("new")),
    (".added", lambda params: not params.get("old")),
    (".removed", lambda params: not params.get("new")),
)
#: Kind -> (suffix of the sentence's key, when it applies); the first that holds is used.
_SENTENCES: Mapping[str, tuple[tuple[str, _Variant], ...]] = {
    **_BOTH,
    "key.removed": ((".short", lambda params: not params.get("value")),),
    "reference.broken": ((".moved", lambda params: bool(params.get("moved"))),),
    "page.added": ((".short", lambda params: not params.get("section_count")),),
    "file.renamed": ((".only", lambda params: bool(params.get("only"))),),
    "image.added": ((".sized", _has_dimensions),),
    "image.changed": (
        (".sized", lambda params: _has_dimensions(params) and "old_width" in params),
    ),
    "binary.added": ((".sized", lambda params: "new_size" in params),),
    "binary.changed": ((".sized", lambda params: "new_size" in params and "old_size" in params),),
    "front-matter.key-added": ((".short", lambda params: not params.get("value")),),
    "front-matter.key-removed": ((".short", lambda params: not params.get("value")),),
    "version-note.deprecated": ((".quoted", lambda params: bool(params.get("quote"))),),
    "version-note.added": ((".quoted", lambda params: bool(params.get("quote"))),),
    "version-note.changed": ((".quoted", lambda params: bool(params.get("quote"))),),
    "text.sentence-added": ((".one", lambda params: params.get("count") == 1),),
    "text.sentence-removed": ((".one", lambda params: params.get("count") == 1),),
    "text.rewritten": ((".shorter", lambda params: bool(params.get("shorter"))),),
    "outline.replaced": (
        *_ONE,
        (".questions", lambda params: bool(params.get("questions"))),
    ),
    "symbol.parameter-changed": ((".long", lambda params: not params.get("old")),),
    "symbol.signature": ((".long", lambda params: not params.get("old")),),
    "symbol.result": _RETURNED,
    "table.cell": (
        (".bare", lambda params: not params.get("column")),
        (".filled", lambda params: not params.get("old")),
        (".emptied", lambda params: not params.get("new")),
    ),
}
_PHRASES: Mapping[str, tuple[tuple[str, _Variant], ...]] = {
    **_BOTH,
    "symbol.parameter-changed": ((".long", lambda params: not params.get("old")),),
    "symbol.result": _RETURNED,
    "outline.replaced": _ONE,
    "table.cell": ((".bare", lambda params: not params.get("column") or not params.get("new")),),
}


#: Kind -> counted nouns and the parameters they count; those that count nothing are not told.
_STEPS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "lock.moved": (
        ("packages_updated", "moved"),
        ("packages_added", "added"),
        ("packages_removed", "removed"),
    ),
    "text.lines": (("lines_added", "additions"), ("lines_removed", "deletions")),
}
_SELF_NAMED = (
    "deadline", "date.", "page.", "fragment.", "file.added", "file.removed", "file.renamed", "file.copied",
    "file.executable", "file.not-executable", "file.type-changed", "submodule.", "symlink.",
    "image.", "binary.", "lfs.", "outline.title", "relation.", "reference.broken",
)  # fmt: skip
#: What a whole file is; it is called by its path.
_WHOLE_FILES = ("openapi-description", "json-schema", "graphql-schema", "proto-file", "action")


def phrase(item: StoryItem, speaker: Speaker, path: str) -> str:
    """Return an item as a phrase without a full stop.

    Args:
        item: What to say.
        speaker: Locale and style.
        path: The file it speaks of, or an empty string for several.
    """
    return speaker.say(*phrased(item, path))


def sentence(item: StoryItem, speaker: Speaker, path: str) -> str:
    """Return an item as a full sentence; arguments as for `phrase`."""
    return speaker.say(*in_words(item, path))


def phrased(item: StoryItem, path: str) -> Message:
    """Return the message that says an item as a phrase in any locale."""
    return Message(_key("phrase", item, _PHRASES), _filled(item, path))


def in_words(item: StoryItem, path: str, *, last: bool = False) -> Message:
    """Return the message that says an item as a sentence in any locale.

    `last` says that nothing else is left to tell of the file, so that housekeeping can say so.
    """
    if last and item.kind == "front-matter.date":
        return Message("sentence.front-matter.date.rest", _filled(item, path))
    if item.kind.startswith("relation."):
        return Message(item.kind, _filled(item, path))
    return Message(_key("sentence", item, _SENTENCES), _filled(item, path))


def names_its_subject(item: StoryItem) -> bool:
    """Tell whether the words of an item say by themselves what they speak of."""
    return is_whole_file(item) or len(item.files) > 1 or item.kind.startswith(_SELF_NAMED)


def is_whole_file(item: StoryItem) -> bool:
    """Tell whether an item speaks of a file that describes an interface, by its path."""
    return item.kind.startswith("member.") and item.params.get("what") in _WHOLE_FILES


def _key(
    form: str, item: StoryItem, variants: Mapping[str, tuple[tuple[str, _Variant], ...]]
) -> str:
    suffix = next((end for end, holds in variants.get(item.kind, ()) if holds(item.params)), "")
    return f"{form}.{item.kind}{suffix}"


def _filled(item: StoryItem, path: str) -> Params:
    """Fill in what a fact may leave open: the page itself stands for a missing name."""
    params: dict[str, Value] = {**item.params, "page": path}
    if item.kind in ("file.renamed", "file.copied", "page.moved") and _name(item, "old") == _name(
        item, "new"
    ):
        params["page"] = item.params["new"]  # the folder is what changed
    for name in ("title", "subject", "row"):
        if name in params and not params[name]:
            params[name] = path.rsplit("/", 1)[-1]
    if item.kind in _STEPS:
        params["steps"] = {noun: params[name] for noun, name in _STEPS[item.kind]}
    return params


def _name(item: StoryItem, param: str) -> str:
    return str(item.params.get(param, "")).rpartition("/")[2]
